"""Bind a user to the owner he or she is, and end it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.places.models import Compound
from portal.tools import jobs
from portal.tools.audit.actions import note

from .. import queries
from ..models import Binding, Owner, WrongName
from ..rules.people import name_key


class BoundAlready(Exception):
    """This owner is another user's already."""


class Oneself(Exception):
    """Who works at the desk has somebody else look at his or her own papers."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What giving a name brought: the binding, or how many more tries there are."""

    binding: Binding | None
    left: int


@transaction.atomic
def try_name(owner: Owner, user: UUID, *, name: str, at: datetime) -> Tried:
    """Bind who has the owner's phone and gives the roll's name; a wrong one is kept, one try at a
    time.  With no try left nothing is bound but at the desk.  Refuses BoundAlready."""
    owner = Owner.objects.select_for_update(no_key=True).get(
        compound_id=owner.compound_id, pk=owner.pk
    )
    left = queries.names_left(owner, user, at)
    if left <= 0:
        return Tried(None, 0)
    if name_key(owner.name) == name_key(name):
        return Tried(bind(owner, user, basis=Binding.Basis.PHONE, at=at), left)
    wrong = WrongName.objects.create(compound_id=owner.compound_id, owner=owner, user=user, at=at)
    note("owners.wrong_name", wrong, by=user, at=at, facts={"owner": str(owner.pk)})
    return Tried(None, left - 1)


@transaction.atomic
def ask_to_bind(owner: Owner, user: UUID, *, papers: str, by: User, at: datetime) -> Request:
    """Ask that an account be bound to an owner while a meeting runs: another looks at it too.
    Refuses Oneself, BoundAlready, and what `approvals.ask` refuses."""
    if user == by.pk:
        raise Oneself
    current = Binding.objects.current().filter(compound_id=owner.compound_id, owner=owner)
    if current.exclude(user=user).exists():
        raise BoundAlready
    compound = Compound.objects.select_related("region").get(pk=owner.compound_id)
    wanted = approvals.Wanted(queries.BIND, compound, owner.pk, papers, {"user": str(user)})
    return approvals.ask(wanted, by=by, at=at)


def bind_as_asked(asked: Request, by: UUID, at: datetime) -> Binding:
    """Bind what two people looked at.  Refuses BoundAlready, and Oneself where the account is the
    one's who agrees."""
    user = UUID(asked.facts["user"])
    if user == by:
        raise Oneself
    owner = Owner.objects.get(compound=asked.compound, pk=asked.target)
    return bind_at_desk(owner, user, papers=asked.reason, by=asked.asked_by, at=at)


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
    found = _keep(binding, by=by)
    if found.pk == binding.pk:
        jobs.send("owners.tell_bound", compound=found.compound_id, binding=found.pk)
    return found


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
