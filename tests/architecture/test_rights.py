"""Every address of ours names the rules it asks, and answers each person as the table says.

rights.csv has a row per address and a column per person; a cell is the answer to GET and to an
empty POST.  `login` is the way to sign in, 302 another way on, 403 refused, 404 hidden, 405 not
asked in this way, 409 and 422 allowed but not now or not so.  A new address without a row fails,
and says what row was seen: read it before adding it.
"""

import contextlib
import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from portal.accounts.models import User
from tests.factories.rights import ARGUMENTS, PEOPLE, world_about

TABLE = Path(__file__).parent / "rights.csv"
OURS = {"portal", "committees", "cms"}
EXEMPT = {
    "wagtail": "pages are public, and the editors' rooms keep Wagtail's own permissions",
    "allauth": "signing in and one's own account: every page is about who asks",
}
COLUMNS = ["address", *PEOPLE]


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    words: frozenset[str]
    view: Any

    @property
    def owner(self) -> str:
        """The package whose view answers; a class-based view's own, not Django's.

        An editors' room that Wagtail's permissions guard is Wagtail's (tests/cms/test_registry.py).
        """
        view = getattr(self.view, "view_class", self.view)
        if (
            self.route.startswith("admin/")
            and PermissionCheckedMixin in getattr(view, "mro", list)()
        ):
            return "wagtail"
        return view.__module__.split(".")[0]

    @property
    def is_exempt(self) -> bool:
        inside_wagtail = self.route.startswith(("admin/", "_util/")) and self.owner == "django"
        return self.owner in EXEMPT or inside_wagtail


def walk(resolver: URLResolver, names: tuple[str, ...] = (), route: str = ""):
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, (*names, *filter(None, [entry.namespace])), path)
        else:
            assert isinstance(entry, URLPattern)
            name = ":".join((*names, entry.name or f"<{path}>"))
            words = frozenset(entry.pattern.regex.groupindex)
            yield Address(name, path, words | _words_above(route), entry.callback)


def _words_above(route: str) -> set[str]:
    return {part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]}


ALL = list(walk(get_resolver()))
ADDRESSES = {address.name: address for address in ALL if not address.is_exempt}
ASKED = [*ADDRESSES, *(name for name in ARGUMENTS if name.endswith(")"))]


def address_of(name: str) -> Address:
    """The address of a row; "name (state)" is the address `name`."""
    return ADDRESSES[name.split(" (")[0]]


def rows() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_view_of_ours_names_the_rules_it_asks(name):
    rules = getattr(ADDRESSES[name].view, "rules", ())
    assert rules, f"{name}: put portal.accounts.access.asks(...) over its view"
    assert [rule.__name__ for rule in rules if not rule.__name__.startswith("may_")] == []


def test_only_what_is_not_ours_is_exempt():
    exempt = [address for address in ALL if address.is_exempt]
    assert [address.name for address in exempt if address.owner in OURS] == []
    assert {address.owner for address in exempt} <= EXEMPT.keys() | {"django"}


def test_the_table_names_every_address_once_and_no_other():
    listed = [line.split(",")[0] for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(ASKED)


def test_no_two_addresses_of_ours_share_a_name():
    named = [address.name for address in ALL if not address.is_exempt]
    assert len(named) == len(ADDRESSES)


def answers(user: User | None, address: str) -> str:
    """To GET and to an empty POST."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return f"{answer(client.get, address)} {answer(client.post, address)}"


def answer(ask: Callable[[str], Any], address: str) -> str:
    with transaction.atomic():  # what one person does, the next does not find done
        response = ask(address)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "login"
    if response.wsgi_request.user.is_authenticated:
        assert is_kept_by_no_browser(response), address
    return str(response.status_code)


def is_kept_by_no_browser(response: HttpResponse) -> bool:
    return {"private", "no-store"} == set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("name", ASKED)
def test_everybody_is_answered_as_the_table_says(name, db):
    asked = address_of(name)
    world = world_about(name, asked.words)
    address = reverse(asked.name, kwargs=world.about)
    clock = time_machine.travel(world.at, tick=False) if world.at else contextlib.nullcontext()
    with clock:
        seen = {"address": name} | {
            who: answers(user, address) for who, user in world.people.items()
        }
    expected = rows().get(name)
    line = ",".join(seen[column] for column in COLUMNS)
    assert expected is not None, f"no row in rights.csv; seen was\n{line}"
    assert seen == expected, f"seen was\n{line}"


def test_nothing_of_ours_is_written_by_who_is_not_signed_in_unless_it_says_so():
    """An address open to anybody's POST asks only rules that are anybody's."""
    refusals = {"login", "403", "404", "405"}
    opened = [n for n, row in rows().items() if row["anonymous"].split()[1] not in refusals]
    for name in opened:
        asked = [rule.__name__ for rule in address_of(name).view.rules]
        assert [rule for rule in asked if not rule.startswith("may_anyone")] == []


def test_only_addresses_that_a_visitor_may_open_are_kept_for_visitors():
    table = rows()
    for name in settings.VISITORS_PAGES - {"wagtail_serve"}:
        assert table[name]["anonymous"].split()[0] == "200", name
