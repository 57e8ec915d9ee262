from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Failure",
            fields=[
                ("job", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=128, verbose_name="任务")),
                ("error", models.CharField(max_length=200, verbose_name="错误类别")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={"verbose_name": "失败的任务"},
        ),
    ]
