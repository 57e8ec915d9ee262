"""Every number of law and local rule: dated, per region, with its article and how sure we are."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound
from portal.tools.keys import Keyed

from .rules.regions import name_of

A_MYRIAD = 10_000
SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": ""}


class Unit(models.TextChoices):
    """What a number counts; of shares also of what whole."""

    SHARE = "share", ""
    SHARE_OF_ALL = "share-of-all", _("（占全体业主）")
    SHARE_OF_PARTICIPANTS = "share-of-participants", _("（占参与表决业主）")
    DAYS = "days", _("日")
    WORKDAYS = "workdays", _("个工作日")
    MONTHS = "months", _("个月")
    YEARS = "years", _("年")
    CALENDAR_YEAR = "year", _("年（公历）")
    HOURS = "hours", _("小时")
    MINUTES = "minutes", _("分钟")
    SECONDS = "seconds", _("秒")
    PEOPLE = "people", _("人")
    OWNERS = "owners", _("名业主")
    HOUSEHOLDS = "households", _("户")
    PIECES = "pieces", _("个")
    TIMES = "times", _("倍")
    TIMES_A_DAY = "times-a-day", _("次（每日）")
    TIMES_A_YEAR = "times-a-year", _("次（每年）")
    YUAN = "yuan", _("元")
    POINTS = "points", _("分")
    GRADE = "grade", _("级")
    METRES = "m", _("米")
    CENTIMETRES = "cm", _("厘米")
    SQUARE_METRES = "m2", _("㎡")
    CELSIUS = "celsius", _("℃")
    DP = "dp", "dp"
    PT = "pt", _("磅")
    YES = "yes", _("是或否")


def value_in_words(value: str, operator: str, unit: str) -> str:
    """A number as readers see it, such as "≥ 2/3（占全体业主）", "≤ 30 日" or "是"."""
    if unit == Unit.YES:
        return gettext("是") if value == "1" else gettext("否")
    figure = f"{int(value):,}" if value.isdigit() and int(value) >= A_MYRIAD else value
    words = str(Unit(unit).label) if unit in Unit.values else unit
    space = " " if words and not words.startswith("（") else ""
    return f"{SIGNS[operator]}{figure}{space}{words}"


class DatedQuerySet(models.QuerySet["Rule"]):
    def in_force(self, on: date, known_at: datetime | None = None) -> "DatedQuerySet":
        """Those whose first and last day hold `on`, whatever their region, as known by K."""
        acting = Q(acts_from__isnull=True) | Q(acts_from__lte=on)
        not_past = Q(acts_until__isnull=True) | Q(acts_until__gte=on)
        return self.known(known_at).filter(covering(on), acting, not_past)

    def known(self, at: datetime | None) -> "DatedQuerySet":
        """What the book said at that moment of any day; None is now."""
        if at is None:
            return self.filter(left_at__isnull=True)
        entered = Q(entered_at__isnull=True) | Q(entered_at__lte=at)
        return self.filter(entered, Q(left_at__isnull=True) | Q(left_at__gt=at))

    def standing(self) -> "DatedQuerySet":
        """What the files say: neither left nor replaced."""
        return self.filter(left_at__isnull=True, acts_until__isnull=True)


class CompoundRuleQuerySet(models.QuerySet["CompoundRule"]):
    def in_force(self, on: date) -> "CompoundRuleQuerySet":
        return self.filter(covering(on))


def covering(day: date) -> Q:
    """The condition that a rule's days, both included, hold `day`."""
    return Q(effective_from__lte=day) & (Q(effective_to__isnull=True) | Q(effective_to__gte=day))


class Rule(Keyed):
    """One number of one authority, in force from a day on; loaded from files of the repository.

    The days of force are the law's.  What a later loading corrects acts from its own day and never
    before: the row that said otherwise keeps the days up to then (`acts_until`), and the new one
    begins (`acts_from`).  A row stands in the book from `entered_at` (None: since the first
    loading) until `left_at`.
    """

    class Operator(models.TextChoices):
        AT_LEAST = ">=", _("不少于")
        MORE = ">", _("超过")
        AT_MOST = "<=", _("不超过")
        LESS = "<", _("少于")
        EXACTLY = "=", _("等于")

    class Confidence(models.TextChoices):
        HIGH = "H", _("高")
        MIDDLE = "M", _("中")
        LOW = "L", _("低")

    class Room(models.TextChoices):
        NONE = "", _("不可调整")
        AT_LEAST = "at-least", _("可以更大，不得更小")
        AT_MOST = "at-most", _("可以更小，不得更大")
        FREE = "free", _("可以自定")

    subject = models.CharField(_("类别"), max_length=60)
    position = models.PositiveIntegerField(_("次序"), default=0)
    key = models.CharField(_("规则"), max_length=60)
    region = models.CharField(_("适用区域"), max_length=40)
    title = models.CharField(_("名称"), max_length=100)
    value = models.CharField(_("数值"), max_length=40)
    operator = models.CharField(_("比较"), max_length=2, choices=Operator)
    unit = models.CharField(_("单位"), max_length=30, choices=Unit)
    authority = models.CharField(_("依据"), max_length=100)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    confidence = models.CharField(_("可信度"), max_length=1, choices=Confidence)
    is_binding = models.BooleanField(_("强制"), default=False)
    is_recalled = models.BooleanField(_("未核对原文"), default=False)
    is_waivable = models.BooleanField(_("可以例外办理"), default=True)
    is_reference = models.BooleanField(_("仅供参考"), default=False)  # nothing here obeys it
    room = models.CharField(_("小区可调"), max_length=10, choices=Room, blank=True)
    default = models.CharField(_("未自定时取"), max_length=40, blank=True)
    default_source = models.CharField(_("所取数值的依据"), max_length=160, blank=True)
    words = models.TextField(_("说明"), blank=True)
    acts_from = models.DateField(null=True, editable=False)
    acts_until = models.DateField(null=True, editable=False)
    entered_at = models.DateTimeField(null=True, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("规则")
        verbose_name_plural = _("规则")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "region", "effective_from"],
                condition=Q(left_at__isnull=True, acts_until__isnull=True),
                name="a_rule_begins_once_in_a_region",
            ),
            models.CheckConstraint(
                condition=Q(acts_from__isnull=True)
                | Q(acts_until__isnull=True)
                | Q(acts_until__gte=F("acts_from")),
                name="a_rule_acts_for_a_day_at_least",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="a_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(operator__in=[">=", ">", "<=", "<", "="]),
                name="a_rule_compares_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(room__in=["", "at-least", "at-most", "free"]),
                name="a_rule_leaves_a_known_room",
            ),
            models.CheckConstraint(
                condition=Q(default="", default_source="")
                | ~(Q(default="") | Q(default_source="")),
                name="a_default_names_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.operator} {self.value}"

    def get_absolute_url(self) -> str:
        return reverse("rulebook:rule", kwargs={"key": self.key})

    def acts_on(self, day: date) -> bool:
        """Whether a correction had begun by then, and none had replaced it."""
        begun = self.acts_from is None or self.acts_from <= day
        return begun and (self.acts_until is None or day <= self.acts_until)

    @property
    def source(self) -> str:
        """The authority and its article: 《民法典》第278条第2款."""
        return f"{self.authority}{self.article}"

    @property
    def region_name(self) -> str:
        return name_of(self.region)

    @property
    def value_words(self) -> str:
        return value_in_words(self.value, self.operator, self.unit)

    @property
    def confidence_words(self) -> str:
        """How sure the book is of it, and whether anybody has read the text."""
        words = str(self.Confidence(self.confidence).label)
        return gettext("%s，未核对原文") % words if self.is_recalled else words

    @property
    def default_words(self) -> str:
        return value_in_words(self.default, self.operator, self.unit) if self.default else ""


class CompoundRule(Keyed, OfCompound):
    """A compound's own number for a rule, inside the law's room, with the clause it adopted."""

    key = models.CharField(_("规则"), max_length=60)
    value = models.CharField(_("数值"), max_length=40)
    clause = models.CharField(_("议事规则或规约条款"), max_length=200)
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    by = models.UUIDField(null=True)

    objects = CompoundRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("小区自定规则")
        verbose_name_plural = _("小区自定规则")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "key", "effective_from"],
                name="a_compounds_rule_begins_once",
            ),
            models.UniqueConstraint(
                fields=["compound", "key"],
                condition=Q(effective_to__isnull=True),
                name="a_compound_has_one_standing_rule_of_a_key",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="a_compounds_rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"
