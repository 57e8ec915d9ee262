"""Load and permit in one step; who asks."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from portal.accounts.access import refuse_unless
from portal.accounts.models import User
from portal.accounts.permissions import Asker
from portal.fire.models import Defect, Equipment, FirePlace
from portal.fire.queries import pages
from portal.places.models import Compound

Right = Callable[[Asker, Compound], bool]


def compound_for(request: HttpRequest, code: str, may: Right) -> Compound:
    """The compound of this code, or 404; 403 if `may` says no."""
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(may(request.user, compound))
    return compound


def place_for(request: HttpRequest, code: str, may: Right, key: Q) -> FirePlace:
    """A place of the compound, by its token or its digits; one retired is still known."""
    compound = compound_for(request, code, may)
    rows = FirePlace.objects.select_related("compound__region", "building", "stairwell")
    return get_object_or_404(rows, key, compound=compound)


def equipment_for(request: HttpRequest, code: str, may: Right, pk: UUID) -> Equipment:
    compound = compound_for(request, code, may)
    rows = Equipment.objects.select_related("compound__region", "place__building")
    return get_object_or_404(rows, compound=compound, pk=pk)


def defect_for(request: HttpRequest, code: str, may: Right, number: str) -> Defect:
    """A defect with its state."""
    compound = compound_for(request, code, may)
    return get_object_or_404(pages.defects_of(compound), number=number)


def user_of(request: HttpRequest) -> UUID:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    return request.user.pk
