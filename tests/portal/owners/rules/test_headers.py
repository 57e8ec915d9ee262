"""Headers: the words rolls use for each field, and those that are no field of a roll."""

import json
from pathlib import Path

import pytest

from portal.owners.rules.headers import claim_of, is_remark

ROLLS = Path(__file__).parents[3] / "data/rolls"
WORDS = json.loads((ROLLS / "headers.json").read_text())


@pytest.mark.parametrize(
    ("field", "header"), [(field, one) for field, words in WORDS.items() for one in words]
)
def test_the_words_for_a_field_and_those_for_none(field, header):
    claim = claim_of(header)
    assert (claim.field if claim else "none") == field


@pytest.mark.parametrize(
    "header", ["产权面积\n(㎡)", "产 权 面 积", "\ufeff产权面积", "产权面积：", "\uff0a产权面积"]
)
def test_line_breaks_units_and_ornaments_change_nothing(header):
    assert claim_of(header).field == "area"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("专有部分面积", "产权面积"),
        ("产权面积", "建筑面积"),
        ("建筑面积", "套内面积"),
        ("建筑面积", "建筑面积（套内）"),
        ("手机", "联系电话"),
        ("联系电话", "座机"),
        ("业主", "姓名"),
        ("房号", "房屋地址"),
        ("规划用途", "房屋类型"),
    ],
)
def test_of_two_columns_the_closer_word_comes_first(first, second):
    one, other = claim_of(first), claim_of(second)
    assert (one.field, one.rank < other.rank) == (other.field, True)


@pytest.mark.parametrize("header", ["姓名/电话", "业主姓名及联系电话", "产权人、手机", "姓名电话"])
def test_name_and_phone_may_share_a_column(header):
    assert claim_of(header).also_phone


@pytest.mark.parametrize(("group", "field"), [("业主信息", "owner"), ("租户信息", None)])
def test_a_group_says_whose_name_it_is(group, field):
    claim = claim_of("姓名", group)
    assert (claim.field if claim else None) == field


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("（必填）", True), ("必填", True), ("(㎡)", True), ("张三", False), ("姓名", False)],
)
def test_remarks_on_a_header(text, is_one):
    assert is_remark(text) is is_one
