"""Ballots accepted durably through the action by 16 clients, and what bare psycopg reaches.

Every client casts for voters of its own; a run ends when
the last of them is done.  Beside it the same statements (lock and read, look, write) by psycopg
in one transaction each, with as many clients, against a table of the same constraints.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb
from uuid6 import uuid7

from .table import RUNS, Figure

PROCESSES, THREADS, EACH = 4, 4, 60
CLIENTS = PROCESSES * THREADS
A_RUN = CLIENTS * EACH
LOOK = """
SELECT b.*, v.id FROM committees_ballot b LEFT JOIN committees_voided v ON v.ballot_id = b.id
WHERE b.compound_id = %(compound_id)s AND b.meeting_id = %(meeting_id)s
  AND (b.voter_id = %(voter_id)s OR b.request = %(request)s)
"""
LOCK = """
SELECT m.id, stage, opens_at, closes_at, manifest, k.public, k.manifest_sha256
FROM committees_meeting m LEFT JOIN committees_sealingkey k
  ON k.compound_id = m.compound_id AND k.meeting_id = m.id AND k.copy = 1
WHERE m.compound_id = %(compound_id)s AND m.id = %(meeting_id)s FOR KEY SHARE OF m
"""


def figures(url: str):
    with get_context("spawn").Pool(PROCESSES) as pool:
        meeting, voters = pool.apply(open_a_meeting, (2 * RUNS * A_RUN,))
        pool.map(warm_up, range(PROCESSES))
        through, bare = [], []
        for turn in range(RUNS):
            first = 2 * turn * A_RUN
            through.append(A_RUN / seconds(pool, cast, meeting, voters[first : first + A_RUN]))
            rest = voters[first + A_RUN : first + 2 * A_RUN]
            bare.append(A_RUN / seconds(pool, insert, url, copied(url, rest)))
        reached = sorted(bare)[RUNS // 2]
        share = sorted(through)[RUNS // 2] / reached
        words = f"{share:.0%} of {reached:.0f}/s by bare psycopg, {CLIENTS} clients, fsync on"
        yield Figure("ballots accepted through the action", through, 500, "/s", True, words)


def seconds(pool, work, where, items: list[Any]) -> float:
    """How long the clients take for all items; they begin together, a moment after now."""
    begin = time.time() + 1
    shares = [items[n::PROCESSES] for n in range(PROCESSES)]
    ended = pool.starmap(work, [(where, share, begin) for share in shares], chunksize=1)
    return max(ended) - begin


def warm_up(_number: int) -> None:
    import django

    django.setup()
    time.sleep(0.5)  # so that every process takes one


def open_a_meeting(count: int) -> tuple[UUID, list[UUID]]:
    import django

    django.setup()
    from committees.models import Voter
    from tests.factories import meetings
    from tests.factories.cast import make_cast

    cast_ = make_cast()
    held = meetings.opened(cast_.compound, cast_.li, owners=count)
    found = Voter.objects.filter(meeting=held.meeting, is_developer=False).order_by("slip")
    return held.meeting.pk, list(found.values_list("pk", flat=True)[:count])


def cast(meeting: UUID, voters: list[UUID], begin: float) -> float:
    """One process: its threads cast a ballot for each of its voters; when the last was taken."""
    from django.db import connection

    from committees import actions
    from committees.models import Meeting, Voter
    from portal.tools.keys import new_key

    held = Meeting.objects.get(pk=meeting)
    at = held.opens_at + timedelta(hours=1)
    slips = [
        actions.Slip(voter, {"m1": [1, 0, 0, 0], "m2": [1, 1, 0]}, new_key())
        for voter in Voter.objects.filter(pk__in=voters)
    ]

    def client(mine: list[Any]) -> float:
        connection.ensure_connection()
        time.sleep(max(begin - time.time(), 0))
        for slip in mine:
            actions.cast_ballot(held, slip, at=at)
        ended = time.time()
        connection.close()
        return ended

    return together(client, slips)


def copied(url: str, voters: list[UUID]) -> list[dict[str, Any]]:
    """Rows as the action writes them, for other voters: a cast ballot copied."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        model = connection.execute("SELECT * FROM committees_ballot LIMIT 1").fetchone()
    keyed = {
        name: Jsonb(value) if isinstance(value, dict) else value for name, value in model.items()
    }
    return [
        keyed
        | {"id": uuid7(), "voter_id": voter, "request": uuid7()}
        | {"seal": os.urandom(32).hex()}
        for voter in voters
    ]


def insert(url: str, rows: list[dict[str, Any]], begin: float) -> float:
    names = list(rows[0])
    write = (
        f"INSERT INTO committees_ballot ({', '.join(names)})"
        f" VALUES ({', '.join(f'%({name})s' for name in names)})"
    )

    def client(mine: list[dict[str, Any]]) -> float:
        with psycopg.connect(url) as connection:
            time.sleep(max(begin - time.time(), 0))
            for row in mine:
                with connection.transaction():
                    connection.execute(LOCK, row).fetchall()
                    connection.execute(LOOK, row).fetchall()
                    connection.execute(write, row)
            return time.time()

    return together(client, rows)


def together(client, items: list[Any]) -> float:
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(THREADS))
        return max(threads.map(client, [items[n::THREADS] for n in range(THREADS)]))
