from django.db import migrations, models

FIRMS_PEOPLE = ["firm-manager", "inspector", "repairer", "duty-keeper"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_proved_phones_and_session_stamps"),
    ]

    operations = [
        migrations.AlterField(
            model_name="compoundoffice",
            name="role",
            field=models.CharField(
                choices=[
                    ("committee-member", "业委会成员"),
                    ("meeting-clerk", "会务人员"),
                    ("firm-manager", "物业项目经理"),
                    ("inspector", "消防巡查员"),
                    ("repairer", "维修员"),
                    ("duty-keeper", "消防控制室值班员"),
                ],
                max_length=20,
                verbose_name="职务",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="compoundoffice",
            name="the_firms_people_name_their_firm",
        ),
        migrations.AddConstraint(
            model_name="compoundoffice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("firm__isnull", True), ("role__in", FIRMS_PEOPLE), _connector="XOR"
                ),
                name="the_firms_people_name_their_firm",
            ),
        ),
    ]
