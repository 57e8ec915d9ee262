"""manifest.json of `election-record/1`: what was announced when voting opened, as bytes and back.

The bytes are frozen at opening, since the ledger's first event is chained to their hash; the count
reads its rules and matters from those bytes and not from tables that may have changed since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

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
class Plan:
    """A meeting as its notice announced it; the end has a time zone and is kept to the second."""

    compound_code: str
    compound_name: str
    number: str
    title: str
    closes_at: datetime
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Manifest:
    """The plan with what the opening added: its moment, the parts of the roll, and the public key
    in hex that ballots are sealed to (empty in records older than the key)."""

    plan: Plan
    opens_at: datetime
    parts_sha256: str
    sealing_key: str = ""

    @property
    def meeting(self) -> Meeting:
        return self.plan.meeting


def plan_json(plan: Plan) -> bytes:
    """Return the canonical bytes whose SHA-256 the meeting's notice prints."""
    return canonical(_plan_values(plan, {}))


def read_plan(data: bytes) -> Plan:
    """Read what `plan_json` wrote; refuses (`UnknownFormat`) anything else."""
    return _read(data, _read_plan, plan_json)


def manifest_json(manifest: Manifest) -> bytes:
    """Return the bytes of manifest.json, without a newline."""
    key: dict[str, Json] = {"sealing_key": manifest.sealing_key} if manifest.sealing_key else {}
    return canonical(
        {
            "format": FORMAT,
            **_plan_values(manifest.plan, {"opens_at": instant(manifest.opens_at)}),
            "parts_sha256": manifest.parts_sha256,
            **key,
        }
    )


def _plan_values(plan: Plan, opening: Mapping[str, Json]) -> dict[str, Json]:
    return {
        "compound": {"code": plan.compound_code, "name": plan.compound_name},
        "meeting": {
            "number": plan.number,
            "title": plan.title,
            "closes_at": instant(plan.closes_at),
            **opening,
        },
        "rules": rules_values(plan.meeting.rules),
        "matters": [_matter(matter) for matter in plan.meeting.matters],
    }


@lru_cache(maxsize=32)
def read_manifest(data: bytes) -> Manifest:
    """Read what `manifest_json` wrote; refuses (`UnknownFormat`) anything else.

    Every ballot reads its meeting's, so the last ones are kept.
    """
    return _read(data, _read_manifest, manifest_json)


Read = TypeVar("Read")


def _read(data: bytes, read: Callable[[Any], Read], write: Callable[[Read], bytes]) -> Read:
    try:
        found = read(json.loads(data))
        written = write(found)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as refusal:
        raise UnknownFormat("not a manifest of this format") from refusal
    except RecursionError as refusal:
        raise UnknownFormat("nested too deep") from refusal
    if written != data:
        raise UnknownFormat("not the canonical bytes of a manifest")
    return found


def _read_manifest(fields: Mapping[str, Any]) -> Manifest:
    return Manifest(
        _read_plan(fields),
        opens_at=datetime.fromisoformat(fields["meeting"]["opens_at"]),
        parts_sha256=fields["parts_sha256"],
        sealing_key=fields.get("sealing_key", ""),
    )


def _read_plan(fields: Mapping[str, Any]) -> Plan:
    meeting = fields["meeting"]
    return Plan(
        compound_code=fields["compound"]["code"],
        compound_name=fields["compound"]["name"],
        number=meeting["number"],
        title=meeting["title"],
        closes_at=datetime.fromisoformat(meeting["closes_at"]),
        meeting=Meeting(
            read_rules(fields["rules"]), tuple(_read_matter(one) for one in fields["matters"])
        ),
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
