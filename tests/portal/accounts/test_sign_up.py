"""Signing up: by phone, proved by a code; nothing follows from it and nobody is found out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts import actions, invitations
from portal.accounts.models import CompoundOffice, Invitation, RegionOffice, User, phone_hash
from portal.tools.channels.contract import SendLater
from tests.factories.sign_in import PASSWORD, somebody

pytestmark = pytest.mark.usefixtures("demonstration")
SIGN_UP = "/account/signup/"
PROVE = "/account/phone/verify/"
PHONE = "+8610012340001"


@pytest.fixture(autouse=True)
def invited(demonstration):
    """The phone is known: messages go to it."""
    return invitations.invite(PHONE, by=somebody("吴青"), at=timezone.now())


def newcomers():
    """Everybody but who invited the phone."""
    return User.objects.exclude(pk__in=Invitation.objects.values("by"))


def begin(client: Client, phone: str = PHONE, **fields):
    return client.post(SIGN_UP, {"name": "陈 一", "phone": phone, **fields})


def test_a_resident_signs_up_with_name_and_phone(client, newest_code):
    answer = begin(client)
    assert (answer.status_code, answer["Location"]) == (302, PROVE)
    answer = client.post(PROVE, {"code": newest_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    [user] = newcomers()
    assert (user.name, user.phone, user.phone_verified) == ("陈 一", PHONE, True)
    assert user.phone_hash == phone_hash(PHONE)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_no_office_follows_from_signing_up(client, newest_code):
    begin(client)
    client.post(PROVE, {"code": newest_code()})
    assert (CompoundOffice.objects.count(), RegionOffice.objects.count()) == (0, 0)
    [user] = newcomers()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_signing_up_takes_no_rights_that_were_not_asked(client, newest_code):
    begin(client, is_staff="1", is_superuser="1")
    client.post(PROVE, {"code": newest_code()})
    [user] = newcomers()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_the_name_is_asked(client):
    answer = client.post(SIGN_UP, {"phone": PHONE})
    assert list(answer.context["form"].errors) == ["name"]


def test_a_password_may_be_set_and_must_not_be_easy(client, newest_code):
    answer = begin(client, password1="12345678")
    assert list(answer.context["form"].errors) == ["password1"]
    begin(client, password1=PASSWORD)
    client.post(PROVE, {"code": newest_code()})
    [user] = newcomers()
    assert user.check_password(PASSWORD)


def test_a_phone_not_proved_takes_nothing_away_from_its_owner(client, newest_code, texts):
    begin(client, password1=PASSWORD)  # somebody else types the phone, and cannot read the code
    texts()
    other = Client()
    User.objects.update(joined_at=timezone.now() - timedelta(minutes=1))
    answer = other.post("/account/login/", {"login": PHONE, "password": PASSWORD})
    assert answer.status_code == 200
    actions_taken = actions.open_account("陈一", phone=PHONE, by=None)
    assert User.objects.by_phone(PHONE) == actions_taken


def test_a_phone_in_use_gets_the_same_page_and_is_told_by_message(client, texts):
    owner = somebody(phone=PHONE)
    answer = begin(client)
    assert (answer.status_code, answer["Location"]) == (302, PROVE)
    [text] = texts()
    assert text.startswith("[account-exists] 100****0001")
    assert list(newcomers()) == [owner]


def test_asking_four_times_at_once_is_refused_in_words(client):
    for then in (PROVE, PROVE, PROVE, SIGN_UP):
        client.cookies.clear()
        assert begin(client)["Location"] == then
    [told] = [str(message) for message in client.get(SIGN_UP).context["messages"]]
    assert told.startswith("这个手机号刚才要过多次短信")


def test_a_wrong_code_three_times_ends_the_attempt(client, newest_code):
    begin(client)
    right = newest_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(3):
        client.post(PROVE, {"code": wrong})
    client.post(PROVE, {"code": right})
    assert "_auth_user_id" not in client.session
    assert User.objects.by_phone(PHONE) is None


def test_a_message_that_cannot_be_sent_is_told(client, monkeypatch):
    class Broken:
        def send(self, to, template, values, *, key=""):
            raise SendLater("ConnectTimeout")

    monkeypatch.setattr("portal.accounts.codes.channel", lambda name: Broken())
    answer = begin(client)
    assert (answer.status_code, answer["Location"]) == (302, SIGN_UP)
    page = client.get(SIGN_UP)
    assert [str(message) for message in page.context["messages"]] == [
        "短信没有发出去，请稍后再试，或用密码、电子邮箱登录。"
    ]


def test_two_people_proving_one_phone_leave_it_to_the_first(client, newest_code):
    begin(client)
    code = newest_code()
    first = actions.open_account("先到", phone=PHONE, by=None)
    answer = client.post(PROVE, {"code": code})
    assert answer.context["form"].errors["code"] == ["这个手机号已属于另一个账户。"]
    assert User.objects.by_phone(PHONE) == first


def test_who_loses_the_race_for_a_phone_is_told(client, newest_code, monkeypatch):
    begin(client)
    code = newest_code()
    actions.open_account("先到", phone=PHONE, by=None)
    # the other one proves it after the form has looked and before this one is saved
    monkeypatch.setattr("allauth.account.forms.phone_already_exists", lambda *a, **k: False)
    answer = client.post(PROVE, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, PROVE)
    assert [str(m) for m in client.get(PROVE).context["messages"]][-1] == (
        "这个手机号已属于另一个账户。"
    )
    assert "_auth_user_id" not in client.session


def test_accounts_begun_and_not_finished_are_forgotten_after_a_day(noon):
    day_ago = noon - timedelta(days=1)
    begun, fresh, finished, from_desk = (User.objects.create_user(name=n) for n in "甲乙丙丁")
    User.objects.update(joined_at=day_ago - timedelta(seconds=1))
    User.objects.filter(pk=fresh.pk).update(joined_at=day_ago)
    actions.prove_phone(finished, PHONE, at=timezone.now())
    User.objects.filter(pk=from_desk.pk).update(email="ding@example.com")
    assert actions.forget_unfinished(at=noon) == 1
    assert set(newcomers().values_list("pk", flat=True)) == {
        fresh.pk,
        finished.pk,
        from_desk.pk,
    }
    assert begun.pk not in User.objects.values_list("pk", flat=True)
