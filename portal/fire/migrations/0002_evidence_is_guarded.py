"""Evidence is guarded from its first row on; a recheck is tied to the author of its repair."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("fire", "0001_initial")]
    operations: ClassVar = [
        guard("fire_check", "fire_defect", "fire_repair", "fire_recheck"),
        migrations.RunSQL(
            """
            ALTER TABLE fire_recheck ADD CONSTRAINT a_recheck_names_the_repairs_author
                FOREIGN KEY (compound_id, defect_id, attempt, repaired_by)
                REFERENCES fire_repair (compound_id, defect_id, attempt, "by")
            """,
            "ALTER TABLE fire_recheck DROP CONSTRAINT a_recheck_names_the_repairs_author",
        ),
    ]
