"""What is posted because a package below asked for it."""

from uuid import UUID

from django.utils import timezone

from portal.approvals.models import Answer, Request
from portal.places.models import Compound
from portal.rulebook.queries import rule_for
from portal.tools import jobs

from . import actions, emergencies
from .models import Publicity

DAYS = "approvals.alone.days"


@jobs.receives("publicity.post_done_alone")
def post_done_alone(request: UUID) -> None:
    """Post what somebody did alone in an emergency; once, however often it is asked."""
    asked = Request.objects.get(pk=request)
    compound = Compound.objects.select_related("region").get(pk=asked.compound)
    case = f"alone-{asked.pk}"
    if Publicity.objects.filter(compound=compound, case=case).exists():
        return
    answer = Answer.objects.get(compound=asked.compound, request=asked)
    actions.announce(
        emergencies.done_alone(asked),
        compound=compound,
        kind=Publicity.Kind.ALONE,
        case=case,
        days=int(rule_for(DAYS, at_compound=compound, on=timezone.localdate(answer.at)).value),
        rule_key=DAYS,
        by=answer.by,
        at=answer.at,
    )
