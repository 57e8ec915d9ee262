import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.tools.keys


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_visits_are_listed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
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
                ("phone_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("until", models.DateTimeField(verbose_name="有效期至")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="邀请人",
                    ),
                ),
            ],
            options={"verbose_name": "邀请"},
        ),
    ]
