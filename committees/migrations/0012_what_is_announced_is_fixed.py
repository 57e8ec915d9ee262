"""The announced plan, the sealing keys and the moves of the end are evidence; evidence that the
portal wrote carries its mark."""

import django.db.models.deletion
from django.db import migrations, models

import portal.tools.keys
from portal.tools.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0011_a_term_has_its_seats"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="meeting",
            name="seal_private_key",
        ),
        migrations.RemoveField(
            model_name="meeting",
            name="seal_public_key",
        ),
        migrations.AddField(
            model_name="ballot",
            name="mark",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="refused",
            name="mark",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="result",
            name="unopenable",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="served",
            name="mark",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="voided",
            name="mark",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.CreateModel(
            name="AnnouncedPlan",
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
                ("mark", models.CharField(default="", editable=False, max_length=64)),
                ("plan", models.TextField()),
                ("words", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="committees.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compound", "meeting"), name="a_meeting_announces_one_plan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rescheduled",
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
                ("mark", models.CharField(default="", editable=False, max_length=64)),
                ("closes_at", models.DateTimeField(verbose_name="新的截止时间")),
                ("reason", models.TextField(verbose_name="理由")),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="committees.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["compound", "meeting"], name="moves_by_meeting")],
            },
        ),
        migrations.CreateModel(
            name="SealingKey",
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
                ("copy", models.PositiveSmallIntegerField(default=1)),
                ("public", models.CharField(max_length=64)),
                ("private", models.TextField()),
                ("manifest_sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="committees.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compound", "meeting", "copy"), name="a_meeting_has_one_sealing_key"
                    )
                ],
            },
        ),
        guard("committees_announcedplan", "committees_rescheduled", "committees_sealingkey"),
    ]
