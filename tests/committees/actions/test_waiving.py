"""A period is waived by two people, named rule by rule, posted at once, and only for a while."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from committees import actions
from committees.actions.refusals import NothingToWaive, StepBlocked
from committees.models import Meeting, Waiver
from committees.rules.timetable import Code
from portal.approvals import actions as approvals
from portal.approvals.models import Answer, Request
from portal.publicity.models import Publicity
from portal.rulebook.models import Rule
from tests.factories import meetings, people
from tests.factories.meetings import CLOSED, OPENED, PUBLISHED

LATE = CLOSED - timedelta(days=3)  # of the five days that voting lasts at least, three are left


def ask(held, at=LATE, reason="台风后急需") -> Request:
    return actions.ask_to_waive(held.meeting, reason=reason, by=held.clerk, at=at)


def open_at(held, at) -> Meeting:
    return actions.open_voting(held.meeting, by=held.clerk.pk, at=at)


def test_what_another_agreed_to_is_kept_with_both_people_and_each_rule(published, cast):
    asked = ask(published, reason=" 台风后急需 ")
    approvals.agree(asked, by=cast.zhao, at=LATE)
    waiver = Waiver.objects.get()
    assert (waiver.step, waiver.reason, waiver.by, waiver.agreed_by, waiver.request) == (
        "open",
        "台风后急需",
        cast.li.pk,
        cast.zhao.pk,
        asked,
    )
    assert waiver.obstacles == [
        {
            "code": "window-too-short",
            "facts": {"needed": 5, "closes_at": "2026-10-15T09:00:00+08:00"},
            "rule": "投票期最短",
            "source": "平台默认",
        }
    ]
    assert open_at(published, LATE).stage == Meeting.Stage.OPEN


def test_what_is_asked_opens_nothing(published):
    ask(published)
    with pytest.raises(StepBlocked):
        open_at(published, LATE)


def test_what_is_refused_or_lapses_opens_nothing(published, cast):
    approvals.refuse(ask(published), reason="来得及", by=cast.zhao, at=LATE)
    with pytest.raises(StepBlocked):
        open_at(published, LATE)
    asked = ask(published)
    approvals.lapse(at=asked.lapses_at)
    assert not Waiver.objects.exists()


def test_it_is_posted_at_once_under_the_meetings_number(published, cast):
    approvals.agree(ask(published), by=cast.zhao, at=LATE)
    posted = Publicity.objects.get(kind=Publicity.Kind.WAIVER)
    assert (posted.case, posted.days, posted.announced_at) == (published.meeting.number, 7, LATE)
    words = str(posted.body)
    wanted = ["投票时间不少于 5 日（平台默认）", "台风后急需", "开始投票"]
    assert [word for word in wanted if word not in words] == []


def test_what_was_waived_before_the_notice_stands_in_it(nominating, cast):
    actions.withdraw(nominating.matter(2).candidates.get(position=3), by=cast.li.pk, at=PUBLISHED)
    meetings.waive(nominating, at=PUBLISHED, reason="无人再愿参选")
    actions.publish(nominating.meeting, by=cast.li.pk, at=PUBLISHED)
    notice = str(Publicity.objects.get(kind=Publicity.Kind.NOTICE).body)
    assert "“选举委员”差额选举（应选 2 人，候选 2 人）" in notice
    assert "无人再愿参选" in notice


def test_the_notice_of_a_meeting_and_its_announced_hour_are_waived_by_nobody(published):
    for days in (2, 12):  # notice and publicity; then only the notice
        with pytest.raises(StepBlocked) as refused:
            ask(published, at=PUBLISHED + timedelta(days=days))
        assert Code.NOTICE_TOO_SHORT in [one.code for one in refused.value.obstacles]
    with pytest.raises(StepBlocked) as refused:
        ask(published, at=OPENED - timedelta(seconds=1))
    assert [one.code for one in refused.value.obstacles] == [Code.OPENS_LATER]
    assert not Request.objects.exists()


def test_a_publicity_that_a_statute_fixes_is_waived_by_nobody(published):
    """Where the county's book says so, even what is only practice elsewhere."""
    Rule.objects.filter(key="voting.days.min").update(is_waivable=False)
    with pytest.raises(StepBlocked):
        ask(published)


def test_a_rule_that_was_made_firm_after_the_asking_is_not_agreed_away(published, cast):
    asked = ask(published)
    Rule.objects.filter(key="voting.days.min").update(is_waivable=False)
    with pytest.raises(approvals.CarriedOutNot):
        approvals.agree(asked, by=cast.zhao, at=LATE)
    assert (Answer.objects.count(), Waiver.objects.count()) == (0, 0)


def test_a_waiver_covers_what_was_asked_and_no_other_end(published, cast):
    approvals.agree(ask(published), by=cast.zhao, at=LATE)
    later = LATE + timedelta(days=6)
    actions.reschedule(published.meeting, later, reason="改期", by=cast.li.pk, at=LATE)
    with pytest.raises(StepBlocked):
        open_at(published, LATE + timedelta(days=2))


def test_an_end_moved_after_the_asking_leaves_nothing_to_agree_to(published, cast):
    asked = ask(published)
    later = LATE + timedelta(days=20)
    actions.reschedule(published.meeting, later, reason="改期", by=cast.li.pk, at=LATE)
    with pytest.raises(approvals.CarriedOutNot):
        approvals.agree(asked, by=cast.zhao, at=LATE)


def test_a_waiver_is_used_within_its_time(published, cast):
    first = CLOSED - timedelta(days=4, hours=12)
    approvals.agree(ask(published, at=first), by=cast.zhao, at=first)
    with pytest.raises(StepBlocked):
        open_at(published, first + timedelta(hours=72))
    assert open_at(published, first + timedelta(hours=71)).stage == Meeting.Stage.OPEN


def test_where_nothing_is_in_the_way_nothing_is_asked(published):
    with pytest.raises(NothingToWaive):
        ask(published, at=OPENED)


def test_who_does_not_run_the_meeting_does_not_ask(published, cast):
    for who in (cast.zhao, cast.chen, cast.qian):
        with pytest.raises(approvals.NoOfficeHere):
            actions.ask_to_waive(published.meeting, reason="急", by=who, at=LATE)


def test_another_clerk_does_not_agree(published, cast):
    other = people.user("另一会务")
    people.compound_office(other, cast.compound, "meeting-clerk")
    with pytest.raises(approvals.NoOfficeHere):
        approvals.agree(ask(published), by=other, at=LATE)


def test_the_end_of_voting_is_moved_only_within_the_rules(published, cast):
    for closes_at in (OPENED + timedelta(days=4), OPENED + timedelta(days=61)):
        with pytest.raises(StepBlocked):
            actions.reschedule(
                published.meeting, closes_at, reason="测试", by=cast.li.pk, at=PUBLISHED
            )
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("agreed_by", ["nobody", "the asker"])
def test_the_database_keeps_no_waiver_of_one_person(published, cast, agreed_by):
    asked = ask(published)
    row = Waiver(
        compound=cast.compound,
        meeting=published.meeting,
        step="open",
        obstacles=[{"code": "window-too-short"}],
        reason="测试",
        by=cast.li.pk,
        request=asked,
        agreed_by=None if agreed_by == "nobody" else cast.li.pk,
        at=LATE,
    )
    name = "a_waiver_of_a_rule_is_agreed_to_by_another"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()
