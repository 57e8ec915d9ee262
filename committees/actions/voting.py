"""Open voting, take ballots, close.

Ballots take a share lock on the meeting and no other: they do not queue for each other.  Closing
takes it alone, so every ballot is either stored before the close or refused after it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from psycopg.errors import UniqueViolation

from committees import queries
from committees.models import Ballot, Meeting, Refused, Rescheduled, Served, Voided, Voter
from committees.rules import marking, record, timetable
from committees.rules.manifest import Manifest, read_manifest
from committees.rules.matters import Duplicate
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import canonical, sha256
from portal.tools.privacy import envelope

from . import ledger
from .announcing import seal_manifest, standing_plan
from .refusals import (
    AlreadyVoided,
    AlreadyVoted,
    BallotMalformed,
    KeyDiffers,
    ReasonTaken,
    RequestSpent,
    VotingNotOpen,
)
from .steps import alone, clear_the_way, keep, put_down, require, save

Stage = Meeting.Stage
Choices = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Slip:
    """A ballot as it comes in: whose, what is marked, by which channel, and its retry key."""

    voter: Voter
    choices: Choices
    request: UUID
    channel: str = Ballot.Channel.ONLINE


@transaction.atomic
def open_voting(meeting: Meeting, *, by: UUID, at: datetime) -> Meeting:
    """Add the opening to what was announced: the record's manifest, the sealing key, the ledger.
    Refuses RecordUnsound where anything was changed since the notice."""
    meeting = alone(meeting)
    require(meeting, Stage.PUBLISHED)
    obstacles = timetable.to_open(
        queries.publications(meeting),
        queries.periods(meeting.compound, at, kind=meeting.kind),
        opens_at=queries.local(meeting.opens_at),
        closes_at=queries.local(meeting.closes_at),
        at=queries.local(at),
    )
    clear_the_way(meeting, timetable.Step.OPEN, obstacles, at=at)
    announced = standing_plan(meeting)
    meeting.opens_at = min(meeting.opens_at, at)
    meeting.stage = Stage.OPEN
    meeting.manifest = seal_manifest(meeting, announced, at=at)
    save(meeting, "opens_at", "stage", "manifest")
    moves = [ledger.Entry(*told) for told in queries.told_moves(meeting)]
    ledger.append(meeting, [ledger.Entry(record.EventType.OPENED, at, {}), *moves])
    note("committees.open_voting", meeting, by=by, at=at)
    return meeting


def cast_ballot(meeting: Meeting, slip: Slip, *, at: datetime, by: UUID | None = None) -> Ballot:
    """Accept a ballot durably and give its receipt; the same request again gives the same ballot.

    Refuses VotingNotOpen, BallotMalformed, AlreadyVoted (put down in the ledger) and
    RequestSpent.  `by` is the clerk who keyed a paper slip.
    """
    if not _is_in_time(meeting, slip, at):
        return _refuse_without_waiting(meeting, slip, at=at, by=by)
    try:
        return _store_or_refuse(meeting, slip, at=at, by=by)
    except AlreadyVoted as refusal:
        # this very page, sent twice, came in a moment ago
        before = _sent_before(_cast(meeting, slip), slip)
        if before is not None:
            return before
        _put_refusal_down(meeting, slip, refusal, at)
        raise


def _refuse_without_waiting(
    meeting: Meeting, slip: Slip, *, at: datetime, by: UUID | None
) -> Ballot:
    """Answer a late ballot at once, while the close or the count holds the meeting's row.

    A ballot stored in time keeps its receipt.  Only a row that was moved since `meeting` was read
    is taken under the lock after all.
    """
    now = Meeting.objects.get(compound_id=meeting.compound_id, pk=meeting.pk)
    if _is_in_time(now, slip, at):
        return cast_ballot(now, slip, at=at, by=by)
    before = _sent_before(_cast(now, slip), slip)
    if before is None:
        raise VotingNotOpen(now.opens_at, now.closes_at)
    return before


def _put_refusal_down(meeting: Meeting, slip: Slip, refusal: AlreadyVoted, at: datetime) -> None:
    """Once a day, which is all that the record tells of the time: nobody fills the ledger, of which
    nothing is ever taken away, by sending a ballot a thousand times."""
    said = {
        "compound_id": meeting.compound_id,
        "meeting": meeting,
        "voter": slip.voter,
        "reason": f"already voted ({refusal.channel}); {slip.channel} refused",
    }
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if not Refused.objects.filter(**said, at__gte=day, at__lt=day + timedelta(days=1)).exists():
        keep(Refused(**said, at=at))


def _store_or_refuse(meeting: Meeting, slip: Slip, *, at: datetime, by: UUID | None) -> Ballot:
    try:
        return _store(meeting, slip, at=at, by=by)
    except IntegrityError as trouble:
        if not isinstance(trouble.__cause__, UniqueViolation):
            raise
        # another page, tab or clerk was a moment earlier
        raise AlreadyVoted(slip.channel) from None


@transaction.atomic
def _store(meeting: Meeting, slip: Slip, *, at: datetime, by: UUID | None) -> Ballot:
    meeting = _share(meeting)
    cast = _cast(meeting, slip)
    before = _sent_before(cast, slip)
    if before is not None:
        return before
    if not _is_in_time(meeting, slip, at):
        raise VotingNotOpen(meeting.opens_at, meeting.closes_at)
    manifest = _manifest(meeting)
    faults = marking.faults(
        manifest.meeting.matters, slip.choices, on_paper=slip.channel == "paper"
    )
    if faults:
        raise BallotMalformed(faults)
    attempt = _attempt(cast, slip, manifest.meeting.rules.duplicate)
    nonce = secrets.token_hex(16)
    choices = {matter: list(marks) for matter, marks in slip.choices.items()}
    ballot = Ballot(
        compound_id=meeting.compound_id,
        meeting=meeting,
        voter=slip.voter,
        channel=slip.channel,
        attempt=attempt,
        request=slip.request,
        seal=record.seal(slip.voter.pseudonym, choices, nonce),
        envelope=envelope.close(
            canonical({"choices": choices, "nonce": nonce}),
            public=manifest.sealing_key,
            place=f"{meeting.pk}:{slip.voter.pseudonym}",
        ),
        received_at=at,
        keyed_by=by,
    )
    keep(ballot)
    return ballot


def _manifest(meeting: Meeting) -> Manifest:
    """What is voted on and the key to seal for: those that the opening kept as evidence, or none
    (KeyDiffers), since the meeting's own row may be changed."""
    data = meeting.manifest.encode()
    kept_hash, kept_key = attrgetter("kept_hash", "kept_key")(meeting)
    if sha256(data) != kept_hash or read_manifest(data).sealing_key != kept_key:
        raise KeyDiffers
    return read_manifest(data)


def _share(meeting: Meeting) -> Meeting:
    """Read the meeting's row under a share lock, which only closing and opening conflict with;
    of it what a ballot needs, so that nothing is deciphered for it."""
    return Meeting.objects.raw(
        "SELECT m.id, m.compound_id, stage, opens_at, closes_at, manifest,"
        " k.public AS kept_key, k.manifest_sha256 AS kept_hash"
        " FROM committees_meeting m LEFT JOIN committees_sealingkey k"
        " ON k.compound_id = m.compound_id AND k.meeting_id = m.id AND k.copy = 1"
        " WHERE m.compound_id = %s AND m.id = %s FOR KEY SHARE OF m",
        [meeting.compound_id, meeting.pk],
    )[0]


def _cast(meeting: Meeting, slip: Slip) -> list[tuple[Ballot, bool]]:
    """The ballots that this voter or this request has cast, each with whether it was voided."""
    cast = Ballot.objects.filter(
        Q(voter=slip.voter) | Q(request=slip.request),
        compound_id=meeting.compound_id,
        meeting=meeting,
    ).annotate(voiding=F("voided__id"))
    return [(ballot, ballot.voiding is not None) for ballot in cast]


def _sent_before(cast: Sequence[tuple[Ballot, bool]], slip: Slip) -> Ballot | None:
    """The ballot that this very request cast, if it did; refuses the request of another voter, or
    of a ballot voided since: a page gone back to must not look as if it had been kept again."""
    for ballot, is_voided in cast:
        if ballot.request == slip.request:
            if is_voided or ballot.voter_id != slip.voter.pk:
                raise RequestSpent
            return ballot
    return None


def _is_in_time(meeting: Meeting, slip: Slip, at: datetime) -> bool:
    """Paper in the box in time is keyed after the hour; every other channel ends with it."""
    if slip.channel == Ballot.Channel.PAPER:
        return meeting.stage == Stage.OPEN and meeting.opens_at <= at
    return meeting.takes_ballots(at)


def _attempt(cast: Sequence[tuple[Ballot, bool]], slip: Slip, duplicate: Duplicate) -> int:
    """Which ballot of this voter by this channel this is; refuses one too many.

    Where the first ballot counts, another channel's closes this one; by the other rules both are
    kept and the count takes the one the rule names.
    """
    for ballot, is_voided in cast:
        if not is_voided and (ballot.channel == slip.channel or duplicate is Duplicate.FIRST):
            raise AlreadyVoted(ballot.channel)
    return 1 + sum(ballot.channel == slip.channel for ballot, _ in cast)


def serve(meeting: Meeting, voter: Voter, *, how: str, at: datetime) -> None:
    """Note that the ballot was delivered to this voter; only the first time counts."""
    row = Served(compound_id=meeting.compound_id, meeting=meeting, voter=voter, how=how, at=at)
    row.mark = row.own_mark()
    Served.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def void_ballot(ballot: Ballot, *, reason: str, by: UUID, at: datetime) -> Voided:
    """A ballot that does not count (a forged slip, a withdrawn proxy), before the count."""
    meeting = alone(ballot.meeting)
    require(meeting, Stage.OPEN, Stage.CLOSED)
    if reason.strip() == record.UNOPENABLE:
        raise ReasonTaken
    if Voided.objects.filter(compound_id=meeting.compound_id, ballot=ballot).exists():
        raise AlreadyVoided
    note("committees.void_ballot", ballot, by=by, at=at)
    voided = Voided(
        compound_id=meeting.compound_id,
        meeting=meeting,
        ballot=ballot,
        reason=reason,
        by=by,
        at=at,
    )
    keep(voided)
    return voided


@transaction.atomic
def reschedule(
    meeting: Meeting, closes_at: datetime, *, reason: str, by: UUID, at: datetime
) -> Meeting:
    """Move the end of voting with a reason, and before it has come if voting is open; sent again,
    it is where it is.  The reason stands in the ledger, before the opening beside the waivers."""
    meeting = alone(meeting)
    require(meeting, Stage.PUBLISHED, Stage.OPEN)
    if meeting.stage == Stage.OPEN and at >= meeting.closes_at:
        raise VotingNotOpen(meeting.opens_at, meeting.closes_at)
    if closes_at == meeting.closes_at:
        return meeting
    is_open = meeting.stage == Stage.OPEN
    obstacles = timetable.to_reschedule(
        queries.periods(meeting.compound, at, kind=meeting.kind),
        opens_at=meeting.opens_at if is_open else max(meeting.opens_at, at),
        closes_at=closes_at,
        at=at,
    )
    step = timetable.Step.RESCHEDULE
    clear_the_way(meeting, step, obstacles, at=at)
    meeting.closes_at = closes_at
    save(meeting, "closes_at")
    move = Rescheduled(
        compound=meeting.compound,
        meeting=meeting,
        closes_at=closes_at,
        reason=reason,
        by=by,
        at=at,
    )
    keep(move)
    if is_open:
        ledger.append(meeting, [ledger.Entry(*queries.told_move(move))])
    else:
        put_down(meeting, step, reason=reason, by=by, at=at)
    note("committees.reschedule", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def close_voting(meeting: Meeting, *, by: UUID | None, at: datetime) -> Meeting:
    """End voting: every ballot received in time is in the ledger, then `closed`, then no more."""
    meeting = alone(meeting)
    require(meeting, Stage.OPEN)
    obstacles = timetable.to_close(closes_at=meeting.closes_at, at=at)
    clear_the_way(meeting, timetable.Step.CLOSE, obstacles, at=at)
    ledger.grow(meeting)
    ledger.append(meeting, [ledger.Entry(record.EventType.CLOSED, at, {})])
    meeting.stage = Stage.CLOSED
    save(meeting, "stage")
    note("committees.close_voting", meeting, by=by, at=at)
    return meeting
