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


def test_what_is_typed_is_judged_with_every_figure_beside_its_bar(page):
    answer = page(QUZHOU)
    assert answer.status_code == 200
    lines = [
        (line.gate, line.measure, line.part, line.of, line.share, line.bar, line.answer)
        for line in answer.context["checked"].lines
    ]
    all_of_them, present = "≥ 2/3（占全体业主）", "> 1/2（占参与表决业主）"
    assert lines == [
        ("参与", "人数", "1,360 人", "1,505 人", "90.4%", all_of_them, "met"),
        ("参与", "面积", "171,755.223 ㎡", "191,619.21 ㎡", "89.6%", all_of_them, "met"),
        ("同意", "人数", "238 人", "1,360 人", "17.5%", present, "not-met"),
        ("同意", "面积", "29,734.25 ㎡", "171,755.223 ㎡", "17.3%", present, "not-met"),
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


def test_the_law_of_an_earlier_day_is_told(page):
    answer = page(QUZHOU | {"decided_on": "2020-12-31"})
    assertContains(answer, "《物业管理条例》第12条")
    assert "2020年12月31日" in answer.context["checked"].flags[-1]


def test_everything_wrong_is_told_at_once_and_leads_to_its_field(page):
    wrong = {
        "decided_on": "2022-02-30",
        "bar": "most",
        "roll-heads": "１２",
        "roll-area": "191,619.21",
        "participated-heads": "-1",
        "deemed-area": "5㎡",
        "printed-3-part": "roll.heads",
        "printed-3-percent": "5%",
    }
    answer = page(wrong)
    assert answer.status_code == 422
    names = [*list(wrong)[:-2], "printed-3-of", "printed-3-percent", "deemed-to"]
    assert sorted(answer.context["typed"].errors) == sorted(names)
    for name in names:
        assertContains(answer, f'href="#id_{name}"', status_code=422)
    assertContains(answer, 'value="191,619.21"', status_code=422)
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
