"""What the steps of the build share: the day, and what has been built so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.firms.models import Firm
from portal.places.models import Compound, Region

from .compounds import BEGAN, GARDEN, PEACH, Plan

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class County:
    """The county on its day.

    By their plan's number: compounds, and their people, `entrants` being the manager or, where no
    firm serves, a committee member.  By region: its officers.  The rest by name.
    """

    on: date
    plans: list[Plan]
    regions: dict[str, Region] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    compounds: dict[int, Compound] = field(default_factory=dict)
    clerks: dict[int, User] = field(default_factory=dict)
    entrants: dict[int, User] = field(default_factory=dict)
    inspectors: dict[int, User] = field(default_factory=dict)
    repairers: dict[int, User] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)
    rolls: dict[int, bytes] = field(default_factory=dict)

    def day(self, days_ago: int) -> date:
        return self.on - timedelta(days=days_ago)

    def moment(self, days_ago: int, hour: int = 9, minute: int = 0) -> datetime:
        return datetime.combine(self.day(days_ago), time(hour, minute), tzinfo=SHANGHAI)

    @property
    def began_on(self) -> date:
        """The day from which the portal is used."""
        return self.day(BEGAN)

    @property
    def garden(self) -> Plan:
        """Where the demonstration's owners live."""
        return self._first(GARDEN)

    @property
    def peach(self) -> Plan:
        """Where the first committee is being elected."""
        return self._first(PEACH)

    def _first(self, name: str) -> Plan:
        return next(plan for plan in self.plans if plan.name == name)


Step = Callable[[County], None]
PlanStep = Callable[[County, Plan], None]
