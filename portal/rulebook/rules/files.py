"""The data files as one rulebook: all of it, or every reason why not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from .entries import (
    Authority,
    Entry,
    Fault,
    Problem,
    made,
    number_faults,
    sense_faults,
    shape_faults,
    word_faults,
)
from .regions import NAMES

AUTHORITIES = "authorities.toml"
_FILE = {"subject": (str,), "position": (int,), "rule": (list,)}
_AUTHORITY = {"title": (str,), "region": (str,), "in_force": (date,), "is_binding": (bool,)}
_ROOM_FOR_RULES = 1000  # positions between two files


class Unreadable(Exception):
    """Data files that cannot be taken as they are; `problems` is everything wrong with them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Reading:
    """What has been read so far, and what was wrong with it."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, file: str, entry: str, faults: Iterator[tuple[Fault, str]]) -> bool:
        """Write the faults down; whether there were none."""
        found = [Problem(file, entry, fault, detail) for fault, detail in faults]
        self.problems.extend(found)
        return not found


def parse(files: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of `files`, texts by file name, in the order of the book.

    One file, authorities.toml, says who the authorities are; each other file is one subject.
    Refuses (`Unreadable`) with all problems of all files.
    """
    reading = _Reading()
    texts = {name: _loaded(reading, name, text) for name, text in sorted(files.items())}
    authorities = _authorities(reading, texts.pop(AUTHORITIES, {}))
    for file, content in texts.items():
        _read_subject(reading, file, content, authorities)
    _find_overlaps(reading)
    _find_shared_positions(reading, texts)
    if reading.problems:
        raise Unreadable(tuple(sorted(reading.problems, key=str)))
    return tuple(sorted(reading.entries.values(), key=lambda entry: entry.position))


def _loaded(reading: _Reading, file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        reading.problems.append(Problem(file, "", Fault.UNREADABLE, str(trouble)))
        return {}


def _authorities(reading: _Reading, content: Mapping[str, Any]) -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    if not reading.note(AUTHORITIES, "", shape_faults(content, {"authority": (dict,)}, {})):
        return found
    for code, fields in content["authority"].items():
        faults = shape_faults(fields, _AUTHORITY, {"note": (str,)})
        if reading.note(AUTHORITIES, code, faults):
            found[code] = Authority(**fields)
            if fields["region"] not in NAMES:
                region = fields["region"]
                reading.problems.append(Problem(AUTHORITIES, code, Fault.UNKNOWN_REGION, region))
    return found


def _read_subject(
    reading: _Reading, file: str, content: Mapping[str, Any], authorities: Mapping[str, Authority]
) -> None:
    if not content or not reading.note(file, "", shape_faults(content, _FILE, {})):
        return
    first = content["position"] * _ROOM_FOR_RULES
    for number, fields in enumerate(content["rule"], start=1):
        name = _name(number, fields)
        if not reading.note(file, name, shape_faults(fields)):
            continue
        if not reading.note(file, name, _faults_of(fields, authorities)):
            continue
        authority = authorities[fields["authority"]]
        entry = made(content["subject"], first + number, fields, authority)
        if reading.note(file, name, sense_faults(entry)):
            reading.entries[file, name] = entry


def _name(number: int, fields: object) -> str:
    """How a problem names an entry: its place in the file, and its key if it has one."""
    key = fields.get("key", "") if isinstance(fields, dict) else ""
    return f"{number} {key}".rstrip()


def _faults_of(
    fields: Mapping[str, Any], authorities: Mapping[str, Authority]
) -> Iterator[tuple[Fault, str]]:
    yield from word_faults(fields, authorities)
    yield from number_faults(fields)


def _find_overlaps(reading: _Reading) -> None:
    """Two of one key and region may follow each other, never stand on one day."""
    places = sorted(reading.entries.items(), key=lambda place: place[1].identity)
    for _same, group in groupby(places, key=lambda place: place[1].identity[:2]):
        (last_place, last), *rest = group
        for place, entry in rest:
            if last.effective_to is None or entry.effective_from <= last.effective_to:
                reading.problems.append(Problem(*place, Fault.OVERLAPS, ", ".join(last_place)))
            if _ends(entry) > _ends(last):
                last_place, last = place, entry


def _ends(entry: Entry) -> date:
    return entry.effective_to or date.max


def _find_shared_positions(reading: _Reading, texts: Mapping[str, Mapping[str, Any]]) -> None:
    taken: dict[object, str] = {}
    for file, content in texts.items():
        if "position" in content and taken.setdefault(content["position"], file) != file:
            other = taken[content["position"]]
            reading.problems.append(Problem(file, "", Fault.POSITION_TAKEN, other))
