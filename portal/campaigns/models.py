"""Campaigns of 美丽小区: the frozen standard, entries, what was submitted, given and awarded."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound, Region
from portal.publicity.models import Publicity
from portal.tools.evidence.models import Evidence
from portal.tools.files.models import StoredFile
from portal.tools.keys import Keyed

from .rules.standard import Scorer


class FrozenStandard(Evidence):
    """A standard as a campaign opened with it; `sha256` is of its canonical JSON."""

    sha256 = models.CharField(max_length=64, unique=True)
    value = models.JSONField(_("评价标准"))

    class Meta:
        verbose_name = _("评价标准")

    def __str__(self) -> str:
        return self.sha256


class Campaign(Keyed):
    """A campaign of a year in a county; `code` is its public number.

    The days up to which each stage is meant to last are included; `publicity_on` is the day on
    which the result is meant to be posted.
    """

    class Stage(models.TextChoices):
        ENTRY = "entry", _("申报")
        COMMUNITY = "community", _("社区初核")
        STREET = "street", _("街道初评")
        COUNTY = "county", _("县级评审")
        PUBLICITY = "publicity", _("结果公示")
        AWARDED = "awarded", _("已命名")

    code = models.CharField(_("编号"), max_length=40, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    name = models.CharField(_("名称"), max_length=100)
    standard = models.ForeignKey(FrozenStandard, models.PROTECT, related_name="+")
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage, default=Stage.ENTRY)
    entry_until = models.DateField(_("申报截止"))
    community_until = models.DateField(_("社区初核截止"))
    street_until = models.DateField(_("街道初评截止"))
    county_until = models.DateField(_("县级评审截止"))
    publicity_on = models.DateField(_("结果公示日"))

    class Meta:
        verbose_name = _("美丽小区评选")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "name"], name="a_campaign_opens_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(community_until__gt=F("entry_until"))
                & Q(street_until__gt=F("community_until"))
                & Q(county_until__gt=F("street_until"))
                & Q(publicity_on__gte=F("county_until")),
                name="a_campaigns_stages_follow_each_other",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.code])

    @property
    def stage_under_way(self) -> str:
        """The stage that is still to be brought to its end; none once the names are given."""
        return "" if self.stage == Campaign.Stage.AWARDED else self.stage

    @property
    def stage_now(self) -> "Campaign.Stage":
        return Campaign.Stage(self.stage)


class StageReached(Evidence):
    """A campaign came to a stage, by whom and when."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reached")
    stage = models.CharField(max_length=10, choices=Campaign.Stage)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "stage"], name="a_campaign_comes_to_a_stage_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.stage}"


class Entry(Keyed, OfCompound):
    """A compound takes part; its draft stands in `marks` and `files` until it is submitted."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries")
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField(_("申报时间"))

    class Meta:
        verbose_name = _("申报")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "campaign"], name="a_compound_enters_a_campaign_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.compound_id}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:entry", args=[self.campaign.code, self.compound.code])


class SelfScore(Keyed, OfCompound):
    """What the compound gives itself for an item, in tenths, with its words: a draft."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="marks")
    item = models.CharField(max_length=60)
    tenths = models.PositiveSmallIntegerField(_("自评分"), null=True)
    words = models.TextField(_("说明"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "entry", "item"], name="an_item_is_scored_once_by_oneself"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.tenths}"


class Attachment(Keyed, OfCompound):
    """A stored file that was uploaded as an item's evidence."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files")
    item = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "entry", "file"], name="a_file_is_attached_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.file}"


class Submission(Evidence, OfCompound):
    """An entry as submitted: self scores, words, files and the records of that moment."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="submission")
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField()
    at = models.DateTimeField(_("提交时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compound", "entry"], name="an_entry_is_submitted_once")
        ]

    def __str__(self) -> str:
        return self.sha256


class Scoring(Evidence, OfCompound):
    """One scoring of an entry by an office: item → tenths and note; the last of a level counts.

    `request` is the form's own key, so that one pressed twice counts once.
    """

    class By(models.TextChoices):
        COMMUNITY = Scorer.COMMUNITY.value, _("社区")
        STREET = Scorer.STREET.value, _("街道（乡镇）")
        COUNTY = Scorer.COUNTY.value, _("县级")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="scorings")
    level = models.CharField(_("评分单位"), max_length=10, choices=By)
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField()
    request = models.UUIDField()
    by = models.UUIDField()
    at = models.DateTimeField(_("评分时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "entry", "level", "number"], name="a_levels_scorings_in_turn"
            ),
            models.UniqueConstraint(fields=["compound", "request"], name="a_scoring_is_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.number}"


class VetoSaid(Evidence, OfCompound):
    """A veto (一票否决) put on an entry, or lifted from it (`stands` is false); the last counts."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="vetoes")
    veto = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    stands = models.BooleanField()
    reason = models.TextField(_("事由"))
    document = models.CharField(_("文书"), max_length=120)
    by = models.UUIDField()
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "entry", "veto", "number"], name="a_vetos_words_in_turn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.veto} {self.stands}"


class Result(Evidence, OfCompound):
    """The proposed result of an entry: `value` is campaign-entry/1, posted as `publicity`."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="result")
    value = models.JSONField()
    sha256 = models.CharField(max_length=64)
    publicity = models.ForeignKey(Publicity, models.PROTECT, related_name="+", db_index=False)
    by = models.UUIDField()
    at = models.DateTimeField(_("公布时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compound", "entry"], name="an_entry_has_one_result")
        ]
        indexes = [models.Index(fields=["compound", "publicity"], name="results_by_publicity")]

    def __str__(self) -> str:
        return self.sha256


class Award(Evidence, OfCompound):
    """A compound was named (命名); `level` and `title` are the standard's."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="award")
    level = models.CharField(max_length=60)
    title = models.CharField(_("等次"), max_length=60)
    by = models.UUIDField()
    at = models.DateTimeField(_("命名时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compound", "entry"], name="an_entry_is_awarded_once")
        ]

    def __str__(self) -> str:
        return self.title
