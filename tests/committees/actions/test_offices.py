"""A seat brings its holder's account the office of a member, for as long, and takes it back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from committees import actions
from committees.models import Member
from portal.accounts import actions as accounts
from portal.accounts.models import CompoundOffice
from portal.accounts.permissions import holds
from portal.owners import actions as owners
from portal.owners.models import Binding
from portal.tools.audit.models import AuditEntry
from tests.factories import committees, people
from tests.factories.meetings import CLOSED

ROLE = CompoundOffice.Role.MEMBER
STARTS, ENDS = CLOSED.date() + timedelta(days=5), date(2031, 10, 31)
DAY = timedelta(days=1)


def noon_of(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def bind(owner, user=None, at=CLOSED):
    user = user or people.user(owner.name)
    owners.bind(owner, user.pk, basis=Binding.Basis.PHONE, at=at)
    return user


def part(owner, by, at=CLOSED):
    binding = Binding.objects.current().get(owner=owner)
    owners.end_binding(binding, reason="绑错了人", by=by.pk, at=at)


def seat(held, *, starts_on=STARTS, ends_on=ENDS, at=CLOSED):
    days = {"starts_on": starts_on, "ends_on": ends_on}
    return actions.seat_committee(held.matter(2), **days, by=held.clerk.pk, at=at)


def offices(user):
    rows = CompoundOffice.objects.filter(user=user, role=ROLE).order_by("since")
    return list(rows.values_list("since", "until"))


def deliver(letters, day):
    with time_machine.travel(noon_of(day), tick=False):
        letters.deliver()


def test_the_seated_hold_the_office_from_the_first_day_of_the_term_to_its_last(counted):
    member, alternate = bind(counted.owners[0]), bind(counted.owners[2])
    term = seat(counted)
    assert offices(member) == [(STARTS, ENDS)]
    assert offices(alternate) == []
    seated = Member.objects.get(term=term, owner=counted.owners[0])
    assert seated.office == CompoundOffice.objects.get(user=member)
    with time_machine.travel(noon_of(STARTS - DAY), tick=False):
        assert not holds(member, {ROLE}, counted.compound)
    member = type(member).objects.get(pk=member.pk)
    with time_machine.travel(noon_of(STARTS), tick=False):
        assert holds(member, {ROLE}, counted.compound)


def test_pressed_twice_it_is_one_office(counted):
    member = bind(counted.owners[0])
    for _again in range(2):
        seat(counted)
    assert offices(member) == [(STARTS, ENDS)]


def test_the_clerk_who_is_elected_holds_the_office_too(counted):
    CompoundOffice.objects.filter(user=counted.clerk, role=ROLE).delete()
    bind(counted.owners[0], counted.clerk)
    seat(counted)
    assert offices(counted.clerk) == [(STARTS, ENDS)]


def test_who_is_bound_after_the_seating_holds_it_for_the_rest_of_the_term(counted, letters):
    seat(counted)
    bound_on = STARTS + 40 * DAY
    member = bind(counted.owners[1], at=noon_of(bound_on))
    alternate = bind(counted.owners[2], at=noon_of(bound_on))
    assert offices(member) == []
    deliver(letters, bound_on)
    assert offices(member) == [(bound_on, ENDS)]
    assert offices(alternate) == []


def test_the_letter_opened_twice_is_one_office(counted, letters):
    seat(counted)
    member = bind(counted.owners[1])
    binding = Binding.objects.get(user=member.pk)
    for _again in range(2):
        actions.follow_binding(binding, at=CLOSED)
    assert offices(member) == [(STARTS, ENDS)]


def test_nothing_is_given_once_the_term_is_over_or_the_seat_was_left(counted, letters):
    term = seat(counted)
    Member.objects.filter(term=term, owner=counted.owners[1]).update(until=STARTS + DAY)
    late, left = bind(counted.owners[0]), bind(counted.owners[1])
    deliver(letters, ENDS + DAY)
    assert (offices(late), offices(left)) == ([], [])


def test_who_left_early_and_is_bound_before_holds_it_to_that_day(counted, letters):
    term = seat(counted)
    leaves = STARTS + 10 * DAY
    Member.objects.filter(term=term, owner=counted.owners[1]).update(until=leaves)
    member = bind(counted.owners[1])
    deliver(letters, STARTS)
    assert offices(member) == [(STARTS, leaves)]


def test_an_office_held_by_appointment_stays_and_is_not_doubled(counted):
    open_ended, to_a_day = bind(counted.owners[0]), bind(counted.owners[1])
    for user, until in ((open_ended, None), (to_a_day, STARTS + 30 * DAY)):
        people.compound_office(user, counted.compound, ROLE, since=date(2024, 1, 1), until=until)
    seat(counted)
    assert offices(open_ended) == [(date(2024, 1, 1), None)]
    assert offices(to_a_day) == [
        (date(2024, 1, 1), STARTS + 30 * DAY),
        (STARTS + 31 * DAY, ENDS),
    ]


def test_a_shut_account_is_given_nothing_and_hinders_nobody(counted):
    shut, other = bind(counted.owners[0]), bind(counted.owners[1])
    shut.is_active = False
    shut.save()
    seat(counted)
    assert (offices(shut), offices(other)) == ([], [(STARTS, ENDS)])


def test_the_next_term_ends_the_offices_of_the_one_before(counted, cast):
    again, leaving = counted.owners[0], people.owner(cast.compound)
    users = [bind(owner) for owner in (again, leaving)]
    began = STARTS - 300 * DAY
    seats = tuple(actions.Seat(owner, False) for owner in (again, leaving))
    before = actions.EarlierTerm(1, began, STARTS + 60 * DAY, seats)
    at = noon_of(began)
    actions.take_over_term(cast.compound, before, by=cast.zhao.pk, at=at)
    assert [offices(user) for user in users] == [[(began, STARTS + 60 * DAY)]] * 2
    seat(counted)
    assert offices(users[0]) == [(began, STARTS - DAY), (STARTS, ENDS)]
    assert offices(users[1]) == [(began, STARTS - DAY)]


def test_a_term_entered_from_paper_gives_the_office_from_that_day_on(cast, noon):
    earlier = actions.EarlierTerm(
        1, date(2024, 1, 1), date(2028, 12, 31), (actions.Seat(cast.chen_as_owner, True),)
    )
    term = actions.take_over_term(cast.compound, earlier, by=cast.zhao.pk, at=noon)
    assert offices(cast.chen) == [(noon.date(), date(2028, 12, 31))]
    actions.undo_taking_over(term, by=cast.zhao.pk, at=noon)
    assert offices(cast.chen) == []
    assert AuditEntry.objects.filter(act="accounts.called_off_office").count() == 1


def test_a_term_taken_out_again_later_ends_the_office_the_day_before(cast, noon):
    earlier = actions.EarlierTerm(
        1, date(2024, 1, 1), date(2028, 12, 31), (actions.Seat(cast.chen_as_owner, True),)
    )
    term = actions.take_over_term(cast.compound, earlier, by=cast.zhao.pk, at=noon)
    actions.undo_taking_over(term, by=cast.zhao.pk, at=noon + 3 * DAY)
    assert offices(cast.chen) == [(noon.date(), noon.date() + 2 * DAY)]


def test_a_binding_that_is_ended_takes_the_office_back_and_the_next_account_has_it(
    counted, letters
):
    seat(counted)
    wrong = bind(counted.owners[0])
    deliver(letters, STARTS)
    parted_on = STARTS + 20 * DAY
    part(counted.owners[0], counted.clerk, noon_of(parted_on))
    right = bind(counted.owners[0], at=noon_of(parted_on))
    deliver(letters, parted_on)
    assert offices(wrong) == [(STARTS, parted_on - DAY)]
    assert offices(right) == [(parted_on, ENDS)]
    assert Member.objects.get(owner=counted.owners[0]).office.user == right


def test_letters_that_come_in_the_wrong_order_leave_the_same(counted, letters):
    seat(counted)
    wrong = bind(counted.owners[0])
    deliver(letters, STARTS)
    part(counted.owners[0], counted.clerk)
    ended = Binding.objects.get(user=wrong.pk)
    right = bind(counted.owners[0])
    current = Binding.objects.current().get(user=right.pk)
    at = noon_of(STARTS + 20 * DAY)
    for binding in (current, ended, current):
        actions.follow_binding(binding, at=at)
    assert offices(wrong) == [(STARTS, STARTS + 19 * DAY)]
    assert offices(right) == [(STARTS + 20 * DAY, ENDS)]


def test_an_account_parted_and_bound_again_holds_it_again(counted, letters):
    seat(counted)
    member = bind(counted.owners[0])
    deliver(letters, STARTS)
    part(counted.owners[0], counted.clerk)
    deliver(letters, STARTS + 20 * DAY)
    bind(counted.owners[0], member)
    deliver(letters, STARTS + 30 * DAY)
    assert offices(member) == [(STARTS, STARTS + 19 * DAY), (STARTS + 30 * DAY, ENDS)]


def test_a_binding_ended_before_the_term_begins_leaves_no_office(counted, letters):
    member = bind(counted.owners[0])
    seat(counted)
    part(counted.owners[0], counted.clerk)
    deliver(letters, STARTS - DAY)
    assert offices(member) == []


def test_an_appointment_is_not_ended_with_a_binding(counted, cast, letters):
    member = bind(counted.owners[0])
    people.compound_office(member, counted.compound, ROLE, since=date(2024, 1, 1))
    seat(counted)
    part(counted.owners[0], counted.clerk)
    deliver(letters, STARTS)
    assert offices(member) == [(date(2024, 1, 1), None)]


def test_what_was_ended_by_hand_is_not_given_again(counted, cast, letters):
    member = bind(counted.owners[0])
    seat(counted)
    office = CompoundOffice.objects.get(user=member, role=ROLE)
    accounts.end_office(office, on=STARTS + DAY, by=cast.zhao, at=noon_of(STARTS))
    binding = Binding.objects.get(user=member.pk)
    actions.follow_binding(binding, at=noon_of(STARTS + 9 * DAY))
    assert offices(member) == [(STARTS, STARTS + DAY)]


def test_an_owner_of_next_door_is_given_nothing(counted, cast, letters):
    committees.term(cast.other_compound, committees.owners(cast.other_compound, 2))
    seat(counted)
    bind(people.owner(cast.other_compound))
    deliver(letters, STARTS)
    assert not CompoundOffice.objects.filter(role=ROLE, since__gte=STARTS).exists()
