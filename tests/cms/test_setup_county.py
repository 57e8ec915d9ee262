"""The first installation: once, whole, with every reason when it cannot be."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from portal.accounts.models import RegionOffice, User
from portal.places.models import Installation, Region
from portal.tools.audit.models import AuditEntry
from portal.tools.evidence import rights
from tests.factories import places

GIVEN = {
    "name": "苍南县",
    "code": "330327",
    "profile": "zj.wenzhou.cangnan",
    "administrator": "陈一",
    "phone": "13800138000",
    "email": "chen@example.cn",
}


@pytest.fixture(autouse=True)
def as_application(monkeypatch):
    """Rights are given by the owner; the tests are the application."""
    given = []
    monkeypatch.setattr(rights, "grant", given.append)
    return given


def run(**changed: str) -> str:
    out = StringIO()
    call_command("setup_county", no_input=True, stdout=out, **GIVEN | changed)
    return out.getvalue()


def password_in(words: str) -> str:
    return words.split("（只显示这一次）：")[1].splitlines()[0]


def test_a_county_its_site_and_its_administrator_are_made(db, as_application):
    words = run()
    county = Region.objects.get()
    assert (county.name, county.code, county.path, county.profile) == (
        "苍南县",
        "330327",
        "330327/",
        "zj.wenzhou.cangnan",
    )
    installation = Installation.objects.get()
    assert (installation.name, installation.is_demonstration) == ("苍南县", False)
    assert Site.objects.get(is_default_site=True).site_name == "苍南县"
    office = RegionOffice.objects.get()
    assert (office.role, office.region, office.user.phone) == (
        "administrator",
        county,
        "+8613800138000",
    )
    assert office.user.check_password(password_in(words))
    assert len(as_application) == 1
    assert AuditEntry.objects.filter(act="cms.set_up_county").count() == 1


def test_the_administrator_signs_in_with_the_password_shown(client, db):
    password = password_in(run())
    client.post("/account/login/", {"login": GIVEN["phone"], "password": password})
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_second_run_changes_nothing_and_shows_no_password(db):
    run()
    before = User.objects.get().password
    words = run()
    assert "密码未改动" in words
    assert "只显示这一次" not in words
    assert User.objects.get().password == before
    counts = [model.objects.count() for model in (Region, Installation, RegionOffice, User)]
    assert counts == [1, 1, 1, 1]
    assert AuditEntry.objects.filter(act="cms.set_up_county").count() == 1


def test_every_reason_is_told_at_once(db):
    with pytest.raises(CommandError) as refusal:
        run(name="", code="33032", profile="永嘉", administrator=" ", phone="123", email="chen")
    assert str(refusal.value).splitlines() == [
        "县（市、区）名称须为 1 至 60 个字。",
        "行政区划代码须为 6 位数字，如 330324。",
        "规则区域须形如 zj.wenzhou.yongjia（省.市.县）。",
        "须填写管理员姓名。",
        "管理员手机号不存在。",
        "管理员电子邮箱不对。",
    ]
    assert Region.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"phone": "", "email": ""}, "管理员须有手机号或电子邮箱。"),
        ({"phone": "0577-67000000"}, "管理员的号码须是中国大陆手机号。"),
        ({"phone": "10000000001"}, "管理员手机号不存在。"),
        ({"code": "３３０３２４"}, "行政区划代码须为 6 位数字，如 330324。"),
        ({"name": "县" * 61}, "县（市、区）名称须为 1 至 60 个字。"),
    ],
)
def test_nonsense_is_refused(db, changed, reason):
    with pytest.raises(CommandError) as refusal:
        run(**changed)
    assert str(refusal.value) == reason


def test_one_of_phone_and_address_is_enough(db):
    run(phone="")
    user = User.objects.get()
    assert (user.phone, user.email) == ("", "chen@example.cn")


def test_the_demonstration_is_not_turned_into_a_county(db):
    places.installation()
    Installation.objects.update(is_demonstration=True)
    with pytest.raises(CommandError, match="演示库"):
        run()


def test_another_county_in_the_database_is_told(db):
    run()
    with pytest.raises(CommandError, match="库中已有苍南县（330327"):
        run(name="永嘉县", code="330324", profile="zj.wenzhou.yongjia")
    assert Region.objects.count() == 1


def test_a_known_person_becomes_the_administrator(db):
    run()
    RegionOffice.objects.all().delete()
    run()
    assert (User.objects.count(), RegionOffice.objects.count()) == (1, 1)


def test_a_closed_account_does_not_administer(db):
    run()
    RegionOffice.objects.all().delete()
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="已停用"):
        run()
    assert RegionOffice.objects.count() == 0


def test_the_answers_may_be_typed(db, monkeypatch):
    answers = iter(GIVEN.values())
    passwords = iter(["sehr-langes-Wort-27", "sehr-langes-Wort-27"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda _question: next(passwords))
    out = StringIO()
    call_command("setup_county", stdout=out)
    assert User.objects.get().check_password("sehr-langes-Wort-27")
    assert "sehr-langes-Wort-27" not in out.getvalue()


@pytest.mark.parametrize(
    ("typed", "reason"), [(["one", "other"], "不同"), (["12345678901"] * 2, "数字")]
)
def test_a_password_that_is_mistyped_or_weak_is_refused(db, monkeypatch, typed, reason):
    answers, passwords = iter(GIVEN.values()), iter(typed)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda _question: next(passwords))
    with pytest.raises(CommandError, match=reason):
        call_command("setup_county")
    assert User.objects.count() == 0


def test_it_takes_no_password_as_an_option():
    with pytest.raises(CommandError, match="unrecognized"):
        call_command("setup_county", "--password=secret")
