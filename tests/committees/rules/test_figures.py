"""The published figures of a vote against the law of their day: format result-figures/1."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from committees.queries.laws import law_of
from committees.rules.figures import Code, judge
from committees.rules.figures_form import from_value
from committees.rules.thresholds import GateName, Measure

CASES = json.loads(
    (Path(__file__).parents[2] / "data" / "figures" / "published-results.json").read_text("utf-8")
)["cases"]
NOW, THEN = "2023-01-01", "2020-12-31"


def found(**fields):
    """The finding on figures: an ordinary matter of 2023 unless told otherwise."""
    value = {"format": "result-figures/1", "decided_on": NOW, "bar": "ordinary"} | fields
    figures = from_value(value)
    return judge(figures, law_of(figures.decided_on, figures.bar).law)


def heads(number):
    return {"heads": number}


def both(number, area=None):
    return {"heads": number, "area": f"{number}.00" if area is None else area}


def codes(finding):
    return [flag.code.value for flag in finding.flags]


def answers(finding, gate):
    return tuple(finding.answer(GateName(gate), measure).value for measure in Measure)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["figures"]["title"])
def test_a_published_case_gives_the_finding_expected(case):
    finding = found(**case["figures"])
    seen = {
        gate.value: {measure.value: finding.answer(gate, measure).value for measure in Measure}
        for gate in GateName
    }
    assert seen | {"verdict": finding.verdict.value, "flags": codes(finding)} == case["expect"]


@pytest.mark.parametrize(
    ("day", "bar", "agree", "answer"),
    [
        (NOW, "ordinary", 30, "not-met"),  # of 60 that took part
        (NOW, "ordinary", 31, "met"),
        (NOW, "special", 44, "not-met"),
        (NOW, "special", 45, "met"),
        ("2021-01-01", "ordinary", 31, "met"),
        (THEN, "ordinary", 45, "not-met"),  # of 90 in all
        (THEN, "ordinary", 46, "met"),
        (THEN, "special", 59, "not-met"),
        (THEN, "special", 60, "met"),
        ("1999-12-31", "special", 60, "met"),
    ],
)
def test_agreement_is_measured_by_the_law_of_the_day(day, bar, agree, answer):
    options = {"agree": both(agree), "against": both(60 - agree)}
    finding = found(decided_on=day, bar=bar, roll=both(90), participated=both(60), options=options)
    assert answers(finding, "agreement") == (answer, answer)


@pytest.mark.parametrize(
    ("day", "took", "answer"),
    [(NOW, 59, "not-met"), (NOW, 60, "met"), (THEN, 45, "not-met"), (THEN, 46, "met")],
)
def test_participation_is_measured_by_the_law_of_the_day(day, took, answer):
    finding = found(decided_on=day, roll=both(90), participated=both(took))
    assert answers(finding, "participation") == (answer, answer)


def test_both_measures_are_judged_by_themselves():
    finding = found(roll=both(90, "100"), participated=both(60, "66.66"))
    assert answers(finding, "participation") == ("met", "not-met")
    assert finding.verdict == "not-passed"


def test_what_was_deemed_to_agree_counts_as_agreement():
    options = {"agree": both(30), "against": both(20)}
    vote = {"roll": both(60), "participated": both(60), "options": options}
    assert answers(found(**vote, deemed={"to": "agree", **both(10)}), "agreement") == ("met", "met")
    against = found(**vote, deemed={"to": "against", **both(10)})
    assert answers(against, "agreement") == ("not-met", "not-met")


def test_agreement_is_unknown_where_a_figure_of_the_deemed_is_missing():
    options = {"agree": both(40), "against": both(10)}
    deemed = {"to": "agree", "heads": 10}
    finding = found(roll=both(60), participated=both(60), options=options, deemed=deemed)
    assert answers(finding, "agreement") == ("met", "unknown")


def test_those_who_took_part_are_summed_where_they_were_not_printed():
    options = {"agree": both(40), "against": both(10), "abstain": both(5)}
    finding = found(roll=both(90), options=options, deemed={"to": "against", **both(5)})
    assert answers(finding, "participation") == ("met", "met")
    assert finding.verdict == "passed"


@pytest.mark.parametrize(
    "options",
    [{"agree": both(60)}, {"agree": both(60), "abstain": both(20)}, {"against": both(60)}],
)
def test_a_list_without_agree_or_against_is_not_summed(options):
    assert answers(found(roll=both(60), options=options), "participation") == ("unknown", "unknown")


def test_an_area_is_summed_only_if_every_option_has_one():
    options = {"agree": both(40), "against": both(10), "abstain": heads(10)}
    finding = found(roll=both(90), options=options)
    assert answers(finding, "participation") == ("met", "unknown")
    assert finding.verdict == "unknown"


def test_one_test_not_met_is_enough_for_a_no():
    assert found(roll=heads(90), participated=heads(59)).verdict == "not-passed"
    assert found(roll=heads(90), participated=heads(60)).verdict == "unknown"
    assert found().verdict == "unknown"


def test_of_nobody_nothing_is_met():
    finding = found(roll=both(0), options={"agree": both(0), "against": both(0)})
    assert answers(finding, "participation") == ("not-met", "not-met")
    assert answers(finding, "agreement") == ("not-met", "not-met")


@pytest.mark.parametrize(
    ("fields", "flagged"),
    [
        ({"roll": heads(59), "participated": heads(60)}, True),
        ({"roll": heads(60), "participated": heads(60)}, False),
        ({"roll": {"area": "1.000"}, "participated": {"area": "1.001"}}, True),
        ({"participated": heads(60), "options": {"agree": heads(61)}}, True),
        ({"participated": heads(60), "options": {"abstain": heads(61)}}, True),
        ({"participated": heads(60), "deemed": {"to": "against", "heads": 61}}, True),
        ({"roll": heads(5), "options": {"agree": heads(3), "against": heads(3)}}, True),
        ({"options": {"agree": heads(61)}}, False),
    ],
)
def test_more_than_all_is_told(fields, flagged):
    assert ("more-than-all" in codes(found(**fields))) == flagged


@pytest.mark.parametrize(
    ("areas", "took", "flagged"),
    [
        (["10", "10"], "20.02", False),
        (["10", "10"], "20.0201", True),
        (["10", "10"], "19.98", False),
        (["10", "10"], "19.9799", True),
        (["10", "10", "10"], "30.03", False),
        (["10", "10", "10"], "30.031", True),
        (["10", "10", None], "25", False),
    ],
)
def test_areas_may_be_a_hundredth_out_for_each_that_is_summed(areas, took, flagged):
    options = {
        name: {} if area is None else {"area": area}
        for name, area in zip(("agree", "against", "abstain"), areas, strict=False)
    }
    finding = found(participated={"area": took}, options=options)
    assert ("options-do-not-add-up" in codes(finding)) == flagged


def test_the_deemed_are_one_more_figure_summed():
    options = {"agree": {"area": "10"}, "against": {"area": "10"}}
    deemed = {"to": "against", "area": "10"}
    assert codes(found(participated={"area": "30.03"}, options=options, deemed=deemed)) == []


@pytest.mark.parametrize(
    ("options", "flagged"),
    [
        ({"agree": heads(30), "against": heads(29)}, True),
        ({"agree": heads(30), "against": heads(30)}, False),
        ({"agree": heads(30)}, False),
        ({"agree": heads(30), "abstain": heads(29)}, False),
    ],
)
def test_heads_must_add_up_exactly_once_agree_and_against_are_given(options, flagged):
    finding = found(participated=heads(60), options=options)
    assert ("options-do-not-add-up" in codes(finding)) == flagged


@pytest.mark.parametrize(
    ("part", "of", "percent", "code"),
    [
        (2, 3, "66.67", None),
        (2, 3, "66.66", "percent-truncated"),
        (2, 3, "66.68", "percent-mismatch"),
        (2, 3, "67", None),
        (2, 3, "66", "percent-truncated"),
        (2, 3, "66.7", None),
        (2, 3, "66.666", "percent-truncated"),
        (1, 8, "12.5", None),
        (1, 8, "13", None),  # half up
        (1, 8, "12", "percent-truncated"),
        (1, 40, "2.5", None),
        (1, 40, "3", None),
        (0, 7, "0.00", None),
        (7, 7, "100", None),
        (7, 7, "100.00", None),
        (8, 7, "114.29", None),
        (1, 3, "033.33", None),
        (1, 0, "50", None),
    ],
)
def test_a_percentage_is_judged_at_its_own_number_of_places(part, of, percent, code):
    printed = [{"part": "participated.heads", "of": "roll.heads", "percent": percent}]
    finding = found(roll=heads(of), participated=heads(part), printed=printed)
    assert [one for one in codes(finding) if one.startswith("percent")] == [code][: bool(code)]


def test_a_percentage_of_a_missing_figure_is_not_judged():
    printed = [{"part": "options.agree.area", "of": "deemed.area", "percent": "50"}]
    assert codes(found(printed=printed)) == []


@pytest.mark.parametrize(
    ("announced", "took", "flagged"),
    [("passed", 59, True), ("not-passed", 59, False), ("passed", 60, False)],
)
def test_an_announcement_is_held_against_a_known_verdict_alone(announced, took, flagged):
    finding = found(roll=heads(90), participated=heads(took), announced=announced)
    assert ("verdict-contradicts-figures" in codes(finding)) == flagged


def test_a_verdict_that_rests_on_the_deemed_is_told():
    options = {"agree": both(20), "against": both(20)}
    deemed = {"to": "agree", **both(20)}
    finding = found(roll=both(60), participated=both(60), options=options, deemed=deemed)
    assert (finding.verdict, codes(finding)) == ("passed", ["depends-on-deemed"])


def test_leaving_out_the_deemed_can_turn_a_no_into_a_yes():
    options = {"agree": both(40), "against": both(5)}
    deemed = {"to": "against", **both(40)}
    finding = found(roll=both(60), options=options, deemed=deemed)
    assert finding.verdict == "not-passed"
    assert codes(finding) == ["more-than-all", "depends-on-deemed"]


@pytest.mark.parametrize(
    ("against", "deemed", "verdict", "without"),
    [
        (20, {"to": "agree", **both(20)}, "unknown", "not-passed"),
        (5, {"to": "against", **both(30)}, "not-passed", "unknown"),
        (5, {"to": "against", **both(1)}, "unknown", None),
    ],
)
def test_an_unknown_verdict_is_another_one_too(against, deemed, verdict, without):
    """Here the roll is missing, as in many a report of a court."""
    finding = found(options={"agree": both(20), "against": both(against)}, deemed=deemed)
    changes = [d for f in finding.flags if f.code is Code.DEPENDS_ON_DEEMED for d in f.details]
    assert finding.verdict == verdict
    assert [(d.said, d.found) for d in changes] == [(verdict, without)][: without is not None]


def test_a_verdict_that_stands_without_the_deemed_is_not_flagged():
    options = {"agree": both(50), "against": both(5)}
    finding = found(roll=both(60), options=options, deemed={"to": "against", **both(5)})
    assert (finding.verdict, codes(finding)) == ("passed", [])


def test_of_fewer_than_nobody_nothing_is_met():
    """More were deemed than took part, so that less than nobody is left without them."""
    options = {"agree": heads(0), "against": heads(0)}
    finding = found(participated=heads(0), options=options, deemed={"to": "against", **heads(1)})
    assert finding.verdict == "not-passed"
    assert codes(finding) == ["more-than-all", "options-do-not-add-up"]


def test_before_the_civil_code_the_deemed_leave_the_part_and_the_whole_of_all_stays():
    options = {"agree": both(40), "against": both(10)}
    deemed = {"to": "agree", **both(10)}
    finding = found(decided_on=THEN, roll=both(90), options=options, deemed=deemed)
    assert (finding.verdict, codes(finding)) == ("passed", ["depends-on-deemed", "law-of-the-day"])


class Watched(dict):
    """Options that count how often all of them are gone through."""

    times = 0

    def values(self):
        self.times += 1
        return super().values()


def test_a_vote_of_very_many_options_and_percentages_is_judged_in_one_go():
    options = {name: heads(1) for name in ["agree", "against", *(f"o{n}" for n in range(200))]}
    printed = [{"part": "options.o1.heads", "of": "participated.heads", "percent": "0.5"}] * 200
    value = {"format": "result-figures/1", "decided_on": NOW, "bar": "ordinary"}
    figures = from_value(value | {"options": options, "printed": printed})
    watched = Watched(figures.options)
    judge(replace(figures, options=watched), law_of(figures.decided_on, figures.bar).law)
    assert 0 < watched.times < 30


def test_flags_stand_in_the_tables_order_each_once_with_every_case():
    printed = [
        {"part": "participated.heads", "of": "roll.heads", "percent": percent}
        for percent in ("150.01", "166.6", "150.02", "166.66")
    ]
    finding = found(
        decided_on=THEN,
        roll=both(6),
        participated=both(10),
        options={"agree": both(11), "against": both(1)},
        printed=printed,
        announced="not-passed",
    )
    assert codes(finding) == [code.value for code in Code if code is not Code.DEPENDS_ON_DEEMED]
    assert [len(flag.details) for flag in finding.flags] == [4, 2, 2, 2, 1, 0]
