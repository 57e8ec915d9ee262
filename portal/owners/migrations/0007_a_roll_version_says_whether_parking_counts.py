"""A frozen roll keeps by which rule its sums were made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("owners", "0006_file_names_are_encrypted")]

    operations = [
        migrations.AddField(
            "rollversion",
            "counts_parking",
            models.BooleanField(default=False, verbose_name="车位、储藏室计入"),
        )
    ]
