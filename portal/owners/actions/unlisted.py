"""A person whom papers name as an owner and the roll does not: entered, and forgotten again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.places.models import Compound
from portal.tools.audit.actions import note
from portal.tools.privacy.cipher import keyed_hash

from ..models import Owner
from ..rules.people import name_key


@transaction.atomic
def enter_unlisted(compound: Compound, name: str, *, by: UUID | None, at: datetime) -> Owner:
    """A person known by name alone: without a part, on no frozen roll, and no line of a roll is
    ever taken for him or her."""
    owner = Owner.objects.create(
        compound=compound,
        kind=Owner.Kind.PERSON,
        name=name,
        name_hash=keyed_hash(name_key(name), kind="name"),
    )
    note("owners.enter_unlisted", owner, by=by, at=at)
    return owner


def forget_unlisted(compound: Compound, owners: Collection[UUID]) -> None:
    """Delete those of `owners` again who are known by name alone and hold and bind nothing."""
    Owner.objects.filter(
        compound=compound,
        pk__in=owners,
        phone_hash="",
        id_hash="",
        holdings__isnull=True,
        bindings__isnull=True,
    ).delete()
