"""Messages to the people of a request, and the end of what nobody answered."""

from datetime import datetime
from uuid import UUID

from portal.accounts.models import User
from portal.tools import jobs
from portal.tools.channels.contract import SendNever
from portal.tools.channels.doors import channel
from portal.tools.ui.words import moment_words

from . import actions, queries
from .kinds import kind_of
from .models import Answer, Request

TEMPLATES = {"asked": "approval-asked", "ended": "approval-ended"}


@jobs.receives("approvals.tell")
def tell(request: UUID, user: UUID, word: str) -> None:
    """Tell one person by SMS, or by mail where no phone is proved; what a gateway never takes is
    left to the desk."""
    asked = Request.objects.get(pk=request)
    person = User.objects.filter(pk=user, is_active=True).first()
    if person is None:
        return
    answer = Answer.objects.filter(compound=asked.compound, request=asked).first()
    if word == "asked" and answer is not None:
        return
    values = {
        "place": queries.place_of(asked).name,
        "what": str(kind_of(asked.kind).title),
        "until": moment_words(asked.lapses_at),
        "outcome": answer.get_outcome_display() if answer is not None else "",
    }
    door, to = ("sms", person.phone) if person.phone_verified else ("mail", person.email)
    if not to:
        return
    try:
        channel(door).send(to, TEMPLATES[word], values, key=f"{request}:{user}:{word}")
    except SendNever:
        return


@jobs.periodic("approvals.lapse", cron="*/5 * * * *")
def lapse(*, at: datetime) -> None:
    actions.lapse(at=at)
