"""What the public pages tell, asked directly: who is found, in which order, at what cost."""

from datetime import timedelta

import pytest

from cms import actions, queries
from committees.models import Meeting
from portal.campaigns.models import Award
from portal.firms.models import ServiceContract
from portal.tools.keys import new_key
from tests.costs import cost_of
from tests.factories import campaigns, people, places


@pytest.fixture
def named(site, cast):
    """Compounds with pages: 甲苑, 乙苑, 丙苑 in a community of their own."""
    community = places.region()
    made = [places.compound(community, name=name) for name in ("甲苑", "乙苑", "丙苑")]
    for compound in made:
        actions.ensure_compound_page(compound)
    return made


def write(compound, title, at):
    draft = actions.Draft(title, "正文", new_key())
    return actions.publish_notice(compound, draft, by=None, at=at)


@pytest.mark.parametrize("asked", ["", "   ", "\x00\u200b"])
def test_nothing_asked_is_nothing_found(named, asked, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = queries.find_compounds(asked)
    assert (found.asked, found.compounds, found.more) == ("", [], False)


def test_a_compound_is_found_by_a_part_of_its_name_or_the_beginning_of_its_code(named):
    first = named[0]
    for asked in ("甲", "甲苑", first.code, f" {first.code} "):
        assert first in queries.find_compounds(asked).compounds
    assert queries.find_compounds(first.code[3:]).compounds == []


def test_what_is_asked_is_shown_as_it_was_read_and_no_longer_than_it_may_be(named):
    assert queries.find_compounds("ＡＢ１").asked == "AB1"
    assert len(queries.find_compounds("长" * 500).asked) == 60


@pytest.mark.parametrize("asked", ["%", "_", "甲%", "\\"])
def test_signs_of_a_pattern_are_signs_of_a_name(named, asked):
    assert queries.find_compounds(asked).compounds == []


def test_twenty_are_told_and_that_there_are_more(site):
    community = places.region()
    for number in range(queries.FOUND_AT_MOST + 1):
        actions.ensure_compound_page(places.compound(community, name=f"同名{number:02}"))
    found = queries.find_compounds("同名")
    assert (len(found.compounds), found.more) == (20, True)
    assert queries.find_compounds("同名0").more is False


def test_the_newest_notices_come_first_and_no_more_than_asked(named, noon):
    for number in range(4):
        write(named[number % 3], f"通知{number}", noon + timedelta(days=number))
    found = queries.newest_notices(limit=3)
    assert [line.page.title for line in found] == ["通知3", "通知2", "通知1"]
    assert [line.compound for line in found] == [named[0], named[2], named[1]]


def test_of_one_day_the_notice_published_last_is_first(named, noon):
    for title in ("早", "晚"):
        write(named[0], title, noon)
    assert [page.title for page in queries.notices_of(named[0].pk)] == ["晚", "早"]


def test_notices_cost_two_queries_for_one_and_for_three(named, noon, django_assert_num_queries):
    for number, compound in enumerate(named):
        write(compound, f"通知{number}", noon)
        with django_assert_num_queries(2):
            assert len(queries.newest_notices()) == number + 1


def test_a_notice_without_a_publicity_carries_none(named, noon, django_assert_num_queries):
    page = write(named[0], "停水", noon)
    with django_assert_num_queries(0):
        assert queries.carried_by(page, noon) is None


def meeting(compound, number, stage, noon):
    return Meeting.objects.create(
        compound=compound,
        number=number,
        title=f"会议{number}",
        stage=stage,
        opens_at=noon,
        closes_at=noon + timedelta(days=14),
        created_at=noon,
    )


def test_only_what_is_being_decided_is_among_the_facts(named, noon):
    for number, stage in enumerate(Meeting.Stage):
        meeting(named[0], f"2026-{number}", stage, noon)
    facts = queries.compound_facts(named[0].pk, noon)
    assert {one.stage for one in facts.meetings} == {"published", "open", "closed"}


def test_contracts_of_the_day_are_told_the_earlier_first(named, noon):
    on = noon.date()
    for name, starts, ends in (
        ("丁物业", on - timedelta(days=9), None),
        ("丙物业", on - timedelta(days=99), on),
        ("旧物业", on - timedelta(days=999), on - timedelta(days=1)),
    ):
        ServiceContract.objects.create(
            compound=named[0], firm=people.firm(name=name), starts_on=starts, ends_on=ends
        )
    facts = queries.compound_facts(named[0].pk, noon)
    assert [one.firm.name for one in facts.contracts] == ["丙物业", "丁物业"]


def test_members_stand_by_their_post_and_then_by_their_joining(named, seat, noon):
    seat(named[0], "主任甲", "委员乙", "委员丙", party=2)
    found = queries.compound_facts(named[0].pk, noon).committee
    assert [one.name for one in found.members] == ["主任甲", "委员乙", "委员丙"]
    assert found.standing.party_members == 2


def test_the_facts_of_a_compound_cost_the_same_at_one_and_three(
    named, seat, announce, letters, noon
):
    def grow(compound, rows):
        seat(compound, *"甲乙丙"[:rows])
        for number in range(rows):
            meeting(compound, f"2026-{number}", Meeting.Stage.OPEN, noon)
            announce(compound)
            write(compound, f"通知{number}", noon)
            people.firm(compound)
        letters.deliver()

    grow(named[0], 1)
    grow(named[1], 3)
    one, three = (
        cost_of(lambda compound=compound: queries.compound_facts(compound.pk, noon))
        for compound in named[:2]
    )
    assert one == three


def test_an_award_is_among_the_facts_of_its_compound_alone(cast, letters, noon):
    run = campaigns.posted(cast.compound, cast.wang)
    Award.objects.create(
        compound=cast.compound,
        entry=run.entry,
        level="A",
        title="示范小区",
        by=cast.sun.pk,
        at=noon,
    )
    actions.ensure_compound_page(cast.other_compound)
    told = [
        [one.title for one in queries.compound_facts(compound.pk, noon).awards]
        for compound in (cast.compound, cast.other_compound)
    ]
    assert told == [["示范小区"], []]
