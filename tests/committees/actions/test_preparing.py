"""From the first plan to the frozen roll: numbers, matters, and who may vote with how much."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from committees import actions, documents
from committees.actions.refusals import CommitteeElectedAlready, StepBlocked, WrongStage
from committees.models import AnnouncedPlan, Matter, Meeting, Turnout, Voter, VoterPart
from committees.rules.timetable import Code
from portal.owners.models import Holding, Owner
from portal.places.models import Part
from portal.rulebook.models import CompoundRule, Rule
from portal.tools.audit.models import AuditEntry
from portal.tools.keys import new_key
from tests.factories import meetings, people, places, rulebook
from tests.factories.meetings import CLOSED, OPENED, PREPARED

DECISION = actions.DecisionPlan("续聘物业", "三年", Matter.Bar.ORDINARY)
ELECTION = actions.ElectionPlan("选举委员", "", seats=5, alternates=1, max_choices=5)


def plan(title="第一次会议", **facts):
    values = {"kind": Meeting.Kind.REGULAR, "opens_at": OPENED, "closes_at": CLOSED}
    return actions.MeetingPlan(title, **values | facts)


def prepare(compound, by, title="第一次会议", at=PREPARED, **facts):
    return actions.prepare_meeting(compound, plan(title, **facts), by=by.pk, at=at)


def bare(cast):
    """A meeting without matters in a compound whose roll is Chen's flat."""
    rulebook.load()
    return prepare(cast.compound, cast.li)


def put(meeting, cast, *plans):
    return [actions.put_matter(meeting, one, by=cast.li.pk, at=PREPARED) for one in plans]


def freeze(meeting, cast):
    return actions.freeze_roll(meeting, by=cast.li.pk, at=PREPARED)


def notes(act):
    return AuditEntry.objects.filter(act=act).count()


def test_a_meeting_is_numbered_by_the_year_and_its_place_in_the_compound(cast):
    numbers = [prepare(cast.compound, cast.li, title).number for title in ("甲", "乙")]
    numbers.append(prepare(cast.other_compound, cast.qian).number)
    assert numbers == ["2026-01", "2026-02", "2026-01"]


def test_the_year_is_that_of_the_compounds_clock(cast):
    new_year = datetime(2026, 12, 31, 16, tzinfo=UTC)  # midnight in Yongjia
    days = {"opens_at": new_year + timedelta(days=20), "closes_at": new_year + timedelta(days=40)}
    eve = prepare(cast.compound, cast.li, "甲", at=new_year - timedelta(seconds=1), **days)
    assert (eve.number, prepare(cast.compound, cast.li, at=new_year, **days).number) == (
        "2026-01",
        "2027-01",
    )


def test_the_form_of_a_meeting_sent_twice_is_one_meeting(cast):
    first = prepare(cast.compound, cast.li)
    again = prepare(cast.compound, cast.li, at=PREPARED + timedelta(seconds=1))
    assert again == first
    assert notes("committees.prepare_meeting") == 1
    assert prepare(cast.compound, cast.li, kind=Meeting.Kind.EXTRAORDINARY) != first


def test_a_meeting_like_one_that_has_gone_on_is_another(nominating, cast):
    assert prepare(cast.compound, cast.li) != nominating.meeting


def test_no_meeting_closes_before_it_opens(cast):
    with pytest.raises(IntegrityError, match="voting_closes_after_it_opens"), transaction.atomic():
        prepare(cast.compound, cast.li, closes_at=OPENED)
    assert not Meeting.objects.exists()


def test_matters_stand_in_the_order_in_which_they_were_put(cast):
    meeting = bare(cast)
    first, second = put(meeting, cast, DECISION, ELECTION)
    assert [(one.position, one.code, one.kind) for one in (first, second)] == [
        (1, "m1", "decision"),
        (2, "m2", "election"),
    ]
    assert (second.seats, second.alternates, second.max_choices) == (5, 1, 5)


def test_the_form_of_a_matter_sent_twice_is_one_matter(cast):
    meeting = bare(cast)
    first, again, other = put(meeting, cast, DECISION, DECISION, ELECTION)
    assert (first, Matter.objects.count()) == (again, 2)
    assert notes("committees.put_matter") == 2
    assert other != first


def test_a_meeting_elects_one_committee_and_other_bodies_beside_it(cast):
    meeting = bare(cast)
    (first,) = put(meeting, cast, ELECTION)
    with pytest.raises(CommitteeElectedAlready) as refused:
        put(meeting, cast, replace(ELECTION, title="选举候补委员"))
    assert refused.value.title == "选举委员"
    others = [replace(ELECTION, title=one, elects=Matter.Body.OTHER) for one in ("监事会", "补选")]
    put(meeting, cast, *others)
    actions.drop_matter(first, by=cast.li.pk, at=PREPARED)
    put(meeting, cast, replace(ELECTION, title="换一场"))
    assert list(Matter.objects.order_by("position").values_list("title", "elects")) == [
        ("监事会", "other"),
        ("补选", "other"),
        ("换一场", "committee"),
    ]


def test_the_database_knows_one_committee_a_meeting(prepared):
    second = Matter.objects.get(kind="election")
    second.pk, second.position, second._state.adding = new_key(), 9, True
    with pytest.raises(IntegrityError, match="a_meeting_elects_one_committee"):
        with transaction.atomic():
            second.save()


def test_a_matter_taken_off_leaves_the_others_where_they_are(cast):
    meeting = bare(cast)
    first, second = put(meeting, cast, DECISION, ELECTION)
    actions.drop_matter(first, by=cast.li.pk, at=PREPARED)
    (third,) = put(meeting, cast, DECISION)
    assert [second.position, third.position] == [2, 3]


def test_a_matter_is_taken_off_once(cast):
    meeting = bare(cast)
    (matter,) = put(meeting, cast, DECISION)
    seen_twice = Matter.objects.get(pk=matter.pk)
    actions.drop_matter(matter, by=cast.li.pk, at=PREPARED)
    actions.drop_matter(seen_twice, by=cast.li.pk, at=PREPARED)
    assert notes("committees.drop_matter") == 1


def test_once_the_roll_is_frozen_the_questions_stand(nominating, cast):
    with pytest.raises(WrongStage) as refused:
        put(nominating.meeting, cast, ELECTION)
    assert refused.value.stage == Meeting.Stage.NOMINATING
    with pytest.raises(WrongStage):
        actions.drop_matter(nominating.matter(1), by=cast.li.pk, at=PREPARED)
    assert Matter.objects.filter(meeting=nominating.meeting).count() == 2


def test_freezing_says_everything_that_is_missing_and_changes_nothing(cast):
    Holding.objects.all().delete()
    Part.objects.all().delete()
    meeting = bare(cast)
    with pytest.raises(StepBlocked) as refused:
        freeze(meeting, cast)
    assert [one.code for one in refused.value.obstacles] == [Code.NO_MATTERS, Code.ROLL_EMPTY]
    meeting.refresh_from_db()
    assert (meeting.stage, meeting.roll) == (Meeting.Stage.PREPARING, None)


def test_what_freezing_lacks_no_reason_replaces(cast):
    """Freezing takes no waiver at all: a vote on nothing is no vote."""
    meeting = bare(cast)
    with pytest.raises(StepBlocked) as refused:
        freeze(meeting, cast)
    assert [one.may_be_waived for one in refused.value.obstacles] == [False]


def test_the_rules_are_fixed_with_the_roll(prepared, cast):
    meeting = freeze(prepared.meeting, cast)
    fixed = meeting.rules
    Rule.objects.filter(key="voting.ordinary").update(value="0.9")
    meeting.refresh_from_db()
    assert meeting.rules == fixed
    assert meeting.sources.keys() == {
        "participation",
        "ordinary",
        "special",
        "party_target",
        "parking",
    }
    assert "278" in meeting.sources["ordinary"] or "二百七十八" in meeting.sources["ordinary"]


def test_who_owns_two_homes_is_one_head_with_both(cast):
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    second = places.part(cast.compound, "1-1-102", area=7000)
    Holding.objects.create(compound=cast.compound, part=second, owner=cast.chen_as_owner)
    freeze(meeting, cast)
    voter = Voter.objects.get()
    assert (voter.rooms, voter.area) == (["1-1-101", "1-1-102"], 8932 + 7000)


def test_the_same_two_owners_of_two_homes_are_one_head_and_one_of_them_alone_another(cast):
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    pair = [people.owner(cast.compound) for _ in range(2)]
    for key in ("1-1-201", "1-1-202"):
        part = places.part(cast.compound, key, area=5000)
        for owner in pair:
            Holding.objects.create(compound=cast.compound, part=part, owner=owner)
    alone = places.part(cast.compound, "1-1-203", area=6000)
    Holding.objects.create(compound=cast.compound, part=alone, owner=pair[0])
    freeze(meeting, cast)
    assert sorted((voter.rooms, voter.area) for voter in Voter.objects.all()) == [
        (["1-1-101"], 8932),
        (["1-1-201", "1-1-202"], 10000),
        (["1-1-203"], 6000),
    ]


def test_parking_counts_in_the_scope_that_says_so_and_in_no_other(cast):
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    garage = places.part(cast.compound, "车位-7", area=1200, kind=Part.Kind.PARKING)
    Holding.objects.create(compound=cast.compound, part=garage, owner=cast.chen_as_owner)
    people.owner(cast.compound, places.part(cast.compound, "2-1-101", area=9000))
    freeze(meeting, cast)
    rows = Turnout.objects.values_list("scope", "eligible_heads", "eligible_area")
    assert set(rows) == {
        ("homes", 2, 8932 + 9000),
        ("all", 2, 8932 + 9000 + 1200),
        ("b-1", 1, 8932),
        ("b-2", 1, 9000),
    }
    assert Voter.objects.get(rooms__contains=["车位-7"]).area == 8932


def test_a_public_room_is_no_part_of_any_scope_and_its_owner_no_voter(cast):
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    room = places.part(cast.compound, "1-1-001", area=77000, kind=Part.Kind.PUBLIC)
    Holding.objects.create(compound=cast.compound, part=room, owner=people.owner(cast.compound))
    freeze(meeting, cast)
    assert set(Turnout.objects.values_list("scope", "eligible_heads", "eligible_area")) == {
        ("homes", 1, 8932),
        ("all", 1, 8932),
        ("b-1", 1, 8932),
    }
    assert [voter.rooms for voter in Voter.objects.all()] == [["1-1-101"]]


def test_nothing_but_public_rooms_is_no_roll(cast):
    Part.objects.filter(compound=cast.compound).update(kind=Part.Kind.PUBLIC)
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    with pytest.raises(StepBlocked):
        freeze(meeting, cast)


def test_owners_who_count_parking_have_it_in_every_sum_and_the_notice_says_so(cast):
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    places.part(cast.compound, "1-1-车位7", area=1200, kind=Part.Kind.PARKING)
    CompoundRule.objects.create(
        compound=cast.compound,
        key="roll.parking.is-counted",
        value="1",
        clause="《议事规则》第8条",
        effective_from=PREPARED.date(),
    )
    meeting = freeze(meeting, cast)
    assert set(Turnout.objects.values_list("scope", "eligible_area")) == {
        ("homes", 8932 + 1200),
        ("all", 8932 + 1200),
        ("b-1", 8932 + 1200),
    }
    notice = str(documents.meeting_notice(meeting, AnnouncedPlan(sha256="5e" * 32), at=PREPARED))
    assert "('车位、储藏室', '计入人数和面积（《议事规则》第8条）')" in notice
    assert "全体业主（含车位、储藏室）" in notice
    assert "不含车位" not in notice


def test_what_is_not_delivered_is_one_head_of_the_developers(cast):
    meeting = bare(cast)
    put(meeting, cast, DECISION)
    developer = people.owner(cast.compound, kind=Owner.Kind.DEVELOPER)
    for key in ("3-1-101", "3-1-102"):
        part = places.part(cast.compound, key, delivery=Part.Delivery.UNDELIVERED)
        Holding.objects.create(compound=cast.compound, part=part, owner=developer)
    freeze(meeting, cast)
    assert [(v.rooms, v.is_developer) for v in Voter.objects.order_by("slip")] == [
        (["1-1-101"], False),
        (["3-1-101", "3-1-102"], True),
    ]


def test_slips_are_numbered_and_no_two_meetings_share_a_pseudonym(nominating, cast):
    slips = Voter.objects.order_by("slip").values_list("slip", flat=True)
    assert list(slips) == list(range(1, 11))
    other = prepare(cast.compound, cast.li, "第二次会议")
    put(other, cast, DECISION)
    freeze(other, cast)
    for model, count in ((Voter, 20), (VoterPart, 20)):
        assert len(set(model.objects.values_list("pseudonym", flat=True))) == count


def test_who_buys_after_the_freeze_votes_next_time(nominating):
    home = nominating.owners[0].holdings.get()
    rooms = list(Voter.objects.filter(meeting=nominating.meeting).values_list("rooms", flat=True))
    buyer = people.owner(nominating.compound)
    home.owner = buyer
    home.save(update_fields=["owner"])
    after = Voter.objects.filter(meeting=nominating.meeting).values_list("rooms", flat=True)
    assert list(after) == rooms
    assert nominating.meeting.roll.heads == 10


def test_freezing_costs_the_same_at_three_homes_and_at_nine(
    cast, letters, django_assert_max_num_queries
):
    costs = []
    for compound, owners in ((cast.compound, 3), (cast.other_compound, 9)):
        held = meetings.prepared(compound, cast.li, owners=owners)
        with django_assert_max_num_queries(40) as cost:
            freeze(held.meeting, cast)
        costs.append(len(cost))
    assert costs[0] == costs[1]
