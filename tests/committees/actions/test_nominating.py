"""Who may stand, who no longer stands, and what is published of it."""

from datetime import timedelta

import pytest

from committees import actions
from committees.actions.refusals import AlreadyStands, NotAnOwner, StepBlocked, WrongStage
from committees.models import Candidate, Matter, Meeting, Waiver
from committees.rules.timetable import Code
from portal.owners.models import Holding, Owner
from portal.places.models import Part
from portal.publicity.models import Publicity
from portal.rulebook.models import CompoundRule
from portal.tools.audit.models import AuditEntry
from tests.factories import meetings, people, places
from tests.factories.meetings import CLOSED, PREPARED, PUBLISHED

OTHER = Matter.Body.OTHER
SECOND = actions.ElectionPlan("选举监督委员", "", 2, 0, 2, elects=OTHER)


def nominate(held, owner, *, position=2, at=PREPARED, **facts):
    said = {"is_party_member": True, "agrees_to_publish": False, "channel": "joint"} | facts
    nomination = actions.Nomination(owner=owner, **said)
    return actions.nominate(held.matter(position), nomination, by=held.clerk.pk, at=at)


def withdraw(held, candidate, at=PREPARED):
    return actions.withdraw(candidate, by=held.clerk.pk, at=at)


def publish(held):
    return actions.publish(held.meeting, by=held.clerk.pk, at=PUBLISHED)


def standing(held):
    rows = Candidate.objects.standing().filter(matter=held.matter(2)).order_by("position")
    return [who.name for who in rows]


def codes(refused):
    return [one.code for one in refused.value.obstacles]


def test_a_nomination_keeps_what_was_declared(nominating):
    who = nominate(nominating, nominating.owners[3], statement="住了十年")
    assert (who.position, who.code, who.name) == (4, "c4", "业主3")
    assert (who.is_party_member, who.agrees_to_publish) == (True, False)
    assert (who.channel, who.statement, who.nominated_at) == ("joint", "住了十年", PREPARED)


def test_only_persons_on_the_frozen_roll_of_this_compound_stand(nominating, cast):
    bought_since = people.owner(cast.compound)
    home = nominating.owners[5].holdings.get()
    Holding.objects.filter(pk=home.pk).update(owner=bought_since)
    elsewhere = people.owner(cast.other_compound, places.part(cast.other_compound))
    company = nominating.owners[6]
    Owner.objects.filter(pk=company.pk).update(kind=Owner.Kind.COMPANY)
    company.refresh_from_db()
    for stranger in (bought_since, elsewhere, company):
        with pytest.raises(NotAnOwner):
            nominate(nominating, stranger)
    assert standing(nominating) == ["业主0", "业主1", "业主2"]


def test_who_sold_since_the_freeze_may_still_stand(nominating, cast):
    """The roll that was frozen says who is an owner at this meeting (EV-01)."""
    home = nominating.owners[5].holdings.get()
    Holding.objects.filter(pk=home.pk).update(owner=people.owner(cast.compound))
    nominate(nominating, nominating.owners[5])
    assert "业主5" in standing(nominating)


def test_nobody_stands_twice_in_one_election_and_anybody_in_two(prepared, cast):
    actions.put_matter(prepared.meeting, SECOND, by=cast.li.pk, at=PREPARED)
    prepared.meeting = actions.freeze_roll(prepared.meeting, by=cast.li.pk, at=PREPARED)
    owner = prepared.owners[0]
    nominate(prepared, owner)
    with pytest.raises(AlreadyStands):
        nominate(prepared, owner)
    nominate(prepared, owner, position=3)
    assert Candidate.objects.count() == 2


def test_before_the_roll_is_frozen_and_after_the_list_is_out_nobody_is_nominated(
    cast, letters, prepared
):
    with pytest.raises(WrongStage):
        nominate(prepared, prepared.owners[0])
    out = meetings.published(cast.other_compound, cast.qian)
    with pytest.raises(WrongStage):
        nominate(out, out.owners[4])
    with pytest.raises(WrongStage):
        withdraw(out, out.matter(2).candidates.first())
    assert len(standing(out)) == 3


def test_who_withdraws_keeps_the_place_and_stands_no_more(nominating):
    first = nominating.matter(2).candidates.get(position=1)
    withdraw(nominating, first)
    assert standing(nominating) == ["业主1", "业主2"]
    assert nominate(nominating, nominating.owners[3]).position == 4


def test_a_withdrawal_sent_twice_is_one(nominating):
    first = nominating.matter(2).candidates.get(position=1)
    seen_before = Candidate.objects.get(pk=first.pk)
    withdraw(nominating, first)
    withdraw(nominating, seen_before, at=PREPARED + timedelta(hours=1))
    first.refresh_from_db()
    assert first.withdrawn_at == PREPARED
    assert AuditEntry.objects.filter(act="committees.withdraw").count() == 1


def test_who_withdrew_may_be_nominated_anew_at_the_end_of_the_list(nominating):
    later = PREPARED + timedelta(days=1)
    first = nominating.matter(2).candidates.get(position=1)
    withdraw(nominating, first)
    again = nominate(nominating, nominating.owners[0], at=later, is_party_member=False)
    assert standing(nominating) == ["业主1", "业主2", "业主0"]
    assert (again.position, again.nominated_at, again.is_party_member) == (4, later, False)
    with pytest.raises(AlreadyStands):
        nominate(nominating, nominating.owners[0])


def test_publishing_says_of_each_election_what_it_lacks(prepared, cast):
    for one in (SECOND, actions.ElectionPlan("第三项", "", 2, 0, 2, elects=OTHER)):
        actions.put_matter(prepared.meeting, one, by=cast.li.pk, at=PREPARED)
    prepared.meeting = actions.freeze_roll(prepared.meeting, by=cast.li.pk, at=PREPARED)
    nominate(prepared, prepared.owners[0], position=3)
    for owner in prepared.owners[:2]:
        nominate(prepared, owner, position=4)
    with pytest.raises(StepBlocked) as refused:
        publish(prepared)
    assert codes(refused) == [Code.NOBODY_STANDS, Code.FEWER_THAN_SEATS, Code.NOT_CONTESTED]
    assert [one.facts["title"] for one in refused.value.obstacles] == [
        "选举委员",
        "选举监督委员",
        "第三项",
    ]
    assert not Publicity.objects.exists()


def test_who_withdrew_does_not_make_an_election_contested(nominating):
    withdraw(nominating, nominating.matter(2).candidates.get(position=3))
    with pytest.raises(StepBlocked) as refused:
        publish(nominating)
    assert codes(refused) == [Code.NOT_CONTESTED]


def test_an_uncontested_election_goes_on_once_another_has_agreed(nominating, cast):
    withdraw(nominating, nominating.matter(2).candidates.get(position=3))
    meetings.waive(nominating, at=PUBLISHED, reason="无人再愿参选")
    assert publish(nominating).stage == Meeting.Stage.PUBLISHED


def test_nobody_agrees_to_an_election_without_candidates(cast, letters):
    held = meetings.nominating(cast.compound, cast.li, candidates=0)
    with pytest.raises(StepBlocked):
        meetings.waive(held, at=PUBLISHED)
    assert not Waiver.objects.exists()


def test_notice_and_list_are_announced_for_the_days_of_this_compounds_rules(nominating, letters):
    CompoundRule.objects.create(
        compound=nominating.compound,
        key="publicity.candidates.days",
        value="12",
        clause="议事规则第9条",
        effective_from=PREPARED.date(),
    )
    meeting = publish(nominating)
    rows = Publicity.objects.filter(compound=nominating.compound, case=meeting.number)
    assert set(rows.values_list("kind", "days", "rule_key")) == {
        ("meeting-notice", 15, "meeting.notice.days"),
        ("candidates", 12, "publicity.candidates.days"),
    }
    posted = [ids["publicity_id"] for letter, ids in letters if letter == "cms.post_notice"]
    assert sorted(posted) == sorted(rows.values_list("pk", flat=True))


def test_a_meeting_of_decisions_alone_announces_no_candidates(prepared, cast):
    actions.drop_matter(prepared.matter(2), by=cast.li.pk, at=PREPARED)
    prepared.meeting = actions.freeze_roll(prepared.meeting, by=cast.li.pk, at=PREPARED)
    publish(prepared)
    assert [one.kind for one in Publicity.objects.all()] == [Publicity.Kind.NOTICE]


def test_the_announced_end_is_remembered_when_the_end_is_moved(opened, cast):
    later = CLOSED + timedelta(days=3)
    actions.reschedule(opened.meeting, later, reason="参与不足", by=cast.li.pk, at=PUBLISHED)
    opened.meeting.refresh_from_db()
    assert (opened.meeting.announced_closes_at, opened.meeting.closes_at) == (CLOSED, later)


def test_publishing_costs_the_same_at_three_candidates_and_at_nine(
    cast, letters, django_assert_max_num_queries
):
    costs = []
    for compound, candidates in ((cast.compound, 3), (cast.other_compound, 9)):
        held = meetings.nominating(compound, cast.li, candidates=candidates)
        with django_assert_max_num_queries(60) as cost:
            publish(held)
        costs.append(len(cost))
    assert costs[0] == costs[1]


def test_two_of_one_name_are_told_apart_by_their_rooms(prepared):
    place = places.part(prepared.compound, "车位-7", area=1200, kind=Part.Kind.PARKING)
    home = places.part(prepared.compound, "2-1-999", area=9000)
    namesake = people.owner(prepared.compound, place, home, name="业 主0")
    actions.freeze_roll(prepared.meeting, by=prepared.clerk.pk, at=PREPARED)
    prepared.meeting.refresh_from_db()
    assert nominate(prepared, prepared.owners[0]).name == "业主0"
    assert nominate(prepared, prepared.owners[1]).name == "业主1"
    assert nominate(prepared, namesake).name == "业 主0（2-1-999）"
    names = [who.name for who in Candidate.objects.order_by("position")]
    assert names == ["业主0（1-1-201）", "业主1", "业 主0（2-1-999）"]


def test_who_withdrew_is_not_mistaken_for_who_stands(prepared):
    home = places.part(prepared.compound, "2-1-999", area=9000)
    namesake = people.owner(prepared.compound, home, name="业主0")
    actions.freeze_roll(prepared.meeting, by=prepared.clerk.pk, at=PREPARED)
    withdraw(prepared, nominate(prepared, prepared.owners[0]))
    assert nominate(prepared, namesake).name == "业主0"
