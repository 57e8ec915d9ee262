"""Which worker runs which test, where several share the work (`pytest -n 2`).

pytest-xdist 3.8 writes its marks for this into a name that pytest 9.2 no longer reads, so that they
are lost; its scheduler is told by the tests' own addresses.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

ONE_COUNTY = "tests/portal/demo/"  # builds the demonstration once
ONE_BROWSER = "tests/journeys/"  # a browser a file; the walk builds the demonstration


class Scheduling(LoadScopeScheduling):
    """Tests that share what is slow to make stay together, and go first; each other on its own."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(ONE_COUNTY):
            return ONE_COUNTY
        return nodeid.split("::")[0] if nodeid.startswith(ONE_BROWSER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)
