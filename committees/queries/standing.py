"""How the committees of many compounds stand on a day, and their re-elections of a period.

Computed from the terms and the roster of that day, never typed in (law.md §5.2), so that a past
day gives that day's figures.  The number of queries does not grow with the compounds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from committees.models import Member, Term
from committees.rules.ratio import PartyShare
from committees.rules.thresholds import Bar
from portal.rulebook.queries import InForce, rules_for_each

from .rules import PARTY_TARGET


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


@dataclass(frozen=True, slots=True)
class ReElection:
    """A new term that followed one before it, as it was elected: later changes do not touch it.

    `election` is the meeting that elected it, None of a term taken over from paper.  Newly entered
    is who was elected with a seat and had none at the end of the term before.
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


class _Roster(NamedTuple):
    members: int
    party_members: int
    alternates: int


NOBODY = _Roster(0, 0, 0)


def committee_standings(compound_ids: Iterable[UUID], *, on: date) -> dict[UUID, CommitteeStanding]:
    """The committee of each compound that has one on that day, by compound; 5 queries."""
    places = list(compound_ids)
    terms = list(_latest_terms(places, on))
    rosters = _rosters(places, [term.pk for term in terms], on)
    rules = rules_for_each([PARTY_TARGET], places, on=on)
    return {
        term.compound_id: CommitteeStanding(
            committee=term.committee_id,
            term=term.pk,
            name=term.committee.name,
            number=term.number,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            filing=term.filing,
            in_term=on <= term.ends_on,
            **(roster := rosters.get(term.pk, NOBODY))._asdict(),
            seats=term.seats,
            vacant=term.vacant(roster.members),
            rule=rules[term.compound_id].get(PARTY_TARGET),
        )
        for term in terms
    }


def re_elections(
    compound_ids: Iterable[UUID], *, first_on: date, last_on: date
) -> list[ReElection]:
    """The re-elections whose new term began in the period, both days included, the latest first;
    a committee's first term is none, a by-election neither.  2 queries."""
    every = Term.objects.filter(compound__in=list(compound_ids), starts_on__lte=last_on)
    before: dict[UUID, Term] = {}
    pairs = []
    for term in every.order_by("starts_on", "number", "pk"):
        previous = before.get(term.committee_id)
        if previous is not None and term.starts_on >= first_on:
            pairs.append((previous, term))
        before[term.committee_id] = term
    members = _full_members([term for pair in pairs for term in pair])
    return [_re_election(previous, term, members) for previous, term in reversed(pairs)]


def _latest_terms(places: list[UUID], on: date) -> QuerySet[Term]:
    begun = Term.objects.filter(compound__in=places, starts_on__lte=on)
    newest_first = begun.order_by("compound", "-starts_on", "-number", "-pk")
    return newest_first.distinct("compound").select_related("committee")


def _rosters(places: list[UUID], terms: list[UUID], on: date) -> dict[UUID, _Roster]:
    """How many sat in each of `terms` on the day."""
    full = Q(alternate_rank__isnull=True)
    rows = (
        Member.objects.in_office(on)
        .filter(compound__in=places, term__in=terms)
        .values("term")
        .annotate(
            members=Count("pk", filter=full),
            party_members=Count("pk", filter=full & Q(is_party_member=True)),
            alternates=Count("pk", filter=~full),
        )
    )
    return {
        row["term"]: _Roster(row["members"], row["party_members"], row["alternates"])
        for row in rows
    }


def _full_members(terms: list[Term]) -> dict[UUID, list[Member]]:
    """Everybody who ever had a seat in each of `terms`."""
    places = {term.compound_id for term in terms}
    rows = Member.objects.filter(compound__in=places, term__in=terms, alternate_rank__isnull=True)
    found: dict[UUID, list[Member]] = {term.pk: [] for term in terms}
    for member in rows:
        found[member.term_id].append(member)
    return found


def _re_election(previous: Term, term: Term, members: dict[UUID, list[Member]]) -> ReElection:
    last_day = min(previous.ends_on, term.starts_on - timedelta(days=1))
    sat = {who.owner_id for who in members[previous.pk] if who.sits_on(last_day)}
    elected = [who for who in members[term.pk] if who.since == term.starts_on]
    party = {who.owner_id for who in elected if who.is_party_member}
    return ReElection(
        compound=term.compound_id,
        committee=term.committee_id,
        term=term.pk,
        number=term.number,
        election=term.meeting,
        seated_on=term.starts_on,
        members=len(elected),
        party_members=len(party),
        newly_entered_party_members=len(party - sat),
    )
