"""Every letter sent somewhere in the code has a receiver with those parameters."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.tools import jobs

PROJECT = Path(__file__).resolve().parent.parent.parent
OPTIONS = {"at", "lock"}


def calls(source: str) -> Iterator[ast.Call]:
    """The calls of `jobs.send(...)` in a module."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "send"
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "jobs"
        ):
            yield node


def faults(source: str) -> list[str]:
    """What is wrong with the letters that a module sends."""
    found = []
    for call in calls(source):
        name = call.args[0] if call.args else None
        if not isinstance(name, ast.Constant) or any(word.arg is None for word in call.keywords):
            found.append(f"line {call.lineno}: the letter and its words must be spelt out")
            continue
        if name.value not in jobs.receivers:
            found.append(f"line {call.lineno}: nobody receives {name.value}")
            continue
        sent = {word.arg for word in call.keywords} - OPTIONS
        wanted = set(inspect.signature(jobs.receivers[name.value]).parameters)
        if sent != wanted:
            found.append(f"line {call.lineno}: {name.value} takes {sorted(wanted)}")
    return found


def modules() -> list[Path]:
    packages = ("portal", "committees", "cms")
    return [path for package in packages for path in (PROJECT / package).rglob("*.py")]


def test_every_letter_has_a_receiver_with_those_parameters():
    found = {
        str(path.relative_to(PROJECT)): wrong
        for path in modules()
        if (wrong := faults(path.read_text()))
    }
    assert found == {}


def test_letters_are_found_at_all():
    assert [call for path in modules() for call in calls(path.read_text())]


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('jobs.send("cms.post_notice", publicity=1)', "takes"),
        ('jobs.send("cms.post_notise", publicity_id=1)', "nobody receives"),
        ("jobs.send(letter, publicity_id=1)", "spelt out"),
        ('jobs.send("cms.post_notice", **ids)', "spelt out"),
    ],
)
def test_a_planted_fault_is_found(planted, fault):
    assert [fault in wrong for wrong in faults(planted)] == [True]


def test_only_one_module_of_ours_knows_the_library():
    knows = [
        str(path.relative_to(PROJECT))
        for path in modules()
        if any(
            (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("procrastinate"))
            or (
                isinstance(node, ast.Import)
                and any(name.name.startswith("procrastinate") for name in node.names)
            )
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert knows == ["portal/tools/jobs.py"]
