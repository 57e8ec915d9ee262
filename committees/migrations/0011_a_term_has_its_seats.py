from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Greatest


def seats_of_the_committee(apps, _editor):
    """Every term so far gets the seats of its committee, at least one."""
    committees = apps.get_model("committees", "Committee").objects
    theirs = committees.filter(compound=OuterRef("compound"), pk=OuterRef("committee"))
    seats = Greatest(Subquery(theirs.values("seats")), 1)
    apps.get_model("committees", "Term").objects.update(seats=seats)


def seats_of_the_last_term(apps, _editor):
    terms = apps.get_model("committees", "Term").objects
    theirs = terms.filter(compound=OuterRef("compound"), committee=OuterRef("pk"))
    last = Subquery(theirs.order_by("-number").values("seats")[:1])
    apps.get_model("committees", "Committee").objects.update(seats=Greatest(last, 1))


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0010_a_meeting_is_called_off"),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="seats",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="委员席位"),
            preserve_default=False,
        ),
        migrations.RunPython(seats_of_the_committee, seats_of_the_last_term),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(condition=Q(seats__gte=1), name="a_term_has_a_seat"),
        ),
        migrations.AlterField(  # so that going back finds a value for committees without a term
            model_name="committee",
            name="seats",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="委员人数"),
        ),
        migrations.RemoveField(model_name="committee", name="seats"),
    ]
