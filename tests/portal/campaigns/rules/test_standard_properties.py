"""Whatever is done to a standard, it is taken whole with all that it promises, or refused with its
faults; it never breaks the reader, and every fault put in is told."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.campaigns.queries.sources import SOURCES
from portal.campaigns.queries.standards import standard_values
from portal.campaigns.rules.standard import Evidence, NotAStandard, read_standard

DEFAULT = standard_values()["default"]
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 200)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", " ", "1/2", "1", "-1", "record", "upload", "county", "fire.on_time"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=3,
)


def paths_of(value, before=()):
    """The way to every part of a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        yield (*before, key)
        if isinstance(part, dict | list):
            yield from paths_of(part, (*before, key))


PATHS = sorted(paths_of(DEFAULT), key=str)


def changed(value, path, put):
    made = copy.deepcopy(value)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = put
    return made


def without(value, path):
    made = copy.deepcopy(value)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return made


def judged(value):
    """The standard, or its faults."""
    try:
        return read_standard(value, sources=SOURCES.keys()), ()
    except NotAStandard as refused:
        return None, refused.faults


def keeps_its_word(found):
    codes = [item.code for item in found.items]
    assert len(codes) == len(set(codes))
    assert sum(found.weights.values()) == 1
    assert all(share > 0 for share in found.weights.values())
    assert found.points == sum(item.points for item in found.items)
    bars = [level.at_least for level in found.levels]
    assert bars == sorted(set(bars), reverse=True)
    assert all(0 < bar <= found.points for bar in bars)
    assert all((item.evidence is Evidence.RECORD) is bool(item.source) for item in found.items)
    assert found.sources <= SOURCES.keys()


@settings(max_examples=300)
@given(path=st.sampled_from(PATHS), put=junk)
def test_any_part_replaced_by_anything_is_taken_whole_or_refused_with_faults(path, put):
    found, faults = judged(changed(DEFAULT, path, put))
    if found is None:
        assert faults
        assert all(isinstance(fault, str) and fault for fault in faults)
    else:
        keeps_its_word(found)


@settings(max_examples=100)
@given(whole=junk.filter(lambda one: isinstance(one, dict)))
def test_a_value_that_is_something_else_is_refused(whole):
    found, faults = judged(whole)
    assert found is None
    assert len(faults) >= 5


OPTIONAL = {"source", "rule"}
NEEDED = [path for path in PATHS if path[-1] not in OPTIONAL and not isinstance(path[-1], int)]


@pytest.mark.parametrize("path", NEEDED[:: max(1, len(NEEDED) // 40)], ids=str)
def test_any_part_that_is_left_out_is_missed(path):
    found, faults = judged(without(DEFAULT, path))
    assert found is None
    assert faults


FAULTS = {
    ("points",): (90, "standard: the items have 100 points, not 90"),
    ("heading", 0, "item", 0, "source"): (
        "rumour",
        "item party.share: no record is called 'rumour'",
    ),
    ("heading", 3, "item", 2, "source"): (
        "fire.on_time",
        "item fire.drill: uploaded, yet with a source",
    ),
    ("level", 1, "at_least"): (70, "level from 70: 2 times"),
    ("veto", 1, "code"): ("accident", "veto accident: 2 times"),
    ("weight", 0, "share"): ("1/2", "weight: together 1/2, not 1"),
    ("heading", 6, "code"): ("party", "heading party: 2 times"),
}


@given(chosen=st.sets(st.sampled_from(sorted(FAULTS, key=str)), min_size=1))
def test_every_fault_that_is_put_in_is_told_and_no_other(chosen):
    value = DEFAULT
    for path in chosen:
        value = changed(value, path, FAULTS[path][0])
    _found, faults = judged(value)
    assert set(faults) == {FAULTS[path][1] for path in chosen}
    assert len(faults) == len(chosen)


def test_the_order_of_levels_in_the_file_does_not_matter():
    turned = DEFAULT | {"level": list(reversed(DEFAULT["level"]))}
    assert read_standard(turned, sources=SOURCES.keys()).levels == judged(DEFAULT)[0].levels
