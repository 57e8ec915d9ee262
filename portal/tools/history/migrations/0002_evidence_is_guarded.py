"""What rows said before is evidence, guarded from its first row on."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("history", "0001_initial")]
    operations: ClassVar = [guard("history_before")]
