"""A rule that no code reads says so on every page that shows or sets it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0004_rules_stand_in_time")]

    operations = [
        migrations.AddField(
            "rule", "is_reference", models.BooleanField(default=False, verbose_name="仅供参考")
        )
    ]
