"""`make bench`: each figure beside its limit, the median of three; exit 1 when one is missed."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import ballots, counting, pages, records, registry, rolls, selfcheck
from .database import durable_database
from .table import RUNS, Figure, run

PROJECT = Path(__file__).resolve().parents[2]


def roll_figures(folder: Path) -> Iterator[Figure]:
    """`import_roll --dry-run` from the start of Python to its end, the embedded server's start
    included where it does not run yet."""
    for path, limit in (
        (rolls.write_csv(folder / "r.csv"), 5),
        (rolls.write_xlsx(folder / "r.xlsx"), 20),
    ):
        command = (sys.executable, PROJECT / "manage.py", "import_roll", "none", path)
        runs = [run(*command, "--dry-run", "--json") for _ in range(RUNS)]
        assert all(one.out.startswith(b'{"format": "roll-report/1"') for one in runs)
        yield Figure(
            f"roll report: 100,000 parts from {path.suffix}",
            [one.seconds for one in runs],
            limit,
            "s",
            beside=f"{min(one.cpu for one in runs):.2f} s of processor, "
            f"{max(one.peak for one in runs):.0f} MB",
        )


def figures(folder: Path) -> Iterator[Figure]:
    with durable_database() as url:
        yield from ballots.figures(url)
        yield from pages.figures()
        yield from registry.figures()
    with durable_database():
        yield selfcheck.figure()
    yield counting.figure()
    yield from roll_figures(folder)
    yield from records.figures(folder)


def main() -> int:
    os.chdir(PROJECT)
    kept = True
    with tempfile.TemporaryDirectory() as name:
        for figure in figures(Path(name)):
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()
            kept &= figure.holds
    sys.stdout.write(f"load over five minutes: {os.getloadavg()[1]:.1f}\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
