"""What the pages of a meeting show."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from committees.models import (
    Ballot,
    CalledOff,
    Candidate,
    LedgerEvent,
    Matter,
    Meeting,
    Turnout,
    Voter,
    Waiver,
)
from committees.rules.record import EventType
from committees.rules.thresholds import Gate, Weight, participation
from portal.places.models import Compound
from portal.publicity.models import Publicity

from .rules import rules_of

ANNOUNCED = [
    Meeting.Stage.PUBLISHED,
    Meeting.Stage.OPEN,
    Meeting.Stage.CLOSED,
    Meeting.Stage.COUNTED,
]


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the ledger tells of who took part: the gate of each scope that is voted on, and how
    many ballots were voided.  Read by one query, so that no figure is ahead of another."""

    turnout: tuple[tuple[str, Gate], ...] = ()
    voided: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Where a receipt stands: its number in the ledger, None while it waits to be entered."""

    seq: int | None
    voided: bool


def meetings_of(compound: Compound, *, with_hidden: bool) -> QuerySet[Meeting]:
    """The compound's meetings, newest first; those not announced only for who may see them."""
    rows = Meeting.objects.filter(compound=compound).select_related("compound")
    if not with_hidden:
        off = Q(stage=Meeting.Stage.CALLED_OFF, announced_closes_at__isnull=False)
        rows = rows.filter(Q(stage__in=ANNOUNCED) | off)
    return rows.order_by("-opens_at")


def matters_of(meeting: Meeting) -> list[Matter]:
    """The matters in order, each with who stands, in order; 2 queries."""
    standing = Candidate.objects.standing().order_by("position")
    return list(
        Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
        .order_by("position")
        .prefetch_related(Prefetch("candidates", queryset=standing))
    )


def stages() -> list[tuple[str, str]]:
    """The stages a meeting goes through, in their order, with their words."""
    choices = Meeting.Stage.choices
    return [(value, str(label)) for value, label in choices if value != Meeting.Stage.CALLED_OFF]


def ledger_state(meeting: Meeting) -> LedgerState:
    """Who has taken part, from the sequencer's rows; empty before the roll is frozen."""
    if not meeting.rules:
        return LedgerState()
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    events = LedgerEvent.objects.filter(
        compound=OuterRef("compound"), meeting=OuterRef("meeting"), type=EventType.VOIDED
    )
    rows = Turnout.objects.filter(**here).annotate(
        voided=Coalesce(
            Subquery(events.order_by().values("meeting").annotate(n=Count("*")).values("n")), 0
        ),
        is_asked=Exists(Matter.objects.filter(**here, scope=OuterRef("scope"))),
    )
    bar = rules_of(meeting).participation
    found = list(rows.order_by("-eligible_area"))
    return LedgerState(
        tuple(
            (
                row.scope,
                participation(
                    bar,
                    participated=Weight(row.heads, row.area),
                    eligible=Weight(row.eligible_heads, row.eligible_area),
                ),
            )
            for row in found
            if row.is_asked
        ),
        max((row.voided for row in found), default=0),
    )


def publicities_of(meeting: Meeting) -> QuerySet[Publicity]:
    return (
        Publicity.objects.filter(compound_id=meeting.compound_id, case=meeting.number)
        .select_related("compound")
        .prefetch_related("start")
        .order_by("number")
    )


def called_off(meeting: Meeting) -> CalledOff | None:
    """Why and when the meeting was called off, None where it was not."""
    if meeting.stage != Meeting.Stage.CALLED_OFF:
        return None
    return CalledOff.objects.get(compound_id=meeting.compound_id, meeting=meeting)


def waivers_of(meeting: Meeting) -> QuerySet[Waiver]:
    return Waiver.objects.filter(compound_id=meeting.compound_id, meeting=meeting).order_by("at")


def ballots_to_cast(voters: list[Voter]) -> list[tuple[Voter, Ballot | None]]:
    """Each of the user's voters with the ballot that was cast for it, if one was; 1 query."""
    rows = Ballot.objects.filter(
        compound__in={voter.compound_id for voter in voters},
        meeting__in={voter.meeting_id for voter in voters},
        voter__in=voters,
        voided__isnull=True,
    )
    cast = {ballot.voter_id: ballot for ballot in rows.defer("envelope")}
    return [(voter, cast.get(voter.pk)) for voter in voters]


def ballot_of(meeting: Meeting, voter: Voter) -> Ballot | None:
    """The voter's first ballot that was not voided."""
    return (
        Ballot.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, voter=voter, voided__isnull=True
        )
        .order_by("pk")
        .first()
    )


def find_receipt(meeting: Meeting, seal: str) -> Told | None:
    """What became of the ballot with this receipt, None if there is none."""
    ballot = (
        Ballot.objects.filter(compound_id=meeting.compound_id, meeting=meeting, seal=seal)
        .prefetch_related("voided")
        .first()
    )
    if ballot is None:
        return None
    seq = (
        LedgerEvent.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, source=ballot.pk
        )
        .values_list("seq", flat=True)
        .first()
    )
    return Told(seq, bool(ballot.voided.all()))
