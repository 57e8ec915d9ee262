"""What a notice said is kept when it is corrected; a notice can be withdrawn."""

from typing import ClassVar

from django.db import migrations, models

import portal.tools.keys

KEY = models.UUIDField(
    default=portal.tools.keys.new_key, editable=False, primary_key=True, serialize=False
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cms", "0002_a_notice_is_published_once")]

    operations: ClassVar = [
        migrations.RemoveConstraint("noticepage", "a_notice_is_published_once"),
        migrations.RemoveField("noticepage", "request"),
        migrations.CreateModel(
            name="NoticeText",
            fields=[
                ("id", KEY.clone()),
                ("compound", models.UUIDField(verbose_name="小区")),
                ("page", models.PositiveIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几稿")),
                ("title", models.CharField(max_length=255, verbose_name="标题")),
                ("body", models.TextField(verbose_name="正文")),
                ("request", models.UUIDField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "公告文本",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compound", "page", "number"),
                        name="a_notices_texts_are_numbered",
                    ),
                    models.UniqueConstraint(
                        fields=("compound", "request"), name="a_notice_is_published_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeWithdrawn",
            fields=[
                ("id", KEY.clone()),
                ("compound", models.UUIDField(verbose_name="小区")),
                ("page", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=300, verbose_name="撤回的理由")),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "公告的撤回",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compound", "page"), name="a_notice_is_withdrawn_once"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(reason=""), name="a_withdrawal_says_why"
                    ),
                ],
            },
        ),
    ]
