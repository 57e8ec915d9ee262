"""Every number of law and local rule: dated, per region, with its article and how sure we are."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound
from portal.tools.keys import Keyed


class Rule(Keyed):
    """One number of one authority, in force from a day on; loaded from files of the repository."""

    key = models.CharField(_("规则"), max_length=60)
    region = models.CharField(_("适用区域"), max_length=40)
    title = models.CharField(_("名称"), max_length=100)
    value = models.CharField(_("数值"), max_length=40)
    operator = models.CharField(_("比较"), max_length=2)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    authority = models.CharField(_("依据"), max_length=100)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    confidence = models.CharField(_("可信度"), max_length=1)
    is_binding = models.BooleanField(_("强制"), default=False)
    room = models.CharField(_("小区可调"), max_length=10, blank=True)
    words = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("规则")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "region", "effective_from"], name="a_rule_begins_once_in_a_region"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="a_rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.operator} {self.value}"


class CompoundRule(Keyed, OfCompound):
    """A compound's own number for a rule, inside the law's room, with the clause it adopted."""

    key = models.CharField(_("规则"), max_length=60)
    value = models.CharField(_("数值"), max_length=40)
    clause = models.CharField(_("议事规则或规约条款"), max_length=200)
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("小区自定规则")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "key", "effective_from"],
                name="a_compounds_rule_begins_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"
