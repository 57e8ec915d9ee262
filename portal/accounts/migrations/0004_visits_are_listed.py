import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.tools.keys
import portal.tools.privacy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_firms_have_repairers_and_a_duty_room"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
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
                ("session", portal.tools.privacy.fields.EncryptedTextField()),
                (
                    "session_hash",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "device",
                    portal.tools.privacy.fields.EncryptedTextField(blank=True, verbose_name="设备"),
                ),
                ("began_at", models.DateTimeField(verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(verbose_name="最近使用")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
            ],
            options={"verbose_name": "登录设备"},
        ),
    ]
