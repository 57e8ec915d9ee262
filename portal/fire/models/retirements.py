"""Why equipment was taken out of use: asked by one person, confirmed by another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence
from portal.tools.files.models import StoredFile

from .places import Equipment


class Retirement(Evidence, OfCompound):
    """The end of a piece of equipment: from `on` nothing is due of it."""

    equipment = models.ForeignKey(
        Equipment, models.PROTECT, related_name="retirements", db_index=False
    )
    on = models.DateField(_("停用日"))
    reason = models.CharField(_("停用原因"), max_length=300)
    photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)
    asked_by = models.UUIDField()
    confirmed_by = models.UUIDField()
    at = models.DateTimeField(_("确认时间"))

    class Meta:
        verbose_name = _("停用记录")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "equipment"], name="equipment_is_retired_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_retirement_says_why"),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("asked_by")),
                name="nobody_confirms_their_own_retirement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id} {self.on}"
