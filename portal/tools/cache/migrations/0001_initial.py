from django.db import migrations, models


def remembered() -> list[tuple[str, models.Field]]:
    return [
        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
        ("value", models.JSONField()),
        ("until", models.DateTimeField(db_index=True, null=True)),
    ]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Kept",
            fields=remembered(),
            options={"verbose_name": "缓存内容", "abstract": False},
        ),
        migrations.CreateModel(
            name="Limit",
            fields=remembered(),
            options={
                "verbose_name": "次数限制",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", False)), name="a_limit_runs_out"
                    )
                ],
            },
        ),
    ]
