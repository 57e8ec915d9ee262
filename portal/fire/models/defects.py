"""Defects: raised by a failed item, repaired by one person, rechecked by another."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.fire.rules.catalogue import Grade
from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence
from portal.tools.files.models import StoredFile

from .log import Check
from .places import Equipment


def midnight_after(on: date) -> datetime:
    """The end of a day here."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))


class DefectQuerySet(models.QuerySet["Defect"]):
    def open_at(self, at: datetime) -> "DefectQuerySet":
        """Raised by that moment and not closed by then."""
        closed = Recheck.objects.filter(
            compound=OuterRef("compound"), defect=OuterRef("pk"), passed=True, at__lte=at
        )
        return self.filter(~Exists(closed), raised_at__lte=at)

    def overdue_at(self, at: datetime) -> "DefectQuerySet":
        """Open, with a deadline that has passed; 24:00 of a day passes as the next one begins."""
        return self.open_at(at).filter(due_at__lte=at)

    def with_state(self) -> "DefectQuerySet":
        """Each with how often it was repaired and rechecked, and when it was closed."""
        repairs = Repair.objects.filter(compound=OuterRef("compound"), defect=OuterRef("pk"))
        rechecks = Recheck.objects.filter(compound=OuterRef("compound"), defect=OuterRef("pk"))
        return self.annotate(
            repaired=Subquery(repairs.order_by("-attempt").values("attempt")[:1]),
            rechecked=Subquery(rechecks.order_by("-attempt").values("attempt")[:1]),
            closed_at=Subquery(rechecks.filter(passed=True).values("at")[:1]),
        )


class Defect(Evidence, OfCompound):
    """A failed item with its number in the compound (YH-2026-0007), grade and deadline."""

    class Grades(models.TextChoices):
        RED = Grade.RED.value, _("红色隐患")
        MAJOR = Grade.MAJOR.value, _("较重隐患")
        MINOR = Grade.MINOR.value, _("一般隐患")

    class State(models.TextChoices):
        OPEN = "open", _("待整改")
        REPAIRED = "repaired", _("待复查")
        SENT_BACK = "sent-back", _("复查未通过，待整改")
        CLOSED = "closed", _("已闭环")

    number = models.CharField(_("编号"), max_length=20)
    check_made = models.ForeignKey(Check, models.PROTECT, related_name="defects", db_index=False)
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="defects", db_index=False)
    item = models.CharField(_("检查事项"), max_length=20)
    words = models.CharField(_("情况"), max_length=300)
    photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)
    grade = models.CharField(_("等级"), max_length=5, choices=Grades)
    rule_key = models.CharField(max_length=60)
    raised_at = models.DateTimeField(_("发现时间"))
    due_at = models.DateTimeField(_("整改期限"))
    by = models.UUIDField()

    objects = DefectQuerySet.as_manager()

    class Meta:
        verbose_name = _("隐患")
        constraints = [
            models.UniqueConstraint(fields=["compound", "number"], name="a_defect_has_its_number"),
            models.UniqueConstraint(
                fields=["compound", "check_made", "item"], name="a_failed_item_raises_one_defect"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_defect_is_described"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("raised_at")), name="a_defect_is_due_after_it_is_raised"
            ),
        ]
        indexes = [models.Index(fields=["compound", "due_at"], name="defects_by_deadline")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("fire:defect", args=[self.compound.code, self.number])

    def is_past_due(self, at: datetime) -> bool:
        """Whether its deadline has passed, as `overdue_at` asks of one that is open."""
        return self.due_at <= at

    @property
    def what(self) -> str:
        """The item's words, as the catalogue of that check had them."""
        duty = self.check_made.asked
        return duty.item(self.item).words


class Repair(Evidence, OfCompound):
    """What was done about a defect, with a photo after it; the attempts count from 1."""

    defect = models.ForeignKey(Defect, models.PROTECT, related_name="repairs", db_index=False)
    attempt = models.PositiveSmallIntegerField()
    words = models.CharField(_("整改情况"), max_length=300)
    photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "defect", "attempt"], name="an_attempt_is_made_once"
            ),
            models.UniqueConstraint(
                fields=["compound", "defect", "attempt", "by"], name="a_repair_has_its_author"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_repair_is_described"),
        ]

    def __str__(self) -> str:
        return f"{self.defect_id} {self.attempt}"


class Recheck(Evidence, OfCompound):
    """The look of another person at a repair: a pass closes the defect, a fail sends it back.

    `repaired_by` is bound to the repair's author by a composite key in the database, so that the
    two people differ whoever writes the row.
    """

    defect = models.ForeignKey(Defect, models.PROTECT, related_name="rechecks", db_index=False)
    attempt = models.PositiveSmallIntegerField()
    repaired_by = models.UUIDField()
    passed = models.BooleanField(_("结论"))
    words = models.CharField(_("复查情况"), max_length=300, blank=True)
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", db_index=False, null=True
    )
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "defect", "attempt"], name="a_repair_is_rechecked_once"
            ),
            models.UniqueConstraint(
                fields=["compound", "defect"],
                condition=Q(passed=True),
                name="a_defect_is_closed_once",
            ),
            models.CheckConstraint(
                condition=~Q(by=F("repaired_by")), name="nobody_rechecks_their_own_repair"
            ),
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(words=""), name="a_failed_recheck_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.defect_id} {self.attempt}"
