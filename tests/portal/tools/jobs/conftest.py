"""A real worker, run until the queue has nothing due."""

import pytest
from procrastinate.contrib.django import app


@pytest.fixture
def work(own_database):
    def work_() -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector):
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    return work_
