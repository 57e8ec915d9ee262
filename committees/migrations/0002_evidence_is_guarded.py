"""Evidence is guarded by triggers from its first row on."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("committees", "0001_initial")]
    operations: ClassVar = [
        guard(
            "committees_ballot",
            "committees_served",
            "committees_voided",
            "committees_refused",
            "committees_ledgerevent",
            "committees_opening",
            "committees_result",
            "committees_waiver",
            "committees_voter",
            "committees_voterpart",
        )
    ]
