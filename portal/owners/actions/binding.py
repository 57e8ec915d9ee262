"""Bind a user to the owner he or she is, and end it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.tools import jobs
from portal.tools.audit.actions import note

from ..models import Binding, Owner


class BoundAlready(Exception):
    """This owner is another user's already."""


class Oneself(Exception):
    """Who works at the desk has somebody else look at his or her own papers."""


@transaction.atomic
def bind(owner: Owner, user: UUID, *, basis: str, at: datetime) -> Binding:
    """Say that `user` is this owner; again, it is the same binding.  Refuses BoundAlready."""
    binding = Binding(
        compound_id=owner.compound_id, owner=owner, user=user, basis=basis, bound_at=at
    )
    return _keep(binding, by=user)


@transaction.atomic
def bind_at_desk(owner: Owner, user: UUID, *, papers: str, by: UUID, at: datetime) -> Binding:
    """Say that `user` is this owner, as `by` saw from `papers`; again, it is the same binding.
    Refuses Oneself and BoundAlready."""
    if user == by:
        raise Oneself
    binding = Binding(
        compound_id=owner.compound_id,
        owner=owner,
        user=user,
        basis=Binding.Basis.DESK,
        bound_at=at,
        by=by,
        papers=papers,
    )
    return _keep(binding, by=by)


@transaction.atomic
def end_binding(binding: Binding, *, reason: str, by: UUID, at: datetime) -> Binding:
    """The user no longer speaks for this owner, and does not bind again but at the desk.  Ended
    before, it stays as it was."""
    binding = Binding.objects.select_for_update(no_key=True).get(
        compound_id=binding.compound_id, pk=binding.pk
    )
    if binding.ended_at is None:
        binding.ended_at, binding.ended_by, binding.end_reason = at, by, reason
        binding.save(update_fields=["ended_at", "ended_by", "end_reason"])
        note("owners.end_binding", binding, by=by, at=at, facts=_whose(binding))
        _send_on(binding)
    return binding


def _keep(binding: Binding, *, by: UUID) -> Binding:
    current = Binding.objects.current().filter(compound_id=binding.compound_id, owner=binding.owner)
    found = current.first()
    if found is None:
        try:
            with transaction.atomic():
                binding.save(force_insert=True)
        except IntegrityError:  # two users at once: the first one stands
            found = current.get()
        else:
            found = binding
            note("owners.bind", found, by=by, at=found.bound_at, facts=_whose(found))
            _send_on(found)
    if found.user != binding.user:
        raise BoundAlready
    return found


def _send_on(binding: Binding) -> None:
    """Above, an office may follow from being this owner."""
    jobs.send("committees.follow_binding", compound=binding.compound_id, binding=binding.pk)


def _whose(binding: Binding) -> dict[str, str]:
    return {"owner": str(binding.owner_id), "user": str(binding.user), "basis": binding.basis}
