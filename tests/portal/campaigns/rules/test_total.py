"""The total against a slow oracle, its edges, and the exported value it is reckoned from again."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.campaigns.rules.record import agrees, exported, recomputed
from portal.campaigns.rules.standard import Scorer, read_standard
from portal.campaigns.rules.total import Missing, Outcome, total
from portal.campaigns.rules.words import points_words
from portal.tools.chain.canonical import canonical

WEIGHTS = [("community", "1/5"), ("street", "3/10"), ("county", "1/2")]


def value(points=((60, 25), (15,)), weights=(("county", "1"),)):
    """A standard of these points by heading; 100 together."""
    headings = [
        {
            "code": f"h{place}",
            "title": f"项目{place}",
            "rule": "",
            "item": [
                {
                    "code": f"h{place}.{number}",
                    "title": f"内容{place}.{number}",
                    "points": most,
                    "evidence": "upload",
                    "words": "看材料",
                }
                for number, most in enumerate(items)
            ],
        }
        for place, items in enumerate(points)
    ]
    levels = [("first", "五星", 90), ("second", "四星", 80), ("third", "三星", 70)]
    return {
        "name": "标准",
        "version": "1",
        "source": "试验",
        "points": sum(map(sum, points)),
        "heading": headings,
        "veto": [{"code": "fire", "title": "火灾"}, {"code": "money", "title": "挪用"}],
        "level": [
            {"code": code, "title": title, "at_least": least, "rule": ""}
            for code, title, least in levels
        ],
        "weight": [{"scorer": who, "share": share} for who, share in weights],
    }


STANDARD = read_standard(value(), sources=())
ALL = {"h0.0": 600, "h0.1": 250, "h1.0": 150}


def county(**changes):
    return {Scorer.COUNTY: ALL | {key.replace("_", "."): v for key, v in changes.items()}}


@pytest.mark.parametrize(
    ("lost", "level"),
    [
        (0, "first"),
        (100, "first"),
        (101, "second"),
        (200, "second"),
        (201, "third"),
        (300, "third"),
    ],
)
def test_a_level_is_reached_at_its_number_and_not_a_tenth_below(lost, level):
    found = total(STANDARD, county(h0_0=600 - lost))
    assert found.tenths == 1000 - lost
    assert (found.level.code if found.level else None) == level
    assert found.outcome is (Outcome.REACHED if level else Outcome.BELOW)


def test_what_is_missing_is_named_item_by_item_and_there_is_no_total():
    found = total(STANDARD, {Scorer.COUNTY: {"h0.0": 600, "h1.0": 151}})
    assert found.missing == (Missing(Scorer.COUNTY, "h0.1"), Missing(Scorer.COUNTY, "h1.0"))
    assert (found.outcome, found.tenths, found.level) == (Outcome.INCOMPLETE, None, None)


def test_a_veto_outranks_every_score_and_the_points_stay_known():
    found = total(STANDARD, county(), vetoes=["money"])
    assert (found.outcome, found.level, found.vetoes) == (Outcome.VETOED, None, ("money",))
    assert found.tenths == 1000


def test_a_veto_that_the_standard_does_not_have_is_refused():
    with pytest.raises(ValueError, match="no veto"):
        total(STANDARD, county(), vetoes=["rain"])


def test_a_scorer_without_a_share_is_not_waited_for():
    assert total(STANDARD, county()).missing == ()


def test_how_much_is_short_of_the_next_level_is_told():
    found = total(STANDARD, county(h0_0=405))
    assert (found.tenths, found.next_level.code, found.short) == (805, "first", 95)
    assert total(STANDARD, county()).next_level is None


items = st.lists(st.lists(st.integers(1, 40), min_size=1, max_size=4), min_size=1, max_size=4)


@st.composite
def scored(draw):
    points = draw(items)
    weights = draw(st.sampled_from([WEIGHTS, [("county", "1")]]))
    made = value([tuple(row) for row in points], weights)
    made["level"] = [{"code": "only", "title": "达标", "at_least": 1, "rule": ""}]
    most = {one["code"]: one["points"] * 10 for row in made["heading"] for one in row["item"]}
    given_ = {}
    for scorer in Scorer:
        mark = {code: draw(st.integers(0, limit)) for code, limit in most.items()}
        dropped = draw(st.sets(st.sampled_from(sorted(most)), max_size=1))
        given_[scorer] = {code: tenths for code, tenths in mark.items() if code not in dropped}
    vetoes = draw(st.sets(st.sampled_from(["fire", "money"])))
    return made, given_, sorted(vetoes)


@given(scored())
def test_the_total_is_the_weighted_sum_an_oracle_adds_up_in_hundred_thousandths(case):
    made, given_, vetoes = case
    found = total(read_standard(made, sources=()), given_, vetoes=vetoes)
    codes = [one["code"] for row in made["heading"] for one in row["item"]]
    shares = {row["scorer"]: int(Fraction(row["share"]) * 10) for row in made["weight"]}
    gaps = [(who, code) for who in shares for code in codes if code not in given_[Scorer(who)]]
    assert {(one.scorer.value, one.item) for one in found.missing} == set(gaps)
    if gaps:
        assert found.tenths is None
    else:
        summed = sum(shares[who] * given_[Scorer(who)][code] for who in shares for code in codes)
        assert found.tenths == Fraction(summed, 10)
        assert sum(found.headings.values()) == found.tenths
    expected = "vetoed" if vetoes else "incomplete" if gaps else None
    assert expected is None or found.outcome.value == expected


@given(scored())
def test_an_exported_entry_recomputes_to_its_own_total_and_no_other(case):
    made, given_, vetoes = case
    reckoned = total(read_standard(made, sources=()), given_, vetoes=vetoes)
    entry = exported({"self": {}}, made, given_, vetoes=vetoes, reckoned=reckoned)
    canonical(entry)
    assert recomputed(entry) == reckoned
    assert agrees(entry)
    entry["total"] = {**entry["total"], "tenths": "99999"}
    assert not agrees(entry)


def test_another_form_is_not_read():
    with pytest.raises(ValueError, match="campaign-entry/1"):
        recomputed({"format": "campaign-entry/2"})


@pytest.mark.parametrize(
    ("tenths", "words"),
    [(900, "90"), (875, "87.5"), (Fraction(8999, 10), "89.9"), (0, "0"), (5, "0.5")],
)
def test_points_are_cut_and_never_rounded_up(tenths, words):
    assert points_words(tenths) == words


def test_a_tenth_below_the_lowest_level_reaches_none():
    found = total(STANDARD, county(h0_0=299))
    assert (found.tenths, found.level, found.outcome) == (699, None, Outcome.BELOW)
