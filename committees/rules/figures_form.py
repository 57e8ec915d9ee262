"""The form result-figures/1 read from JSON: the figures, or every field that is wrong.

Nothing is guessed at: a float, a true for a number, a name twice, a sign, a separator between
thousands or digits of another script are refused with the path of their field.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, NoReturn, TypeVar

from committees.rules.matters import BarName
from committees.rules.published import Count, Deemed, Figures, Outcome, Printed
from committees.rules.thresholds import Measure

FORMAT = "result-figures/1"
MOST_HEADS = 10**15
MOST_BYTES = 1_000_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_OPTION = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PATH = re.compile(r"(?:roll|participated|deemed|options\.[a-z][a-z0-9-]{0,39})\.(?:heads|area)")
_FIELDS = {"format", "title", "source", "decided_on", "bar", "roll", "participated", "options"}
_FIELDS |= {"deemed", "printed", "announced"}
_MEASURES = {measure.value for measure in Measure}
_T = TypeVar("_T")


class Fault(StrEnum):
    """What can be wrong with a field; the file itself has no path."""

    TOO_LARGE = "file too large"
    NOT_JSON = "not JSON in UTF-8"
    NOT_AN_OBJECT = "not an object"
    NOT_A_LIST = "not a list"
    TWICE = "named twice"
    UNKNOWN = "unknown field"
    MISSING = "missing"
    NOT_TEXT = "not text"
    WRONG_FORMAT = "not result-figures/1"
    NOT_A_DAY = "not a day"
    NOT_A_BAR = "neither ordinary nor special"
    NOT_AN_OUTCOME = "neither passed nor not-passed"
    NOT_HEADS = "not a whole number from 0"
    NOT_AN_AREA = "not a decimal string"
    NOT_A_PERCENT = "not a decimal string for a percentage"
    NOT_AN_OPTION = "not the name of an option"
    NOT_A_PATH = "not the path of a figure"


@dataclass(frozen=True, slots=True)
class Problem:
    field: str  # its path, "" for the file
    fault: Fault


class Malformed(ValueError):
    """What cannot be taken as figures; `problems` is everything wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{one.field or 'file'}: {one.fault}" for one in problems))
        self.problems = problems


class _NotANumber:
    """What JSON calls a number and this form does not: 1.0, 1e3, NaN, one of endless digits."""


@dataclass(frozen=True, slots=True)
class _Reading:
    problems: list[Problem] = field(default_factory=list)

    def fault(self, path: str, fault: Fault) -> None:
        self.problems.append(Problem(path, fault))


class _Object(dict[str, Any]):
    """An object of the file, with the names that stand in it more than once."""

    twice: tuple[str, ...] = ()


def read(data: bytes) -> Figures:
    """The figures of a file; refuses (`Malformed`) with all that is wrong."""
    if len(data) > MOST_BYTES:
        _refuse(Fault.TOO_LARGE)
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=lambda _text: _NotANumber(),
            parse_constant=lambda _text: _NotANumber(),
        )
    except (ValueError, RecursionError):
        _refuse(Fault.NOT_JSON)
    return from_value(value)


def from_value(value: object) -> Figures:
    """The figures of the file's value; refuses (`Malformed`) with all that is wrong."""
    if not isinstance(value, dict):
        _refuse(Fault.NOT_AN_OBJECT)
    reading = _Reading()
    _check_names(reading, "", value, _FIELDS)
    said = _needed(reading, "", value, "format", _text)
    if said is not None and said != FORMAT:
        reading.fault("format", Fault.WRONG_FORMAT)
    title = _given(reading, value, "title", _text)
    source = _given(reading, value, "source", _text)
    decided_on = _needed(reading, "", value, "decided_on", _day)
    bar = _needed(reading, "", value, "bar", _bar)
    roll = _given(reading, value, "roll", _count)
    participated = _given(reading, value, "participated", _count)
    options = _given(reading, value, "options", _options)
    deemed = _given(reading, value, "deemed", _deemed)
    printed = _given(reading, value, "printed", _printed)
    announced = _given(reading, value, "announced", _outcome)
    if reading.problems or decided_on is None or bar is None:
        raise Malformed(tuple(reading.problems))
    return Figures(
        decided_on=decided_on,
        bar=bar,
        title=title or "",
        source=source or "",
        roll=roll or Count(),
        participated=participated or Count(),
        options=options or {},
        deemed=deemed,
        printed=printed or (),
        announced=announced,
    )


def _refuse(fault: Fault) -> NoReturn:
    raise Malformed((Problem("", fault),))


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    counted = Counter(name for name, _value in pairs)
    made.twice = tuple(name for name, times in counted.items() if times > 1)
    return made


def _whole(text: str) -> int | _NotANumber:
    return int(text) if len(text) <= len(str(MOST_HEADS)) else _NotANumber()


Reader = Callable[[_Reading, str, Any], _T]


def _given(
    reading: _Reading, value: Mapping[str, Any], name: str, read_as: Reader[_T | None]
) -> _T | None:
    return read_as(reading, name, value[name]) if name in value else None


def _needed(
    reading: _Reading, above: str, value: Mapping[str, Any], name: str, read_as: Reader[_T | None]
) -> _T | None:
    path = f"{above}.{name}" if above else name
    if name not in value:
        reading.fault(path, Fault.MISSING)
        return None
    return read_as(reading, path, value[name])


def _check_names(
    reading: _Reading, path: str, value: dict[str, Any], known: set[str] | None = None
) -> None:
    """Names that stand twice, and those that are not known."""
    inner = f"{path}." if path else ""
    for name in getattr(value, "twice", ()):
        reading.fault(f"{inner}{name}", Fault.TWICE)
    for name in value if known is not None else ():
        if known is not None and name not in known:
            reading.fault(f"{inner}{name}", Fault.UNKNOWN)


def _table(reading: _Reading, path: str, value: object, known: set[str] | None) -> dict[str, Any]:
    """The object at the path; empty, with the fault noted, where there is none."""
    if not isinstance(value, dict):
        reading.fault(path, Fault.NOT_AN_OBJECT)
        return {}
    _check_names(reading, path, value, known)
    return value


def _matching(
    reading: _Reading, path: str, value: object, form: re.Pattern[str], fault: Fault
) -> str | None:
    if isinstance(value, str) and form.fullmatch(value):
        return value
    reading.fault(path, fault)
    return None


def _text(reading: _Reading, path: str, value: object) -> str | None:
    """Text that can be written again: no half of a surrogate pair."""
    if isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value):
        return value
    reading.fault(path, Fault.NOT_TEXT)
    return None


def _day(reading: _Reading, path: str, value: object) -> date | None:
    text = _matching(reading, path, value, _DAY, Fault.NOT_A_DAY)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading.fault(path, Fault.NOT_A_DAY)
        return None


def _bar(reading: _Reading, path: str, value: object) -> BarName | None:
    if isinstance(value, str) and value in set(BarName):
        return BarName(value)
    reading.fault(path, Fault.NOT_A_BAR)
    return None


def _outcome(reading: _Reading, path: str, value: object) -> Outcome | None:
    if isinstance(value, str) and value in {Outcome.PASSED, Outcome.NOT_PASSED}:
        return Outcome(value)
    reading.fault(path, Fault.NOT_AN_OUTCOME)
    return None


def _count(reading: _Reading, path: str, value: object) -> Count:
    return _measured(reading, path, _table(reading, path, value, _MEASURES))


def _measured(reading: _Reading, path: str, value: Mapping[str, Any]) -> Count:
    heads, area = None, None
    if "heads" in value:
        heads = _heads(reading, f"{path}.heads", value["heads"])
    if "area" in value:
        fault = Fault.NOT_AN_AREA
        text = _matching(reading, f"{path}.area", value["area"], _DECIMAL, fault)
        area = None if text is None else Fraction(text)
    return Count(heads, area)


def _heads(reading: _Reading, path: str, value: object) -> int | None:
    if type(value) is int and 0 <= value < MOST_HEADS:  # a bool is not a number of heads
        return value
    reading.fault(path, Fault.NOT_HEADS)
    return None


def _options(reading: _Reading, path: str, value: object) -> dict[str, Count]:
    options = {}
    for name, count in _table(reading, path, value, None).items():
        if _OPTION.fullmatch(name):
            options[name] = _count(reading, f"{path}.{name}", count)
        else:
            reading.fault(f"{path}.{name}", Fault.NOT_AN_OPTION)
    return options


def _deemed(reading: _Reading, path: str, value: object) -> Deemed | None:
    fields = _table(reading, path, value, {"to", *_MEASURES})
    if not isinstance(value, dict):
        return None
    to = _needed(reading, path, fields, "to", _option)
    count = _measured(reading, path, fields)
    return None if to is None else Deemed(to, count)


def _option(reading: _Reading, path: str, value: object) -> str | None:
    return _matching(reading, path, value, _OPTION, Fault.NOT_AN_OPTION)


def _path(reading: _Reading, path: str, value: object) -> str | None:
    return _matching(reading, path, value, _PATH, Fault.NOT_A_PATH)


def _percent(reading: _Reading, path: str, value: object) -> str | None:
    return _matching(reading, path, value, _DECIMAL, Fault.NOT_A_PERCENT)


def _printed(reading: _Reading, path: str, value: object) -> tuple[Printed, ...] | None:
    if not isinstance(value, list):
        reading.fault(path, Fault.NOT_A_LIST)
        return None
    return tuple(_percentages(reading, path, value))


def _percentages(reading: _Reading, path: str, value: list[Any]) -> Iterator[Printed]:
    for number, one in enumerate(value):
        here = f"{path}[{number}]"
        fields = _table(reading, here, one, {"part", "of", "percent"})
        if not isinstance(one, dict):
            continue
        part = _needed(reading, here, fields, "part", _path)
        of = _needed(reading, here, fields, "of", _path)
        percent = _needed(reading, here, fields, "percent", _percent)
        if part is not None and of is not None and percent is not None:
            yield Printed(part, of, percent)
