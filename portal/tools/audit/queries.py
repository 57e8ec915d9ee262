"""Read the audit: what was done to a thing, in a place, by somebody."""

from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from .models import NOWHERE, AuditEntry


def acts_on(thing: models.Model) -> QuerySet[AuditEntry]:
    """Everything done to `thing`, oldest first; two acts of one moment as they were written."""
    compound = thing.pk if _is_compound(thing) else getattr(thing, "compound_id", None)
    return AuditEntry.objects.filter(
        compound=compound or NOWHERE, object_kind=thing._meta.label, object_id=thing.pk
    ).order_by("at", "id")


def acts_in(compound: UUID) -> QuerySet[AuditEntry]:
    """Everything done in a compound, newest first."""
    return AuditEntry.objects.filter(compound=compound).order_by("-at", "-id")


def acts_by(user: UUID) -> QuerySet[AuditEntry]:
    """Everything one user did, newest first."""
    return AuditEntry.objects.filter(actor=user).order_by("-at", "-id")


def _is_compound(thing: models.Model) -> bool:
    return thing._meta.label == "places.Compound"
