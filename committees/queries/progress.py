"""How far a meeting has come: slates, publications, turnout."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from committees.models import Ballot, LedgerEvent, Matter, Meeting, Voided, Voter, VoterPart
from committees.rules.thresholds import NOTHING, Weight
from committees.rules.timetable import Publications, Slate
from portal.owners.models import RollGroup, RollLine
from portal.publicity.models import Publicity, PublicityStart

from .rules import local


def slates(meeting: Meeting) -> tuple[Slate, ...]:
    """Each election with how many stand."""
    elections = (
        Matter.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, kind=Matter.Kind.ELECTION
        )
        .order_by("position")
        .prefetch_related("candidates")
    )
    return tuple(
        Slate(
            matter.title,
            sum(who.withdrawn_at is None for who in matter.candidates.all()),
            matter.seats or 0,
        )
        for matter in elections
    )


def publications(meeting: Meeting) -> Publications:
    """When notice and candidate list went live, and when the list has hung long enough."""
    starts = PublicityStart.objects.filter(
        compound_id=meeting.compound_id, publicity__case=meeting.number
    ).select_related("publicity")
    by_kind = {start.publicity.kind: start for start in starts}
    notice = by_kind.get(Publicity.Kind.NOTICE)
    candidates = by_kind.get(Publicity.Kind.CANDIDATES)
    return Publications(
        notice_live_on=local(notice.live_at).date() if notice else None,
        candidates_end_at=local(candidates.ends_at) if candidates else None,
        has_election=bool(slates(meeting)),
    )


def parts_are_the_rolls(meeting: Meeting) -> bool:
    """Are the meeting's voters and parts those of its frozen roll, and no more?  6 queries."""
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    roll = {"compound_id": meeting.compound_id, "version_id": meeting.roll_id}
    sums = {"parts": Count("pk"), "area_in_all": Sum("area")}
    version = meeting.roll
    return (
        version is not None
        and VoterPart.objects.filter(**here).aggregate(**sums)
        == RollLine.objects.filter(**roll).aggregate(**sums)
        and Voter.objects.filter(**here).count() == RollGroup.objects.filter(**roll).count()
        and eligible(meeting).get("homes", NOTHING) == Weight(version.heads, version.area)
    )


def eligible(meeting: Meeting) -> dict[str, Weight]:
    """Heads and area of every scope of the meeting's roll."""
    return _weigh(VoterPart.objects.filter(compound_id=meeting.compound_id, meeting=meeting))


def turned_out(meeting: Meeting) -> dict[str, Weight]:
    """Heads and area of those with a ballot that stands in the ledger and was not voided there,
    by scope: what the ledger does not tell of yet is not counted yet."""
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    told = LedgerEvent.objects.filter(**here, source=OuterRef("pk"))
    voided = Voided.objects.filter(Exists(told), **here, ballot=OuterRef("pk"))
    voted = Ballot.objects.filter(Exists(told), ~Exists(voided), **here).values("voter")
    return _weigh(
        VoterPart.objects.filter(compound_id=meeting.compound_id, meeting=meeting, voter__in=voted)
    )


def _weigh(parts: QuerySet[VoterPart]) -> dict[str, Weight]:
    seen: set[tuple[str, object]] = set()
    weights: dict[str, Weight] = {}
    rows = parts.values_list("voter_id", "area", "scopes")
    for voter, area, scopes in rows.iterator(chunk_size=5000):
        for scope in scopes:
            head = (scope, voter) not in seen
            seen.add((scope, voter))
            weights[scope] = weights.get(scope, NOTHING) + Weight(int(head), area)
    return weights
