"""Requests and answers are guarded from their first row on; an answer is tied to its asker."""

from typing import ClassVar

from django.db import migrations

from portal.tools.evidence.guards import guard

COLUMNS = "asked_by, asked_as, asked_phone, lapses_at, other_office, may_be_alone"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0001_initial")]
    operations: ClassVar = [
        guard("approvals_request", "approvals_answer"),
        migrations.RunSQL(
            f"""
            ALTER TABLE approvals_answer ADD CONSTRAINT an_answer_names_who_asked
                FOREIGN KEY (compound, request_id, {COLUMNS})
                REFERENCES approvals_request (compound, id, {COLUMNS})
            """,
            "ALTER TABLE approvals_answer DROP CONSTRAINT an_answer_names_who_asked",
        ),
    ]
