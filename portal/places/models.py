"""Where things are: the region tree, compounds, buildings, stairwells and parts."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.tools.keys import Keyed


class Installation(Keyed):
    """The one row that says what this database is for."""

    only = models.BooleanField(default=True, editable=False, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    is_demonstration = models.BooleanField(_("演示库"), default=False)
    icp_filing = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_filing = models.CharField(_("公安备案号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("安装")
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="there_is_one_installation")
        ]

    def __str__(self) -> str:
        return self.name


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, region: "Region") -> "RegionQuerySet":
        """The region itself and everything below it."""
        return self.filter(path__startswith=region.path)


class Region(Keyed):
    """A county, a street or town, or a community; `path` is the codes from the county down."""

    class Level(models.TextChoices):
        COUNTY = "county", _("县（市、区）")
        STREET = "street", _("街道（乡镇）")
        COMMUNITY = "community", _("社区（村）")

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(_("路径"), max_length=80, unique=True)
    profile = models.CharField(_("规则区域"), max_length=40, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("区域")
        verbose_name_plural = _("区域")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(level="county"),
                name="only_a_county_stands_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompoundQuerySet(models.QuerySet["Compound"]):
    def within(self, region: Region) -> "CompoundQuerySet":
        return self.filter(region__path__startswith=region.path)


class Compound(Keyed):
    """A residential compound, one management area (物业管理区域).

    What `HISTORY` names acts from the day it is changed (portal/tools/history).
    """

    HISTORY = ("region", "kind", "built_in", "registered_parts", "registered_area")

    class Kind(models.TextChoices):
        COMMODITY = "commodity", _("商品房小区")
        RESETTLEMENT = "resettlement", _("安置房小区")
        RENTAL = "rental", _("保障性租赁住房")
        OLD = "old", _("老旧小区")
        SELF_BUILT = "self-built", _("自建房小区")

    code = models.CharField(_("小区编码"), max_length=30, unique=True)
    name = models.CharField(_("小区名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.COMMODITY)
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name=_("所在社区"), related_name="compounds"
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    built_in = models.PositiveSmallIntegerField(_("建成年份"), null=True, blank=True)
    registered_parts = models.PositiveIntegerField(_("登记套数"), null=True, blank=True)
    registered_area = models.PositiveBigIntegerField(
        _("登记专有面积（0.01㎡）"), null=True, blank=True
    )
    # None: it was there before the county kept its compounds here, on every past day
    entered_at = models.DateTimeField(null=True, editable=False)

    objects = CompoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("小区")
        verbose_name_plural = _("小区")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page in the tree of pages, which cms makes under its code."""
        return reverse("wagtail_serve", args=[f"{self.code}/"])


class OfCompound(models.Model):
    """Mixed into every row that belongs to one compound: `compound` comes first in its keys."""

    compound = models.ForeignKey(
        Compound, models.PROTECT, verbose_name=_("小区"), related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class Counter(Keyed, OfCompound):
    """The last number given out in a compound for one kind of thing people number."""

    name = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "name"], name="a_compound_counts_each_thing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Building(Keyed, OfCompound):
    """A building (幢); heights in metres decide whether it is high-rise in the fire rules.

    What `HISTORY` names acts from the day it is changed (portal/tools/history).
    """

    HISTORY = ("height", "storeys_above", "storeys_below")

    code = models.CharField(_("幢号"), max_length=20)
    height = models.DecimalField(
        _("高度（米）"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    storeys_above = models.PositiveSmallIntegerField(_("地上层数"), null=True, blank=True)
    storeys_below = models.PositiveSmallIntegerField(_("地下层数"), default=0)

    class Meta:
        verbose_name = _("幢")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "code"], name="a_building_code_is_its_compounds_own"
            ),
            models.CheckConstraint(
                condition=Q(height__isnull=True) | Q(height__gt=0), name="a_building_has_a_height"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}幢" if self.code.isdigit() else self.code


class Stairwell(Keyed, OfCompound):
    """A stairwell (单元) of a building."""

    building = models.ForeignKey(
        Building, models.PROTECT, verbose_name=_("幢"), related_name="stairwells", db_index=False
    )
    code = models.CharField(_("单元号"), max_length=20)

    class Meta:
        verbose_name = _("单元")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "building", "code"],
                name="a_stairwell_code_is_its_buildings_own",
            )
        ]

    def __str__(self) -> str:
        return f"{self.building}{self.code}单元"


class PartQuerySet(models.QuerySet["Part"]):
    def by_room(self) -> "PartQuerySet":
        """As one walks: building 2 before 10, room 101 before 1001; the rest last."""
        codes = ("building__code", "stairwell__code", "number")
        steps = [step for code in codes for step in (Length(code), F(code))]
        return self.order_by(*(step.asc(nulls_last=True) for step in steps), "key")


class Part(Keyed, OfCompound):
    """An exclusive part (专有部分); `key` is its canonical room such as 1-2-301."""

    class Kind(models.TextChoices):
        DWELLING = "dwelling", _("住宅")
        SHOP = "shop", _("商铺")
        PARKING = "parking", _("车位车库")
        STORAGE = "storage", _("储藏室")
        OFFICE = "office", _("办公")
        PUBLIC = "public", _("公共用房")

    class AreaSource(models.TextChoices):
        REGISTER = "register", _("不动产登记")
        SURVEY = "survey", _("实测")
        CONTRACT = "contract", _("买卖合同")
        RESETTLEMENT = "resettlement", _("征收补偿协议")
        ROLL = "roll", _("名册导入")

    class Delivery(models.TextChoices):
        DELIVERED = "delivered", _("已交付")
        UNDELIVERED = "undelivered", _("未交付")
        UNSOLD = "unsold", _("未售")

    building = models.ForeignKey(
        Building,
        models.PROTECT,
        verbose_name=_("幢"),
        related_name="parts",
        db_index=False,
        null=True,
        blank=True,
    )
    stairwell = models.ForeignKey(
        Stairwell,
        models.PROTECT,
        verbose_name=_("单元"),
        related_name="parts",
        db_index=False,
        null=True,
        blank=True,
    )
    number = models.CharField(_("室号"), max_length=30)
    key = models.CharField(_("房号"), max_length=60)
    kind = models.CharField(_("用途"), max_length=10, choices=Kind, default=Kind.DWELLING)
    area = models.PositiveIntegerField(_("专有面积（0.01㎡）"))
    area_source = models.CharField(
        _("面积来源"), max_length=12, choices=AreaSource, default=AreaSource.ROLL
    )
    delivery = models.CharField(
        _("交付"), max_length=12, choices=Delivery, default=Delivery.DELIVERED
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("专有部分")
        verbose_name_plural = _("专有部分")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "key"], name="a_room_stands_once_in_its_compound"
            ),
            models.CheckConstraint(condition=Q(area__gt=0), name="a_part_has_an_area"),
        ]
        indexes = [
            models.Index(F("compound"), F("building"), F("stairwell"), name="parts_by_building")
        ]

    def __str__(self) -> str:
        return self.key
