"""Every rule that a page lets somebody set is read by code, or says that it is reference only."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from portal.fire.rules.catalogue import rule_keys
from portal.rulebook.repository import repository_entries

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("portal", "committees", "cms")
TELL_NOTHING = ("portal/demo/", "portal/rulebook/")  # these name keys without obeying them
ONE_WORD = "[a-z0-9-]+"


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        for path in (PROJECT / package).rglob("*.py"):
            if not str(path.relative_to(PROJECT)).startswith(TELL_NOTHING):
                yield path


def patterns(source: str) -> Iterator[str]:
    """What a module may name as a key: its texts, and its f-strings with a word in each hole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ONE_WORD
                for part in node.values
            )


@cache
def read_keys() -> frozenset[str]:
    """The keys of the book that code outside it names, the fire catalogue's among them."""
    keys = {entry.key for entry in repository_entries()}
    found = set(rule_keys())
    for path in sources():
        told = set(patterns(path.read_text("utf-8")))
        found |= keys & {text.replace("\\", "") for text in told}
        holes = [re.compile(text) for text in told if ONE_WORD in text and r"\." in text]
        found |= {key for key in keys if any(hole.fullmatch(key) for hole in holes)}
    return frozenset(found)


def test_what_is_read_is_found_in_texts_and_in_texts_with_holes():
    assert [*patterns('KEYS = ["a.b"]')] == [r"a\.b"]
    assert next(iter(patterns('f"a.{x}.days"'))) == rf"a\.{ONE_WORD}\.days"
    assert {"meeting.notice.days", "extinguisher.repair.first.co2.years"} <= read_keys()
    assert "voting.proxy.per-agent.max" not in read_keys()


def test_every_rule_that_may_be_set_is_read_or_marked_as_reference_only():
    settable = {entry.key for entry in repository_entries() if entry.room}
    marked = {entry.key for entry in repository_entries() if entry.is_reference}
    assert sorted(settable - read_keys() - marked) == []


def test_no_rule_that_is_read_and_none_that_nobody_may_set_is_marked():
    settable = {entry.key for entry in repository_entries() if entry.room}
    marked = {entry.key for entry in repository_entries() if entry.is_reference}
    assert sorted(marked & read_keys()) == []
    assert sorted(marked - settable) == []


def test_a_key_is_marked_in_every_region_or_in_none():
    marked = {entry.key for entry in repository_entries() if entry.is_reference}
    bare = {entry.key for entry in repository_entries() if not entry.is_reference}
    assert sorted(marked & bare) == []
