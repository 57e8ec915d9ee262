"""How the committees of many compounds stand on a day, and their re-elections of a period.

Computed from the terms and the roster of that day, never typed in (law.md §5.2), so that a past
day gives that day's figures.  `known_at` is K: what was entered later is left out; None is now.
The number of queries does not grow with the compounds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from committees.models import Member, Term
from committees.rules.ratio import PartyShare
from committees.rules.roster import Sitter, newly_entered
from committees.rules.thresholds import Bar
from portal.owners.models import Holding, Owner
from portal.rulebook.queries import InForce, rules_for_each

from .rules import PARTY_TARGET
from .seats import Seats


@dataclass(frozen=True, slots=True)
class CommitteeStanding:
    """A committee on a day: the term begun last, and who then sat.

    Members are the full members, of whom `party_members` are party members, probationary ones
    included; alternates stand apart; `vacant` of its `seats` nobody holds.  `rule` is the target
    that holds there on that day, None where the rulebook sets none; a term that is over is not
    `in_term`, though nobody follows yet.
    """

    committee: UUID
    term: UUID
    name: str
    number: int
    starts_on: date
    ends_on: date
    filing: str
    in_term: bool
    members: int
    party_members: int
    alternates: int
    seats: int
    vacant: int
    rule: InForce | None

    @property
    def target(self) -> Bar | None:
        return Bar(Fraction(self.rule.value), self.rule.inclusive) if self.rule else None

    @property
    def party(self) -> PartyShare:
        """The share of party members, against the target where there is one."""
        return PartyShare(self.target, self.members, self.party_members)

    @property
    def met(self) -> bool:
        """Whether the target is met; never without a target or members."""
        return self.party.met is True


class Person(NamedTuple):
    """The hash of an owner's name, and whether nothing else is known."""

    name: str
    is_by_name: bool


NOBODY_KNOWN = Person("", is_by_name=False)  # whose row is gone


@dataclass(frozen=True, slots=True)
class ReElection:
    """A new term that followed one before it, as it was elected: later changes do not touch it.

    `election` is the meeting that elected it, None of a term taken over from paper.  Newly entered
    is who was elected with a seat and had none at the end of the term before, the same person by
    the roll, or by name where one of the two is known by name alone (`rules.roster`).
    """

    compound: UUID
    committee: UUID
    term: UUID
    number: int
    election: UUID | None
    seated_on: date
    members: int
    party_members: int
    newly_entered_party_members: int


def committee_standings(
    compound_ids: Iterable[UUID], *, on: date, known_at: datetime | None = None
) -> dict[UUID, CommitteeStanding]:
    """The committee of each compound that has one on that day, by compound; 5 queries, 6 as known
    at a moment."""
    places = list(compound_ids)
    seats = Seats(places, known_at=known_at)
    latest = {term.compound_id: term for term in seats.terms(begun_by=on)}  # the last begun stays
    rosters = seats.members(latest.values())
    rules = rules_for_each([PARTY_TARGET], places, on=on, known_at=known_at)
    found = {}
    for compound, term in latest.items():
        full = [one for one in rosters[term.pk] if one.sits_on(on)]
        in_office = sum(one.is_in_office(on) for one in rosters[term.pk])
        found[compound] = CommitteeStanding(
            committee=term.committee_id,
            term=term.pk,
            name=term.committee.name,
            number=term.number,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            filing=term.filing,
            in_term=on <= term.ends_on,
            members=len(full),
            party_members=sum(one.is_party_member for one in full),
            alternates=in_office - len(full),
            seats=term.seats,
            vacant=term.vacant(len(full)),
            rule=rules[compound].get(PARTY_TARGET),
        )
    return found


def re_elections(
    compound_ids: Iterable[UUID],
    *,
    first_on: date,
    last_on: date,
    known_at: datetime | None = None,
) -> list[ReElection]:
    """The re-elections whose new term began in the period, both days included, the latest first;
    a committee's first term is none, a by-election neither.  3 queries, 4 as known at a moment."""
    seats = Seats(list(compound_ids), known_at=known_at)
    before: dict[UUID, Term] = {}
    pairs = []
    for term in seats.terms(begun_by=last_on):
        previous = before.get(term.committee_id)
        if previous is not None and term.starts_on >= first_on:
            pairs.append((previous, term))
        before[term.committee_id] = term
    rosters = seats.members(term for pair in pairs for term in pair)
    full = {
        term: [one for one in roster if one.alternate_rank is None]
        for term, roster in rosters.items()
    }
    persons = _persons(who for roster in full.values() for who in roster)
    return [_re_election(previous, term, full, persons) for previous, term in reversed(pairs)]


def _persons(members: Iterable[Member]) -> dict[UUID, Person]:
    """Who the members are, by owner: by name alone is known who never held a part and brought no
    phone and no number; 1 query."""
    rows = list(members)
    held = Holding.objects.filter(compound_id=OuterRef("compound_id"), owner=OuterRef("pk"))
    owners = Owner.objects.filter(
        compound__in={one.compound_id for one in rows}, pk__in={one.owner_id for one in rows}
    ).annotate(has_a_part=Exists(held))
    return {
        one.pk: Person(one.name_hash, not (one.has_a_part or one.phone_hash or one.id_hash))
        for one in owners
    }


def _re_election(
    previous: Term,
    term: Term,
    members: dict[UUID, list[Member]],
    persons: dict[UUID, Person],
) -> ReElection:
    last_day = min(previous.ends_on, term.starts_on - timedelta(days=1))
    sat = [_sitter(who, persons) for who in members[previous.pk] if who.sits_on(last_day)]
    elected = [_sitter(who, persons) for who in members[term.pk] if who.since == term.starts_on]
    party = {who.person for who in elected if who.is_party_member}
    entered = {who.person for who in newly_entered(elected, sat) if who.is_party_member}
    return ReElection(
        compound=term.compound_id,
        committee=term.committee_id,
        term=term.pk,
        number=term.number,
        election=term.meeting,
        seated_on=term.starts_on,
        members=len(elected),
        party_members=len(party),
        newly_entered_party_members=len(entered),
    )


def _sitter(member: Member, persons: dict[UUID, Person]) -> Sitter:
    who = persons.get(member.owner_id, NOBODY_KNOWN)
    return Sitter(member.owner_id, who.name, who.is_by_name, member.is_party_member)
