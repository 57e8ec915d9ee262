"""The stage of a meeting at a past moment, from the traces its steps left."""

from datetime import timedelta

import pytest

from committees.models import Meeting
from committees.queries import meeting_stages
from tests.factories import meetings, people, places
from tests.factories.meetings import CLOSED, OPENED, PREPARED, PUBLISHED

Stage = Meeting.Stage
SECOND = timedelta(seconds=1)


def stage_at(held, at):
    (found,) = meeting_stages([held.compound.pk], at=at)
    assert found.meeting == held.meeting
    return found.stage


def test_a_counted_meeting_stood_at_every_stage_on_its_day(counted):
    stages = [
        (PREPARED, Stage.NOMINATING),
        (PUBLISHED - SECOND, Stage.NOMINATING),
        (PUBLISHED, Stage.PUBLISHED),
        (OPENED - SECOND, Stage.PUBLISHED),
        (OPENED, Stage.OPEN),
        (CLOSED - SECOND, Stage.OPEN),
        (CLOSED, Stage.COUNTED),
        (CLOSED + timedelta(days=90), Stage.COUNTED),
    ]
    assert [(at, stage_at(counted, at)) for at, _stage in stages] == stages


def test_before_it_was_called_there_is_no_meeting(counted):
    assert meeting_stages([counted.compound.pk], at=PREPARED - SECOND) == []


@pytest.mark.parametrize("made", ["prepared", "nominating", "published", "opened", "counted"])
def test_of_now_the_traces_say_what_the_meeting_says(made, cast, letters):
    held = getattr(meetings, made)(cast.compound, cast.li)
    now = max(CLOSED, PREPARED)
    assert stage_at(held, now) == held.meeting.stage


def test_a_meeting_is_running_until_it_is_counted_and_says_whether_it_elects(counted):
    (before,) = meeting_stages([counted.compound.pk], at=CLOSED - SECOND)
    (after,) = meeting_stages([counted.compound.pk], at=CLOSED)
    assert (before.is_running, after.is_running) == (True, False)
    assert before.has_election


def test_a_meeting_of_decisions_only_has_no_election(prepared):
    prepared.matter(2).delete()
    (found,) = meeting_stages([prepared.compound.pk], at=PREPARED)
    assert not found.has_election


def test_the_stages_cost_one_query_and_leave_other_compounds_out(
    cast, letters, django_assert_num_queries
):
    compounds = [cast.compound, cast.other_compound, places.compound()]
    for compound in compounds:
        meetings.nominating(compound, people.user(), owners=3)
    with django_assert_num_queries(1):
        (only,) = meeting_stages([cast.compound.pk], at=CLOSED)
        assert only.meeting.compound == cast.compound
    with django_assert_num_queries(1):
        found = meeting_stages([one.pk for one in compounds], at=CLOSED)
        assert {one.meeting.compound.region.parent.pk for one in found} == {
            one.region.parent_id for one in compounds
        }
