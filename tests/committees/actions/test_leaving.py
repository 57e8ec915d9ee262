"""A member leaves before the end: the seat, the office that came with it, and who moves up."""

from datetime import date, timedelta

import pytest

from committees import actions
from committees.actions.refusals import LeaveUnfit, LeftAlready, SeatStands
from committees.models import Member
from committees.queries import committee_standings, re_elections
from committees.queries.committee import terms_of
from committees.rules.roster import LeavingFault
from portal.accounts.models import CompoundOffice
from portal.accounts.permissions import holds
from portal.owners import actions as owners
from portal.owners.models import Binding
from portal.tools.audit.models import AuditEntry
from tests.factories import committees, people, rulebook

LAST = date(2026, 9, 30)
NEXT = LAST + timedelta(days=1)
Ending = Member.Ending


@pytest.fixture
def term(cast):
    rulebook.load()
    sitting = [people.owner(cast.compound, name=name) for name in ("甲", "乙", "丙")]
    waiting = [people.owner(cast.compound, name=name) for name in ("丁", "戊")]
    return committees.term(cast.compound, sitting, party=2, alternates=waiting)


def who(name):
    """The latest row of the one of this name."""
    return next(one for one in Member.objects.order_by("-since", "-pk") if one.owner.name == name)


@pytest.fixture
def leave(cast, noon):
    def leave_(
        name, *, last_on=LAST, reason=Ending.RESIGNED, basis="辞职报告", follower=None, at=noon
    ):
        leaving = actions.Leaving(last_on, reason, basis, follower and who(follower).pk)
        return actions.leave_seat(who(name), leaving, by=cast.li.pk, at=at)

    return leave_


def seated(cast, on):
    rows = Member.objects.sitting(on).filter(compound=cast.compound)
    return sorted(one.owner.name for one in rows)


def bound(name, at):
    """An account of the one of this name."""
    user = people.user(name)
    binding = owners.bind(who(name).owner, user.pk, basis=Binding.Basis.PHONE, at=at)
    actions.follow_binding(binding or Binding.objects.get(user=user.pk), at=at)
    return user


def test_who_leaves_sits_to_the_last_day_and_the_seat_stays_open(cast, term, leave):
    leave("乙")
    assert (seated(cast, LAST), seated(cast, NEXT)) == (["丙", "乙", "甲"], ["丙", "甲"])
    assert (who("乙").end_reason, who("乙").end_basis) == ("resigned", "辞职报告")
    assert AuditEntry.objects.get(act="committees.leave_seat").facts == {"reason": "resigned"}


def test_the_first_alternate_sits_from_the_next_day_and_is_no_alternate_any_more(cast, term, leave):
    leave("乙", follower="丁")
    assert seated(cast, NEXT) == ["丁", "丙", "甲"]
    moved = who("丁")
    assert (moved.post, moved.alternate_rank, moved.since) == ("member", None, NEXT)
    assert (moved.is_party_member, moved.came_for) == (True, who("乙"))
    before = Member.objects.get(owner=moved.owner, alternate_rank=1)
    assert (before.until, before.end_reason) == (LAST, "moved-up")
    standing = committee_standings([cast.compound.pk], on=NEXT)[cast.compound.pk]
    assert (standing.members, standing.party_members, standing.alternates) == (3, 2, 1)
    assert (committee_standings([cast.compound.pk], on=LAST)[cast.compound.pk]).alternates == 2


def test_alternates_move_up_in_their_order(term, leave):
    with pytest.raises(LeaveUnfit) as refused:
        leave("乙", follower="戊")
    assert refused.value.faults == (LeavingFault.NOT_THE_NEXT,)
    leave("丁")
    leave("乙", follower="戊")
    assert who("戊").alternate_rank is None


def test_who_moved_up_is_not_newly_entered_by_the_re_election(cast, term, leave, noon):
    before = committees.term(
        cast.other_compound, [people.owner(cast.other_compound)], ends_on=date(2026, 8, 31)
    )
    alternate = people.owner(cast.other_compound, name="己")
    elected = [people.owner(cast.other_compound, name="庚")]
    started = date(2026, 9, 1)
    committees.term(
        cast.other_compound, elected, alternates=[alternate], starts_on=started, party=1
    )
    Member.objects.filter(term=before).update(until=date(2026, 8, 31))
    leave("庚", follower="己")
    (one,) = re_elections([cast.other_compound.pk], first_on=started, last_on=LAST)
    assert (one.members, one.party_members, one.newly_entered_party_members) == (1, 1, 1)


def test_an_alternate_who_leaves_is_followed_by_nobody(term, leave):
    with pytest.raises(LeaveUnfit):
        leave("丁", follower="戊")
    assert leave("丁").until == LAST


def test_all_faults_are_told_at_once(term, leave, noon):
    with pytest.raises(LeaveUnfit) as refused:
        leave("乙", last_on=noon.date() + timedelta(days=1), follower="戊")
    assert refused.value.faults == (LeavingFault.NOT_YET, LeavingFault.NOT_THE_NEXT)
    with pytest.raises(LeaveUnfit) as refused:
        leave("乙", last_on=committees.STARTS - timedelta(days=1))
    assert refused.value.faults == (LeavingFault.BEFORE_THE_SEAT,)
    assert not Member.objects.filter(until__isnull=False).exists()


def test_the_same_twice_is_one_leave_and_another_is_refused(cast, term, leave, noon):
    first = who("丁")
    leave("乙", follower="丁")
    again = actions.Leaving(LAST, Ending.RESIGNED, "辞职报告", first.pk)
    assert actions.leave_seat(who("乙"), again, by=cast.li.pk, at=noon) == who("乙")
    assert Member.objects.filter(came_for__isnull=False).count() == 1
    for other in ({"reason": Ending.LOST, "follower": "丁"}, {"follower": None}):
        with pytest.raises(LeftAlready):
            leave("乙", **other)


def test_a_seat_left_open_is_not_filled_by_saying_so_again(term, leave):
    leave("乙")
    with pytest.raises(LeftAlready):
        leave("乙", follower="丁")
    assert who("丁").alternate_rank == 1


def test_the_office_ends_with_the_seat_and_comes_with_it(cast, term, leave, noon):
    leaver, mover = bound("乙", noon - timedelta(days=300)), bound("丁", noon)
    leave("乙", follower="丁")
    offices = CompoundOffice.objects.filter(compound=cast.compound, role=CompoundOffice.Role.MEMBER)
    assert offices.get(user=leaver).until == LAST
    assert offices.get(user=mover).until == term.ends_on


def test_put_down_by_mistake_it_is_taken_out_with_who_moved_up(cast, term, leave, noon):
    user = bound("丁", noon)
    leave("乙", follower="丁")
    for _twice in range(2):
        actions.return_to_seat(who("乙"), by=cast.li.pk, at=noon)
    assert seated(cast, NEXT) == ["丙", "乙", "甲"]
    assert (who("丁").alternate_rank, who("丁").until, who("丁").end_reason) == (1, None, "")
    assert not holds(user, frozenset({CompoundOffice.Role.MEMBER}), cast.compound)
    leave("乙", follower="丁")
    assert seated(cast, NEXT) == ["丁", "丙", "甲"]


def test_what_others_rest_on_is_not_taken_out(cast, term, leave, noon):
    leave("乙", follower="丁")
    posts = actions.Posts(who("丁").pk, frozenset(), NEXT, "会议纪要")
    actions.choose_posts(term, posts, by=cast.li.pk, at=noon)
    with pytest.raises(SeatStands):
        actions.return_to_seat(who("乙"), by=cast.li.pk, at=noon)
    assert seated(cast, NEXT) == ["丁", "丙", "甲"]


def test_who_moved_up_and_left_again_holds_the_first_leave(cast, term, leave, noon):
    leave("乙", follower="丁")
    leave("丁", last_on=NEXT, follower="戊")
    with pytest.raises(SeatStands):
        actions.return_to_seat(who("乙"), by=cast.li.pk, at=noon)
    assert seated(cast, NEXT + timedelta(days=1)) == ["丙", "戊", "甲"]


def test_once_another_term_follows_a_leave_stands(cast, term, leave, noon):
    leave("乙")
    elected = [people.owner(cast.compound)]
    committees.term(cast.compound, elected, starts_on=NEXT, ends_on=date(2031, 9, 30))
    with pytest.raises(SeatStands):
        actions.return_to_seat(who("乙"), by=cast.li.pk, at=noon)


def test_the_committees_page_tells_who_came_and_went(cast, term, leave, noon):
    leave("乙", follower="丁")
    leave("丙", last_on=NEXT)
    (facts,) = terms_of(cast.compound, noon.date())
    told = [
        (one.on, one.member.owner.name, one.follower and one.follower.owner.name)
        for one in facts.changes
    ]
    assert told == [(NEXT, "丙", None), (LAST, "乙", "丁")]
