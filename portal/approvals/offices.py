"""Nobody alone makes the one who agrees: who may agree to something is appointed by two people."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from portal.accounts import actions as accounts
from portal.accounts import gate
from portal.accounts.actions import Appointment, Reason, Unfit
from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.accounts.permissions import AUTHORITIES, STAFFING
from portal.accounts.views import WORDS
from portal.firms.models import Firm
from portal.places.models import Compound
from portal.tools.privacy.masks import masked_phone
from portal.tools.ui.words import day_words

from . import actions, queries, wording
from .kinds import Kind, Lines, answering_offices, register
from .models import Request, Subject
from .queries import Place

HERE, ABOVE = "accounts.appoint", "accounts.appoint_over"
ROLES = {str(role.value): role.label for role in [*CompoundOffice.Role, *RegionOffice.Role]}


def register_all() -> None:
    kinds = (
        (HERE, (*sorted(AUTHORITIES), CompoundOffice.Role.MANAGER), AUTHORITIES),
        (ABOVE, tuple(sorted(STAFFING)), STAFFING),
    )
    for name, askers, answerers in kinds:
        register(
            Kind(
                name=name,
                subject=Subject.OFFICE,
                title=lazy("任命有权同意他人申请的人"),
                askers=askers,
                answerers=answerers,
                rule="approvals.office.hours",
                carry_out=appoint,
                describe=lines,
                refusals=(Unfit,),
                explain=unfit_words,
            )
        )
    gate.gates.append(ask_another)


def ask_another(place: Place, wanted: Appointment, by: User, at: datetime) -> str | None:
    """The request to appoint somebody to an office that may agree; None for every other office."""
    if wanted.role not in answering_offices():
        return None
    accounts.refuse_unfit(place, wanted, by=by)
    asked = actions.Wanted(
        HERE if isinstance(place, Compound) else ABOVE,
        place,
        wanted.user.pk,
        _("任命%s") % ROLES[wanted.role],
        {
            "role": wanted.role,
            "since": wanted.since.isoformat(),
            "until": wanted.until.isoformat() if wanted.until else "",
            "firm": str(wanted.firm.pk) if wanted.firm else "",
        },
    )
    try:
        return actions.ask(asked, by=by, at=at).get_absolute_url()
    except actions.Refusal as refusal:
        raise gate.Turned(wording.refusal(refusal)) from None


def appoint(asked: Request, by: UUID, at: datetime) -> object:
    """Enter the office that two people agreed on; who agrees is not who is appointed."""
    wanted, place = _wanted(asked), queries.place_of(asked)
    if wanted.user.pk == by:
        raise Unfit((Reason.ONESELF,))
    asker = User.objects.get(pk=asked.asked_by)
    if isinstance(place, Compound):
        return accounts.appoint(place, wanted, by=asker, at=at)
    return accounts.appoint_over(place, wanted, by=asker, at=at)


def lines(asked: Request) -> Lines:
    """Who is to hold which office from when to when."""
    wanted = _wanted(asked)
    found = [
        (_("姓名"), wanted.user.name),
        (_("手机号"), masked_phone(wanted.user.phone) if wanted.user.phone else "—"),
        (_("职务"), str(ROLES[wanted.role])),
        (_("任职起"), day_words(wanted.since)),
        (_("任职止"), day_words(wanted.until) if wanted.until else "—"),
        (_("随后"), _("此人可以同意或不同意他人的申请。")),
    ]
    return [*found, (_("物业企业"), wanted.firm.name)] if wanted.firm else found


def unfit_words(refusal: Exception) -> list[str]:
    reasons = refusal.reasons if isinstance(refusal, Unfit) else ()
    return [str(WORDS[reason]) for reason in reasons]


def _wanted(asked: Request) -> Appointment:
    facts = asked.facts
    return Appointment(
        user=User.objects.get(pk=asked.target),
        role=facts["role"],
        since=date.fromisoformat(facts["since"]),
        until=date.fromisoformat(facts["until"]) if facts["until"] else None,
        firm=Firm.objects.get(pk=facts["firm"]) if facts["firm"] else None,
    )
