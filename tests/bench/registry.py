"""A registry of 20,000 parts: a roll taken in, one that changes every area and phone, a freeze.

Through the actions, over the durable cluster; the file is judged in its own process before the
compound is locked.
"""

import csv
import io
import time
from collections.abc import Iterator
from multiprocessing import get_context

from . import rolls
from .table import Figure

PARTS = 20_000
LIMIT = 15  # s: a request ends at 30


def figures() -> Iterator[Figure]:
    with get_context("spawn").Pool(1) as pool:
        for name, seconds, queries in pool.apply(take_times):
            beside = f"{queries} statements"
            yield Figure(f"{name}: {PARTS:,} parts", seconds, LIMIT, "s", beside=beside)


def take_times() -> list[tuple[str, list[float], int]]:
    import django

    django.setup()
    from django.utils import timezone

    from portal.owners import actions
    from tests.factories import places

    compound, times = places.compound(name="万户小区"), []
    figures: list[tuple[str, list[float], int]] = []
    for name, area, head in (
        ("roll taken in", "80", 100),
        ("all areas and phones changed", "81", 101),
    ):
        data = written(area, head)
        times, queries = measured(
            lambda data=data: actions.import_roll(
                compound, data, file_name="a.csv", by=None, at=timezone.now()
            )
        )
        figures.append((name, [times], queries))
    times, queries = measured(lambda: actions.freeze_roll(compound, by=None, at=timezone.now()))
    return [*figures, ("roll frozen", [times], queries)]


def measured(work) -> tuple[float, int]:
    from django.db import connection

    count = 0

    def counted(execute, sql, params, many, context):
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    began = time.perf_counter()
    with connection.execute_wrapper(counted):
        work()
    return time.perf_counter() - began, count


def written(area: str, head: int) -> bytes:
    """The homes of the roll's bench, all of them good, with another area and other phones."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rolls.HEADER)
    for number, (room, said, name, phone, *rest) in enumerate(rolls.rows(PARTS)):
        good = f"{area}.{number % 100:02}" if not said.isascii() else f"{area}{said}"[:6]
        writer.writerow((room, good, name, phone and f"{head}{phone[3:]}", *rest))
    return text.getvalue().encode()
