"""The whole step of counting 20,000 voters: the envelopes, the checks of what is stored, the count,
the record written out and its recount by the stand-alone program, the result announced."""

import time
from multiprocessing import get_context
from typing import Any

from .table import RUNS, Figure

VOTERS = 20_000
CHOICES = {"m1": [1, 0, 0, 0], "m2": [1, 1, 0]}


class TakenBack(Exception):
    """Raised after a count, so that the next one finds the meeting as this one did."""


def figure() -> Figure:
    with get_context("spawn").Pool(1) as pool:
        values = pool.apply(count)
    return Figure(
        f"count and self-check: {VOTERS:,} voters",
        values,
        15,
        "s",
        beside="a request has 20 s",
    )


def count() -> list[float]:
    import django

    django.setup()
    from django.db import transaction

    from committees import actions
    from tests.factories.meetings import CLOSED

    held = open_a_meeting()
    cast_all(held)
    meeting = actions.close_voting(held.meeting, by=held.clerk.pk, at=CLOSED)
    values = []
    for _ in range(RUNS):
        began = time.perf_counter()
        try:
            with transaction.atomic():
                actions.count_ballots(meeting, by=held.clerk.pk, at=CLOSED)
                values.append(time.perf_counter() - began)
                raise TakenBack
        except TakenBack:
            continue
    return values


def open_a_meeting() -> Any:
    from portal.owners.models import Holding, Owner
    from portal.places.models import Part
    from portal.tools.keys import new_key
    from tests.factories import meetings
    from tests.factories.cast import make_cast

    cast = make_cast()
    held = meetings.prepared(cast.compound, cast.li)
    like = held.owners[0].holdings.get().part
    parts = [
        Part(
            id=new_key(),
            compound=cast.compound,
            building=like.building,
            stairwell=like.stairwell,
            key=f"1-1-{n}",
            number=str(n),
            area=8000 + n % 97,
        )
        for n in range(1000, 1000 + VOTERS)
    ]
    owners = [
        Owner(id=new_key(), compound=cast.compound, name=f"业主{part.number}") for part in parts
    ]
    Part.objects.bulk_create(parts, batch_size=2000)
    Owner.objects.bulk_create(owners, batch_size=2000)
    Holding.objects.bulk_create(
        [
            Holding(compound=cast.compound, part=part, owner=owner)
            for part, owner in zip(parts, owners, strict=True)
        ],
        batch_size=2000,
    )
    return opened(held)


def opened(held: Any) -> Any:
    from committees import actions
    from tests.factories import meetings

    by = held.clerk.pk
    held.meeting = actions.freeze_roll(held.meeting, by=by, at=meetings.PREPARED)
    for place in range(3):
        meetings.nominate(held, place)
    meetings.announce(held)
    held.meeting = actions.open_voting(held.meeting, by=by, at=meetings.OPENED)
    return held


def cast_all(held: Any) -> None:
    """Every voter's ballot as the action writes it, many to a statement."""
    from committees import actions
    from committees.models import Ballot, SealingKey, Voter
    from committees.rules import record
    from portal.tools.chain.canonical import canonical
    from portal.tools.keys import new_key
    from portal.tools.privacy import envelope
    from tests.factories.meetings import OPENED

    meeting, nonce = held.meeting, "5e" * 16
    plain = canonical({"choices": CHOICES, "nonce": nonce})
    public = SealingKey.objects.get(meeting=meeting).public
    ballots = []
    for voter in Voter.objects.filter(meeting=meeting, is_developer=False):
        place = f"{meeting.pk}:{voter.pseudonym}"
        ballot = Ballot(
            compound_id=meeting.compound_id,
            meeting=meeting,
            voter=voter,
            channel="online",
            request=new_key(),
            seal=record.seal(voter.pseudonym, CHOICES, nonce),
            envelope=envelope.close(plain, public=public, place=place),
            received_at=OPENED,
        )
        ballot.mark = ballot.own_mark()
        ballots.append(ballot)
    Ballot.objects.bulk_create(ballots, batch_size=2000)
    actions.grow_ledger(meeting)
