"""What one person asked and another answered: both rows stay as they were written.

What makes the two people two is bound into the answer by a composite key of the database, so that
no code can answer for the one who asked.
"""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.places.models import Region
from portal.tools.audit.models import NOWHERE
from portal.tools.evidence.models import Evidence


class Subject(models.TextChoices):
    """What a request is about; some of it nobody ever does alone."""

    WAIVER = "waiver", _("例外办理")
    BALLOT = "ballot", _("选票")
    KEY = "key", _("计票密钥")
    BINDING = "binding", _("绑定与手机号")
    SEAT = "seat", _("席位")
    OFFICE = "office", _("任职")
    MEETING = "meeting", _("会议办理")
    EQUIPMENT = "equipment", _("消防设备")


# An office is among them: whoever appoints alone makes the one who agrees.
NEVER_ALONE = frozenset(
    {
        Subject.WAIVER,
        Subject.BALLOT,
        Subject.KEY,
        Subject.BINDING,
        Subject.SEAT,
        Subject.OFFICE,
    }
)


class RequestQuerySet(models.QuerySet["Request"]):
    def open_at(self, at: datetime) -> "RequestQuerySet":
        """Not answered, and still in its time."""
        answers = Answer.objects.filter(compound=OuterRef("compound"), request=OuterRef("pk"))
        return self.filter(~models.Exists(answers), asked_at__lte=at, lapses_at__gt=at)

    def run_out(self, at: datetime) -> "RequestQuerySet":
        """Not answered, and past its time."""
        answers = Answer.objects.filter(compound=OuterRef("compound"), request=OuterRef("pk"))
        return self.filter(~models.Exists(answers), lapses_at__lte=at)


class Request(Evidence):
    """What is asked: the kind, the thing it is about, and ids and codes that its kind needs.

    `compound` is a plain id, all zeros for what belongs to a region.  `may_be_alone` says whether
    the asker may do it without an answer in an emergency; `other_office` whether who agrees must
    hold another office than who asked.
    """

    compound = models.UUIDField(_("小区"), default=NOWHERE)
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name=_("区域"), null=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    subject = models.CharField(_("类别"), max_length=10, choices=Subject)
    target = models.UUIDField()
    facts = models.JSONField(default=dict)
    reason = models.CharField(_("理由"), max_length=500)
    asked_by = models.UUIDField()
    asked_as = models.CharField(max_length=20)
    asked_phone = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(_("申请时间"))
    lapses_at = models.DateTimeField(_("答复期限"))
    other_office = models.BooleanField(default=False)
    may_be_alone = models.BooleanField(default=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("申请")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "compound",
                    "id",
                    "asked_by",
                    "asked_as",
                    "asked_phone",
                    "lapses_at",
                    "other_office",
                    "may_be_alone",
                ],
                name="a_request_has_its_asker",
            ),
            models.CheckConstraint(
                condition=Q(compound=NOWHERE, region__isnull=False)
                | (~Q(compound=NOWHERE) & Q(region__isnull=True)),
                name="a_request_belongs_to_a_compound_or_a_region",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_request_says_why"),
            models.CheckConstraint(
                condition=Q(lapses_at__gt=F("asked_at")), name="a_request_lapses_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(may_be_alone=False) | ~Q(subject__in=sorted(NEVER_ALONE)),
                name="waivers_ballots_keys_bindings_and_seats_are_never_done_alone",
            ),
            models.CheckConstraint(
                condition=Q(may_be_alone=False) | Q(region__isnull=True),
                name="what_is_done_alone_is_posted_in_a_compound",
            ),
        ]
        indexes = [
            models.Index(fields=["compound", "kind", "target"], name="requests_by_target"),
            models.Index(fields=["lapses_at"], name="requests_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:request", args=[self.pk])

    @property
    def compound_id(self) -> uuid.UUID:
        """As every row of a compound has it; the audit reads it."""
        return self.compound


class Answer(Evidence):
    """How a request ended: agreed to or refused by another, taken back or done alone by the asker,
    or lapsed.  The asker's columns are the request's own, bound by a composite key."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("已同意")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")
        LAPSED = "lapsed", _("逾期未答复，视为未同意")
        ALONE = "alone", _("紧急情况，单独办理")

    compound = models.UUIDField(_("小区"), default=NOWHERE)
    request = models.ForeignKey(Request, models.PROTECT, related_name="answers", db_index=False)
    asked_by = models.UUIDField()
    asked_as = models.CharField(max_length=20)
    asked_phone = models.CharField(max_length=64, blank=True)
    lapses_at = models.DateTimeField()
    other_office = models.BooleanField()
    may_be_alone = models.BooleanField()
    outcome = models.CharField(_("答复"), max_length=10, choices=Outcome)
    words = models.CharField(_("说明"), max_length=500, blank=True)
    by = models.UUIDField(null=True)
    answered_as = models.CharField(max_length=20, blank=True)
    by_phone = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("答复")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "request"], name="a_request_is_answered_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["agreed", "refused"])
                | (Q(by__isnull=False) & ~Q(answered_as="") & ~Q(by=F("asked_by"))),
                name="nobody_answers_their_own_request",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["agreed", "refused"])
                | Q(by_phone="")
                | ~Q(by_phone=F("asked_phone")),
                name="nobody_answers_by_the_askers_phone",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="agreed", other_office=True) | ~Q(answered_as=F("asked_as")),
                name="where_two_offices_are_needed_they_differ",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["withdrawn", "alone"]) | Q(by=F("asked_by")),
                name="only_the_asker_takes_back_or_acts_alone",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="alone") | Q(may_be_alone=True),
                name="alone_is_done_only_what_may_be",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["refused", "alone"]) | ~Q(words=""),
                name="a_refusal_and_an_emergency_say_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="lapsed", by__isnull=True, at__gte=F("lapses_at"))
                | (~Q(outcome="lapsed") & Q(by__isnull=False, at__lt=F("lapses_at"))),
                name="an_answer_comes_in_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.request_id}"

    @property
    def compound_id(self) -> uuid.UUID:
        """As every row of a compound has it; the audit reads it."""
        return self.compound
