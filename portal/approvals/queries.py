"""What waits for whom, who may answer it, and what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.accounts.models import CompoundOffice, RegionOffice, User, held_on
from portal.accounts.queries import Held, offices_of
from portal.places.models import Compound, Region
from portal.rulebook.queries import rule_for
from portal.rulebook.rules.regions import COUNTRY
from portal.tools.audit.models import NOWHERE

from .kinds import Kind, Lines, kind_of, registered
from .models import Answer, Request

Place = Compound | Region
HOURS = {"hours": 1, "days": 24}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A request as its page shows it: the kind, the place, who asked, everything that happens."""

    asked: Request
    kind: Kind
    place: Place
    asker: str
    lines: Lines
    answer: Answer | None
    answerer: str

    def is_open(self, at: datetime) -> bool:
        return self.answer is None and at < self.asked.lapses_at


def place_of(asked: Request) -> Place:
    """The compound or region that a request belongs to."""
    if asked.region_id is not None:
        return Region.objects.get(pk=asked.region_id)
    return Compound.objects.select_related("region").get(pk=asked.compound)


def time_to_answer(kind: Kind, place: Place, on: date) -> timedelta:
    """How long a request may wait, by the rulebook."""
    if isinstance(place, Compound):
        rule = rule_for(kind.rule, at_compound=place, on=on)
    else:
        county = Region.objects.get(path=f"{place.path.split('/')[0]}/")
        rule = rule_for(kind.rule, region=county.profile or COUNTRY, on=on)
    return timedelta(hours=int(rule.value) * HOURS[rule.unit])


def open_requests(kind: str, place: Place, at: datetime, **about: object) -> QuerySet[Request]:
    """The requests of this kind that wait in a place; `about` narrows, as `target=…`."""
    return (
        Request.objects.open_at(at)
        .filter(compound=compound_of(place), region=region_of(place), kind=kind, **about)
        .order_by("asked_at", "pk")
    )


def compound_of(place: Place) -> UUID:
    return place.pk if isinstance(place, Compound) else NOWHERE


def region_of(place: Place) -> Region | None:
    return place if isinstance(place, Region) else None


def waiting_for(user: User, at: datetime) -> QuerySet[Request]:
    """What waits for this user's answer, the one that lapses first before the others."""
    offices = offices_of(user, at.date())
    return (
        Request.objects.open_at(at)
        .filter(_answered_by(offices))
        .exclude(asked_by=user.pk)
        .order_by("lapses_at", "pk")
    )


def seen_by(user: User, at: datetime) -> QuerySet[Request]:
    """What this user asked, answered or may answer, the newest first."""
    answered = Answer.objects.filter(by=user.pk).values("request")
    mine = Q(asked_by=user.pk) | Q(pk__in=answered)
    return Request.objects.filter(mine | _answered_by(offices_of(user, at.date()))).order_by(
        "-asked_at", "-pk"
    )


def sheets(found: Iterable[Request]) -> list[Sheet]:
    """Requests with everything their pages show, in a fixed number of queries and what each kind
    asks to describe itself."""
    rows = list(found)
    answers = {one.request_id: one for one in Answer.objects.filter(request__in=rows)}
    people = {row.asked_by for row in rows} | {one.by for one in answers.values() if one.by}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=people)}
    places = _places(rows)
    made = []
    for row in rows:
        kind, answer = kind_of(row.kind), answers.get(row.pk)
        by = names.get(answer.by, "") if answer is not None and answer.by else ""
        place = places[row.region_id or row.compound]
        made.append(
            Sheet(row, kind, place, names.get(row.asked_by, ""), kind.describe(row), answer, by)
        )
    return made


def people_who_hold(roles: frozenset[str], place: Place, *, on: date) -> list[User]:
    """Everybody who holds one of these offices over the place, those without a second factor
    too: a message leads them to it."""
    region = place.region if isinstance(place, Compound) else place
    above = [
        "/".join(region.path.split("/")[: depth + 1]) + "/"
        for depth in range(region.path.count("/"))
    ]
    over = RegionOffice.objects.filter(held_on(on), region__path__in=above, role__in=roles).values(
        "user"
    )
    found = Q(pk__in=over)
    if isinstance(place, Compound):
        here = CompoundOffice.objects.filter(held_on(on), compound=place, role__in=roles).values(
            "user"
        )
        found |= Q(pk__in=here)
    return list(User.objects.filter(found, is_active=True).order_by("joined_at", "pk"))


def roles_held(user: User, roles: Iterable[str], place: Place, on: date) -> list[str]:
    """Which of `roles` the user holds over the place that day, in their order."""
    offices = [one for one in offices_of(user, on) if _covers(one, place)]
    return [role for role in roles if any(one.role == role for one in offices)]


def _covers(office: Held, place: Place) -> bool:
    return office.covers(place) if isinstance(place, Compound) else office.covers_region(place)


def _answered_by(offices: Sequence[Held]) -> Q:
    found = Q(pk__in=[])
    for office in offices:
        names = [kind.name for kind in registered.values() if office.role in kind.answerers]
        if office.compound is not None:
            found |= Q(kind__in=names, compound=office.compound)
            continue
        below = Compound.objects.filter(region__path__startswith=office.region_path)
        found |= Q(kind__in=names, compound__in=below.values("pk"))
        found |= Q(kind__in=names, region__path__startswith=office.region_path)
    return found


def _places(rows: list[Request]) -> dict[UUID, Place]:
    compounds = Compound.objects.select_related("region")
    found: dict[UUID, Place] = {}
    found.update(compounds.in_bulk([row.compound for row in rows if row.region_id is None]))
    found.update(Region.objects.in_bulk([row.region_id for row in rows if row.region_id]))
    return found
