"""Where one is signed in: listed, ended, and nobody else's."""

import pytest
from django.test import Client

from portal.accounts import visits
from portal.accounts.models import Visit
from portal.tools.audit.models import AuditEntry
from tests.factories.sign_in import PASSWORD, somebody, with_authenticator

pytestmark = pytest.mark.usefixtures("demonstration")
PAGE = "/account/visits/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit Safari MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/131 Safari Edg/131"


def signed_in(user, device: str = DESK) -> Client:
    browser = Client(headers={"user-agent": device})
    browser.post("/account/login/", {"login": user.phone, "password": PASSWORD})
    return browser


def devices(browser: Client) -> list[tuple[str, bool]]:
    listed = browser.get(PAGE).context["listed"]
    return sorted((line["device"], line["is_here"]) for line in listed)


def test_ones_sessions_are_listed_and_one_is_ended():
    user, other = somebody(), somebody()
    desk, phone, stranger = signed_in(user), signed_in(user, PHONE), signed_in(other)
    assert devices(desk) == [("Windows · Edge", True), ("iPhone · 微信", False)]
    [there] = [line["visit"].pk for line in desk.get(PAGE).context["listed"] if not line["is_here"]]
    assert stranger.post(f"{PAGE}{there}/end/").status_code == 404
    assert phone.get(PAGE).status_code == 200
    assert desk.post(f"{PAGE}{there}/end/")["Location"] == PAGE
    assert phone.get(PAGE)["Location"].startswith("/account/login/")
    assert devices(desk) == [("Windows · Edge", True)]
    [entry] = AuditEntry.objects.filter(act="accounts.ended_visit")
    assert (entry.actor, entry.object_id) == (user.pk, user.pk)


def test_all_others_are_ended_at_once():
    user = somebody()
    browsers = [signed_in(user) for _ in range(3)]
    browsers[0].post(f"{PAGE}others/end/")
    assert [browser.get(PAGE).status_code for browser in browsers] == [200, 302, 302]
    assert Visit.objects.count() == 1


def test_a_session_with_a_new_key_stays_the_same_visit():
    user = somebody()
    browser = signed_in(user)
    [before] = Visit.objects.all()
    sent = {"oldpassword": PASSWORD, "password1": "另一个好记的长密码-2027"}
    browser.post("/account/password/change/", sent | {"password2": sent["password1"]})
    assert devices(browser) == [("Windows · Edge", True)]
    assert Visit.objects.get().pk == before.pk


def test_what_a_new_second_factor_ended_is_no_longer_listed():
    user = somebody()
    browser, elsewhere = signed_in(user), signed_in(user)
    with_authenticator(user)
    user.session_stamp += 1
    user.save()
    assert elsewhere.get(PAGE).status_code == 302
    assert (Visit.objects.count(), visits.forget_ended(), Visit.objects.count()) == (2, 2, 0)
    assert browser.get(PAGE).status_code == 302


def test_neither_session_nor_device_stands_in_the_clear():
    user = somebody()
    browser = signed_in(user)
    [row] = Visit.objects.extra(select={"raw": "session", "told": "device"}).values("raw", "told")
    assert (row["raw"][:3], row["told"][:3]) == ("v1$", "v1$")
    assert browser.session.session_key not in str(row)
