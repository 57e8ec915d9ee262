"""An upload says how far its job is, and against which state of the registry it was looked at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("owners", "0008_wrong_names_are_counted")]

    operations = [
        migrations.AddField(
            "rollupload",
            "step",
            models.CharField(
                choices=[
                    ("looked-at", "已检查"),
                    ("sent", "排队等待"),
                    ("judged", "正在核对"),
                    ("written", "正在写入"),
                    ("unreadable", "文件无法读取"),
                    ("changed", "名册在检查之后有变动"),
                ],
                default="looked-at",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "rollupload", "seen", models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.AddField("rollimport", "upload", models.UUIDField(null=True)),
    ]
