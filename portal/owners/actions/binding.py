"""Bind a user to the owner he or she is."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.tools.audit.actions import note

from ..models import Binding, Owner


class BoundAlready(Exception):
    """This owner is another user's already."""


@transaction.atomic
def bind(owner: Owner, user: UUID, *, basis: str, at: datetime) -> Binding:
    """Say that `user` is this owner; again, it is the same binding.  Refuses BoundAlready."""
    found = Binding.objects.filter(compound_id=owner.compound_id, owner=owner).first()
    if found is None:
        try:
            with transaction.atomic():
                found = Binding.objects.create(
                    compound_id=owner.compound_id, owner=owner, user=user, basis=basis, bound_at=at
                )
        except IntegrityError:  # two users at once: the first one stands
            found = Binding.objects.get(compound_id=owner.compound_id, owner=owner)
        else:
            note("owners.bind", found, by=user, at=at)
    if found.user != user:
        raise BoundAlready
    return found
