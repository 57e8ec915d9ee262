"""What is done apart from requests: rolls are taken in, owners are told, files are forgotten."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from portal.accounts.models import User
from portal.tools import jobs
from portal.tools.channels.contract import SendNever
from portal.tools.channels.doors import channel

from . import actions
from .models import Binding

TAIL = 4


@jobs.receives("owners.take_roll_in")
def take_roll_in(compound: UUID, upload: UUID) -> None:
    actions.take_in(compound, upload, at=timezone.now())


@jobs.periodic("owners.forget_uploads", cron="23 3 * * *")
def forget_uploads(*, at: datetime) -> None:
    actions.forget_uploads(at=at)


@jobs.receives("owners.tell_bound")
def tell_bound(*, compound: UUID, binding: UUID) -> None:
    """Tell an owner that a clerk bound the home: at the roll's number and at the account's."""
    bound = Binding.objects.select_related("owner", "compound").get(
        compound_id=compound, pk=binding
    )
    user = User.objects.get(pk=bound.user)
    numbers = {bound.owner.phone if bound.owner.phone_is_checked else "", user.phone}
    values = {"place": bound.compound.name, "tail": user.phone[-TAIL:]}
    for phone in sorted(numbers - {""}):
        try:
            channel("sms").send(phone, "home-bound", values, key=f"{bound.pk}:{phone[-TAIL:]}")
        except SendNever:
            continue
