"""Evidence is guarded by triggers from its first row on."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("campaigns", "0001_initial")]
    operations: ClassVar = [
        guard(
            "campaigns_award",
            "campaigns_frozenstandard",
            "campaigns_result",
            "campaigns_scoring",
            "campaigns_stagereached",
            "campaigns_submission",
            "campaigns_vetosaid",
        )
    ]
