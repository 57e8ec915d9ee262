"""The numbers a meeting and a committee go by, from the rulebook and the owners' own rules."""

from datetime import date
from fractions import Fraction

import pytest

from committees.queries import committee_size, periods, validity
from committees.rules.thresholds import Bar
from portal.rulebook.models import CompoundRule
from tests.factories import places, rulebook
from tests.factories.meetings import PREPARED


@pytest.fixture
def compound(db):
    rulebook.load()
    return places.compound()


def adopt(compound, key, value):
    CompoundRule.objects.create(
        compound=compound, key=key, value=value, clause="第9条", effective_from=date(2026, 1, 1)
    )


def test_a_first_meeting_keeps_its_own_notice_where_it_is_longer(compound):
    adopt(compound, "formation.notice.days", "20")
    assert periods(compound, PREPARED).notice == 15
    assert periods(compound, PREPARED, kind="first").notice == 20
    adopt(compound, "meeting.notice.days", "25")
    assert periods(compound, PREPARED, kind="first").notice == 25


def test_the_size_of_a_committee_is_the_rulebooks_and_the_owners(compound):
    assert committee_size(compound, PREPARED) == (5, 11)
    adopt(compound, "committee.size.min", "7")
    assert committee_size(compound, PREPARED) == (7, 11)


def test_how_many_must_be_elected_is_the_rulebooks_and_the_owners(compound):
    assert validity(compound, PREPARED) == Bar(Fraction(1, 2), inclusive=False)
    adopt(compound, "committee.validity.share", "2/3")
    assert validity(compound, PREPARED) == Bar(Fraction(2, 3), inclusive=False)
