"""Where equipment stands, and what stands there."""

import secrets
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.fire.rules.catalogue import Kind, catalogue
from portal.fire.rules.clocks import Agent
from portal.fire.rules.premises import Premises, premises
from portal.places.models import Building, OfCompound, Stairwell
from portal.tools.keys import Keyed


def new_token() -> str:
    """What stands in a place's QR code: nobody guesses it."""
    return secrets.token_urlsafe(24)


class FirePlaceQuerySet(models.QuerySet["FirePlace"]):
    def standing(self, on: date) -> "FirePlaceQuerySet":
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on))


class FirePlace(Keyed, OfCompound):
    """A place with one QR code: a stairwell's landing, a pump room; below ground storey < 0.

    The row says what holds now; `HISTORY` names what acts from the day it is changed, and what
    stood before is kept (portal/tools/history).
    """

    class Use(models.TextChoices):
        ORDINARY = Premises.ORDINARY.value, _("一般场所")
        BASEMENT = Premises.BASEMENT.value, _("地下室、地下车库")
        BOILER_ROOM = Premises.BOILER_ROOM.value, _("锅炉房")
        CROWDED = Premises.CROWDED.value, _("人员密集的公共场所")

    HISTORY = ("name", "building", "stairwell", "storey", "use")

    name = models.CharField(_("名称"), max_length=60)
    building = models.ForeignKey(
        Building,
        models.PROTECT,
        verbose_name=_("幢"),
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    stairwell = models.ForeignKey(
        Stairwell,
        models.PROTECT,
        verbose_name=_("单元"),
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    storey = models.SmallIntegerField(_("楼层"), null=True, blank=True)
    use = models.CharField(_("场所"), max_length=11, choices=Use, default=Use.ORDINARY, blank=True)
    code = models.CharField(_("四位数字"), max_length=4)
    token = models.CharField(max_length=32, default=new_token, editable=False)
    retired_on = models.DateField(_("停用日"), null=True, blank=True)

    objects = FirePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("点位")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "code"], name="a_places_digits_are_its_compounds_own"
            ),
            models.UniqueConstraint(fields=["compound", "token"], name="a_token_opens_one_place"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}$"), name="a_place_has_four_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("fire:place", args=[self.compound.code, self.token])

    @property
    def is_below_ground(self) -> bool:
        return self.storey is not None and self.storey < 0

    @property
    def premises(self) -> Premises:
        """What the rules for places make of it."""
        return premises(self.name, self.storey, self.use)


class Equipment(Keyed, OfCompound):
    """A piece of equipment, or several alike at one place; checks are due from `starts_on`.

    Its first and last day are its own; when they were entered is kept beside them.  What `HISTORY`
    names acts from the day it is changed.
    """

    HISTORY = ("kind", "quantity", "agent", "made_on", "serviced_on")

    place = models.ForeignKey(
        FirePlace, models.PROTECT, verbose_name=_("点位"), related_name="equipment", db_index=False
    )
    kind = models.CharField(_("种类"), max_length=3)
    code = models.CharField(_("编号"), max_length=20)
    model = models.CharField(_("型号"), max_length=60, blank=True)
    quantity = models.PositiveSmallIntegerField(_("数量"), default=1)
    agent = models.CharField(_("灭火剂"), max_length=6, blank=True)
    made_on = models.DateField(_("出厂日期"), null=True, blank=True)
    installed_on = models.DateField(_("安装日期"), null=True, blank=True)
    serviced_on = models.DateField(_("上次维修日期"), null=True, blank=True)
    starts_on = models.DateField(_("起检日"))
    retired_on = models.DateField(_("停用日"), null=True, blank=True)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    retirement_entered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("消防设备")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "code"], name="equipment_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="there_is_some_equipment"),
            models.CheckConstraint(
                condition=Q(kind__regex=r"^F(0[1-9]|1[0-9]|2[0-2])$"),
                name="equipment_is_of_a_kind_in_the_catalogue",
            ),
            models.CheckConstraint(
                condition=Q(agent="") | Q(kind="F18", agent__in=list(Agent)),
                name="an_extinguisher_holds_an_agent",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("starts_on")),
                name="equipment_is_retired_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retirement_entered_at__isnull=True)
                | Q(retired_on__isnull=False, retirement_entered_at__isnull=False),
                name="a_retirement_says_when_it_was_entered",
            ),
        ]
        indexes = [models.Index(fields=["compound", "place"], name="equipment_by_place")]

    def __str__(self) -> str:
        return f"{self.code} {self.what.name}"

    def was_retired_by(self, known_at: datetime | None) -> bool:
        """Whether its retirement was known by then; None is now."""
        entered_at = self.retirement_entered_at
        return entered_at is not None and (known_at is None or entered_at <= known_at)

    @property
    def what(self) -> Kind:
        return catalogue()[self.kind]
