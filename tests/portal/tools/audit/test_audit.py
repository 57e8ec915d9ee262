"""The audit: who did what to what, when; found again by thing, place and person."""

from datetime import timedelta

from portal.accounts.models import CompoundOffice
from portal.tools.audit import queries
from portal.tools.audit.actions import note
from portal.tools.audit.models import NOWHERE


def test_an_act_carries_its_compound_its_object_and_its_actor(cast, noon):
    office = CompoundOffice.objects.filter(user=cast.li).first()
    entry = note("tests.acted", office, by=cast.zhao.pk, at=noon, facts={"count": 2})
    entry.refresh_from_db()
    assert (entry.compound, entry.object_kind, entry.object_id) == (
        cast.compound.pk,
        "accounts.CompoundOffice",
        office.pk,
    )
    assert (entry.actor, entry.act, entry.at, entry.facts) == (
        cast.zhao.pk,
        "tests.acted",
        noon,
        {"count": 2},
    )


def test_an_act_on_a_compound_stands_under_it(cast, noon):
    entry = note("tests.acted", cast.compound, by=None, at=noon)
    assert (entry.compound, list(queries.acts_on(cast.compound))) == (cast.compound.pk, [entry])


def test_an_act_on_what_belongs_to_no_compound_stands_nowhere(cast, noon):
    entry = note("tests.acted", cast.chen, by=cast.chen.pk, at=noon)
    assert (entry.compound, list(queries.acts_on(cast.chen))) == (NOWHERE, [entry])


def test_acts_are_found_in_their_order_by_thing_place_and_person(cast, noon):
    office, other = CompoundOffice.objects.filter(user=cast.li)
    later = noon + timedelta(minutes=1)
    second = note("tests.ended", office, by=cast.zhao.pk, at=later)
    first = note("tests.began", office, by=cast.zhao.pk, at=noon)
    third = note("tests.began", other, by=cast.wang.pk, at=later)
    elsewhere = note("tests.began", cast.other_compound, by=cast.zhao.pk, at=noon)
    assert list(queries.acts_on(office)) == [first, second]
    assert list(queries.acts_in(cast.compound.pk)) == [third, second, first]
    assert list(queries.acts_by(cast.zhao.pk)) == [second, elsewhere, first]
