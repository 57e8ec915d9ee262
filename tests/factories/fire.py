"""Places, equipment and complete logs, made short."""

from datetime import date, datetime, timedelta

from portal.fire import actions
from portal.fire.models import Check, Equipment, FirePlace
from portal.fire.rules.catalogue import catalogue
from portal.places.models import Compound
from portal.tools.keys import new_key

from . import uploads

SOMEBODY = new_key()


def place(compound: Compound, *, at: datetime, **facts) -> FirePlace:
    facts = {"name": "一号楼一层"} | facts
    return actions.register_place(compound, actions.PlaceFacts(**facts), by=SOMEBODY, at=at)


def equipment(where: FirePlace, *, at: datetime, **facts) -> Equipment:
    facts = {"kind": "F06", "starts_on": date(2026, 1, 1)} | facts
    return actions.register_equipment(where, actions.EquipmentFacts(**facts), by=SOMEBODY, at=at)


def hydrant(compound: Compound, *, at: datetime, **facts) -> Equipment:
    """A hydrant at a place of its own."""
    return equipment(place(compound, at=at), at=at, **facts)


def answers(piece: Equipment, duty: str = "patrol", **failed: str) -> list[actions.Answer]:
    """An answer to every item: those named in `failed` with these words and a photo."""
    return [
        actions.Answer(item.code, "failed", failed[item.code], uploads.photo())
        if item.code in failed
        else actions.Answer(item.code, "normal")
        for item in catalogue()[piece.kind].duties[duty].items
    ]


def entry(piece: Equipment, duty: str = "patrol", *, by=SOMEBODY, form=None, **failed: str):
    return actions.Entry(piece, duty, answers(piece, duty, **failed), by, form or new_key())


def log(piece: Equipment, *, at: datetime, duty: str = "patrol", by=SOMEBODY, **failed) -> Check:
    return actions.log_check(entry(piece, duty, by=by, **failed), at=at)


def log_empty(piece: Equipment, *, at: datetime, words: str = "被围挡遮住") -> Check:
    """A log of which no item applies: no check."""
    items = catalogue()[piece.kind].duties["patrol"].items
    said = [actions.Answer(item.code, "absent", words) for item in items]
    return actions.log_check(actions.Entry(piece, "patrol", said, SOMEBODY), at=at)


def defect(piece: Equipment, *, at: datetime, item: str = "reach", by=SOMEBODY):
    return log(piece, at=at, by=by, **{item: "箱门被锁"}).defects.get()


def days(first: datetime, count: int) -> list[datetime]:
    return [first + timedelta(days=n) for n in range(count)]
