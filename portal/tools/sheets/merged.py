"""Ranges merged into one cell, laid out again over the cells they cover."""

from collections import defaultdict
from collections.abc import Iterable

Range = tuple[tuple[int, int], tuple[int, int]]


class MergedRanges:
    """Fed the rows of a sheet from the top, fills in what merged ranges say there.

    `ranges` are ((row, column), (row, column)) from 0, both corners included.
    """

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._starting: dict[int, list[Range]] = defaultdict(list)
        for range_ in ranges:
            self._starting[range_[0][0]].append(range_)
        self._running: list[tuple[int, int, int, str]] = []  # last row, columns, text

    def lay_over(self, row: int, cells: list[str]) -> list[str]:
        """`cells` of `row` with the ranges' texts, never longer than before."""
        self._running = [running for running in self._running if running[0] >= row]
        for (_, first), (last_row, last) in self._starting.pop(row, ()):
            if first < len(cells) and cells[first]:
                self._running.append((last_row, first, last, cells[first]))
        if not self._running:
            return cells
        laid = list(cells)
        for _, first, last, text in self._running:
            width = min(last + 1, len(laid)) - first
            laid[first : first + width] = [text] * width
        return laid
