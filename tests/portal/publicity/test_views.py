"""What anybody reads of a 公示."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
import time_machine

from portal.publicity import actions
from portal.publicity.documents import Document, Facts, Heading, Paragraph, Signature, Table
from portal.rulebook.queries import rule_for
from tests.factories import rulebook

HOSTILE = "<script>alert('题')</script>&{{ 7|add:7 }}"


@pytest.fixture
def posted(cast, announce, noon):
    """A publicity on day 3 of 7."""
    made = announce(cast.compound, at=noon - timedelta(days=3))
    actions.start_clock(made, at=noon - timedelta(days=3))
    with time_machine.travel(noon, tick=False):
        yield made


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_anybody_reads_the_text_the_clock_and_the_hash(client, posted):
    html = page(client, posted.get_absolute_url())
    for words in ("候选人名单公示", "陈一", "按提名先后排列", "幸福花园业主委员会"):
        assert words in html
    assert "公示第 3 日，共 7 日" in html
    assert "自 2026年11月22日 至 2026年11月28日 24:00 截止" in html
    assert posted.sha256 in html


@pytest.mark.parametrize("who", ["chen", "qian", "zhao"])
def test_it_is_as_public_to_those_signed_in(client, cast, posted, who):
    client.force_login(getattr(cast, who))
    assert posted.sha256 in page(client, posted.get_absolute_url())


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", ["", "{code}/1/", "{code}/1.json"])
def test_it_can_only_be_read(client, posted, method, name):
    address = "/publicity/" + name.format(code=posted.compound.code)
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("tail", ["2/", "2.json", "0/"])
def test_a_number_that_was_not_given_is_not_found(client, posted, tail):
    assert client.get(f"/publicity/{posted.compound.code}/{tail}").status_code == 404


def test_a_number_belongs_to_its_compound(client, cast, posted):
    assert client.get(f"/publicity/{cast.other_compound.code}/1/").status_code == 404


def test_the_bytes_have_the_hash_on_the_page(client, posted, document):
    response = client.get(f"/publicity/{posted.compound.code}/1.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert hashlib.sha256(response.content).hexdigest() == posted.sha256
    assert json.loads(response.content) == document.as_json()


@pytest.mark.parametrize(("days", "verdict"), [(9, "未达到"), (10, "达到"), (11, "达到")])
def test_the_days_stand_beside_the_rule_and_its_verdict(
    client, cast, announce, noon, days, verdict
):
    """publicity.candidates.days in Yongjia: at least 10 (law.md §4.7, CAND-POST)."""
    rulebook.load()
    posted = announce(cast.compound, days=days)
    rule = rule_for(posted.rule_key, at_compound=cast.compound, on=noon.date())
    html = page(client, posted.get_absolute_url())
    told = html.split("公示天数</dt><dd>")[1].split("</dd>")[0]
    assert (
        re.sub("<[^>]*>", "", told).strip()
        == f"{days} 日；规定 ≥ 10 日，{verdict}依据：{rule.source}"
    )


def test_without_a_rule_the_days_stand_alone(client, cast, posted):
    html = page(client, posted.get_absolute_url())
    assert html.split("公示天数</dt><dd>")[1].split("</dd>")[0] == "7 日"


def test_a_text_changed_in_the_store_is_called_out(client, posted, monkeypatch):
    warning = "正文与发布时的校验码不符"
    assert warning not in page(client, posted.get_absolute_url())
    monkeypatch.setattr("portal.publicity.queries.is_intact", lambda publicity: False)
    assert warning in page(client, posted.get_absolute_url())


@pytest.mark.parametrize(
    ("days_on", "words"),
    [
        (-3, "公示期未起算"),
        (0, "公示第 3 日，共 7 日"),
        (4, "今天是最后一日"),
        (5, "公示期满"),
    ],
)
def test_the_page_says_where_the_clock_stands(client, posted, noon, days_on, words):
    with time_machine.travel(noon + timedelta(days=days_on), tick=False):
        assert words in page(client, posted.get_absolute_url())


@pytest.mark.parametrize(("days_on", "is_said"), [(0, True), (4, True), (5, False)])
def test_while_it_runs_it_says_how_to_disagree(client, posted, noon, days_on, is_said):
    with time_machine.travel(noon + timedelta(days=days_on), tick=False):
        assert ("对公示内容有意见的" in page(client, posted.get_absolute_url())) is is_said


def test_a_text_that_is_not_live_yet_says_so(client, cast, announce):
    html = page(client, announce(cast.compound).get_absolute_url())
    assert "已发布，尚未起算" in html


def test_hostile_words_are_printed_not_run(client, cast, announce):
    text = Document(
        HOSTILE,
        (
            Heading(HOSTILE),
            Paragraph(HOSTILE),
            Table((HOSTILE, "二", "三", "四"), ((HOSTILE, HOSTILE, "", ""),), HOSTILE),
            Facts(((HOSTILE, HOSTILE),)),
            Signature(HOSTILE, HOSTILE),
        ),
    )
    html = page(client, announce(cast.compound, text).get_absolute_url())
    assert "<script>alert" not in html
    # title, heading, paragraph, caption, header, two cells (each labelled), facts, signature …
    escaped = "&lt;script&gt;alert(&#x27;题&#x27;)&lt;/script&gt;&amp;{{ 7|add:7 }}"
    assert html.count(escaped) == 13
    assert escaped in page(client, "/publicity/")


def test_it_prints_with_a_code_to_its_own_address(client, posted):
    html = page(client, posted.get_absolute_url())
    assert f"http://testserver{posted.get_absolute_url()}" in html
    assert html.count('class="qr"') == 2


def test_the_large_type_can_be_asked_for_in_the_address(client, posted):
    assert 'class="big"' in page(client, posted.get_absolute_url(), big="1")


@pytest.mark.parametrize("rows", [1, 3])
def test_one_page_costs_the_same_however_many_there_are(
    client, cast, posted, announce, rows, django_assert_num_queries
):
    for _ in range(rows):
        announce(cast.compound)
    with django_assert_num_queries(
        6
    ):  # the text, its start, whether off, two for its rule, the site
        page(client, posted.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_one_and_three_rows(
    client, cast, posted, announce, noon, rows, django_assert_num_queries
):
    for _ in range(rows):
        actions.start_clock(announce(cast.compound), at=noon)
        announce(cast.other_compound)
        over = announce(cast.compound, days=1)
        actions.start_clock(over, at=noon - timedelta(days=9))
    with django_assert_num_queries(7):  # three lists of two, the installation
        html = page(client, "/publicity/")
    assert html.count('class="card"') == 3 * rows + 1


def test_an_empty_list_says_why(client, db):
    assert "现在没有正在进行的公示" in page(client, "/publicity/")
