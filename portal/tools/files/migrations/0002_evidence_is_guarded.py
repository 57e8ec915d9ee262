"""Evidence is guarded by triggers from its first row on."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0001_initial")]
    operations: ClassVar = [guard("files_storedfile")]
