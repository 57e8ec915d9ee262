"""Who may write what the public reads."""

from datetime import date

from django.db.models import QuerySet

from portal.accounts.models import CompoundOffice, RegionOffice, User, held_on
from portal.accounts.permissions import Asker, holds
from portal.places.models import Compound


def may_write_notices(user: Asker, compound: Compound) -> bool:
    """Publish a notice in the compound's name: its clerk."""
    return holds(user, {CompoundOffice.Role.CLERK}, compound)


def editors(on: date) -> QuerySet[User]:
    """Who may enter Wagtail's administration on that day: the administrators."""
    offices = RegionOffice.objects.filter(held_on(on), role=RegionOffice.Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, pk__in=offices.values("user"))
