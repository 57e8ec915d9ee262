"""What the pages of a meeting show."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from committees.models import (
    Ballot,
    CalledOff,
    Candidate,
    LedgerEvent,
    Matter,
    Meeting,
    Result,
    Turnout,
    Voter,
    Waiver,
)
from committees.rules.thresholds import Bar, Gate, GateName, Weight
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
class Gauge:
    """Part of a whole against a bar, by heads and by area."""

    label: str
    part: Weight
    whole: Weight
    bar: Bar


@dataclass(frozen=True, slots=True)
class CandidateLine:
    name: str
    heads: int
    area: int
    qualified: bool
    outcome: str  # elected, alternate, tied, or nothing


@dataclass(frozen=True, slots=True)
class MatterResult:
    """One matter's result for the page; `options` are (name, weight) pairs."""

    matter: Matter
    gauges: tuple[Gauge, ...]
    passed: bool | None
    options: tuple[tuple[str, Weight], ...]
    candidates: tuple[CandidateLine, ...]
    open_seats: int
    party: dict[str, int | bool]
    party_bar: Bar | None

    @property
    def elected(self) -> list[str]:
        return [who.name for who in self.candidates if who.outcome == "elected"]

    @property
    def has_quorum(self) -> bool:
        """Whether enough owners took part, by heads and by area."""
        took = self.gauges[0]
        return Gate(GateName.PARTICIPATION, took.bar, took.part, took.whole).is_cleared


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


def turnout_gauges(meeting: Meeting) -> list[Gauge]:
    """Who has taken part in each scope that is voted on, from the sequencer's rows."""
    if not meeting.rules:
        return []
    scopes = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting).values("scope")
    rows = Turnout.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, scope__in=scopes
    ).order_by("-eligible_area")
    bar = rules_of(meeting).participation
    return [
        Gauge(
            row.scope,
            Weight(row.heads, row.area),
            Weight(row.eligible_heads, row.eligible_area),
            bar,
        )
        for row in rows
    ]


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


def result_of(meeting: Meeting) -> list[MatterResult]:
    """The counted result with names and bars, in the order of the matters; empty before."""
    found = Result.objects.filter(compound_id=meeting.compound_id, meeting=meeting).first()
    if found is None:
        return []
    matters = {matter.code: matter for matter in matters_of(meeting)}
    return [_result_of(meeting, matters[one["id"]], one) for one in found.result["matters"]]


def _result_of(meeting: Meeting, matter: Matter, one: dict) -> MatterResult:  # type: ignore[type-arg]
    rules = rules_of(meeting)
    eligible, took_part = _weight(one["eligible"]), _weight(one["participated"])
    gauges = [Gauge("participation", took_part, eligible, rules.participation)]
    options = tuple(
        (name, _weight(weight))
        for name, weight in zip(matter.options, one.get("options", []), strict=False)
    )
    if options:
        bar = rules.special if matter.bar == Matter.Bar.SPECIAL else rules.ordinary
        gauges.append(Gauge("agreement", options[0][1], took_part, bar))
    return MatterResult(
        matter=matter,
        gauges=tuple(gauges),
        passed=one.get("passed"),
        options=options,
        candidates=_candidates(matter, one),
        open_seats=one.get("open_seats", 0),
        party=one.get("party", {}),
        party_bar=rules.party_target if "party" in one else None,
    )


def _candidates(matter: Matter, one: dict) -> tuple[CandidateLine, ...]:  # type: ignore[type-arg]
    names = {who.code: who.name for who in matter.candidates.all()}
    outcomes = {
        code: outcome
        for outcome in ("elected", "alternates", "tied")
        for code in one.get(outcome, [])
    }
    return tuple(
        CandidateLine(
            names[who["id"]],
            who["heads"],
            who["area"],
            who["qualified"],
            outcomes.get(who["id"], ""),
        )
        for who in one.get("candidates", [])
    )


def _weight(fields: dict[str, int]) -> Weight:
    return Weight(fields["heads"], fields["area"])
