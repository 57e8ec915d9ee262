"""Delimited text: encodings, delimiters, records and their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.sheets.delimited import read
from portal.tools.sheets.refusals import NotASpreadsheet, TooLarge, UnclosedQuote
from portal.tools.sheets.sheet import Limits

TEXT = "房号,业主\n1-2-301,张三\n"
ROWS = [(1, ("房号", "业主")), (2, ("1-2-301", "张三"))]


def rows_of(data, limits=None):
    return [(row.number, row.cells) for row in read(data, limits or Limits()).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_encoding_is_found(encoding):
    assert rows_of(TEXT.encode(encoding)) == ROWS


def test_a_character_beyond_gbk_is_read_as_gb_18030():
    assert rows_of("房号,业主\n1-2-301,䶮𬱖\n".encode("gb18030"))[1] == (2, ("1-2-301", "䶮𬱖"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("title", ["", "幸福里小区\n"])
def test_the_delimiter_is_found_also_below_a_title(delimiter, title):
    text = title + TEXT.replace(",", delimiter)
    assert [cells for _, cells in rows_of(text.encode())][-2:] == [cells for _, cells in ROWS]


def test_the_delimiter_is_the_one_that_cuts_evenly():
    text = "房号\t业主\n1-2-301\t张三,李四,王五\n1-2-302\t赵六,钱七,孙八\n1-2-303\t周九\n"
    assert {len(cells) for _, cells in rows_of(text.encode())} == {2}


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_the_delimiter_is_not_what_parts_the_names_of_records_without_their_last_fields(delimiter):
    text = "房号,面积,业主,备注\n1,80,甲;乙\n2,80,丙;丁,x\n3,80\n4,80,戊;己,y\n5,,庚;辛\n"
    rows = rows_of(text.replace(",", delimiter).encode())
    assert rows[1] == (2, ("1", "80", "甲;乙"))


def test_an_announced_delimiter_is_obeyed_and_no_record():
    assert rows_of(b"sep=;\r\na;b,c,d\r\ne;f,g,h\r\n") == [(1, ("a", "b,c,d")), (2, ("e", "f,g,h"))]


def test_the_row_is_the_records_number_and_empty_ones_count():
    data = b'a,b\r\n\r\n"1\r\n2",x\r\n,\r\n3,y\r\n'
    assert rows_of(data) == [(1, ("a", "b")), (3, ("1\r\n2", "x")), (5, ("3", "y"))]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    assert rows_of(TEXT.replace("\n", ending).encode()) == ROWS


def test_quotation_marks_inside_a_cell_stay():
    assert rows_of(b'a,b\n1,x "y" z\n2,"x ""y"" z"\n')[1:] == [
        (2, ("1", 'x "y" z')),
        (3, ("2", 'x "y" z')),
    ]


@pytest.mark.parametrize("tail", ["", "\n1-2-302,李四\n" * 3, "\n1-2-302,李四" * 20_000])
def test_an_unclosed_quotation_mark_is_refused_by_its_row(tail):
    with pytest.raises(UnclosedQuote) as refusal:
        rows_of(f'房号,业主\n1-2-301,"张三{tail}'.encode())
    assert refusal.value.row == 2


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\xff\xff\xff", b"\xd5\xc5\xff\xff"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotASpreadsheet):
        rows_of(data)


def test_a_stray_control_character_is_no_reason_to_refuse():
    assert rows_of("房号,业主\n1-2-301,张\x00三,,,,,,,,,\n".encode())[1] == (
        2,
        ("1-2-301", "张\x00三"),
    )


@pytest.mark.parametrize(("records", "is_read"), [(3, True), (4, False)])
def test_no_more_rows_than_the_limit(records, is_read):
    data = b"a,b\n" * records
    if is_read:
        assert len(rows_of(data, Limits(rows=3))) == records
        return
    with pytest.raises(TooLarge) as refusal:
        rows_of(data, Limits(rows=3))
    assert (refusal.value.what, refusal.value.limit) == ("rows", 3)


def test_no_more_columns_than_the_limit_but_empty_ones():
    assert rows_of(b"a,b,,,\n", Limits(columns=2)) == [(1, ("a", "b"))]
    with pytest.raises(TooLarge):
        rows_of(b"a,b,c\n", Limits(columns=2))


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_a_refusal(data):
    try:
        rows = rows_of(data)
    except (NotASpreadsheet, UnclosedQuote, TooLarge):
        return
    assert [number for number, _ in rows] == sorted({number for number, _ in rows})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_broken_byte_stands_in_its_cell_and_nowhere_else(encoding):
    data = "房号,备注\n1-101,朝南的大户型客厅\n1-102,好".encode(encoding)
    sheet = read(data[:-1], Limits())
    assert [row.cells for row in sheet.rows[:2]] == [
        ("房号", "备注"),
        ("1-101", "朝南的大户型客厅"),
    ]
    assert sheet.rows[2].cells == ("1-102", "\ufffd")


def test_mostly_broken_bytes_are_no_text():
    with pytest.raises(NotASpreadsheet):
        read(b"a\xff,\xff\x80\n" * 10, Limits())


def test_a_stray_blank_line_far_down_is_nothing():
    data = ("a,b\n" + "\n" * 50 + " , \n").encode()
    assert [row.number for row in read(data, Limits(rows=2)).rows] == [1]
