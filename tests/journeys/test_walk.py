"""Every page that the demonstration's people come to by links: axe and the W3C checker find
nothing, nothing spills sideways, in both type sizes."""

import os

import pytest
from django.core.management import call_command
from django.test import Client

from portal.accounts.models import User
from portal.demo import accounts as people
from tests import database
from tests.conftest import using
from tests.journeys import w3c
from tests.journeys.axe import violations
from tests.journeys.walking import walk

pytestmark = pytest.mark.browser
READERS = [None, *people.ACCOUNTS]
SEEN = set()
STARTS = ["/", "/publicity/", "/rules/"]
SPILLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def own_database(template_database, django_db_setup, django_db_blocker):
    """The demonstration, built once for all its readers."""
    with (
        database.clone(template_database) as name,
        django_db_blocker.unblock(),
        using(name),
    ):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        call_command("load_rulebook", verbosity=0)
        call_command("demo")
        yield name


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.phone if one else "visitor")
def test_every_page_on_the_way_is_without_fault(reader, open_page, tmp_path):
    w3c.insist()
    client, user, starts = Client(), None, STARTS
    if reader is not None:
        user, starts = User.objects.by_phone(f"+86{reader.phone}"), ["/my/", *STARTS]
        client.force_login(user)
    phone, large = open_page(size="phone", user=user), open_page(size="phone", big=True, user=user)
    sources, found = {}, []
    for path, source, is_new in walk(client, starts, SEEN):
        sources[path] = source
        if not is_new:
            continue
        for page in (phone, large):
            page.goto(path)
            found += [f"{path}: {line}" for line in violations(page)]
            if page.evaluate(SPILLS):
                found.append(f"{path}: must be scrolled sideways")
    found += w3c.faults(sources, tmp_path)
    assert found == []
