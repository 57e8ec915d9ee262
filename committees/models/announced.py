"""What was fixed when a meeting was announced and opened, and the moves of its end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence

from .marks import Marked
from .meetings import Meeting


class AnnouncedPlan(Marked, OfCompound):
    """What the notice announced: the plan of election-record/1, of which the notice prints the
    hash, and beside it what the posted papers say and the plan has no room for."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="plans", db_index=False)
    plan = models.TextField()  # canonical JSON
    words = models.TextField()  # canonical JSON
    sha256 = models.CharField(max_length=64)  # of the plan
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting"], name="a_meeting_announces_one_plan"
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class SealingKey(Evidence, OfCompound):
    """The key pair that a meeting's ballots are sealed with, and of which manifest.

    The first copy is the key; further ones hold the same private key under a newer key of the
    keyring.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="keys", db_index=False)
    copy = models.PositiveSmallIntegerField(default=1)
    public = models.CharField(max_length=64)
    private = models.TextField()  # as the keyring encrypts it for this meeting and copy
    manifest_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "meeting", "copy"], name="a_meeting_has_one_sealing_key"
            )
        ]

    def __str__(self) -> str:
        return self.public

    @property
    def place(self) -> str:
        """What the ciphertext is bound to."""
        return f"{self._meta.db_table}.private.{self.meeting_id}.{self.copy}"


class Rescheduled(Marked, OfCompound):
    """That the announced end of voting was moved, and why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves", db_index=False)
    closes_at = models.DateTimeField(_("新的截止时间"))
    reason = models.TextField(_("理由"))
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["compound", "meeting"], name="moves_by_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.closes_at}"
