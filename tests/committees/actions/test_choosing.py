"""Chair and vice chairs are chosen among those who sit; every choice stays on record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from committees import actions
from committees.actions.refusals import PostsUnfit, TermStands
from committees.models import Member, PostHeld, PostsChosen
from committees.queries.committee import seated_of
from committees.rules.roster import PostsFault
from portal.tools.audit.models import AuditEntry
from tests.factories import committees, people
from tests.racing import at_once

STARTS, ENDS = committees.STARTS, committees.ENDS
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
DAY = timedelta(days=1)


@pytest.fixture
def term(cast):
    """Five members, the first of them chair by the filing, and an alternate."""
    owners = committees.owners(cast.compound, 5)
    return committees.term(cast.compound, owners, alternates=committees.owners(cast.compound, 1))


@pytest.fixture
def members(term):
    return list(Member.objects.filter(term=term).order_by("pk"))


def choose(cast, term, noon, chair, vices=(), since=MARCH, basis="首次会议纪要"):
    posts = actions.Posts(
        chair.pk if chair else None, frozenset(one.pk for one in vices), since, basis
    )
    return actions.choose_posts(term, posts, by=cast.li.pk, at=noon)


def posts_on(term, day):
    """The members who hold a post on the day, by post."""
    seated = seated_of(term.compound, term.pk, day)
    return [(one.member, one.post) for one in seated if one.post != "member"]


def test_until_a_choice_the_posts_are_those_of_the_filing(term, members):
    assert posts_on(term, MARCH) == [(members[0], "chair")]


def test_a_choice_names_all_posts_from_its_day_on(cast, term, members, noon):
    choose(cast, term, noon, members[1], [members[3], members[2]])
    assert posts_on(term, MARCH - DAY) == [(members[0], "chair")]
    assert posts_on(term, MARCH) == [
        (members[1], "chair"),
        (members[2], "vice"),
        (members[3], "vice"),
    ]
    assert AuditEntry.objects.filter(act="committees.choose_posts", actor=cast.li.pk).exists()


def test_a_later_choice_leaves_the_earlier_on_record(cast, term, members, noon):
    first = choose(cast, term, noon, members[1], [members[2]])
    choose(cast, term, noon, members[2], since=JUNE)
    assert posts_on(term, JUNE - DAY) == [(members[1], "chair"), (members[2], "vice")]
    assert posts_on(term, JUNE) == [(members[2], "chair")]
    assert list(first.held.order_by("post").values_list("member", "post")) == [
        (members[1].pk, "chair"),
        (members[2].pk, "vice"),
    ]


def test_a_choice_put_down_late_holds_until_the_one_after_it(cast, term, members, noon):
    choose(cast, term, noon, members[2], since=JUNE)
    choose(cast, term, noon, members[1])
    assert posts_on(term, MARCH) == [(members[1], "chair")]
    assert posts_on(term, JUNE) == [(members[2], "chair")]


def test_of_one_day_the_choice_written_last_holds(cast, term, members, noon):
    choose(cast, term, noon, members[1])
    choose(cast, term, noon + timedelta(hours=1), members[2])
    assert posts_on(term, MARCH) == [(members[2], "chair")]
    assert PostsChosen.objects.count() == 2


def test_a_post_may_be_vacant(cast, term, members, noon):
    choose(cast, term, noon, None, [members[1]])
    assert posts_on(term, MARCH) == [(members[1], "vice")]


def test_who_has_left_holds_no_post(cast, term, members, noon):
    choose(cast, term, noon, members[1])
    Member.objects.filter(pk=members[1].pk).update(until=JUNE)
    assert posts_on(term, JUNE + DAY) == []


def test_the_same_again_is_the_same_choice(cast, term, members, noon):
    first = choose(cast, term, noon, members[1], [members[2]])
    assert choose(cast, term, noon, members[1], [members[2]]) == first
    assert choose(cast, term, noon, members[1], [members[2]], basis="更正") != first
    assert PostsChosen.objects.count() == 2


def test_two_clerks_at_once_put_the_same_down_once(own_database, noon):
    from tests.factories.cast import make_cast

    cast = make_cast()
    term = committees.term(cast.compound, committees.owners(cast.compound, 3))
    chair = Member.objects.filter(term=term).last()
    at_once(*[lambda: choose(cast, term, noon, chair)] * 2)
    assert (PostsChosen.objects.count(), PostHeld.objects.count()) == (1, 1)


def test_alternates_strangers_and_days_outside_the_term_are_refused(cast, term, members, noon):
    alternate = members[5]
    elsewhere = committees.term(cast.other_compound, [people.owner(cast.other_compound)])
    stranger = Member.objects.get(term=elsewhere)
    asked = [
        (alternate, (), MARCH, PostsFault.NOT_SEATED),
        (members[0], (stranger,), MARCH, PostsFault.NOT_SEATED),
        (members[0], (members[0],), MARCH, PostsFault.CHAIR_IS_VICE),
        (members[0], (), STARTS - DAY, PostsFault.BEFORE_THE_TERM),
        (members[0], (), ENDS + DAY, PostsFault.AFTER_THE_TERM),
    ]
    for chair, vices, since, fault in asked:
        with pytest.raises(PostsUnfit) as refused:
            choose(cast, term, noon, chair, vices, since)
        assert refused.value.faults == (fault,)
    assert (refused.value.first_on, refused.value.last_on) == (STARTS, ENDS)
    assert not PostsChosen.objects.exists()


def test_posts_are_chosen_while_members_sit_on_and_not_once_another_term_begins(cast, noon):
    today = noon.date()
    run_out = {"starts_on": date(2021, 1, 1), "ends_on": today - 30 * DAY}
    term = committees.term(cast.compound, committees.owners(cast.compound, 2), **run_out)
    chair = Member.objects.filter(term=term).last()
    choose(cast, term, noon, chair, since=today)
    committees.term(
        cast.compound,
        committees.owners(cast.compound, 2),
        starts_on=today - 5 * DAY,
        ends_on=today.replace(year=2030),
    )
    with pytest.raises(PostsUnfit) as refused:
        choose(cast, term, noon, chair, since=today - 5 * DAY)
    assert refused.value.faults == (PostsFault.AFTER_THE_TERM,)
    assert refused.value.last_on == today - 6 * DAY


def test_a_term_with_a_choice_on_record_is_not_taken_out(cast, term, members, noon):
    choose(cast, term, noon, members[1])
    with pytest.raises(TermStands):
        actions.undo_taking_over(term, by=cast.zhao.pk, at=noon)


def test_the_database_knows_one_chair_a_choice(cast, term, members, noon):
    chosen = choose(cast, term, noon, members[1])
    with pytest.raises(IntegrityError, match="a_committee_has_one_chair"), transaction.atomic():
        PostHeld.objects.create(
            compound=cast.compound, chosen=chosen, member=members[2], post="chair"
        )
