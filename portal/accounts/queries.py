"""Which offices somebody holds on a day, and where."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from portal.places.models import Compound

from .models import CompoundOffice, RegionOffice, User, held_on


@dataclass(frozen=True, slots=True)
class Held:
    """An office held: the role, and the compound's id or the region's path."""

    role: str
    compound: UUID | None = None
    region_path: str = ""

    def covers(self, compound: Compound) -> bool:
        if self.compound is not None:
            return self.compound == compound.pk
        return compound.region.path.startswith(self.region_path)


def offices_of(user: User | AnonymousUser, on: date) -> tuple[Held, ...]:
    """Every office of `user` on that day; two queries, remembered on the user object."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    remembered: dict[date, tuple[Held, ...]] = user.__dict__.setdefault("_offices", {})
    if on not in remembered:
        here = CompoundOffice.objects.filter(held_on(on), user=user)
        above = RegionOffice.objects.filter(held_on(on), user=user).select_related("region")
        remembered[on] = (
            *(Held(office.role, compound=office.compound_id) for office in here),
            *(Held(office.role, region_path=office.region.path) for office in above),
        )
    return remembered[on]
