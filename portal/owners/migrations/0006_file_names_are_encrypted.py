"""The name of a roll's file may name a person."""

from typing import ClassVar

from django.db import migrations

from portal.tools.privacy.fields import EncryptedTextField


class Migration(migrations.Migration):
    dependencies: ClassVar = [("owners", "0005_what_is_left_over_waits_to_be_mended")]

    operations: ClassVar = [
        migrations.AlterField("rollimport", "file_name", EncryptedTextField(verbose_name="文件名")),
        migrations.AlterField("rollupload", "file_name", EncryptedTextField()),
    ]
