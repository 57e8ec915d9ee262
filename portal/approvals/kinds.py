"""The kinds of request, each registered by the package that carries it out.

A package above registers its kinds in `AppConfig.ready()`, so that nothing here imports upward:

    kinds.register(Kind(name="committees.waive", subject=Subject.WAIVER, …))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from portal.accounts.permissions import ADMINISTRATORS, AUTHORITIES

from .models import NEVER_ALONE, Subject

if TYPE_CHECKING:
    from .models import Request

Lines = list[tuple[str, str]]


def _no_words(_refusal: Exception) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request.

    `askers` are the offices that may ask, the first held is the one asked as; `answerers` those
    that may agree.  `rule` is the rulebook's key of the time to answer.  `carry_out(request,
    agreed_by, at)` runs in the transaction of the answer and may refuse by raising one of
    `refusals`, which `explain` puts into words.  `describe` says everything that will happen.
    """

    name: str
    subject: Subject
    title: Any
    askers: tuple[str, ...]
    answerers: frozenset[str]
    rule: str
    carry_out: "Callable[[Request, UUID, datetime], object]"
    describe: "Callable[[Request], Lines]"
    refusals: tuple[type[Exception], ...] = ()
    explain: Callable[[Exception], list[str]] = _no_words
    other_office: bool = False
    may_be_alone: bool = False


class NotAKind(ValueError):
    """The kind cannot be: a name taken, nobody to answer, or alone what never is."""


class UnknownKind(LookupError):
    """No package here carries out this kind."""


registered: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known.  Refuses NotAKind."""
    if kind.name in registered:
        raise NotAKind(f"{kind.name} is registered already")
    if not kind.answerers or not kind.askers:
        raise NotAKind(f"{kind.name} has nobody to ask or to answer")
    if kind.may_be_alone and kind.subject in NEVER_ALONE:
        raise NotAKind(f"{kind.name} is never done alone")
    registered[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """The kind of this name.  Refuses UnknownKind."""
    try:
        return registered[name]
    except KeyError:
        raise UnknownKind(name) from None


def answering_offices() -> frozenset[str]:
    """Every office that may agree to something; nobody is appointed to one by one person."""
    named = frozenset[str]().union(*(kind.answerers for kind in registered.values()))
    return AUTHORITIES | ADMINISTRATORS | named
