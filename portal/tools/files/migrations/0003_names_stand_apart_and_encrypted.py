"""The name of an upload leaves the evidence: it may name a person."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tools.keys
import portal.tools.privacy.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0002_evidence_is_guarded")]

    operations: ClassVar = [
        migrations.RemoveField(model_name="storedfile", name="name"),
        migrations.CreateModel(
            name="FileName",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("compound", models.UUIDField(verbose_name="小区")),
                (
                    "name",
                    portal.tools.privacy.fields.EncryptedTextField(verbose_name="原文件名"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "文件名",
                "constraints": [
                    models.UniqueConstraint(fields=("compound", "file"), name="a_file_has_one_name")
                ],
            },
        ),
    ]
