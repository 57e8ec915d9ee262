"""Anybody may read the book: its list as of a day, and each key with its history."""

import pytest
import time_machine
from bs4 import BeautifulSoup
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


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def lines(client, **query):
    """The lines of the list: (anchor, title, value, facts)."""
    return [
        (
            item.get("id"),
            item.select_one(".card-title").get_text(),
            item.strong.get_text(),
            item.select_one(".card-facts").get_text().split(" · "),
        )
        for item in page(client, LIST, **query).select(".card-list > li")
    ]


def line(client, key, **query):
    return next(rest for anchor, *rest in lines(client, **query) if anchor == key)


def rows(client, address):
    """The rows of a rule's tables: region, value, source, days."""
    return [
        [cell.get_text() for cell in row.select("th, td")[:4]]
        for row in page(client, address).select("tbody tr")
    ]


def test_the_list_shows_each_rule_that_holds_at_home_once(client, rulebook):
    anchors = [anchor for anchor, *_rest in lines(client)]
    assert len(anchors) == len(set(anchors)) > 300
    assert None not in anchors


def test_a_line_shows_value_source_region_day_and_confidence(client, rulebook):
    assert line(client, "voting.participation") == [
        "参与表决的业主占全体业主的比例",
        "≥ 2/3（占全体业主）",
        ["《民法典》第278条第2款", "全国", "2021年1月1日起", "可信度高"],
    ]
    assert line(client, "committee.notice.days") == [
        "业委会会议前公布议题",
        "≥ 3 日",
        [
            "小区未自定时取 ≥ 7 日",
            "《浙江省物业管理条例》第14条",
            "浙江省",
            "2006年10月1日起",
            "可信度中",
            "仅供参考",
        ],
    ]
    assert line(client, "fire.retention.duty.years")[2][-2] == "可信度高，未核对原文"
    assert line(client, "party.share.target")[2][-1] == "可信度低"


def test_subjects_head_their_rules_in_the_order_of_the_book(client, rulebook):
    heads = [head.get_text() for head in page(client, LIST, region="all").select("main h2")]
    assert heads == list(dict.fromkeys(entry.subject for entry in entries()))


def test_every_subject_can_be_jumped_to(client, rulebook):
    found = page(client, LIST)
    for door in found.select("a.door"):
        assert found.find(id=door["href"].removeprefix("#")).h2.get_text() == door.get_text()


def test_the_day_asked_for_turns_the_book_back(client, rulebook):
    _title, value, facts = line(client, "voting.special", on="2020-12-31")
    assert (value, facts[2:4]) == (
        "≥ 2/3（占全体业主）",
        ["2009年11月27日起", "2020年12月31日止"],
    )
    assert line(client, "voting.special", on="2021-01-01")[1] == "≥ 3/4（占参与表决业主）"


def test_a_region_shows_what_holds_there(client, rulebook):
    told = {
        region: line(client, "voting.days.min", region=region)[2][0]
        for region in ("zj.hangzhou", "zj.wenzhou")
    }
    assert told == {"zj.hangzhou": "《杭州市物业管理条例》第20条", "zj.wenzhou": "平台默认"}
    assert line(client, "party.share.target", region="js")[1] == "≥ 1/2"
    keys = {anchor for anchor, *_rest in lines(client, region="zj.hangzhou")}
    assert "party.share.target" not in keys


def test_all_regions_stand_side_by_side_with_one_anchor_a_key(client, rulebook, noon):
    found = lines(client, region="all")
    assert len(found) == Rule.objects.in_force(noon.date()).count()
    anchors = [anchor for anchor, *_rest in found if anchor]
    assert len(anchors) == len(set(anchors))
    targets = [
        facts[1] for _anchor, title, _value, facts in found if title.startswith("业委会委员中")
    ]
    assert targets == ["永嘉县", "江苏省", "深圳市", "晋江市"]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("候补", "party.count-alternates"),
        ("voting.ordinary", "voting.ordinary"),
        ("第278条", "voting.special"),
        (" 第278条 ", "voting.special"),
        ("灭火器", "extinguisher.top.cm"),
        ("弃权算参与", "voting.participation"),
    ],
)
def test_a_word_is_looked_for_in_key_title_subject_source_and_words(client, rulebook, word, key):
    found = {anchor for anchor, *_rest in lines(client, word=word)}
    assert key in found
    assert len(found) < len(lines(client)) / 4


def test_a_word_does_not_bring_back_a_rule_that_a_nearer_one_replaced(client, rulebook):
    """The province's text of a rule of which Wenzhou has its own does not hold there."""
    sources = {facts[0] for *_rest, facts in lines(client, word="浙江省物业管理条例")}
    assert "《浙江省物业管理条例》第13条" not in sources
    assert "《浙江省物业管理条例》第8条" in sources


def test_nothing_found_says_so_and_what_to_do(client, rulebook):
    found = page(client, LIST, word="没有这样的规则")
    assert (found.select(".card-list"), found.select("main h2")) == ([], [])
    assert "没有找到规则" in found.get_text()


def test_a_word_is_printed_as_text(client, rulebook):
    found = page(client, LIST, word="<b>甲</b>")
    assert found.find("input", {"name": "word"})["value"] == "<b>甲</b>"
    assert found.main.find("b") is None


@pytest.mark.parametrize(
    "query", [{"on": "2026-02-30"}, {"region": "mars"}, {"word": "长" * 61}, {"word": "\x00"}]
)
def test_a_filter_that_cannot_be_read_is_named_and_set_aside(client, rulebook, query):
    found = page(client, LIST, **query)
    assert [wrong["name"] for wrong in found.select("[aria-invalid=true]")] == list(query)
    assert lines(client, **query) == lines(client)


def test_what_the_address_leaves_out_is_home_and_today(client, rulebook):
    found = page(client, LIST, word="", region="", on="")
    assert found.find("option", selected=True)["value"] == "zj.wenzhou.yongjia"
    assert found.find("input", {"name": "on"})["value"] == "2026-11-24"
    assert not found.select("[aria-invalid=true]")


def test_every_key_of_the_book_has_a_page(client, rulebook):
    for key in sorted({entry.key for entry in entries()})[::7]:
        assert client.get(reverse("rulebook:rule", kwargs={"key": key})).status_code == 200


def test_a_rules_page_shows_what_holds_and_all_that_was_said(client, rulebook):
    assert "2026年11月24日在永嘉县：> 1/2（占参与表决业主）" in page(client, ORDINARY).get_text()
    assert rows(client, ORDINARY) == [
        ["全国", "> 1/2（占参与表决业主）", "《民法典》第278条第2款", "2021年1月1日起"],
        [
            "浙江省",
            "> 1/2（占全体业主）",
            "《浙江省物业管理条例》第9条、第10条",
            "2009年11月27日起 2020年12月31日止",
        ],
        [
            "全国",
            "> 1/2（占全体业主）",
            "《物业管理条例》第12条",
            "2007年10月1日起 2020年12月31日止",
        ],
    ]


def test_a_rule_that_does_not_hold_at_home_is_shown_for_comparison(client, rulebook):
    address = "/rules/voting.roll-database.days/"
    assert "2026年11月24日在永嘉县没有这条规则" in page(client, address).get_text()
    assert [cells[0] for cells in rows(client, address)] == ["珠海市"]


def test_a_rule_to_come_is_announced(client, rulebook):
    address = "/rules/security.logs.months/"
    with time_machine.travel("2025-12-31T12:00:00+08:00", tick=False):
        heads = [head.get_text() for head in page(client, address).select("main h2")]
    assert heads == ["将要施行", "已经失效"]
    assert [head.get_text() for head in page(client, address).select("main h2")] == [
        "各地现行",
        "已经失效",
    ]


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


def test_a_rule_for_reference_only_says_so_on_its_page_and_in_the_list(client, rulebook):
    for key, is_reference in (("committee.filing.days", True), ("meeting.notice.days", False)):
        said = page(client, f"/rules/{key}/").get_text()
        assert ("本站目前不按这个数值判断" in said) is is_reference
        assert ("仅供参考" in line(client, key)[2]) is is_reference
