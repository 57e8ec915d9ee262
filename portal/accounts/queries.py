"""Which offices somebody holds on a day, and where; what of them waits for a second factor."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from portal.firms.models import Firm, ServiceContract
from portal.places.models import Compound, Region
from portal.places.queries import is_demonstration
from portal.tools.audit.models import AuditEntry

from .models import CompoundOffice, RegionOffice, User, held_on, phone_hash

PROVED_PHONE = "accounts.proved_phone"
# who walks the compound, tools in hand: a code by SMS is second factor enough
FIELD = frozenset(
    {CompoundOffice.Role.INSPECTOR, CompoundOffice.Role.REPAIRER, CompoundOffice.Role.DUTY}
)
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Held:
    """An office held: the role, and the compound's id or the region's path; the firm's id of a
    firm's people."""

    role: str
    compound: UUID | None = None
    region_path: str = ""
    firm: UUID | None = None

    def covers(self, compound: Compound) -> bool:
        if self.compound is not None:
            return self.compound == compound.pk
        return self.covers_region(compound.region)

    def covers_region(self, region: Region) -> bool:
        return self.compound is None and region.path.startswith(self.region_path)


@dataclass(frozen=True, slots=True)
class Standing:
    """The offices that count; whether others wait until a second factor is set up, or until a
    code by SMS is given; whether one of all these is no office of the field."""

    offices: tuple[Held, ...] = ()
    lacks_second_factor: bool = False
    lacks_code: bool = False
    is_strict: bool = False


def standing_of(user: User | AnonymousUser, on: date) -> Standing:
    """Every office of `user` on that day, remembered on the user object; two queries, and two
    more for who holds one: outside the demonstration it counts only with a second factor (law.md
    §8.5), for which in the field a code by SMS will do, given in this browser."""
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    remembered: dict[date, Standing] = user.__dict__.setdefault("_standing", {})
    if on not in remembered:
        remembered[on] = _find_standing(user, on)
    return remembered[on]


def offices_of(user: User | AnonymousUser, on: date) -> tuple[Held, ...]:
    """Every office of `user` that counts on that day."""
    return standing_of(user, on).offices


def has_second_factor(user: User) -> bool:
    """Has `user` a passkey or an authenticator?  Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def phone_mark(user: User) -> str:
    """The keyed hash of the phone an account gives, proved or not; "" where it gives none."""
    return phone_hash(user.phone) if user.phone else ""


def phones_of(user: User) -> frozenset[str]:
    """The hashes of every phone that this account gives or ever proved."""
    proved = AuditEntry.objects.filter(object_id=user.pk, act=PROVED_PHONE)
    past = {str(phone) for phone in proved.values_list("facts__phone", flat=True)}
    return frozenset({phone_mark(user), *past} - {""})


def offices_in(compound: Compound) -> QuerySet[CompoundOffice]:
    """The offices of a compound, past and present, the present and newest first."""
    return (
        CompoundOffice.objects.filter(compound=compound)
        .select_related("user", "firm")
        .order_by(F("until").desc(nulls_first=True), "role", "-since")
    )


def offices_over(region: Region) -> QuerySet[RegionOffice]:
    """The offices over a region and everything below it, past and present."""
    return (
        RegionOffice.objects.filter(region__path__startswith=region.path)
        .select_related("user", "region")
        .order_by("region__path", "role", "-since")
    )


def compounds_seen(
    user: User | AnonymousUser, roles: frozenset[str], on: date
) -> QuerySet[Compound]:
    """The compounds over which `user` holds one of `roles` on that day."""
    held = [office for office in offices_of(user, on) if office.role in roles]
    seen = Q(pk__in=[office.compound for office in held if office.compound])
    for office in held:
        if office.compound is None:
            seen |= Q(region__path__startswith=office.region_path)
    return Compound.objects.filter(seen).select_related("region").order_by("region__path", "code")


def regions_seen(user: User | AnonymousUser, roles: frozenset[str], on: date) -> QuerySet[Region]:
    """The regions whose office is one of `user`'s `roles` on that day."""
    held = [office for office in offices_of(user, on) if office.role in roles]
    return Region.objects.filter(path__in=[office.region_path for office in held]).order_by("path")


def firms_under_contract(compound: Compound, on: date) -> QuerySet[Firm]:
    """The firms that serve the compound on that day."""
    contracts = ServiceContract.objects.in_force(on).filter(compound=compound)
    return Firm.objects.filter(pk__in=contracts.values("firm")).order_by("name")


def needs_a_code(user: User, on: date) -> bool:
    """Does signing in ask `user` for a code by SMS?  The field's offices do, where there is no
    stronger factor and a phone to send it to."""
    held = CompoundOffice.objects.filter(held_on(on), user=user, role__in=FIELD)
    if not user.phone_verified or not held.exists():
        return False
    return not is_demonstration() and not has_second_factor(user)


def _find_standing(user: User, on: date) -> Standing:
    here = CompoundOffice.objects.filter(held_on(on), user=user)
    offices = [Held(held.role, compound=held.compound_id, firm=held.firm_id) for held in here]
    above = RegionOffice.objects.filter(held_on(on), user=user).select_related("region")
    offices += [Held(held.role, region_path=held.region.path) for held in above]
    strict = [office for office in offices if office.role not in FIELD]
    if not offices or is_demonstration() or has_second_factor(user):
        return Standing(tuple(offices), is_strict=bool(strict))
    field = tuple(office for office in offices if office.role in FIELD)
    waits = bool(field) and not user.gave_code
    return Standing(
        () if waits else field,
        lacks_second_factor=bool(strict) or (waits and not user.phone_verified),
        lacks_code=waits and user.phone_verified,
        is_strict=bool(strict),
    )
