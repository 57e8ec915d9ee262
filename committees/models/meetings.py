"""Owners' meetings (业主大会会议), what they decide, who stands and who may vote."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.owners.models import Owner, RollVersion
from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence
from portal.tools.keys import Keyed
from portal.tools.privacy.fields import EncryptedTextField


class Meeting(Keyed, OfCompound):
    """One meeting by written consultation; its stages only go forward."""

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("筹备中")
        NOMINATING = "nominating", _("名册已冻结，提名中")
        PUBLISHED = "published", _("候选人公示中")
        OPEN = "open", _("投票中")
        CLOSED = "closed", _("已截止，待计票")
        COUNTED = "counted", _("已计票")
        CALLED_OFF = "called-off", _("已取消")

    class Kind(models.TextChoices):
        FIRST = "first", _("首次会议")
        REGULAR = "regular", _("定期会议")
        EXTRAORDINARY = "extraordinary", _("临时会议")

    number = models.CharField(_("编号"), max_length=20)
    title = models.CharField(_("会议名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=15, choices=Kind, default=Kind.REGULAR)
    stage = models.CharField(_("阶段"), max_length=12, choices=Stage, default=Stage.PREPARING)
    opens_at = models.DateTimeField(_("投票开始"))
    closes_at = models.DateTimeField(_("投票截止"))
    announced_closes_at = models.DateTimeField(_("公告的截止时间"), null=True, editable=False)
    roll = models.ForeignKey(
        RollVersion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    rules = models.JSONField(default=dict)  # as in election-record/1, fixed when the roll freezes
    sources = models.JSONField(default=dict)  # rule -> authority and article, shown to readers
    manifest = models.TextField(blank=True, editable=False)  # canonical JSON, from the opening on
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("业主大会会议")
        verbose_name_plural = _("业主大会会议")
        constraints = [
            models.UniqueConstraint(fields=["compound", "number"], name="a_meeting_has_its_number"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="voting_closes_after_it_opens"
            ),
        ]
        indexes = [models.Index(fields=["compound", "stage"], name="meetings_by_stage")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "committees:meeting", kwargs={"code": self.compound.code, "number": self.number}
        )

    @property
    def is_announced(self) -> bool:
        """Whether its notice was ever posted."""
        return self.announced_closes_at is not None

    def takes_ballots(self, at: datetime) -> bool:
        return self.stage == self.Stage.OPEN and self.opens_at <= at < self.closes_at


class CalledOff(Evidence, OfCompound):
    """That a meeting with a frozen roll is not held to its end, and why; nothing is counted."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="called_off", db_index=False)
    reason = models.TextField(_("取消的理由"))
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("会议的取消")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting"], name="a_meeting_is_called_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.at}"


class Matter(Keyed, OfCompound):
    """A matter put to the vote (表决事项): a decision or an election."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("表决")
        ELECTION = "election", _("选举")

    class Bar(models.TextChoices):
        ORDINARY = "ordinary", _("一般事项")
        SPECIAL = "special", _("特别事项")

    class Body(models.TextChoices):
        COMMITTEE = "committee", _("业主委员会")
        VACANCIES = "vacancies", _("补选业主委员会委员")
        OTHER = "other", _("其他（如业主监事会）")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="matters", db_index=False)
    position = models.PositiveSmallIntegerField(_("顺序"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    title = models.CharField(_("事项"), max_length=120)
    text = models.TextField(_("内容"), blank=True)
    bar = models.CharField(_("通过标准"), max_length=10, choices=Bar, default=Bar.ORDINARY)
    scope = models.CharField(_("表决范围"), max_length=30, default="homes")
    may_follow = models.BooleanField(_("可选“从多”"), default=False)
    elects = models.CharField(_("选举的机构"), max_length=10, choices=Body, default=Body.COMMITTEE)
    seats = models.PositiveSmallIntegerField(_("应选人数"), null=True, blank=True)
    alternates = models.PositiveSmallIntegerField(_("候补人数"), null=True, blank=True)
    max_choices = models.PositiveSmallIntegerField(_("最多可选"), null=True, blank=True)

    class Meta:
        verbose_name = _("表决事项")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "position"], name="a_matter_has_its_place"
            ),
            models.UniqueConstraint(
                fields=["compound", "meeting"],
                condition=Q(kind="election", elects="committee"),
                name="a_meeting_elects_one_committee",
            ),
            models.CheckConstraint(
                condition=Q(kind="decision")
                | Q(seats__gt=0, alternates__isnull=False, max_choices__gt=0),
                name="an_election_has_seats",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        return f"m{self.position}"

    @property
    def options(self) -> list[str]:
        """The options of a decision in the order of the record."""
        return ["agree", "against", "abstain", *(["follow"] if self.may_follow else [])]


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def standing(self) -> "CandidateQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Candidate(Keyed, OfCompound):
    """Somebody nominated, with party membership declared; standing unless withdrawn."""

    class Channel(models.TextChoices):
        SELF = "self", _("自荐")
        JOINT = "joint", _("业主联名推荐")
        ORGANISATION = "organisation", _("组织推荐")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="candidates", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField(_("顺序"))
    name = EncryptedTextField(_("姓名"))
    is_party_member = models.BooleanField(_("中共党员"))
    agrees_to_publish = models.BooleanField(_("同意公示政治面貌"), default=False)
    channel = models.CharField(_("推荐方式"), max_length=12, choices=Channel, default=Channel.SELF)
    statement = models.TextField(_("自我介绍"), blank=True)
    nominated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("候选人")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "matter", "position"], name="a_candidate_has_a_place"
            ),
            models.UniqueConstraint(
                fields=["compound", "matter", "owner"], name="an_owner_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        return f"c{self.position}"


class Voter(Evidence, OfCompound):
    """One set of owners at one meeting: one head, under a pseudonym made for this meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="voters", db_index=False)
    group = models.UUIDField()  # portal.owners RollGroup
    pseudonym = models.CharField(max_length=20)
    slip = models.PositiveIntegerField(_("票号"))
    area = models.PositiveBigIntegerField()
    rooms = models.JSONField(default=list)
    is_developer = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("表决权人")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "pseudonym"], name="a_voter_has_one_pseudonym"
            ),
            models.UniqueConstraint(
                fields=["compound", "meeting", "group"], name="a_head_votes_once_at_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["compound", "meeting", "slip"], name="a_slip_number_is_one_voters"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class VoterPart(Evidence, OfCompound):
    """One part of a voter at a meeting, under its own pseudonym, with the scopes it counts in."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", db_index=False)
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="parts", db_index=False)
    part = models.UUIDField()
    pseudonym = models.CharField(max_length=20)
    area = models.PositiveIntegerField()
    scopes = models.JSONField(default=list)
    building = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "pseudonym"], name="a_voting_part_has_a_pseudonym"
            ),
            models.UniqueConstraint(
                fields=["compound", "meeting", "part"], name="a_part_votes_once_at_a_meeting"
            ),
        ]
        indexes = [models.Index(fields=["compound", "voter"], name="voting_parts_by_voter")]

    def __str__(self) -> str:
        return self.pseudonym
