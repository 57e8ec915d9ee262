"""The page where anybody holds published figures against the law of their day."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from committees.models import Meeting
from tests.factories import places

CASES = json.loads(
    (Path(__file__).parents[2] / "data" / "figures" / "published-results.json").read_text("utf-8")
)["cases"]
QUZHOU = {
    "title": "君悦东方",
    "source": "公告栏",
    "decided_on": "2022-08-15",
    "bar": "ordinary",
    "announced": "passed",
    "roll-heads": "1505",
    "roll-area": "191619.21",
    "participated-heads": "1360",
    "participated-area": "171755.223",
    "options-agree-heads": "238",
    "options-agree-area": "29734.25",
    "options-against-heads": "762",
    "options-abstain-heads": "256",
    "deemed-to": "against",
    "deemed-heads": "100",
    "printed-2-part": "options.agree.heads",
    "printed-2-of": "participated.heads",
    "printed-2-percent": "17.51",
}


@pytest.fixture
def page(client, db):
    places.installation()
    return lambda sent=None: (
        client.get(reverse("check-figures"))
        if sent is None
        else client.post(reverse("check-figures"), sent)
    )


def handed_in(data):
    return {"hand-in": "1", "file": SimpleUploadedFile("figures.json", data)}


def test_anybody_finds_the_form_without_a_finding(page):
    answer = page()
    assertContains(answer, "核对数字")
    assertNotContains(answer, "核对结果")


def test_the_matters_that_were_special_before_the_civil_code_are_named(page):
    words = "2021年以前决定的，筹集、使用维修资金和改建重建是特别事项（物业管理条例第12条）。"
    assertContains(page(), words)


def test_what_is_typed_is_judged_with_every_figure_beside_its_bar(page):
    answer = page(QUZHOU)
    assert answer.status_code == 200
    lines = [
        (line.gate, line.measure, line.part, line.of, line.share, line.bar, line.answer)
        for line in answer.context["checked"].lines
    ]
    all_of_them, present = "≥ 2/3（占全体业主）", "> 1/2（占参与表决业主）"
    assert lines == [
        ("参与", "人数", "1,360 人", "1,505 人", "90.37%", all_of_them, "met"),
        ("参与", "面积", "171,755.223 ㎡", "191,619.21 ㎡", "89.63%", all_of_them, "met"),
        ("同意", "人数", "238 人", "1,360 人", "17.50%", present, "not-met"),
        ("同意", "面积", "29,734.25 ㎡", "171,755.223 ㎡", "17.31%", present, "not-met"),
    ]
    assert answer.context["checked"].flags == [
        "各选项与视为表态的人数合计 1,356 人，与参与表决 1,360 人不符。",
        "同意（人数）占参与表决（人数），公布 17.51%，算得 17.50%。",
        "公布的结论是“通过”，按数字是“未通过”。",
    ]
    assertContains(answer, "《民法典》第278条第2款", 4)
    assertContains(answer, "适用 2022年8月15日 的规定")


def test_what_was_typed_stays(page):
    answer = page(QUZHOU)
    for text in ("171755.223", "17.51", "君悦东方"):
        assertContains(answer, f'value="{text}"')


def test_figures_may_be_typed_as_the_notice_prints_them(page):
    printed = {
        "roll-heads": "１，５０５人",
        "roll-area": "191,619.21 ㎡",
        "participated-heads": "1,360 人",
        "participated-area": "171755.223平方米",
        "options-agree-area": "29734.25m²",
        "printed-2-percent": "17.51％",
    }
    answer = page(QUZHOU | printed)
    assert answer.context["checked"] == page(QUZHOU).context["checked"]
    assertContains(answer, 'value="１，５０５人"')


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("roll-heads", "1505户"),
        ("roll-heads", "1,50,5"),
        ("roll-heads", ",505"),
        ("roll-heads", "1505.0"),
        ("roll-heads", "１５°"),
        ("roll-heads", "人"),
        ("roll-area", "5²"),
        ("roll-area", "19.16万㎡"),
        ("roll-area", "191619.21 人"),
        ("roll-area", "191.619,21"),
        ("printed-2-percent", "17.51 ㎡"),
        ("printed-2-percent", "%"),
    ],
)
def test_what_could_be_read_in_two_ways_is_not_guessed_at(page, name, text):
    answer = page(QUZHOU | {name: text})
    assert (answer.status_code, list(answer.context["typed"].errors)) == (422, [name])


def test_the_law_of_an_earlier_day_is_told(page):
    answer = page(QUZHOU | {"decided_on": "2020-12-31"})
    assertContains(answer, "《物业管理条例》第12条")
    assert "2020年12月31日" in answer.context["checked"].flags[-1]


def test_everything_wrong_is_told_at_once_and_leads_to_its_field(page):
    wrong = {
        "decided_on": "2022-02-30",
        "bar": "most",
        "roll-heads": "12㎡",
        "roll-area": "191,61.21",
        "participated-heads": "-1",
        "deemed-area": "5万㎡",
        "printed-3-part": "roll.heads",
        "printed-3-percent": "5‰",
    }
    answer = page(wrong)
    assert answer.status_code == 422
    names = [*list(wrong)[:-2], "printed-3-of", "printed-3-percent", "deemed-to"]
    assert sorted(answer.context["typed"].errors) == sorted(names)
    for name in names:
        assertContains(answer, f'href="#id_{name}"', status_code=422)
    assertContains(answer, 'value="191,61.21"', status_code=422)
    assertNotContains(answer, "核对结果", status_code=422)


def test_nothing_typed_asks_for_the_day_and_the_bar_alone(page):
    assert sorted(page({}).context["typed"].errors) == ["bar", "decided_on"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["figures"]["title"])
def test_a_file_is_judged_as_the_command_judges_it(page, case):
    answer = page(handed_in(json.dumps(case["figures"]).encode()))
    assert answer.context["checked"].verdict == case["expect"]["verdict"]
    assert len(answer.context["checked"].flags) == len(case["expect"]["flags"])
    assertContains(answer, case["figures"]["title"])


def test_a_file_that_is_malformed_has_its_fields_named(page):
    data = json.dumps(CASES[0]["figures"] | {"bar": 5, "roll": {"heads": 1.5}}).encode()
    answer = page(handed_in(data))
    assert answer.status_code == 422
    assert answer.context["handed"].errors["file"] == [
        "bar：应为 ordinary（一般事项）或 special（特别事项）。",
        "roll.heads：应为 0 或更大的整数，不带小数和分隔符。",
    ]


def test_what_was_typed_stays_when_a_file_is_handed_in(page):
    for data in (json.dumps(CASES[1]["figures"]).encode(), b"{"):
        answer = page(QUZHOU | handed_in(data))
        for text in ("171755.223", "17.51", "君悦东方"):
            assertContains(answer, f'value="{text}"', status_code=answer.status_code)
        assert not answer.context["typed"].is_bound


def test_a_file_handed_in_by_the_other_button_is_read_if_nothing_was_typed(page):
    sent = handed_in(json.dumps(CASES[1]["figures"]).encode())
    del sent["hand-in"]
    assertContains(page(sent | {"bar": "ordinary"}), CASES[1]["figures"]["title"])
    sent["file"].seek(0)
    assertNotContains(page(sent | QUZHOU), CASES[1]["figures"]["title"])


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(page):
    data = json.dumps(CASES[0]["figures"] | {"printed": [5] * 3000}).encode()
    told = page(handed_in(data)).context["handed"].errors["file"]
    assert list(told)[19:] == ["printed[19]：应为一组有名称的值，写在 { } 里。", "另有 2980 处。"]


def test_a_file_must_be_chosen(page):
    assert page({"hand-in": "1"}).status_code == 422


def test_a_file_cannot_write_into_the_page(page):
    title = "<script>alert(1)</script>"
    answer = page(handed_in(json.dumps(CASES[0]["figures"] | {"title": title}).encode()))
    assertNotContains(answer, title)


def test_nothing_is_kept(page):
    with assertNumQueries(1):  # the installation's name in the head
        page(QUZHOU)
    assert not Meeting.objects.exists()


def test_other_methods_are_refused(client, page):
    assert client.put(reverse("check-figures")).status_code == 405


def test_the_rules_page_and_an_officers_desk_lead_here(cast, client):
    here = f'href="{reverse("check-figures")}"'
    assertContains(client.get(reverse("rulebook:rules")), here)
    client.force_login(cast.zhao)
    assertContains(client.get(reverse("desk")), here)
    client.force_login(cast.chen)
    assertNotContains(client.get(reverse("desk")), here)
