"""What rows said before they were changed: a past day is answered by what stood then.

Two dates stand behind every figure: valid on D, known by K.  A row says what holds now; each row
here says what one change replaced.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.tools.evidence.models import Evidence


class Before(Evidence):
    """The old values of the fields that one change replaced; of a removed row, of all that count.

    A fact without a day of its own acts from the day it was changed: `acts_from`.  It is None
    where the fact carries its day; then only the moment of entering tells whether it was known.
    Values are ids, numbers, days and codes, never a name or a phone.
    """

    compound = models.UUIDField()
    kind = models.CharField(max_length=60)  # "fire.FirePlace"
    row = models.UUIDField()
    said = models.JSONField(encoder=DjangoJSONEncoder)
    acts_from = models.DateField(null=True)
    is_removal = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["compound", "kind", "row"], name="history_of_a_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.entered_at}"
