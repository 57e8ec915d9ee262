"""How many queries a page or a figure costs."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def cost_of(act: Callable[[], object]) -> int:
    """The queries of `act` the second time: what is kept for the next request is kept by then."""
    act()
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def page_cost(client: Client, address: str) -> int:
    """The queries of a page that is there."""

    def read() -> None:
        assert client.get(address).status_code == 200

    return cost_of(read)
