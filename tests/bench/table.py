"""Figures beside their limits, and what a child process took."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RUNS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured `RUNS` times; `least` where the limit is the least allowed."""

    name: str
    values: Sequence[float]
    limit: float
    unit: str
    least: bool = False
    beside: str = ""

    @property
    def value(self) -> float:
        return median(self.values)

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.least else "at most"
        verdict = "ok" if self.holds else "OVER" if not self.least else "UNDER"
        return (
            f"{self.name:44}{self.value:10.2f} {self.unit:6}{bound:>9}{self.limit:8g}"
            f"  {verdict:6}{self.beside}"
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A process from start to end: wall and processor seconds, its peak in MB, its words."""

    seconds: float
    cpu: float
    peak: float
    out: bytes
    status: int


# Linux hands a child the peak of the process it was forked from; the kernel's note of the
# command itself is read by a small go-between instead.
MEASURED = """
import os, resource, subprocess, sys, time
began = time.perf_counter()
status = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
      status, file=sys.stderr)
"""


def run(*command: object) -> Run:
    words = [sys.executable, "-c", MEASURED, *[str(word) for word in command]]
    done = subprocess.run(words, capture_output=True, check=True)
    seconds, cpu, peak, status = done.stderr.decode().splitlines()[-1].split()
    return Run(float(seconds), float(cpu), float(peak), done.stdout, int(status))
