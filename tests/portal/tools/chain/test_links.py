"""A chain holds, or breaks at a named place."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.chain.canonical import NotCanonical
from portal.tools.chain.links import Break, Entry, Fault, link, verify

START = "0" * 64


def chain(contents):
    entries, prev = [], START
    for seq, content in enumerate(contents, start=1):
        entries.append(Entry(seq, prev, content, link(prev, seq, content)))
        prev = entries[-1].hash
    return entries


def test_a_link_is_the_hash_of_the_canonical_entry_without_its_hash():
    written = f'{{"prev":"{START}","reading":"0.6 MPa","seq":7}}'
    assert link(START, 7, {"reading": "0.6 MPa"}) == hashlib.sha256(written.encode()).hexdigest()


@pytest.mark.parametrize("field", ["seq", "prev", "hash"])
def test_content_may_not_hold_a_field_of_the_chain(field):
    with pytest.raises(NotCanonical) as refusal:
        link(START, 1, {field: "x", "note": "y"})
    assert refusal.value.why == f"content with a field of the chain: {field}"


@pytest.mark.parametrize("length", [0, 1, 5])
def test_a_chain_that_was_not_touched_holds(length):
    assert verify(chain([{"n": n} for n in range(length)]), start=START) is None


def test_the_first_entry_must_hang_on_the_start():
    assert verify(chain([{"n": 1}]), start="1" * 64) == Break(1, Fault.PREVIOUS)


@given(st.integers(2, 6), st.data())
def test_taking_one_entry_out_breaks_the_chain_there_unless_it_is_the_last(length, data):
    entries = chain([{"n": n} for n in range(length)])
    gone = data.draw(st.integers(0, length - 2))
    assert verify(entries[:gone] + entries[gone + 1 :], start=START) == Break(
        gone + 1, Fault.NUMBER
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"content": {"n": 99}}, Break(2, Fault.CONTENT)),
        ({"content": {"n": 1.5}}, Break(2, Fault.CONTENT)),
        ({"hash": "f" * 64}, Break(2, Fault.CONTENT)),
        ({"prev": "f" * 64}, Break(2, Fault.PREVIOUS)),
        ({"seq": 3}, Break(2, Fault.NUMBER)),
    ],
)
def test_a_changed_entry_is_found_where_it_stands(change, found):
    entries = chain([{"n": n} for n in range(4)])
    entries[1] = entries[1]._replace(**change)
    assert verify(entries, start=START) == found


def test_changing_an_entry_together_with_its_hash_breaks_the_next():
    entries = chain([{"n": n} for n in range(4)])
    entries[1] = Entry(2, entries[0].hash, {"n": 99}, link(entries[0].hash, 2, {"n": 99}))
    assert verify(entries, start=START) == Break(3, Fault.PREVIOUS)


def test_a_chain_written_anew_differs_from_what_was_attested():
    honest, forged = chain([{"n": n} for n in range(4)]), chain([{"n": n + 1} for n in range(4)])
    assert verify(forged, start=START) is None
    assert verify(forged, start=START, attested={3: honest[2].hash}) == Break(3, Fault.CHECKPOINT)
    assert verify(honest, start=START, attested={3: honest[2].hash}) is None


def test_a_chain_cut_short_misses_what_was_attested():
    entries = chain([{"n": n} for n in range(4)])
    attested = {4: entries[3].hash}
    assert verify(entries[:3], start=START) is None
    assert verify(entries[:3], start=START, attested=attested) == Break(4, Fault.MISSING)
    assert verify(entries[:2], start=START, attested=attested) == Break(3, Fault.MISSING)
