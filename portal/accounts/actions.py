"""Changes to accounts and offices."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from portal.firms.models import Firm, ServiceContract
from portal.places.models import Compound, Region
from portal.tools.audit.actions import note

from .models import CompoundOffice, RegionOffice, Tenure, User, phone_hash
from .permissions import FIRMS_PEOPLE, LEVELS
from .queries import PROVED_PHONE

UNFINISHED_AFTER = timedelta(days=1)


class PhoneIsTaken(Exception):
    """Somebody else has proved this phone."""


class EmailIsTaken(Exception):
    """Somebody else has proved this address."""


class Unfit(Exception):
    """An appointment cannot stand; `reasons` holds every reason, as members of Reason."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class Reason:
    """Why an appointment cannot stand."""

    ONESELF = "oneself"
    ENDS_FIRST = "ends-before-it-begins"
    HELD_ALREADY = "held-already"
    NO_FIRM = "no-firm"
    FIRM_NOT_ASKED = "firm-not-asked"
    NO_CONTRACT = "firm-has-no-contract"
    WRONG_LEVEL = "wrong-level"
    INACTIVE = "account-inactive"


class EndsTooEarly(Exception):
    """The last day lies before the first."""

    def __init__(self, since: date) -> None:
        super().__init__(since)
        self.since = since


class EndedAlready(Exception):
    """The office ended on `until`."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is to hold which role from when to when, the last day included; the firm of its
    people."""

    user: User
    role: str
    since: date
    until: date | None = None
    firm: Firm | None = None


@transaction.atomic
def open_account(
    name: str, *, phone: str = "", email: str = "", password: str | None = None, by: UUID | None
) -> User:
    """An account whose phone (E.164) and address the opener has seen to be the person's own: the
    set-up, the desk, the demonstration.  Refuses PhoneIsTaken, EmailIsTaken."""
    email = email.lower()
    if email and EmailAddress.objects.filter(email=email, verified=True).exists():
        raise EmailIsTaken
    user = User.objects.create_user(password=password, name=name, email=email)
    if email:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if phone:
        prove_phone(user, phone, at=user.joined_at)
    note("accounts.opened_account", user, by=by, at=user.joined_at)
    return user


@transaction.atomic
def set_unproved_phone(user: User, phone: str) -> None:
    """Keep the phone a person typed in until a code proves it."""
    user.phone, user.phone_hash, user.phone_verified = phone, None, False
    user.save(update_fields=["phone", "phone_hash", "phone_verified"])


@transaction.atomic
def prove_phone(user: User, phone: str, *, at: datetime) -> bool:
    """Make a phone (E.164) the user's own; False if it was already.  Refuses PhoneIsTaken.  The
    audit keeps its hash, so that a second account of the same phone is known as one person's."""
    found_by = phone_hash(phone)
    if user.phone_verified and user.phone_hash == found_by:
        return False
    user.phone, user.phone_hash, user.phone_verified = phone, found_by, True
    try:
        with transaction.atomic():  # two people at once: the constraint lets one through
            user.save(update_fields=["phone", "phone_hash", "phone_verified"])
    except IntegrityError:
        user.refresh_from_db(fields=["phone", "phone_hash", "phone_verified"])
        raise PhoneIsTaken from None
    note(PROVED_PHONE, user, by=user.pk, at=at, facts={"phone": found_by})
    return True


def end_other_sessions(user: User) -> None:
    """Make every session of this user invalid; the caller keeps its own by renewing it."""
    user.session_stamp += 1
    user.save(update_fields=["session_stamp"])


@transaction.atomic
def appoint(
    compound: Compound, wanted: Appointment, *, by: User | None, at: datetime
) -> CompoundOffice:
    """Enter an office in a compound.  Refuses Unfit, with every reason."""
    compound = Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=compound.pk)
    refuse_unfit(compound, wanted, by=by)
    office = CompoundOffice.objects.create(
        compound=compound,
        user=wanted.user,
        role=wanted.role,
        firm=wanted.firm,
        since=wanted.since,
        until=wanted.until,
    )
    _note_appointment(office, by=by, at=at)
    return office


@transaction.atomic
def appoint_over(
    region: Region, wanted: Appointment, *, by: User | None, at: datetime
) -> RegionOffice:
    """Enter an office over a region.  Refuses Unfit, with every reason."""
    region = Region.objects.select_for_update(of=("self",), no_key=True).get(pk=region.pk)
    refuse_unfit(region, wanted, by=by)
    office = RegionOffice.objects.create(
        region=region,
        user=wanted.user,
        role=wanted.role,
        since=wanted.since,
        until=wanted.until,
    )
    _note_appointment(office, by=by, at=at)
    return office


def refuse_unfit(place: Compound | Region, wanted: Appointment, *, by: User | None) -> None:
    """Refuse with Unfit, and every reason, an appointment that could not stand."""
    reasons = _unfit(wanted, by)
    theirs: QuerySet[CompoundOffice] | QuerySet[RegionOffice]
    if isinstance(place, Compound):
        reasons += _unfit_firm(place, wanted)
        theirs = CompoundOffice.objects.filter(compound=place)
    else:
        if LEVELS[RegionOffice.Role(wanted.role)] != place.level:
            reasons.append(Reason.WRONG_LEVEL)
        theirs = RegionOffice.objects.filter(region=place)
    held = theirs.filter(_overlaps(wanted), user=wanted.user, role=wanted.role)
    if held.exists():
        reasons.append(Reason.HELD_ALREADY)
    if reasons:
        raise Unfit(tuple(reasons))


@transaction.atomic
def end_at_once(
    office: CompoundOffice | RegionOffice, *, today: date, by: User | None, at: datetime
) -> None:
    """End an office now: yesterday was its last day, and one that began today or later never was.
    Refuses EndedAlready."""
    if office.since >= today:
        call_off_office(office, by=by, at=at)
    else:
        end_office(office, on=today - timedelta(days=1), by=by, at=at)


@transaction.atomic
def end_office(
    office: CompoundOffice | RegionOffice, *, on: date, by: User | None, at: datetime
) -> None:
    """Make `on` the office's last day; yesterday ends it at once.  Refuses EndsTooEarly and
    EndedAlready: a longer office is a new one, and what has ended stays as it was."""
    office = type(office).objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    if on < office.since:
        raise EndsTooEarly(office.since)
    if office.until is not None and office.until <= on:
        raise EndedAlready(office.until)
    office.until = on
    office.save(update_fields=["until"])
    facts = {"role": office.role, "user": str(office.user_id), "until": on.isoformat()}
    note("accounts.ended_office", office, by=by.pk if by else None, at=at, facts=facts)


@transaction.atomic
def call_off_office(
    office: CompoundOffice | RegionOffice, *, by: User | None, at: datetime
) -> None:
    """Undo an office that lacked its ground from the first day; the audit keeps that it was."""
    facts = {"role": office.role, "user": str(office.user_id), "since": office.since.isoformat()}
    note("accounts.called_off_office", office, by=by.pk if by else None, at=at, facts=facts)
    office.delete()


def forget_unfinished(*, at: datetime) -> int:
    """Delete accounts whose holder began to sign up and never proved the phone; how many."""
    begun = User.objects.filter(
        phone_verified=False,
        last_login__isnull=True,
        joined_at__lt=at - UNFINISHED_AFTER,
        email="",
        is_staff=False,
    )
    offices = [CompoundOffice.objects, RegionOffice.objects]
    for held in offices:
        begun = begun.exclude(pk__in=held.values("user"))
    _, by_model = begun.delete()
    return by_model.get(User._meta.label, 0)


def forget_ended_sessions(*, at: datetime) -> int:
    """Delete the sessions that have run out; how many."""
    deleted, _ = Session.objects.filter(expire_date__lt=at).delete()
    return deleted


def _unfit(wanted: Appointment, by: User | None) -> list[str]:
    reasons = []
    if by is not None and by.pk == wanted.user.pk:
        reasons.append(Reason.ONESELF)
    if not wanted.user.is_active:
        reasons.append(Reason.INACTIVE)
    if wanted.until is not None and wanted.until < wanted.since:
        reasons.append(Reason.ENDS_FIRST)
    return reasons


def _unfit_firm(compound: Compound, wanted: Appointment) -> list[str]:
    if wanted.role not in FIRMS_PEOPLE:
        return [] if wanted.firm is None else [Reason.FIRM_NOT_ASKED]
    if wanted.firm is None:
        return [Reason.NO_FIRM]
    contracts = ServiceContract.objects.in_force(wanted.since)
    if contracts.filter(compound=compound, firm=wanted.firm).exists():
        return []
    return [Reason.NO_CONTRACT]


def _overlaps(wanted: Appointment) -> Q:
    runs_on = Q(until__isnull=True) | Q(until__gte=wanted.since)
    return runs_on & (Q(since__lte=wanted.until) if wanted.until else Q())


def _note_appointment(office: Tenure, *, by: User | None, at: datetime) -> None:
    role: str = getattr(office, "role")  # noqa: B009 - both kinds of office have one
    facts = {"role": role, "user": str(office.user_id), "since": office.since.isoformat()}
    note("accounts.appointed", office, by=by.pk if by else None, at=at, facts=facts)
