"""公示 as a timed legal object: a frozen text, its hash, and the clock once it is live."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence


class PublicityQuerySet(models.QuerySet["Publicity"]):
    def running(self, at: datetime) -> "PublicityQuerySet":
        return self.filter(start__live_at__lte=at, start__ends_at__gt=at)

    def over(self, at: datetime) -> "PublicityQuerySet":
        return self.filter(start__ends_at__lte=at)


class Publicity(Evidence, OfCompound):
    """One announcement: `body` is the frozen text as blocks (documents.py), `sha256` its hash."""

    class Kind(models.TextChoices):
        NOTICE = "meeting-notice", _("业主大会会议公告")
        CANDIDATES = "candidates", _("候选人名单公示")
        RESULT = "result", _("表决结果公示")
        CALLED_OFF = "called-off", _("业主大会会议取消公告")
        CAMPAIGN = "campaign-result", _("美丽小区评价结果公示")
        WAIVER = "waiver", _("例外办理公示")
        ALONE = "done-alone", _("紧急情况单独办理公告")

    number = models.PositiveIntegerField(_("编号"))
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    case = models.CharField(_("所属事项"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    body = models.JSONField(_("正文"))
    sha256 = models.CharField(max_length=64)
    days = models.PositiveSmallIntegerField(_("公示天数"))
    rule_key = models.CharField(max_length=60)
    announced_at = models.DateTimeField(_("发布时间"))
    by = models.UUIDField(null=True)

    objects = PublicityQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示")
        verbose_name_plural = _("公示")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "number"], name="a_publicity_has_its_number"
            )
        ]
        indexes = [models.Index(fields=["compound", "case"], name="publicities_by_case")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publicity", kwargs={"code": self.compound.code, "number": self.number})


class PublicityStart(Evidence, OfCompound):
    """The notice went live: from here the clock runs; the last day is included, until 24:00."""

    publicity = models.ForeignKey(Publicity, models.PROTECT, related_name="start", db_index=False)
    live_at = models.DateTimeField(_("上线时间"))
    first_on = models.DateField(_("第一日"))
    last_on = models.DateField(_("最后一日"))
    ends_at = models.DateTimeField(_("期满时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "publicity"], name="a_publicity_starts_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("live_at")), name="a_publicity_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publicity_id} {self.live_at}"
