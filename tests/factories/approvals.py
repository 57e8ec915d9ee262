"""A kind of request that only tests know: what was carried out is kept in a list."""

from datetime import datetime
from uuid import UUID

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.approvals import kinds
from portal.approvals.kinds import Kind
from portal.approvals.models import Request, Subject

CLERK, COUNTY = CompoundOffice.Role.CLERK, RegionOffice.Role.COUNTY
COMMUNITY, STREET = RegionOffice.Role.COMMUNITY, RegionOffice.Role.STREET


class NotNow(Exception):
    """What the tests' kind refuses with."""


class Doing:
    """The kind `tests.do`, and what it has done; `refuses` makes it refuse."""

    def __init__(self, **changes) -> None:
        self.done: list[tuple[UUID, UUID, datetime]] = []
        self.refuses = False
        facts = {
            "name": "tests.do",
            "subject": Subject.MEETING,
            "title": "试办一件事",
            "askers": (CLERK, COMMUNITY, STREET, COUNTY),
            "answerers": frozenset({COMMUNITY, STREET, COUNTY}),
            "rule": "approvals.waiver.hours",
            "carry_out": self.carry_out,
            "describe": lambda asked: [("会发生", f"办理 {asked.facts.get('code', '')}")],
            "refusals": (NotNow,),
            "explain": lambda _refusal: ["现在不能办理。"],
        }
        self.kind = Kind(**facts | changes)

    def carry_out(self, asked: Request, by: UUID, at: datetime) -> None:
        if self.refuses:
            raise NotNow
        self.done.append((asked.pk, by, at))

    def registered(self, monkeypatch) -> "Doing":
        monkeypatch.setitem(kinds.registered, self.kind.name, self.kind)
        return self
