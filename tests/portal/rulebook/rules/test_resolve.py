"""Of several rules of one key, the narrowest region in force on the day wins."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rulebook.rules.regions import NAMES, chain, name_of
from portal.rulebook.rules.resolve import in_force


@dataclass(frozen=True)
class One:
    region: str
    effective_from: date = date(2021, 1, 1)
    effective_to: date | None = None


COUNTRY, PROVINCE, CITY, COUNTY = map(One, ["cn", "zj", "zj.wenzhou", "zj.wenzhou.yongjia"])
OTHER_CITY, OTHER_PROVINCE = One("zj.hangzhou"), One("js")
EVERYWHERE = [OTHER_CITY, COUNTY, COUNTRY, OTHER_PROVINCE, CITY, PROVINCE]
DAY = date(2026, 11, 24)


def test_the_chain_runs_from_the_country_down():
    assert chain("zj.wenzhou.yongjia") == ("cn", "zj", "zj.wenzhou", "zj.wenzhou.yongjia")
    assert (chain("js"), chain("cn")) == (("cn", "js"), ("cn",))


def test_a_region_is_named_or_stands_for_itself():
    assert (name_of("zj.wenzhou.yongjia"), name_of("zj.wenzhou.leqing")) == (
        "永嘉县",
        "zj.wenzhou.leqing",
    )


def test_every_region_named_lies_in_regions_that_can_be_spoken_of():
    homes = [step for region in NAMES if region.startswith("zj") for step in chain(region)]
    assert set(homes) - set(NAMES) == set()


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("zj.wenzhou.yongjia", COUNTY),
        ("zj.wenzhou.leqing", CITY),
        ("zj.wenzhou", CITY),
        ("zj.ningbo.cixi", PROVINCE),
        ("zj.hangzhou", OTHER_CITY),
        ("js.nanjing", OTHER_PROVINCE),
        ("fj", COUNTRY),
        ("cn", COUNTRY),
    ],
)
def test_the_narrowest_region_wins(region, found):
    assert in_force(EVERYWHERE, region=region, on=DAY) == found


def test_a_region_of_a_like_name_is_another():
    assert in_force([One("zj.wen"), COUNTRY], region="zj.wenzhou", on=DAY) == COUNTRY


def test_where_nothing_is_in_force_there_is_none():
    assert in_force([OTHER_CITY], region="zj.wenzhou", on=DAY) is None
    assert in_force([], region="cn", on=DAY) is None


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2021, 8, 31), False),
        (date(2021, 9, 1), True),
        (date(2022, 2, 28), True),
        (date(2022, 3, 1), False),
    ],
)
def test_first_and_last_day_are_both_in_force(on, holds):
    one = One("cn", date(2021, 9, 1), date(2022, 2, 28))
    assert (in_force([one], region="cn", on=on) == one) is holds


def test_a_local_rule_that_ended_gives_way_to_the_law_above():
    old = One("zj", date(2009, 11, 27), date(2020, 12, 31))
    candidates = [old, COUNTRY]
    assert in_force(candidates, region="zj", on=date(2020, 12, 31)) == old
    assert in_force(candidates, region="zj", on=date(2021, 1, 1)) == COUNTRY


@given(st.permutations(EVERYWHERE), st.sampled_from(sorted(NAMES)))
def test_the_order_of_candidates_decides_nothing(candidates, region):
    assert in_force(candidates, region=region, on=DAY) == in_force(
        EVERYWHERE, region=region, on=DAY
    )
