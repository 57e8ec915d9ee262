"""Anybody may read the book: its list as of a day, and each key with its history."""

from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import reverse

from portal.rulebook import views
from portal.rulebook.models import Rule, value_in_words
from tests.factories.rulebook import entries

LIST = "/rules/"
ORDINARY = "/rules/voting.ordinary/"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield


class Table(HTMLParser):
    """The rows of all tables: (id, cells) with the text of each cell."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.in_cell = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append((dict(attrs).get("id"), []))
        if tag in {"td", "th"}:
            self.rows[-1][1].append("")
            self.in_cell = True

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self.in_cell = False

    def handle_data(self, data):
        if self.in_cell:
            self.rows[-1][1][-1] += data


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def rows(client, address=LIST, **query):
    found = Table(page(client, address, **query)).rows
    return [(anchor, cells) for anchor, cells in found if cells[0] not in {"规则", "地区"}]


def row(client, key, **query):
    return next(cells for anchor, cells in rows(client, **query) if anchor == key)


def test_the_list_shows_each_rule_that_holds_at_home_once(client, rulebook):
    anchors = [anchor for anchor, _cells in rows(client)]
    assert len(anchors) == len(set(anchors)) > 250
    assert None not in anchors


def test_a_row_shows_value_source_region_day_and_confidence(client, rulebook):
    assert row(client, "voting.participation") == [
        "参与表决的业主占全体业主的比例",
        "≥ 2/3（占全体业主）",
        "《民法典》第278条第2款",
        "全国",
        "2021年1月1日",
        "高",
    ]
    assert row(client, "committee.notice.days") == [
        "业委会会议前公布议题",
        "≥ 3 日默认取 ≥ 7 日",
        "《浙江省物业管理条例》第14条",
        "浙江省",
        "2006年10月1日",
        "中",
    ]
    assert row(client, "fire.retention.duty.years")[5] == "高，未核对原文"


def test_subjects_head_their_rules_in_the_order_of_the_book(client, rulebook):
    html = page(client, LIST)
    heads = ["表决门槛与投票", "公示期", "任期与换届", "党员比例目标", "消防安全管理", "灭火器"]
    places = [html.index(f"<h2>{head}</h2>") for head in heads]
    assert places == sorted(places)


def test_the_day_asked_for_turns_the_book_back(client, rulebook):
    assert row(client, "voting.special", on="2020-12-31")[1] == "≥ 2/3（占全体业主）"
    assert row(client, "voting.special", on="2020-12-31")[4] == "2009年11月27日 至 2020年12月31日"
    assert row(client, "voting.special", on="2021-01-01")[1] == "≥ 3/4（占参与表决业主）"


def test_a_region_shows_what_holds_there(client, rulebook):
    assert row(client, "voting.days.min", region="zj.hangzhou")[2] == "《杭州市物业管理条例》第20条"
    assert row(client, "voting.days.min", region="zj.wenzhou")[2] == "平台默认"
    assert row(client, "party.share.target", region="js")[1] == "≥ 1/2"
    keys = {anchor for anchor, _cells in rows(client, region="zj.hangzhou")}
    assert "party.share.target" not in keys


def test_all_regions_stand_side_by_side_with_one_anchor_a_key(client, rulebook, noon):
    found = rows(client, region="all")
    assert len(found) == Rule.objects.in_force(noon.date()).count()
    anchors = [anchor for anchor, _cells in found if anchor]
    assert len(anchors) == len(set(anchors))
    targets = [cells[3] for _anchor, cells in found if cells[0] == "业委会委员中党员占比目标"]
    assert targets == ["永嘉县", "江苏省", "深圳市", "晋江市"]


@pytest.mark.parametrize("word", ["候补", "voting.ordinary", "第278条", " 第278条 "])
def test_a_word_is_looked_for_in_key_title_source_and_words(client, rulebook, word):
    assert rows(client, word=word, region="all") != []


def test_a_word_does_not_bring_back_a_rule_that_a_nearer_one_replaced(client, rulebook):
    """The province's text of a rule of which Wenzhou has its own is not in force there."""
    found = {cells[2] for _anchor, cells in rows(client, word="浙江省物业管理条例")}
    assert "《浙江省物业管理条例》第13条" not in found
    assert "《浙江省物业管理条例》第8条" in found


def test_nothing_found_says_so_and_what_to_do(client, rulebook):
    html = page(client, LIST, word="没有这样的规则")
    assert "没有找到规则" in html
    assert rows(client, word="没有这样的规则") == []


def test_a_word_is_printed_as_text(client, rulebook):
    html = page(client, LIST, word="<script>alert(1)</script>")
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize("query", [{"on": "2026-02-30"}, {"region": "mars"}, {"word": "长" * 61}])
def test_a_filter_that_cannot_be_read_is_named_and_set_aside(client, rulebook, query):
    html = page(client, LIST, **query)
    assert 'aria-invalid="true"' in html
    assert len(rows(client, **query)) == len(rows(client))


def test_every_key_of_the_book_has_a_page(client, rulebook):
    for key in {entry.key for entry in entries()}:
        assert client.get(reverse("rulebook:rule", kwargs={"key": key})).status_code == 200


def test_a_rules_page_shows_what_holds_and_all_that_was_said(client, rulebook):
    html = page(client, ORDINARY)
    assert "2026年11月24日在永嘉县：" in html
    found = [cells[:4] for _anchor, cells in rows(client, ORDINARY)]
    assert found == [
        ["全国", "> 1/2（占参与表决业主）", "《民法典》第278条第2款", "2021年1月1日 起"],
        [
            "浙江省",
            "> 1/2（占全体业主）",
            "《浙江省物业管理条例》第9条、第10条",
            "2009年11月27日 至 2020年12月31日",
        ],
        [
            "全国",
            "> 1/2（占全体业主）",
            "《物业管理条例》第12条",
            "2007年10月1日 至 2020年12月31日",
        ],
    ]


def test_a_rule_that_does_not_hold_at_home_is_shown_for_comparison(client, rulebook):
    html = page(client, "/rules/voting.roll-database.days/")
    assert "2026年11月24日在永嘉县没有这条规则" in html
    assert [cells[0] for _anchor, cells in rows(client, "/rules/voting.roll-database.days/")] == [
        "珠海市"
    ]


def test_a_rule_to_come_is_announced(client, rulebook):
    with time_machine.travel("2025-12-31 12:00+08:00", tick=False):
        html = page(client, "/rules/security.logs.months/")
        assert "将要施行" in html
    assert "将要施行" not in page(client, "/rules/security.logs.months/")


def test_a_key_that_the_book_lacks_is_not_found(client, rulebook):
    assert client.get("/rules/moon.phase/").status_code == 404


@pytest.mark.parametrize("address", [LIST, ORDINARY])
def test_the_book_is_only_read(client, rulebook, address):
    assert [getattr(client, verb)(address).status_code for verb in ("post", "put", "delete")] == [
        405
    ] * 3
    assert client.head(address).status_code == 200


def test_the_views_name_the_rule_they_ask():
    asked = {rule.__name__ for view in (views.rules, views.rule) for rule in view.rules}
    assert asked == {"may_anyone_read_rules"}


@pytest.mark.parametrize("view", ["rules", "rule"])
def test_the_rule_that_is_asked_decides(client, rulebook, view, monkeypatch):
    monkeypatch.setattr(views.permissions, "may_anyone_read_rules", lambda _user: False)
    assert client.get({"rules": LIST, "rule": ORDINARY}[view]).status_code == 403


@pytest.mark.parametrize("address", [LIST, ORDINARY])
def test_three_rows_cost_what_one_does(client, db, address, django_assert_max_num_queries):
    made = [
        Rule(**{name: getattr(entry, name) for name in entry.__dataclass_fields__})
        for entry in entries()
        if entry.key == "voting.ordinary"
    ]
    assert len(made) == 3
    client.get(address)  # whatever a first page caches
    counts = []
    for some in (made[:1], made[1:]):
        Rule.objects.bulk_create(some)
        with django_assert_max_num_queries(10) as seen:
            client.get(address, {"region": "all"})
        counts.append(
            [query["sql"] for query in seen.captured_queries if "rulebook" in query["sql"]]
        )
    assert [len(count) for count in counts] == [1, 1]


@pytest.mark.parametrize(
    ("value", "operator", "unit", "words"),
    [
        ("2/3", ">=", "share", "≥ 2/3"),
        ("1/2", ">", "share-of-participants", "> 1/2（占参与表决业主）"),
        ("30", "<=", "days", "≤ 30 日"),
        ("1/3", "<", "share", "< 1/3"),
        ("50000", ">=", "yuan", "≥ 50,000 元"),
        ("9999", "<=", "yuan", "≤ 9999 元"),
        ("24", "=", "hours", "24 小时"),
        ("1", "=", "yes", "是"),
        ("0", "=", "yes", "否"),
        ("7‰", ">=", "share", "≥ 7‰"),
        ("5", ">=", "furlongs", "≥ 5 furlongs"),
    ],
)
def test_a_value_is_put_in_words(value, operator, unit, words):
    assert value_in_words(value, operator, unit) == words
