"""What was found in the figures of others, in words that a reader can follow."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation

from committees.documents.figures import (
    FAULTS,
    figure_words,
    finding_json,
    path_words,
    plain,
    problems_words,
    report_words,
)
from committees.queries.laws import law_of
from committees.rules.figures import Code, judge
from committees.rules.figures_form import Fault, Problem, read
from committees.rules.thresholds import Measure

CASES = json.loads(
    (Path(__file__).parents[1] / "data/figures/published-results.json").read_text("utf-8")
)["cases"]
WHOLE = {
    "format": "result-figures/1",
    "title": "某小区",
    "source": "公告栏",
    "decided_on": "2024-08-15",
    "bar": "ordinary",
    "announced": "passed",
    "roll": {"heads": 90, "area": "9000.00"},
    "participated": {"heads": 60, "area": "6000.00"},
    "options": {
        "agree": {"heads": 40, "area": "4000.00"},
        "against": {"heads": 20, "area": "2000.00"},
    },
}


def found(**changes):
    figures = read(json.dumps(WHOLE | changes).encode())
    of_the_day = law_of(figures.decided_on, figures.bar)
    return judge(figures, of_the_day.law), of_the_day


def flags(**changes):
    return {one["code"]: one["text"] for one in finding_json(*found(**changes))["flags"]}


def test_what_fits_is_said_to_fit():
    assert report_words(*found()).splitlines()[-2:] == ["结论：通过", "没有发现不符之处。"]


def test_a_missing_figure_is_a_dash_and_no_verdict():
    words = report_words(*found(roll={"heads": 90})).splitlines()
    assert "6,000.00 ㎡ / —" in words[1]
    assert words[1].endswith("缺数字，无法判断")
    assert "结论：无法判断" in words


def test_a_part_that_is_more_than_its_whole_is_told_with_both():
    told = flags(participated={"heads": 91, "area": "6000.00"}, options={})
    assert told["more-than-all"] == "参与表决（人数） 91，多于全体业主（人数） 90。"


def test_options_that_do_not_add_up_are_told_with_both_sums():
    options = {"agree": {"heads": 40, "area": "4000.00"}, "against": {"heads": 19}}
    told = flags(options=options)
    assert "人数合计 59 人，与参与表决 60 人不符" in told["options-do-not-add-up"]


@pytest.mark.parametrize(
    ("percent", "code", "words"),
    [
        ("66.66", "percent-truncated", "公布 66.66%，是舍去尾数；四舍五入为 66.67%。"),
        ("66.7", None, ""),
        ("70", "percent-mismatch", "公布 70%，算得 67%。"),
    ],
)
def test_a_percentage_that_does_not_come_out_is_told_with_what_does(percent, code, words):
    printed = {"part": "options.agree.heads", "of": "participated.heads", "percent": percent}
    told = flags(printed=[printed])
    assert list(told) == ([code] if code else [])
    assert words in "".join(told.values())


def test_a_verdict_that_the_figures_do_not_bear_is_told():
    told = flags(announced="not-passed")
    words = "公布的结论是“未通过”，按数字是“通过”。"
    assert told["verdict-contradicts-figures"] == words


def test_the_law_of_an_earlier_day_is_told_with_its_article_and_bars():
    told = flags(decided_on="2019-08-15")["law-of-the-day"]
    assert told.startswith("决定作出时适用当时的规定（至 2020年12月31日）：")
    assert "%" not in told


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["figures"]["title"])
def test_every_flag_of_every_published_case_has_its_words(case, language):
    figures = read(json.dumps(case["figures"]).encode())
    of_the_day = law_of(figures.decided_on, figures.bar)
    finding = judge(figures, of_the_day.law)
    with translation.override(language):
        told = finding_json(finding, of_the_day)["flags"]
        report = report_words(finding, of_the_day)
    assert [one["code"] for one in told] == case["expect"]["flags"]
    assert all(one["text"].strip() and "%(" not in one["text"] for one in told)
    assert all(one["text"] in report for one in told)


def test_a_verdict_that_hangs_on_who_was_deemed_to_agree_is_told():
    options = {
        "agree": {"heads": 25, "area": "2500.00"},
        "against": {"heads": 20, "area": "2000.00"},
    }
    deemed = {"to": "agree", "heads": 15, "area": "1500.00"}
    told = flags(options=options, deemed=deemed)
    words = "结论取决于视为表态的业主：计入是“通过”，不计入是“未通过”。"
    assert told[Code.DEPENDS_ON_DEEMED.value] == words


def test_every_fault_has_its_words():
    assert FAULTS.keys() == set(Fault)


def test_all_faults_stand_on_one_line_and_a_fault_of_the_whole_is_the_files():
    problems = [Problem("", Fault.NOT_JSON), Problem("roll.heads\n", Fault.NOT_HEADS)]
    assert problems_words(problems) == (
        "文件：不是 UTF-8 编码的 JSON 文件。 roll.heads\\n：应为 0 或更大的整数，不带小数和分隔符。"
    )


def test_of_very_many_faults_the_first_twenty_are_told_and_the_rest_counted():
    problems = [Problem(f"printed[{number}]", Fault.NOT_AN_OBJECT) for number in range(21)]
    assert problems_words(problems).endswith("写在 { } 里。 另有 1 处。")
    assert "printed[20]" not in problems_words(problems)
    assert "另有" not in problems_words(problems[:20])


def test_a_path_that_is_endless_is_cut():
    assert len(problems_words([Problem("a" * 5000, Fault.UNKNOWN)])) < 200


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (1234567, "1,234,567"),
        (Fraction("0.5"), "0.50"),
        (Fraction("191619.21"), "191,619.21"),
        (Fraction("171755.223"), "171,755.223"),
        (Fraction("-3.5"), "-3.50"),
    ],
)
def test_a_figure_keeps_all_its_places(figure, said):
    assert plain(figure) == said


def test_a_figure_has_its_unit_and_a_path_its_name():
    assert figure_words(1360, Measure.HEADS) == "1,360 人"
    assert figure_words(Fraction("80.5"), Measure.AREA) == "80.50 ㎡"
    assert figure_words(None, Measure.AREA) == "—"
    assert path_words("options.agree.heads") == "同意（人数）"
    assert path_words("options.other.area") == "other（面积）"
    assert path_words("deemed.heads") == "视为表态的业主（人数）"
