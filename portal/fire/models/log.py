"""The log: what was found at each check, written once and chained."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.fire.rules.catalogue import Duty, catalogue
from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence
from portal.tools.keys import Keyed

from .places import Equipment, FirePlace

SOMETHING_APPLIES = """jsonb_path_exists(%(expressions)s, '$[*] ? (@.result != "absent")')"""
CLOCKS_AGREE = timedelta(minutes=5)


class LogBook(Keyed, OfCompound):
    """The end of a compound's chain; whoever writes the log or the register, or
    mends a defect, holds this row."""

    last_seq = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compound"], name="a_compound_keeps_one_log")
        ]

    def __str__(self) -> str:
        return str(self.last_seq)


class Check(Evidence, OfCompound):
    """One check of one piece of equipment; `answers` says of each item what was found.

    An answer is item, result, words, and a photo's id and hash ("" where there is none).
    """

    class Opened(models.TextChoices):
        SCAN = "scan", _("扫码")
        TYPED = "typed", _("输入四位数字")
        LIST = "list", _("从清单打开")

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="checks", db_index=False)
    place = models.ForeignKey(FirePlace, models.PROTECT, related_name="+", db_index=False)
    duty = models.CharField(_("检查"), max_length=20)
    catalogue = models.PositiveSmallIntegerField()  # the version that said what to ask
    answers = models.JSONField()
    failures = models.PositiveSmallIntegerField(_("异常项数"), default=0)
    # a check of which nothing applies is none: its duty stays undone
    is_done = models.GeneratedField(
        expression=models.Func(models.F("answers"), template=SOMETHING_APPLIES),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    on = models.DateField(_("日期"))
    device_at = models.DateTimeField(_("手机时间"), null=True)
    received_at = models.DateTimeField(_("收到时间"))
    opened = models.CharField(_("打开方式"), max_length=5, choices=Opened)
    form = models.UUIDField()  # made with the page: the same page counts once
    by = models.UUIDField()
    seq = models.PositiveIntegerField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("检查记录")
        constraints = [
            models.UniqueConstraint(fields=["compound", "seq"], name="the_log_has_no_gaps"),
            models.UniqueConstraint(fields=["compound", "form"], name="a_page_is_logged_once"),
        ]
        indexes = [
            models.Index(fields=["compound", "on"], name="checks_by_day"),
            models.Index(fields=["compound", "equipment", "duty", "on"], name="checks_by_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.duty}"

    @property
    def asked(self) -> Duty:
        """The duty as the catalogue of that time had it."""
        return catalogue(self.catalogue)[self.equipment.kind].duties[self.duty]

    @property
    def clocks_disagree(self) -> bool:
        """Whether the phone's clock and the server's are more than five minutes apart."""
        return self.device_at is not None and (
            abs(self.received_at - self.device_at) > CLOCKS_AGREE
        )
