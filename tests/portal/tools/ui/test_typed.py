"""What people type: days within reason, words without what a reader cannot see."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from portal.tools.ui.typed import DayField, LineField, MomentField, TextField, visible


@pytest.mark.parametrize("text", ["0001-01-01", "1949-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_beyond_reason_is_refused(text):
    for field, typed in ((DayField(), text), (MomentField(), f"{text}T09:00")):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert [one.code for one in refused.value.error_list] == ["unreasonable"]


@pytest.mark.parametrize("text", ["1950-01-01", "2099-12-31"])
def test_a_day_at_the_edge_is_taken(text):
    assert f"{DayField().clean(text):%Y-%m-%d}" == text
    assert f"{MomentField().clean(f'{text}T23:59'):%Y-%m-%d}" == text


UNSEEN = ["", "   ", "\u200b", "\u202e", "\x00", "\x07\n", "\u200d", "\u3000"]


@pytest.mark.parametrize("nothing", UNSEEN)
def test_words_that_nobody_can_see_are_no_words(nothing):
    for field in (LineField(), TextField()):
        with pytest.raises(ValidationError) as refused:
            field.clean(nothing)
        assert [one.code for one in refused.value.error_list] == ["required"]


def test_a_line_is_one_line_without_what_is_hidden():
    assert LineField().clean("续聘\u202e物业\u202c\x00\n（二\u200b期）") == "续聘物业 （二期）"


def test_a_text_keeps_its_lines_and_no_more_than_a_page():
    assert TextField().clean(" 第一行\r\n\r\n第二行\x07 ") == "第一行\n\n第二行"
    with pytest.raises(ValidationError):
        TextField().clean("长" * 5001)
    assert TextField().clean("行\r\n" * 2499 + "行") == "行\n" * 2499 + "行"


def test_emoji_and_rare_names_stay():
    family, rare = "👨\u200d👩\u200d👧", "\ue863\U000313ab"
    assert visible(f"{family}\u200f{rare}") == f"{family}{rare}"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (LineField(max_length=3), "一二三四", "最多 3 个字，现在有 4 个。"),
        (forms.IntegerField(), "1e3", "请填写整数。"),
        (forms.IntegerField(min_value=1), "0", "不能小于 1。"),
        (forms.IntegerField(max_value=9), "10", "不能大于 9。"),
        (DayField(), "2026-02-30", "请填写日期，例如 2026-12-20。"),
        (MomentField(), "明天", "请填写日期和时间，例如 2026-12-20 09:00。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "请从列出的选项中选择。"),
    ],
)
def test_a_fault_is_said_as_a_clerk_would_say_it(field, typed, words):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [words]
