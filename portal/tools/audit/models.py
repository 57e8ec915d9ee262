"""Who did what to which object, when: written once, ids only, never a name or a phone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tools.evidence.models import Evidence

NOWHERE = uuid.UUID(int=0)


class AuditEntry(Evidence):
    """One act of one user; `compound` is a plain id, all zeros for what belongs to none."""

    compound = models.UUIDField(_("小区"), default=NOWHERE)
    at = models.DateTimeField(_("时间"))
    actor = models.UUIDField(_("操作人"), null=True)
    act = models.CharField(_("操作"), max_length=60)
    object_kind = models.CharField(_("对象类别"), max_length=60)
    object_id = models.UUIDField(_("对象"), null=True)
    facts = models.JSONField(_("事实"), default=dict)

    class Meta:
        verbose_name = _("审计记录")
        indexes = [
            models.Index(fields=["compound", "object_id", "at"], name="audit_by_object"),
            models.Index(fields=["compound", "at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object_kind} {self.object_id}"
