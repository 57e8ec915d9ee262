"""Voters never wait for the office: ballots are stored while other work holds its locks."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from committees import actions, queries, tasks
from committees.actions.refusals import VotingNotOpen
from committees.models import LedgerEvent, Meeting
from portal.accounts import actions as accounts
from portal.accounts.models import CompoundOffice
from portal.owners import actions as owners
from portal.rulebook import actions as rulebook
from tests.factories import meetings, people
from tests.factories.cast import make_cast
from tests.factories.meetings import CLOSED, OPENED
from tests.racing import at_once

AGREE = {"m1": [1, 0, 0, 0]}
ROLL = "房号,面积,业主,电话\n1-2-901,89.32,张三,13800000001\n".encode()


@pytest.fixture
def cast(own_database, letters):
    return make_cast()


def freeze_for_another_meeting(cast, held):
    plan = actions.MeetingPlan(
        "另一次会议", Meeting.Kind.REGULAR, OPENED + timedelta(days=60), OPENED + timedelta(days=80)
    )
    other = actions.prepare_meeting(cast.compound, plan, by=cast.li.pk, at=OPENED)
    decision = actions.DecisionPlan("调整物业费", "", "ordinary", may_follow=False)
    actions.put_matter(other, decision, by=cast.li.pk, at=OPENED)
    actions.freeze_roll(other, by=cast.li.pk, at=OPENED)


def import_a_roll(cast, held):
    owners.import_roll(cast.compound, ROLL, file_name="名册.csv", by=cast.li.pk, at=OPENED)


def name_a_delegate(cast, held):
    owners.name_delegate(cast.flat, cast.chen_as_owner, by=cast.li.pk, at=OPENED)


def appoint(cast, held):
    wanted = accounts.Appointment(cast.chen, CompoundOffice.Role.CLERK, OPENED.date())
    accounts.appoint(cast.compound, wanted, by=cast.zhao, at=OPENED)


def take_over_a_term(cast, held):
    term = actions.EarlierTerm(
        2, date(2021, 9, 1), date(2026, 8, 31), seats=(actions.Seat(cast.chen_as_owner, True),)
    )
    actions.take_over_term(cast.compound, term, by=cast.zhao.pk, at=OPENED)


def set_an_own_rule(cast, held):
    rulebook.set_compound_rule(
        cast.compound, "meeting.notice.days", 20, "议事规则第三条", by=cast.li.pk, at=OPENED
    )


def grow_the_ledger(cast, held):
    actions.grow_ledger(held.meeting)


def impatient(act):
    """`act` on a connection that waits for no lock longer than a second."""

    def run():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        return act()

    return run


@pytest.mark.parametrize(
    "work",
    [
        freeze_for_another_meeting,
        import_a_roll,
        name_a_delegate,
        appoint,
        take_over_a_term,
        set_an_own_rule,
        grow_the_ledger,
    ],
)
def test_a_ballot_is_cast_while_other_work_holds_its_locks(cast, work):
    people.owner(cast.compound)
    held = meetings.opened(cast.compound, cast.li)

    with transaction.atomic():
        work(cast, held)
        (ballot,) = at_once(impatient(lambda: held.cast(0, AGREE)))
        assert getattr(ballot, "seal", ballot) == held.meeting.ballots.get().seal


def test_a_late_ballot_is_refused_at_once_while_the_count_holds_the_meeting(cast):
    held = meetings.opened(cast.compound, cast.li)
    in_time = held.submission(0, AGREE)
    stored = actions.cast_ballot(held.meeting, in_time, at=OPENED)
    actions.close_voting(held.meeting, by=cast.li.pk, at=CLOSED)
    with transaction.atomic():
        actions.count_ballots(held.meeting, by=cast.li.pk, at=CLOSED)
        refused, again = at_once(
            impatient(lambda: held.cast(1, AGREE, at=CLOSED)),
            impatient(lambda: actions.cast_ballot(held.meeting, in_time, at=CLOSED)),
        )
    assert (type(refused), again) == (VotingNotOpen, stored)


def test_the_ledgers_job_leaves_a_meeting_that_another_step_holds(cast):
    held = meetings.opened(cast.compound, cast.li)
    other = meetings.opened(cast.other_compound, cast.qian)
    for one in (held, other):
        one.cast(0, AGREE)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=held.meeting.pk)
        (outcome,) = at_once(impatient(lambda: tasks.grow_ledgers(at=OPENED)))
    assert outcome is None
    assert kinds(held) == ["opened"]
    assert kinds(other) == ["opened", "ballot"]
    tasks.grow_ledgers(at=OPENED)
    assert kinds(held) == ["opened", "ballot"]


def kinds(held):
    rows = LedgerEvent.objects.filter(meeting=held.meeting).order_by("seq")
    return list(rows.values_list("type", flat=True))


@pytest.mark.parametrize("ballots", [1, 3])
def test_an_idle_turn_of_the_ledger_costs_the_same_however_long_it_is(
    cast, ballots, django_assert_num_queries
):
    held = meetings.opened(cast.compound, cast.li)
    for place in range(ballots):
        held.cast(place, AGREE)
    actions.grow_ledger(held.meeting)
    with django_assert_num_queries(7):
        actions.grow_ledger(held.meeting)


def test_turnout_waits_for_the_ledger(cast):
    held = meetings.opened(cast.compound, cast.li)
    held.cast(0, AGREE)
    actions.grow_ledger(held.meeting)
    held.cast(1, AGREE)
    assert queries.turned_out(held.meeting)["homes"].heads == 1
    actions.grow_ledger(held.meeting)
    assert queries.turned_out(held.meeting)["homes"].heads == 2
