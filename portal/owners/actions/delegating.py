"""Name the one co-owner who votes for a part (guidance art. 25)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.places.models import Compound, Part
from portal.tools.audit.actions import note

from ..models import Delegate, Holding, Owner


class NotAnOwner(Exception):
    """Who was named does not own the part today."""


@transaction.atomic
def name_delegate(part: Part, owner: Owner | None, *, by: UUID | None, at: datetime) -> None:
    """Let `owner` vote for `part` from the next frozen roll on; None: whoever votes first.

    The same again changes nothing.  Refuses NotAnOwner.
    """
    Compound.objects.select_for_update(no_key=True).get(pk=part.compound_id)
    if owner is not None and not _owns(owner, part):
        raise NotAnOwner
    standing = Delegate.objects.filter(compound_id=part.compound_id, part=part).first()
    named = owner.pk if owner else None
    if named == (standing.owner_id if standing else None):
        return
    if standing is not None:
        standing.delete()
    if owner is not None:
        Delegate.objects.create(compound_id=part.compound_id, part=part, owner=owner, named_at=at)
    before = str(standing.owner_id) if standing else ""
    facts = {"owner": str(named or ""), "before": before}
    note("owners.name_delegate", part, by=by, at=at, facts=facts)


def _owns(owner: Owner, part: Part) -> bool:
    current = Holding.objects.current().filter(compound_id=part.compound_id)
    return current.filter(part=part, owner=owner).exists()
