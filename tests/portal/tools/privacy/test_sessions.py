"""Sessions are closed at rest."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from portal.tools.privacy.sessions import EncryptedJson


def test_what_goes_in_comes_out_and_is_not_seen_in_between():
    held = {"phone": "+8613800138000", "code": "123456", "姓名": "张三", "n": [1, None]}
    closed = EncryptedJson().dumps(held)
    assert closed.startswith(b"v1$aes$k1$")
    assert b"13800138000" not in closed
    assert EncryptedJson().loads(closed) == held


def test_a_session_no_key_opens_is_empty(db):
    session = SessionStore()
    session["phone"] = "+8613800138000"
    session.save()
    row = Session.objects.get()
    row.session_data = row.session_data[:-1] + "A"
    row.save()
    assert SessionStore(row.session_key).get("phone") is None
