"""Write the audit: one call from an action or a view that reveals something."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from .models import NOWHERE, AuditEntry


def note(
    act: str,
    thing: models.Model | None,
    *,
    by: UUID | None,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> AuditEntry:
    """Record that user `by` did `act` ("committees.open_voting") to `thing`, in the caller's
    transaction.  `facts` holds ids, counts and codes only: no name, phone or number."""
    compound = getattr(thing, "compound_id", None)
    if thing is not None and thing._meta.label == "places.Compound":
        compound = thing.pk
    return AuditEntry.objects.create(
        compound=compound or NOWHERE,
        at=at,
        actor=by,
        act=act,
        object_kind=thing._meta.label if thing is not None else "",
        object_id=thing.pk if thing is not None and isinstance(thing.pk, UUID) else None,
        facts=facts or {},
    )
