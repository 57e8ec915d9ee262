"""What every step does first: alone, at its stage, with nothing in the way but what was waived."""

from datetime import timedelta

import pytest

from committees import actions
from committees.actions import refusals
from committees.actions.refusals import StepBlocked, WrongStage
from committees.models import Meeting, Waiver
from committees.queries import steering
from tests.factories import meetings
from tests.factories.meetings import CLOSED, OPENED, PREPARED, PUBLISHED

STEPS = {
    "freeze": lambda held, at: actions.freeze_roll(held.meeting, by=held.clerk.pk, at=at),
    "publish": lambda held, at: actions.publish(held.meeting, by=held.clerk.pk, at=at),
    "open": lambda held, at: actions.open_voting(held.meeting, by=held.clerk.pk, at=at),
    "close": lambda held, at: actions.close_voting(held.meeting, by=held.clerk.pk, at=at),
    "count": lambda held, at: actions.count_ballots(held.meeting, by=held.clerk.pk, at=at),
}
AT = {"prepared": PREPARED, "nominating": PUBLISHED, "published": OPENED, "opened": CLOSED}


@pytest.mark.parametrize("stage", [*AT, "counted"])
def test_at_each_stage_one_step_is_due_and_every_other_is_refused(stage, cast, letters):
    held = getattr(meetings, stage)(cast.compound, cast.li)
    found = steering.next_step(held.meeting)
    due = found[0] if found else None
    for name, step in STEPS.items():
        if name == due:
            continue
        with pytest.raises(WrongStage) as refused:
            step(held, CLOSED)
        assert refused.value.stage == held.meeting.stage
    if due is not None:
        STEPS[due](held, AT[stage])
        held.meeting.refresh_from_db()
        assert steering.next_step(held.meeting) != found


def test_what_the_console_shows_is_what_the_step_would_be_refused_for(published, cast):
    for days in (0, 3, 10, 16, 20):
        at = PUBLISHED + timedelta(days=days)
        shown = steering.obstacles(published.meeting, at)
        if not shown:
            assert days == 20
            continue
        with pytest.raises(StepBlocked) as refused:
            actions.open_voting(published.meeting, by=cast.li.pk, at=at)
        assert refused.value.obstacles == shown


def test_a_reason_does_not_pass_what_cannot_be_waived_nor_what_stands_beside_it(opened, cast):
    with pytest.raises(StepBlocked):
        actions.reschedule(opened.meeting, PREPARED, reason="请通融", by=cast.li.pk, at=OPENED)
    opened.meeting.refresh_from_db()
    assert opened.meeting.closes_at == CLOSED
    assert not Waiver.objects.exists()


def test_a_step_is_taken_on_the_row_as_it_is_not_as_it_was_seen(nominating, cast):
    seen = Meeting.objects.get(pk=nominating.meeting.pk)
    actions.publish(nominating.meeting, by=cast.li.pk, at=PUBLISHED)
    assert seen.stage == Meeting.Stage.NOMINATING
    with pytest.raises(WrongStage):
        actions.publish(seen, by=cast.li.pk, at=PUBLISHED)


def test_moving_the_end_to_where_it_is_is_told_once(opened, cast):
    later = CLOSED + timedelta(days=7)
    for _again in range(2):
        actions.reschedule(opened.meeting, later, reason="参与不足", by=cast.li.pk, at=OPENED)
    assert opened.meeting.ledger.filter(type="rescheduled").count() == 1


def test_every_refusal_says_in_one_line_what_it_is_about():
    at = OPENED
    made = [
        refusals.VotingNotOpen(at, CLOSED),
        refusals.AlreadyVoted("paper"),
        refusals.ChainBroken(7),
        refusals.BallotsUnopenable((7, 9)),
        refusals.TermOverlaps(at.date()),
        refusals.WrongStage("open"),
    ]
    assert [str(one) for one in made] == [
        "2026-10-01 - 2026-10-15",
        "paper",
        "7",
        "7, 9",
        "2026-10-01",
        "open",
    ]
