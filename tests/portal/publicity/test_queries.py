"""Which publicities run, wait or are over at a moment."""

from datetime import timedelta

import pytest

from portal.publicity import actions, queries
from portal.publicity.documents import Document
from portal.publicity.rules.clock import Phase


@pytest.fixture
def hung(announce, noon):
    """Announce and hang a text with this title, live `ago` before noon."""

    def hung_(compound, title, *, ago=timedelta(0), **facts):
        made = announce(compound, Document(title, ()), at=noon - ago, **facts)
        actions.start_clock(made, at=noon - ago)
        return made

    return hung_


def titles(found):
    return [posted.publicity.title for posted in found]


def test_what_runs_stands_in_the_order_of_its_end(cast, announce, hung, noon):
    hung(cast.compound, "七日", days=7)
    hung(cast.other_compound, "三日", days=3)
    hung(cast.compound, "已满", days=1, ago=timedelta(days=2))
    announce(cast.compound, Document("未上线", ()))
    assert titles(queries.running(noon)) == ["三日", "七日"]
    assert titles(queries.running(noon, compound=cast.compound)) == ["七日"]
    assert titles(queries.running(noon, limit=1)) == ["三日"]


def test_it_runs_until_24_of_its_last_day_and_not_a_moment_longer(cast, hung, noon):
    hung(cast.compound, "一日", days=1)
    ends_at = noon.replace(hour=0) + timedelta(days=2)
    last_moment = ends_at - timedelta(microseconds=1)
    assert titles(queries.running(last_moment)) == ["一日"]
    assert titles(queries.over(last_moment, limit=9)) == []
    assert titles(queries.running(ends_at)) == []
    assert titles(queries.over(ends_at, limit=9)) == ["一日"]


def test_what_is_not_live_yet_waits(cast, announce, hung, noon):
    announce(cast.compound, Document("等待", ()))
    hung(cast.compound, "已上线")
    assert titles(queries.waiting(noon)) == ["等待"]
    assert [posted.state.phase for posted in queries.waiting(noon)] == [Phase.ANNOUNCED]


def test_the_latest_come_first_whatever_their_state(cast, announce, hung, noon):
    hung(cast.compound, "旧", ago=timedelta(days=30))
    hung(cast.other_compound, "中", ago=timedelta(days=2))
    announce(cast.compound, Document("新", ()))
    assert titles(queries.latest(noon, limit=2)) == ["新", "中"]
    assert titles(queries.latest(noon, limit=2, compound=cast.compound)) == ["新", "旧"]


def test_a_case_has_its_publicities_in_the_order_of_their_numbers(cast, announce, noon):
    for compound, case, title in [
        (cast.compound, "2026-1", "一"),
        (cast.compound, "2026-2", "另案"),
        (cast.other_compound, "2026-1", "别处"),
        (cast.compound, "2026-1", "二"),
    ]:
        announce(compound, Document(title, ()), case=case)
    assert titles(queries.of_case(cast.compound, "2026-1", noon)) == ["一", "二"]


def test_a_stored_text_that_differs_from_its_hash_is_seen(cast, announce):
    made = announce(cast.compound)
    assert queries.is_intact(made)
    made.body[0]["text"] = "改动一个字"
    assert not queries.is_intact(made)


@pytest.mark.parametrize("rows", [1, 3])
def test_every_list_costs_two_queries(cast, hung, noon, django_assert_num_queries, rows):
    for _ in range(rows):
        hung(cast.compound, "题")
        hung(cast.other_compound, "满", days=1, ago=timedelta(days=9))
    for ask in (
        lambda: queries.running(noon),
        lambda: queries.over(noon, limit=9),
        lambda: queries.latest(noon, limit=9),
        lambda: queries.of_case(cast.compound, "2026-1", noon),
    ):
        with django_assert_num_queries(2):
            assert [posted.publicity.compound.name for posted in ask()] != []
