"""Voters never wait for the office: ballots are stored while other work holds its locks."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from committees import actions
from committees.models import Meeting
from portal.accounts import actions as accounts
from portal.accounts.models import CompoundOffice
from portal.owners import actions as owners
from portal.rulebook import actions as rulebook
from tests.factories import meetings, people
from tests.factories.cast import make_cast
from tests.factories.meetings import OPENED
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

    def cast_without_waiting():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        return held.cast(0, AGREE)

    with transaction.atomic():
        work(cast, held)
        (ballot,) = at_once(cast_without_waiting)
        assert getattr(ballot, "seal", ballot) == held.meeting.ballots.get().seal
