"""What happens to accounts as transactions commit, and as two of them race."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import Client
from django.utils import timezone

from portal.accounts import actions
from portal.accounts.models import User
from tests.factories import places
from tests.factories.sign_in import PASSWORD, somebody, totp

PHONE = "+8610077770000"


def is_signed_in(client: Client) -> bool:
    return client.get("/account/2fa/").status_code == 200


def test_a_second_factor_ends_the_sessions_that_began_without(own_database):
    places.installation()
    user = somebody()
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post("/account/login/", {"login": user.phone, "password": PASSWORD})
    here.post("/account/reauthenticate/", {"password": PASSWORD})
    here.get("/account/2fa/totp/activate/")
    code = totp(seed=base64.b32decode(here.session["mfa.totp.secret"]))
    here.post("/account/2fa/totp/activate/", {"code": code})
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)


def test_guesses_sent_at_the_same_moment_are_all_counted(own_database, capsys):
    places.installation()
    user = somebody()
    asking = Client()
    asking.post("/account/login/code/", {"phone": user.phone})
    [right] = re.findall(r"\b\d{6}\b", capsys.readouterr().err)

    def guess(number: int) -> bool:
        browser = Client()
        browser.cookies.load(asking.cookies)
        code = f"{(int(right) + 1 + number) % 1_000_000:06}"
        answer = browser.post("/account/login/code/confirm/", {"code": code})
        connections.close_all()
        return "验证码不正确。" in answer.content.decode()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    assert 1 <= sum(answers) <= 5


def test_one_phone_proved_by_two_at_once_belongs_to_one(own_database):
    def prove(user: User) -> bool:
        try:
            return actions.prove_phone(user, PHONE, at=timezone.now())
        except actions.PhoneIsTaken:
            return False
        finally:
            connections.close_all()

    people = [User.objects.create_user(name=name) for name in ("先", "后")]
    with ThreadPoolExecutor(2) as pool:
        proved = sorted(pool.map(prove, people))
    assert proved == [False, True]
    assert User.objects.filter(phone_verified=True).count() == 1
