"""What is forgotten every night."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from portal.accounts import tasks
from portal.accounts.models import User


def test_what_has_run_out_is_forgotten_and_nothing_else(db, noon):
    Session.objects.create(session_key="over", session_data="", expire_date=noon)
    Session.objects.create(
        session_key="running", session_data="", expire_date=noon + timedelta(days=2)
    )
    begun = User.objects.create_user(name="甲")
    User.objects.filter(pk=begun.pk).update(joined_at=noon - timedelta(days=2))
    kept = User.objects.create_user(name="乙")
    User.objects.filter(pk=kept.pk).update(joined_at=noon)
    for _ in range(2):  # a job may run twice
        tasks.forget(at=noon + timedelta(seconds=1))
    assert [row.session_key for row in Session.objects.all()] == ["running"]
    assert list(User.objects.all()) == [kept]
