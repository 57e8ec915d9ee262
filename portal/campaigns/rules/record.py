"""An entry as one value, campaign-entry/1: standard, frozen evidence, scores, total.

Its canonical JSON is what is hashed and handed out; from it alone the total is reckoned again.
What words somebody wrote, and whose files they are, stays out: the value is public.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from portal.tools.chain.canonical import Json

from .standard import Scorer, Standard, read_standard
from .total import Scores, Total, total

FORM = "campaign-entry/1"


def exported(
    facts: Mapping[str, Json],
    standard: Mapping[str, Json],
    scores: Mapping[Scorer, Scores],
    *,
    vetoes: Sequence[str],
    reckoned: Total,
) -> dict[str, Json]:
    """The value of an entry; `facts` say of what campaign, compound and evidence it is."""
    return {
        "format": FORM,
        **facts,
        "standard": standard,
        "scores": {scorer.value: dict(given) for scorer, given in scores.items()},
        "vetoes": sorted(vetoes),
        "total": total_value(reckoned),
    }


def total_value(reckoned: Total) -> dict[str, Json]:
    """A total in plain values: the exact fraction of tenths as text, "" where there is none."""
    return {
        "outcome": reckoned.outcome.value,
        "tenths": _text(reckoned.tenths),
        "level": reckoned.level.code if reckoned.level else "",
        "headings": {code: _text(tenths) for code, tenths in reckoned.headings.items()},
        "missing": [[one.scorer.value, one.item] for one in reckoned.missing],
        "vetoes": list(reckoned.vetoes),
    }


def recomputed(value: Mapping[str, Any]) -> Total:
    """The total of an exported value, reckoned anew from its standard, scores and vetoes."""
    if value.get("format") != FORM:
        raise ValueError(f"not {FORM}: {value.get('format')!r}")
    standard = standard_of(value["standard"])
    scores = {Scorer(scorer): given for scorer, given in value["scores"].items()}
    return total(standard, scores, vetoes=value["vetoes"])


def agrees(value: Mapping[str, Any]) -> bool:
    """Whether an exported value's total follows from the rest of it."""
    return bool(total_value(recomputed(value)) == value["total"])


def standard_of(value: Mapping[str, Any]) -> Standard:
    """A frozen standard: whatever records it names are taken as named, they were checked once."""
    return read_standard(value, sources=_named(value))


def _named(value: Mapping[str, Any]) -> Collection[str]:
    return {item.get("source", "") for one in value["heading"] for item in one["item"]}


def _text(tenths: Fraction | None) -> str:
    return "" if tenths is None else str(tenths)
