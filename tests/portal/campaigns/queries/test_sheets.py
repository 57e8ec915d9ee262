"""An entry item by item, and its total in words: nothing rounded up, nothing left out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.campaigns import actions
from portal.campaigns.models import Submission
from portal.campaigns.queries import entries
from portal.campaigns.queries.sheets import NOTHING, sections_of, summary_of
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.rules.record import standard_of
from portal.campaigns.rules.standard import Scorer
from portal.campaigns.rules.total import total
from tests.costs import cost_of
from tests.factories import campaigns

STANDARD = standard_of(standard_values()["default"])
MOST = {item.code: item.most for item in STANDARD.items}


def sections(run):
    standard, submission = standard_in(run.campaign), Submission.objects.get()
    scorings, reckoned = entries.latest_scorings(run.entry), entries.total_of(run.entry)
    return sections_of(run.entry, standard, submission, scorings, reckoned)


def lines(run):
    return {line.item.code: line for section in sections(run) for line in section.lines}


def test_every_item_of_the_standard_stands_in_its_order_with_what_was_said_of_it(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    found = lines(run)
    assert list(found) == list(MOST)
    assert {line.own for line in found.values()} == {str(most // 10) for most in MOST.values()}
    assert {line.words for line in found.values()} == {"见材料"}
    told = {code for code, line in found.items() if line.record}
    assert told == {item.code for item in STANDARD.items if item.source}


def test_each_level_stands_beside_the_item_in_the_order_of_the_levels(cast):
    run = campaigns.scored(cast.compound, cast.wang, fire__drill=15)
    drill = lines(run)["fire.drill"]
    assert [(one.by, one.points) for one in drill.given] == [
        ("社区", "6"),
        ("街道（乡镇）", "6"),
        ("县级", "1.5"),
    ]
    assert [drill.given_by(one) for one in Scorer] == ["6", "6", "1.5"]


def test_a_level_that_has_not_scored_gave_nothing(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    drill = lines(run)["fire.drill"]
    assert [drill.given_by(one) for one in Scorer] == ["6", NOTHING, NOTHING]
    assert {section.points for section in sections(run)} == {NOTHING}


def test_only_the_last_scoring_of_a_level_stands_beside_the_item(cast):
    run = campaigns.scored(cast.compound, cast.wang, fire__drill=0)
    run.score(Scorer.COUNTY, fire__drill=25)
    assert lines(run)["fire.drill"].given_by(Scorer.COUNTY) == "2.5"
    assert sum(Fraction(one.points) for one in sections(run)) == Fraction("96.5")


def test_files_stand_beside_their_own_item_in_the_order_of_their_coming(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = [campaigns.attach(cast.compound, cast.wang)]
    actions.submit_entry(run.entry, by=cast.wang.pk, at=campaigns.OPENED)
    found = lines(run)
    assert found["party.branch"].files == attached
    assert [code for code, line in found.items() if line.files] == ["party.branch"]


def test_the_sections_cost_one_query_whatever_was_scored(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    standard, submission = standard_in(run.campaign), Submission.objects.get()
    entry, reckoned = run.entry, entries.total_of(run.entry)
    scorings = entries.latest_scorings(entry)
    assert cost_of(lambda: sections_of(entry, standard, submission, scorings, reckoned)) == 1


marks = st.fixed_dictionaries({code: st.integers(0, most) for code, most in MOST.items()})


@given(marks)
def test_what_is_short_of_the_next_level_is_enough_to_reach_it_and_no_tenth_too_much(scores):
    reckoned = total(STANDARD, {Scorer.COUNTY: scores})
    summary = summary_of(STANDARD, reckoned)
    if reckoned.next_level is None:
        assert summary.short == summary.next_level == ""
        return
    bar = reckoned.next_level.at_least * 10
    short = int(Fraction(summary.short) * 10)
    assert reckoned.tenths + short >= bar > reckoned.tenths + short - 1
    assert summary.next_level == reckoned.next_level.title


def test_a_part_of_a_tenth_that_is_short_is_shown_as_a_whole_tenth():
    """A third of a tenth below the bar is not shown as nothing short."""
    thirds = standard_of(
        standard_values()["default"]
        | {"weight": [{"scorer": "street", "share": "1/3"}, {"scorer": "county", "share": "2/3"}]}
    )
    lost = MOST | {"fire.checks": 0, "fire.drill": MOST["fire.drill"] - 20}
    reckoned = total(thirds, {Scorer.STREET: lost | {"fire.drill": 39}, Scorer.COUNTY: lost})
    assert reckoned.tenths.denominator == 3
    summary = summary_of(thirds, reckoned)
    assert Fraction(summary.short) * 10 >= reckoned.short
    assert Fraction(summary.points) * 10 <= reckoned.tenths


@pytest.mark.parametrize("veto", [(), ("funds",), ("accident", "funds")])
def test_a_summary_names_every_veto_every_level_that_lacks_scores_and_the_points(veto):
    some = dict(list(MOST.items())[:-2])
    summary = summary_of(STANDARD, total(STANDARD, {Scorer.COUNTY: some}, vetoes=veto))
    titles = {one.code: one.title for one in STANDARD.vetoes}
    assert summary.vetoes == [titles[code] for code in veto]
    assert (summary.points, summary.of, summary.missing) == (NOTHING, 100, [("县级", 2)])


def test_a_summary_says_what_each_level_gave_though_only_one_counts(cast):
    run = campaigns.scored(cast.compound, cast.wang, fire__drill=0)
    summary = summary_of(standard_in(run.campaign), entries.total_of(run.entry))
    assert summary.scorers == [("社区", "100"), ("街道（乡镇）", "100"), ("县级", "94")]
    assert (summary.points, summary.level) == ("94", "五星级")
