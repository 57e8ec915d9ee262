"""The filters and tags of our pages, as a template calls them."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from portal.tools.timekeeping.publicity_clock import Reading
from portal.tools.ui.gauges import Gauge


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def drawn(source, **values):
    return Template("{% load ui %}" + source).render(Context(values)).strip()


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Slip(forms.Form):
    name = forms.CharField(label="姓名", help_text="与产权证一致")
    choice = forms.ChoiceField(
        label="意见", choices=[("1", "同意"), ("2", "反对")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="附言", required=False)
    agreed = forms.BooleanField(label="我已阅读")
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ value|area }}", 108932, "1,089.32 ㎡"),
        ("{{ value|area }}", None, "—"),
        ("{{ value|day }}", date(2026, 11, 22), "2026年11月22日"),
        ("{{ value|day }}", None, "—"),
        ("{{ value|moment }}", datetime(2026, 11, 22, 1, 5, tzinfo=UTC), "2026年11月22日 09:05"),
        ("{{ value|moment }}", None, "—"),
        ("{{ value|percent }}", Fraction(2, 3), "66.67%"),
        ("{{ value|percent }}", (3, 7), "42.86%"),
        ("{{ value|percent }}", None, "—"),
        ("{{ value|phone }}", "+8613800001234", "138 0000 1234"),
        ("{{ value|phone }}", None, "—"),
    ],
)
def test_filters_write_for_readers(source, value, words):
    assert drawn(source, value=value) == words


def test_a_gauge_says_its_words_before_its_bar():
    one = Gauge(1163, 1800, Fraction(2, 3), True, 1200, "参与人数", "人")
    html = drawn("{% gauge one %}", one=one)
    assert (
        words_of(html)
        == "参与人数 1,163 / 1,800 人 ，64.61% 须达到 2/3，即至少 1,200 人 还差 37 人"
    )
    assert html.index("参与人数") < html.index("<svg")
    assert 'class="gauge-mark" x1="66.6666%"' in html


def test_a_gauge_that_is_cleared_says_so():
    one = Gauge(901, 1800, Fraction(1, 2), False, 901, "同意人数", "人")
    html = drawn("{% gauge one %}", one=one)
    assert words_of(html) == "同意人数 901 / 1,800 人 ，50.06% 须超过 1/2，即至少 901 人 已达到"
    assert html.startswith('<div class="gauge gauge-reached">')


def test_a_field_has_label_hint_and_error_tied_to_its_control():
    html = drawn("{% field form.name %}", form=Slip({}))
    assert '<label for="id_name">姓名</label>' in html
    assert '<div class="helptext" id="id_name_helptext">与产权证一致</div>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert words_of(html) == "姓名 与产权证一致 错误： 请填写这一项。"


def test_a_field_that_may_stay_empty_says_so():
    assert words_of(drawn("{% field form.note %}", form=Slip())) == "附言 （可不填）"


def test_a_group_of_buttons_is_a_fieldset_with_nothing_chosen():
    html = drawn("{% field form.choice %}", form=Slip())
    assert html.startswith('<fieldset class="field">')
    assert "<legend>意见</legend>" in html
    assert re.findall(r'<input[^>]* id="(\w+)">\s*<label for="(\w+)">(\w+)', html) == [
        ("id_choice_0", "id_choice_0", "同意"),
        ("id_choice_1", "id_choice_1", "反对"),
    ]
    assert "checked" not in html


def test_a_hidden_field_is_only_its_control():
    assert drawn("{% field form.key %}", form=Slip()) == (
        '<input type="hidden" name="key" id="id_key">'
    )


def test_a_whole_form_is_drawn_field_by_field():
    html = drawn("{{ form }}", form=Slip())
    assert re.findall(r'name="(\w+)"', html) == [
        "name", "choice", "choice", "note", "agreed", "key",
    ]  # fmt: skip


def test_the_summary_names_every_trouble_and_leads_to_its_field():
    form = Slip({})
    form.add_error(None, "名册已冻结。")
    html = drawn("{% errors form %}", form=form)
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html) == ["有 5 处需要改正"]
    assert re.findall(r"<li>(.*?)</li>", html) == [
        "名册已冻结。",
        '<a href="#id_name">姓名：请填写这一项。</a>',
        '<a href="#id_choice_0">意见：请填写这一项。</a>',
        '<a href="#id_agreed">我已阅读：请填写这一项。</a>',
        "请填写这一项。",
    ]


def test_the_summary_of_a_set_of_forms_leads_into_each():
    rows = forms.formset_factory(Slip, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "陈"}
    )
    html = drawn("{% errors rows %}", rows=rows)
    assert re.findall(r'href="#([\w-]+-name)"', html) == ["id_form-1-name"]


def test_without_trouble_there_is_no_summary():
    assert drawn("{% errors form %}", form=Slip()) == ""


STAGES = [("a", "筹备"), ("b", "投票", "11月24日止"), ("c", "备案")]


@pytest.mark.parametrize(
    ("current", "words"),
    [
        ("a", "筹备 （进行中） 投票 （未开始） 11月24日止 备案 （未开始）"),
        ("b", "筹备 （已完成） 投票 （进行中） 11月24日止 备案 （未开始）"),
        ("done", "筹备 （已完成） 投票 （已完成） 11月24日止 备案 （已完成）"),
    ],
)
def test_a_line_of_stages_says_in_words_where_it_stands(current, words):
    html = drawn("{% stage_line stages current %}", stages=STAGES, current=current)
    assert words_of(html) == words
    assert html.count('aria-current="step"') == (current != "done")


def test_a_status_is_a_word():
    assert (
        drawn("{% status '投票中' 'now' %}") == '<strong class="status status-now">投票中</strong>'
    )
    assert drawn("{% status '不适用' %}") == '<strong class="status">不适用</strong>'


PERIOD = "公示期 7 日，自 2026年11月20日 至 2026年11月26日 24:00 截止"


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading(0, 7, 7, False), "公示期未起算 0 / 7"),
        (Reading(3, 7, 4, False), "公示第 3 日，共 7 日 今日之后还有 4 日 3 / 7"),
        (Reading(7, 7, 0, False), "公示第 7 日，共 7 日 今天是最后一日 7 / 7"),
        (Reading(7, 7, 0, True), "公示期满 7 / 7"),
    ],
)
def test_the_clock_says_day_days_left_and_the_end(reading, words):
    html = drawn(
        "{% clock first last reading %}",
        first=date(2026, 11, 20),
        last=date(2026, 11, 26),
        reading=reading,
    )
    assert words_of(html) == f"{words} {PERIOD}"


def test_bread_crumbs_end_at_this_page():
    html = drawn("{% breadcrumbs '首页' '/' '幸福花园' '/x/' '会议' %}")
    assert re.findall(r'href="([^"]+)">(\w+)', html) == [("/", "首页"), ("/x/", "幸福花园")]
    assert '<li aria-current="page">会议</li>' in html


def test_pages_keep_the_rest_of_the_query():
    request = RequestFactory().get("/list/", {"street": "东城", "page": "2"})
    html = drawn("{% pagination page %}", request=request, page=Paginator(range(25), 10).page(2))
    assert re.findall(r'rel="(\w+)" href="([^"]+)"', html) == [
        ("prev", "?street=%E4%B8%9C%E5%9F%8E&amp;page=1"),
        ("next", "?street=%E4%B8%9C%E5%9F%8E&amp;page=3"),
    ]
    assert words_of(html) == "上一页 第 2 页，共 3 页（25 条） 下一页"


def test_a_list_of_one_page_is_not_turned():
    assert drawn("{% pagination page %}", page=Paginator(range(5), 10).page(1)) == ""


def test_a_qr_code_of_our_own_address_is_made_absolute():
    request = RequestFactory().get("/", headers={"host": "localhost"})
    ours = drawn("{% qr '/publicity/x/3/' %}", request=request)
    assert ours == drawn("{% qr 'http://localhost/publicity/x/3/' %}")
    assert ours.startswith('<span class="qr" role="img" aria-label="本页二维码"><svg ')
