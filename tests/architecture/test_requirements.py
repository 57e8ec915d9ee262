"""Every Python from 3.11.0 on can install the pins, and they are all that it needs.

Requirements are installed with --no-deps, so that what one Python alone needs has to be pinned too.
What is read is what the installed packages say of themselves.
"""

import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
COMPILED = ["runtime.txt", "embedded.txt", "dev.txt"]
WRITTEN = ["runtime.in", "embedded.in", "dev.in"]
PYTHONS = ["3.11.0", "3.11.2", "3.12.0", "3.13.0", "3.14.0", "3.15.0"]
REGISTRY = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host")


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


def pins() -> dict[str, Requirement]:
    """Each pinned package's line, without its hashes."""
    found = [
        Requirement(line.split("#")[0].rstrip(" \\"))
        for name in COMPILED
        for line in lines(name)
        if line[:1].isalnum()
    ]
    return {canonicalize_name(pin.name): pin for pin in found}


def asked() -> list[Requirement]:
    """What the files written by hand ask for."""
    texts = [line.split(" #")[0].strip() for name in WRITTEN for line in lines(name)]
    return [Requirement(text) for text in texts if text and text[0] not in "-#"]


def applies(wanted: Requirement, python: str, extra: str = "") -> bool:
    environment = {
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "extra": extra,
    }
    return wanted.marker is None or wanted.marker.evaluate(environment)


def needed(python: str) -> Iterator[str]:
    """The names of all that is asked for, and of what these need in turn, under a Python."""
    known: set[tuple[str, str]] = set()
    waiting = [wanted for wanted in asked() if applies(wanted, python)]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if (name, extra) in known:
                continue
            known.add((name, extra))
            waiting += [
                below
                for below in map(Requirement, importlib.metadata.requires(name) or [])
                if applies(below, python, extra)
            ]
    yield from sorted({name for name, _extra in known})


@pytest.mark.parametrize("python", PYTHONS)
def test_each_pin_says_that_the_python_will_do(python):
    refused = [
        f"{pin} needs Python {said}"
        for name, pin in pins().items()
        if (said := importlib.metadata.metadata(name)["Requires-Python"])
        and pin.specifier.contains(importlib.metadata.version(name))
        and python not in SpecifierSet(said)
    ]
    assert refused == []


@pytest.mark.parametrize("python", PYTHONS)
def test_what_a_python_needs_is_pinned_for_it(python):
    pinned = {name for name, pin in pins().items() if applies(pin, python)}
    assert [name for name in needed(python) if name not in pinned] == []


@pytest.mark.parametrize("name", COMPILED)
def test_each_pin_has_its_hashes_and_no_registry_is_named(name):
    text = "\n".join(lines(name))
    blocks = re.findall(r"^\S+==.*(?:\n +--hash=sha256:[0-9a-f]{64}.*)*", text, re.MULTILINE)
    assert [block for block in blocks if "--hash" not in block] == []
    assert REGISTRY.findall(text) == []
