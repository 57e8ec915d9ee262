"""What is taken as result-figures/1, and which field is named where it is not."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.figures_form import MOST_BYTES, Fault, Malformed, Problem, read
from committees.rules.published import Count, Outcome

WHOLE = {
    "format": "result-figures/1",
    "title": "一次表决",
    "source": "告示",
    "decided_on": "2022-08-15",
    "bar": "special",
    "roll": {"heads": 1505, "area": "191619.21"},
    "options": {"agree": {"heads": 238, "area": "29734.25"}, "abstain": {}},
    "deemed": {"to": "against", "heads": 100, "area": "13000.900"},
    "printed": [{"part": "options.agree.heads", "of": "roll.heads", "percent": "17.50"}],
    "announced": "not-passed",
}


def written(**changes):
    return json.dumps(WHOLE | changes).encode()


def problems(data):
    with pytest.raises(Malformed) as refusal:
        read(data)
    return [(one.field, one.fault) for one in refusal.value.problems]


def test_every_field_is_read():
    figures = read(written())
    assert (figures.title, figures.source, figures.bar) == ("一次表决", "告示", "special")
    assert figures.roll == Count(1505, Fraction("191619.21"))
    assert figures.participated == Count()
    assert figures.options == {"agree": Count(238, Fraction("29734.25")), "abstain": Count()}
    assert (figures.deemed.to, figures.deemed.count.area) == ("against", Fraction("13000.9"))
    assert figures.printed[0].percent == "17.50"
    assert figures.announced is Outcome.NOT_PASSED


def test_every_figure_may_be_missing():
    least = {"format": "result-figures/1", "decided_on": "2022-08-15", "bar": "ordinary"}
    figures = read(json.dumps(least).encode())
    assert (figures.options, figures.deemed, figures.printed, figures.announced) == (
        {},
        None,
        (),
        None,
    )


def test_a_byte_order_mark_is_passed_over():
    assert read(b"\xef\xbb\xbf" + written()) == read(written())


@pytest.mark.parametrize(
    "heads",
    [1.0, -1, True, False, None, "12", "１２", [], {}, 10**15, float("nan"), float("inf")],
)
def test_heads_are_whole_numbers(heads):
    assert problems(written(roll={"heads": heads})) == [("roll.heads", Fault.NOT_HEADS)]


@pytest.mark.parametrize("digits", ["9" * 5000, "1e3", "1.0", "-0.0", "1E400"])
def test_no_number_of_json_is_bent_into_heads(digits):
    data = written(roll={"heads": "?"}).replace(b'"?"', digits.encode())
    assert problems(data) == [("roll.heads", Fault.NOT_HEADS)]


AREAS = [12, 12.5, True, None, "", " ", "-1", "+1", "1,000.00", "1e5", ".5", "5.", "１２.５", "٣"]
AREAS += ["12㎡", "12.5\n", " 12", "NaN", "Infinity", "0x10", "1_000", "9" * 16, "1." + "9" * 16]


@pytest.mark.parametrize("area", AREAS)
def test_areas_are_decimal_strings(area):
    assert problems(written(roll={"area": area})) == [("roll.area", Fault.NOT_AN_AREA)]


DAYS = ["2022-02-29", "2022-8-15", "20220815", "2022-W33-1", "２０２２-08-15", "2022-08-15T00:00"]
DAYS += ["", "0000-01-01", "2022-13-01", " 2022-08-15", "2022-08-15\n", 20220815, None, True]


@pytest.mark.parametrize("day", DAYS)
def test_the_day_is_a_day(day):
    assert problems(written(decided_on=day)) == [("decided_on", Fault.NOT_A_DAY)]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("format", "result-figures/2", Fault.WRONG_FORMAT),
        ("format", 1, Fault.NOT_TEXT),
        ("bar", "Ordinary", Fault.NOT_A_BAR),
        ("bar", ["ordinary"], Fault.NOT_A_BAR),
        ("bar", None, Fault.NOT_A_BAR),
        ("announced", "unknown", Fault.NOT_AN_OUTCOME),
        ("announced", {}, Fault.NOT_AN_OUTCOME),
        ("title", 5, Fault.NOT_TEXT),
        ("source", "\ud800", Fault.NOT_TEXT),
        ("roll", [], Fault.NOT_AN_OBJECT),
        ("participated", 1360, Fault.NOT_AN_OBJECT),
        ("options", None, Fault.NOT_AN_OBJECT),
        ("deemed", "agree", Fault.NOT_AN_OBJECT),
        ("printed", {}, Fault.NOT_A_LIST),
        ("votes", {}, Fault.UNKNOWN),
    ],
)
def test_a_field_that_is_wrong_is_named(field, value, fault):
    assert problems(written(**{field: value})) == [(field, fault)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"roll": {"head": 1}}, ("roll.head", Fault.UNKNOWN)),
        ({"options": {"agree": 5}}, ("options.agree", Fault.NOT_AN_OBJECT)),
        ({"options": {"同意": {}}}, ("options.同意", Fault.NOT_AN_OPTION)),
        ({"options": {"agree": {"heads": "1"}}}, ("options.agree.heads", Fault.NOT_HEADS)),
        ({"options": {"agree": {"share": "1"}}}, ("options.agree.share", Fault.UNKNOWN)),
        ({"deemed": {"heads": 1}}, ("deemed.to", Fault.MISSING)),
        ({"deemed": {"to": 1}}, ("deemed.to", Fault.NOT_AN_OPTION)),
        ({"deemed": {"to": "agree", "area": 5}}, ("deemed.area", Fault.NOT_AN_AREA)),
        ({"deemed": {"to": "agree", "why": ""}}, ("deemed.why", Fault.UNKNOWN)),
        ({"printed": [5]}, ("printed[0]", Fault.NOT_AN_OBJECT)),
    ],
)
def test_a_field_within_is_named_by_its_path(changes, expected):
    assert problems(written(**changes)) == [expected]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"part": "roll"}, ("printed[1].part", Fault.NOT_A_PATH)),
        ({"part": "roll.heads.heads"}, ("printed[1].part", Fault.NOT_A_PATH)),
        ({"of": "options.heads"}, ("printed[1].of", Fault.NOT_A_PATH)),
        ({"of": "deemed.to"}, ("printed[1].of", Fault.NOT_A_PATH)),
        ({"percent": 17.5}, ("printed[1].percent", Fault.NOT_A_PERCENT)),
        ({"percent": 17}, ("printed[1].percent", Fault.NOT_A_PERCENT)),
        ({"percent": "17.50%"}, ("printed[1].percent", Fault.NOT_A_PERCENT)),
        ({"percent": "-1"}, ("printed[1].percent", Fault.NOT_A_PERCENT)),
        ({"places": 2}, ("printed[1].places", Fault.UNKNOWN)),
    ],
)
def test_a_printed_percentage_is_named_by_its_place(change, expected):
    good = WHOLE["printed"][0]
    assert problems(written(printed=[good, good | change])) == [expected]


def test_an_option_that_is_named_and_not_given_is_a_figure_that_is_missing():
    """Every figure may be missing, so a name that stands elsewhere only is no fault of form."""
    percentage = {"part": "options.majority.heads", "of": "roll.heads", "percent": "5"}
    figures = read(written(deemed={"to": "majority", "heads": 1}, printed=[percentage]))
    assert figures.deemed.to == "majority"


def test_what_is_missing_and_what_is_wrong_is_told_all_at_once():
    assert problems(b'{"roll": {"heads": -1}, "bar": 1}') == [
        ("format", Fault.MISSING),
        ("decided_on", Fault.MISSING),
        ("bar", Fault.NOT_A_BAR),
        ("roll.heads", Fault.NOT_HEADS),
    ]


def test_a_name_that_stands_twice_is_refused_wherever_it_stands():
    data = written().replace(b'"heads": 1505', b'"heads": 1505, "heads": 9')
    assert problems(data) == [("roll.heads", Fault.TWICE)]
    data = written().replace(b'"bar"', b'"bar": "ordinary", "bar"')
    assert problems(data) == [("bar", Fault.TWICE)]
    data = written().replace(b'"abstain": {}', b'"abstain": {}, "abstain": {}')
    assert problems(data) == [("options.abstain", Fault.TWICE)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"a": 01}',
        "{}".encode("utf-16"),
        b"{} {}",
        b"{'a': 1}",
    ],
    ids=range(8),
)
def test_what_is_not_json_is_refused(data):
    assert problems(data) == [("", Fault.NOT_JSON)]


@pytest.mark.parametrize("data", [b"[]", b"1", b"1.5", b"NaN", b"null", b'"result-figures/1"'])
def test_what_is_no_object_is_refused(data):
    assert problems(data) == [("", Fault.NOT_AN_OBJECT)]


def test_a_file_beyond_all_measure_is_refused():
    assert problems(b" " * (MOST_BYTES + 1)) == [("", Fault.TOO_LARGE)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*WHOLE, "heads"]), inner),
    max_leaves=12,
)


@given(JSON)
def test_whatever_the_file_holds_it_is_read_or_refused_by_fields(value):
    try:
        read(json.dumps(value).encode())
    except Malformed as refusal:
        assert all(isinstance(one, Problem) for one in refusal.problems)


@given(st.sampled_from(list(WHOLE)), JSON)
def test_a_field_of_any_value_is_read_or_named(name, value):
    try:
        read(json.dumps(WHOLE | {name: value}).encode())
    except Malformed as refusal:
        assert {one.field.partition(".")[0].partition("[")[0] for one in refusal.problems} == {name}
