"""Ballots and the ledger: sealed when cast, chained in the background, opened at the count."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.approvals.models import Request
from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence
from portal.tools.keys import Keyed

from .marks import Marked
from .meetings import Meeting, Voter


class Ballot(Marked, OfCompound):
    """An accepted ballot.  `envelope` holds choices and nonce, encrypted to the meeting's key."""

    class Channel(models.TextChoices):
        ONLINE = "online", _("网上")
        PAPER = "paper", _("纸质")
        ONSITE = "onsite", _("现场")
        PROXY = "proxy", _("委托")
        EXTERNAL = "external", _("其他系统")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballots", db_index=False)
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="ballots", db_index=False)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    attempt = models.PositiveSmallIntegerField(default=1)  # one more after each voided ballot
    request = models.UUIDField()  # printed into the page: a retry is the same ballot
    seal = models.CharField(_("回执"), max_length=64)
    envelope = models.BinaryField()
    received_at = models.DateTimeField()
    keyed_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("选票")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "voter", "channel", "attempt"],
                name="a_voter_casts_one_ballot_a_channel",
            ),
            models.UniqueConstraint(
                fields=["compound", "meeting", "request"], name="a_request_casts_one_ballot"
            ),
        ]
        indexes = [models.Index(fields=["compound", "seal"], name="ballots_by_receipt")]

    def __str__(self) -> str:
        return self.seal[:12]


class Served(Marked, OfCompound):
    """The ballot was delivered to this voter (the first time counts)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", db_index=False)
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="served", db_index=False)
    how = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "voter"], name="a_voter_is_served_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} {self.how}"


class Voided(Marked, OfCompound):
    """A ballot that does not count, with the reason."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", db_index=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="voided", db_index=False)
    reason = models.CharField(max_length=200)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "ballot"], name="a_ballot_is_voided_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.reason}"


class Refused(Marked, OfCompound):
    """An attempt that was not accepted, or came late."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", db_index=False)
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["compound", "meeting"], name="refusals_by_meeting")]

    def __str__(self) -> str:
        return f"{self.voter_id} {self.reason}"


class LedgerEvent(Evidence, OfCompound):
    """One line of the meeting's ledger, exactly as election-record/1 writes it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ledger", db_index=False)
    seq = models.PositiveIntegerField()
    prev = models.CharField(max_length=64)
    type = models.CharField(max_length=12)
    at = models.CharField(max_length=20)
    body = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)
    source = models.UUIDField(null=True)  # the row this event tells of

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "seq"], name="the_ledger_counts_without_gaps"
            ),
            models.UniqueConstraint(
                fields=["compound", "meeting", "source"], name="a_row_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"


class Opening(Evidence, OfCompound):
    """A ballot's choices and nonce, readable only after the count began."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="openings", db_index=False)
    seq = models.PositiveIntegerField()
    choices = models.JSONField()
    nonce = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "seq"], name="a_ballot_is_opened_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.seq)


class Result(Evidence, OfCompound):
    """The result as result.json has it, and what the posted hashes are."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="results", db_index=False)
    counted_at = models.DateTimeField()
    result = models.JSONField()
    strict = models.JSONField(default=dict)  # without following, law.md §9.1
    unopenable = models.JSONField(default=dict)  # how many, and what they could change
    manifest_sha256 = models.CharField(max_length=64)
    last_hash = models.CharField(max_length=64)
    by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("计票结果")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting"], name="a_meeting_is_counted_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)


class Waiver(Evidence, OfCompound):
    """A period or gate that a step need not meet: which, who asked, who agreed, and why.  A reason
    put down where no rule is skipped has no obstacles, and nobody needs to agree."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="waivers", db_index=False)
    step = models.CharField(_("步骤"), max_length=20)
    obstacles = models.JSONField(_("未满足的条件"))
    reason = models.TextField(_("理由"))
    by = models.UUIDField()
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, related_name="+", db_index=False
    )
    agreed_by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("例外")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "request"], name="a_request_brings_one_waiver"
            ),
            models.CheckConstraint(
                condition=Q(obstacles=[])
                | Q(request__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("by")),
                name="a_waiver_of_a_rule_is_agreed_to_by_another",
            ),
        ]
        indexes = [models.Index(fields=["compound", "meeting"], name="waivers_by_meeting")]

    def __str__(self) -> str:
        return f"{self.step} {self.reason}"


class Turnout(Keyed, OfCompound):
    """How far the ledger has come in one scope: who has taken part, never a choice.
    Written by the background sequencer only, so that voters queue for no row."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="turnout", db_index=False)
    scope = models.CharField(max_length=30)
    eligible_heads = models.PositiveIntegerField(default=0)
    eligible_area = models.PositiveBigIntegerField(default=0)
    heads = models.PositiveIntegerField(default=0)
    area = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "scope"], name="turnout_has_one_row_a_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.heads}"
