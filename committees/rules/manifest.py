"""manifest.json of `election-record/1`: what was announced when voting opened, as bytes and back.

The bytes are frozen at opening, since the ledger's first event is chained to their hash; the count
reads its rules and matters from those bytes and not from tables that may have changed since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from committees.rules.matters import (
    BarName,
    Candidate,
    Decision,
    Deemed,
    Duplicate,
    Election,
    Matter,
    Meeting,
    Rules,
    Tie,
)
from committees.rules.thresholds import Bar, Measure
from portal.tools.chain.canonical import Json, canonical, instant

FORMAT = "election-record/1"


class UnknownFormat(ValueError):
    """The bytes are not a manifest of this format."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A meeting as announced; the two moments have a time zone and are kept to the second."""

    compound_code: str
    compound_name: str
    number: str
    title: str
    opens_at: datetime
    closes_at: datetime
    meeting: Meeting
    parts_sha256: str


def manifest_json(manifest: Manifest) -> bytes:
    """Return the bytes of manifest.json, without a newline."""
    return canonical(
        {
            "format": FORMAT,
            "compound": {"code": manifest.compound_code, "name": manifest.compound_name},
            "meeting": {
                "number": manifest.number,
                "title": manifest.title,
                "opens_at": instant(manifest.opens_at),
                "closes_at": instant(manifest.closes_at),
            },
            "rules": rules_values(manifest.meeting.rules),
            "matters": [_matter(matter) for matter in manifest.meeting.matters],
            "parts_sha256": manifest.parts_sha256,
        }
    )


@lru_cache(maxsize=32)
def read_manifest(data: bytes) -> Manifest:
    """Read what `manifest_json` wrote; refuses (`UnknownFormat`) anything else.

    Every ballot reads its meeting's, so the last ones are kept.
    """
    try:
        manifest = _read_manifest(json.loads(data))
        written = manifest_json(manifest)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as refusal:
        raise UnknownFormat("not a manifest of this format") from refusal
    except RecursionError as refusal:
        raise UnknownFormat("nested too deep") from refusal
    if written != data:
        raise UnknownFormat("not the canonical bytes of a manifest")
    return manifest


def _read_manifest(fields: Mapping[str, Any]) -> Manifest:
    meeting = fields["meeting"]
    return Manifest(
        compound_code=fields["compound"]["code"],
        compound_name=fields["compound"]["name"],
        number=meeting["number"],
        title=meeting["title"],
        opens_at=datetime.fromisoformat(meeting["opens_at"]),
        closes_at=datetime.fromisoformat(meeting["closes_at"]),
        meeting=Meeting(
            read_rules(fields["rules"]), tuple(_read_matter(one) for one in fields["matters"])
        ),
        parts_sha256=fields["parts_sha256"],
    )


def _bar(bar: Bar) -> Json:
    return {
        "num": bar.share.numerator,
        "den": bar.share.denominator,
        "inclusive": bar.inclusive,
    }


def _read_bar(fields: Mapping[str, Any]) -> Bar:
    return Bar(Fraction(fields["num"], fields["den"]), fields["inclusive"])


def rules_values(rules: Rules) -> dict[str, Json]:
    """Return the manifest's `rules`, as plain dicts, lists, numbers and text; without
    `party_target` where there is none."""
    return {
        "participation": _bar(rules.participation),
        "ordinary": _bar(rules.ordinary),
        "special": _bar(rules.special),
        "duplicate": rules.duplicate,
        "deemed": rules.deemed,
        "rank_by": list(rules.rank_by),
        "tie": rules.tie,
        "lot_seed": rules.lot_seed,
        **({"party_target": _bar(rules.party_target)} if rules.party_target else {}),
    }


def read_rules(fields: Mapping[str, Any]) -> Rules:
    """Read what `rules_values` wrote; the refusals are those of the types it builds."""
    return Rules(
        participation=_read_bar(fields["participation"]),
        ordinary=_read_bar(fields["ordinary"]),
        special=_read_bar(fields["special"]),
        duplicate=Duplicate(fields["duplicate"]),
        deemed=Deemed(fields["deemed"]),
        rank_by=tuple(Measure(name) for name in fields["rank_by"]),
        tie=Tie(fields["tie"]),
        lot_seed=fields["lot_seed"],
        party_target=_read_bar(fields["party_target"]) if "party_target" in fields else None,
    )


def _matter(matter: Matter) -> Json:
    common: dict[str, Json] = {
        "id": matter.id,
        "title": matter.title,
        "bar": matter.bar,
        "scope": matter.scope,
    }
    if isinstance(matter, Decision):
        own: dict[str, Json] = {"deemed": matter.deemed} if matter.deemed else {}
        return {**common, "kind": "decision", "options": list(matter.options), **own}
    return {
        **common,
        "kind": "election",
        "seats": matter.seats,
        "alternates": matter.alternates,
        "max_choices": matter.max_choices,
        "candidates": [
            {"id": who.id, "name": who.name, "party_member": who.party_member}
            for who in matter.candidates
        ],
    }


def _read_matter(fields: Mapping[str, Any]) -> Matter:
    bar = BarName(fields["bar"])
    if fields["kind"] == "decision":
        deemed = Deemed(fields["deemed"]) if "deemed" in fields else None
        options = tuple(fields["options"])
        return Decision(fields["id"], fields["title"], bar, fields["scope"], options, deemed)
    return Election(
        id=fields["id"],
        title=fields["title"],
        bar=bar,
        scope=fields["scope"],
        seats=fields["seats"],
        alternates=fields["alternates"],
        max_choices=fields["max_choices"],
        candidates=tuple(
            Candidate(one["id"], one["name"], one["party_member"]) for one in fields["candidates"]
        ),
    )
