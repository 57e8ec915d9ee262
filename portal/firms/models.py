"""Property firms and the contracts under which they serve a compound."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound
from portal.tools.keys import Keyed


class Firm(Keyed):
    """A property firm (物业服务企业)."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    telephone = models.CharField(_("联系电话"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("物业企业")
        verbose_name_plural = _("物业企业")

    def __str__(self) -> str:
        return self.name


class ServiceContractQuerySet(models.QuerySet["ServiceContract"]):
    def in_force(self, on: date) -> "ServiceContractQuerySet":
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class ServiceContract(Keyed, OfCompound):
    """A property service contract (物业服务合同) for one compound; the last day is included."""

    firm = models.ForeignKey(
        Firm, models.PROTECT, verbose_name=_("物业企业"), related_name="contracts"
    )
    starts_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("终止日"), null=True, blank=True)
    filed_on = models.DateField(_("备案日"), null=True, blank=True)

    objects = ServiceContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("物业服务合同")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "firm", "starts_on"], name="a_contract_starts_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_contract_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.starts_on}"
