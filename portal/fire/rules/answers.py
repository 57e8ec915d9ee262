"""Is a log complete?  Every item answered, and every failure with words and a photo.

Where no item applies nothing was checked: then each item says why, and the duty stays undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from .catalogue import Duty

WORDS_LENGTH = 300


class Result(StrEnum):
    NORMAL = "normal"
    FAILED = "failed"
    ABSENT = "absent"


class Gap(StrEnum):
    NOT_ANSWERED = "not-answered"
    ANSWERED_TWICE = "answered-twice"
    NOT_ASKED = "not-asked"
    NO_WORDS = "no-words"
    WORDS_TOO_LONG = "words-too-long"
    NO_PHOTO = "no-photo"
    NO_REASON = "no-reason"


class Answered(Protocol):
    """An answer as the rule sees it."""

    @property
    def item(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def has_photo(self) -> bool: ...


def gaps(duty: Duty, answers: Iterable[Answered]) -> tuple[tuple[str, Gap], ...]:
    """Everything that is missing or too much, as (item, what), in the order of the items."""
    given: dict[str, list[Answered]] = {}
    for answer in answers:
        given.setdefault(answer.item, []).append(answer)
    asked = [item.code for item in duty.items]
    nothing = not applies(answer for answers in given.values() for answer in answers)
    found = [(code, gap) for code in asked for gap in _gaps_of(given.get(code, []), nothing)]
    return (*found, *((code, Gap.NOT_ASKED) for code in given if code not in asked))


def applies(answers: Iterable[Answered]) -> bool:
    """Whether anything was there to be checked: one item at least is normal or failed."""
    return any(answer.result != Result.ABSENT for answer in answers)


def _gaps_of(answers: list[Answered], nothing_applies: bool) -> list[Gap]:
    if not answers:
        return [Gap.NOT_ANSWERED]
    if len(answers) > 1:
        return [Gap.ANSWERED_TWICE]
    answer = answers[0]
    if answer.result not in list(Result):
        return [Gap.NOT_ANSWERED]
    found = [Gap.WORDS_TOO_LONG] if len(answer.words) > WORDS_LENGTH else []
    if answer.result == Result.FAILED:
        found += [] if answer.words.strip() else [Gap.NO_WORDS]
        found += [] if answer.has_photo else [Gap.NO_PHOTO]
    elif nothing_applies and not answer.words.strip():
        found.append(Gap.NO_REASON)
    return found
