"""Canonical JSON, hashes and moments."""

import enum
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.chain.canonical import NotCanonical, canonical, instant, nfc, sha256

E_ACUTE, E_THEN_ACUTE = "\u00e9", "e\u0301"


class Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, False, 0, -7]}, b'{"a":[true,false,0,-7],"b":1}'),
        ({"name": "测试小区"}, '{"name":"测试小区"}'.encode()),
        ({E_THEN_ACUTE: E_THEN_ACUTE}, f'{{"{E_ACUTE}":"{E_ACUTE}"}}'.encode()),
        (({}, []), b"[{},[]]"),
        (Colour.RED, b'"red"'),
        ('"\n\\/', rb'"\"\n\\/"'),
        ({"\uffff": 1, "\U00010000": 2}, '{"\uffff":1,"\U00010000":2}'.encode()),
    ],
)
def test_a_value_has_one_form(value, written):
    assert canonical(value) == written


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.0, "a value of type float"),
        ({"a": [None]}, "a value of type NoneType"),
        ({"a": float("nan")}, "a value of type float"),
        ({"a": {1, 2}}, "a value of type set"),
        ({1: "a"}, "a key of type int"),
        ({E_ACUTE: 1, E_THEN_ACUTE: 2}, f"the key {E_ACUTE} twice"),
        ("\ud800", "text that is not Unicode"),
    ],
)
def test_what_has_no_form_is_refused(value, why):
    with pytest.raises(NotCanonical) as refusal:
        canonical(value)
    assert refusal.value.why == why


JSON = st.recursive(
    st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text().map(nfc), inner),
    max_leaves=20,
)


@given(JSON)
def test_the_form_is_that_of_json_dumps_and_reads_back_to_itself(value):
    written = canonical(value)
    read = json.loads(written)
    assert canonical(read) == written
    assert (
        json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        == written
    )


def test_hashes_are_lower_case_sha256():
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_moment_is_written_in_utc_and_cut_to_the_second():
    shanghai = timezone(timedelta(hours=8))
    assert instant(datetime(2026, 11, 24, 7, 30, 59, 999_999, shanghai)) == "2026-11-23T23:30:59Z"
    assert instant(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(NotCanonical):
        instant(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))
