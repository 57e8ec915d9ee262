"""Merged ranges over the rows they cover."""

from portal.tools.sheets.merged import MergedRanges


def row(text):
    return ["" if letter == "." else letter for letter in text]


def lines(ranges, *rows):
    merged = MergedRanges(ranges)
    found = (merged.lay_over(at, row(text)) for at, text in enumerate(rows))
    return ["".join(cell or "." for cell in cells) for cells in found]


def test_a_range_over_lines_counts_for_each_and_ends_with_its_last():
    assert lines([((0, 0), (1, 0))], "ax", ".y", ".z") == ["ax", "ay", ".z"]


def test_a_range_over_columns_fills_them():
    assert lines([((0, 0), (0, 2))], "a..x", "...y") == ["aaax", "...y"]


def test_ranges_beside_and_below_each_other():
    ranges = [((0, 0), (1, 0)), ((0, 1), (1, 2)), ((2, 0), (3, 1))]
    assert lines(ranges, "ab.", "..x", "c..", "..y") == ["abb", "abb", "cc.", "ccy"]


def test_an_empty_range_hides_nothing_and_one_beyond_the_sheet_is_cut():
    assert lines([((0, 0), (1, 0)), ((0, 1), (9, 99))], ".b", "x.") == [".b", "xb"]
