"""Texts and withdrawals are guarded by triggers from their first row on."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cms", "0003_texts_of_notices_stay")]
    operations: ClassVar = [guard("cms_noticetext"), guard("cms_noticewithdrawn")]
