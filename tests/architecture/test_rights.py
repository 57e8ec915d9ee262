"""Every address of ours names the rules it asks, and answers each person as the table says.

rights.csv has a row per address and a column per person: the answer to GET, and in the last two
columns to a POST by nobody and by somebody of another compound.  `login` is the way to sign in,
302 another way on, 403 refused, 404 hidden, 405 not asked in this way.  A new address without a
row fails, and says what row was seen: read it before adding it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.rights import PEOPLE, World, arguments, make_world

TABLE = Path(__file__).parent / "rights.csv"
OURS = {"portal", "committees", "cms"}
EXEMPT = {
    "wagtail": "pages are public, and the editors' rooms keep Wagtail's own permissions",
    "allauth": "signing in and one's own account: every page is about who asks",
}
POSTS = ("anonymous", "stranger")
COLUMNS = ["address", *PEOPLE, *(f"{who} posts" for who in POSTS)]


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    words: frozenset[str]
    view: Any

    @property
    def owner(self) -> str:
        """The package whose view answers; a class-based view's own, not Django's."""
        view = getattr(self.view, "view_class", self.view)
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
    assert set(listed) - ADDRESSES.keys() == set()


def test_no_two_addresses_of_ours_share_a_name():
    named = [address.name for address in ALL if not address.is_exempt]
    assert len(named) == len(ADDRESSES)


def answer(world: World, who: str, address: str, method: str) -> str:
    client = Client()
    user = world.people[who]
    if user is not None:
        client.force_login(user)
    response = client.post(address) if method == "POST" else client.get(address)
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "login"
    return str(response.status_code)


@pytest.mark.parametrize("name", ADDRESSES)
def test_everybody_is_answered_as_the_table_says(name, db):
    world = make_world()
    address = reverse(name, kwargs=arguments(name, set(ADDRESSES[name].words), world))
    seen = {"address": name} | {who: answer(world, who, address, "GET") for who in PEOPLE}
    seen |= {f"{who} posts": answer(world, who, address, "POST") for who in POSTS}
    expected = rows().get(name)
    line = ",".join(seen[column] for column in COLUMNS)
    assert expected is not None, f"no row in rights.csv; seen was\n{line}"
    assert seen == expected, f"seen was\n{line}"


def test_nothing_of_ours_is_written_by_who_is_not_signed_in_unless_it_says_so():
    """An address open to anybody's POST asks only rules that are anybody's."""
    opened = [name for name, row in rows().items() if row["anonymous posts"] in ("200", "302")]
    for name in opened:
        asked = [rule.__name__ for rule in ADDRESSES[name].view.rules]
        assert [rule for rule in asked if not rule.startswith("may_anyone")] == []
