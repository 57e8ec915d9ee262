"""A place opens by scan or digits; nothing is chosen beforehand; nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.fire.models import Check, Defect
from portal.tools.keys import new_key
from tests.factories import fire, people, uploads

ITEMS = ["complete", "reach", "roof", "outdoor", "button"]


def filled(**changes):
    values = {f"result_{item}": "normal" for item in ITEMS}
    return values | {"form": str(new_key()), "opened": "scan", "device_at": ""} | changes


def test_a_scan_opens_the_place_with_its_duties(inspector, scene):
    scanned = scene.hydrant.place.get_absolute_url() + "?opened=scan"
    page = inspector.get(scanned).content.decode()
    assert "消火栓系统 F06-0001" in page
    assert f'href="{scene.log_path}?opened=scan"' in page


def test_four_digits_open_the_same_place(inspector, scene):
    answer = inspector.post(scene.path("find/"), {"digits": scene.hydrant.place.code})
    assert answer["Location"] == scene.hydrant.place.get_absolute_url() + "?opened=typed"


def test_digits_in_full_width_are_the_same_digits(inspector, scene):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    sent = {"digits": f" {scene.hydrant.place.code.translate(wide)} "}
    answer = inspector.post(scene.path("find/"), sent)
    assert answer["Location"] == scene.hydrant.place.get_absolute_url() + "?opened=typed"


@pytest.mark.parametrize("digits", ["9999", "12", "abcd", ""])
def test_digits_of_no_place_are_told(inspector, scene, digits):
    answer = inspector.post(scene.path("find/"), {"digits": digits})
    assert answer.status_code == 422
    assert "四位数字" in answer.content.decode()


def test_a_stranger_sees_the_name_and_whom_to_tell(client, scene):
    page = client.get(scene.hydrant.place.get_absolute_url()).content.decode()
    assert scene.hydrant.place.name in page and scene.cast.firm.name in page
    assert scene.hydrant.code not in page and "/log/" not in page


def test_an_inspector_of_another_compound_sees_no_more_and_logs_nothing(client, scene):
    there = people.user("郑外")
    firm = people.firm(scene.cast.other_compound)
    people.compound_office(there, scene.cast.other_compound, "inspector", firm=firm)
    client.force_login(there)
    assert "/log/" not in client.get(scene.hydrant.place.get_absolute_url()).content.decode()
    assert client.post(scene.log_path, filled()).status_code == 403
    elsewhere = f"/fire/{scene.cast.other_compound.code}/log/{scene.hydrant.pk}/patrol/"
    assert client.get(elsewhere).status_code == 404


def test_a_failures_words_and_photo_are_not_called_needless(inspector, scene):
    page = inspector.get(scene.log_path).content.decode()
    assert page.count("（异常时必填）") == len(ITEMS)
    assert page.count("（异常或全部不适用时必填）") == len(ITEMS)
    assert "（可不填）" not in page


@pytest.mark.parametrize("told", [{"words_reach": "箱门被锁"}, {"photo_reach": uploads.photo}])
def test_a_failure_told_of_an_item_called_normal_is_asked_back(inspector, scene, told):
    told = {name: value() if callable(value) else value for name, value in told.items()}
    answer = inspector.post(scene.log_path, filled(**told))
    assert answer.status_code == 422 and not Check.objects.exists()
    assert set(answer.context["form"].errors) == {"result_reach"}
    assert "箱门被锁" in answer.content.decode() or "photo_reach" in told


def test_nothing_is_chosen_beforehand(inspector, scene):
    page = inspector.get(scene.log_path).content.decode()
    assert page.count('type="radio"') == 15
    assert " checked" not in page


def test_a_log_is_taken_and_says_how_the_place_was_opened(inspector, scene):
    sent = filled(device_at="2026-11-24T03:59:00.000Z", opened="typed")
    answer = inspector.post(scene.log_path, sent)
    assert answer["Location"] == scene.hydrant.place.get_absolute_url() + "?opened=typed"
    check = Check.objects.get()
    assert (check.by, check.opened, check.failures) == (scene.inspector.pk, "typed", 0)
    assert check.device_at.isoformat() == "2026-11-24T03:59:00+00:00"


@pytest.mark.parametrize("said", ["", "nonsense", "2026-11-24T03:59:00"])
def test_a_phone_without_a_clock_is_no_obstacle(inspector, scene, said):
    inspector.post(scene.log_path, filled(device_at=said))
    assert Check.objects.get().device_at is None


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(inspector, scene):
    sent = filled(result_reach="failed", words_complete="看过了", result_button="failed")
    del sent["result_roof"]
    sent["photo_button"] = uploads.photo()
    answer = inspector.post(scene.log_path, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "result_roof": ["请选择正常、异常或不适用。"],
        "result_complete": ["选了“正常”，却填了异常情况或照片。请改选“异常”，或清空异常情况。"],
        "words_reach": ["请写明异常情况。"],
        "photo_reach": ["请拍一张异常处的照片。"],
        "words_button": ["请写明异常情况。"],
    }
    assert page.count(" checked") == 4
    assert "看过了</textarea>" in page
    assert "只有照片要重新选择" in page
    assert sent["form"] in page
    assert not Check.objects.exists()


def test_a_failure_becomes_a_defect(inspector, scene):
    sent = filled(result_reach="failed", words_reach="被锁", photo_reach=uploads.photo())
    page = inspector.post(scene.log_path, sent, follow=True).content.decode()
    defect = Defect.objects.get()
    assert defect.number in page
    assert (defect.words, defect.by) == ("被锁", scene.inspector.pk)


def test_a_page_sent_twice_counts_once(inspector, scene):
    sent = filled()
    assert [inspector.post(scene.log_path, sent).status_code for _ in range(2)] == [302, 302]
    assert Check.objects.count() == 1


def test_a_page_spent_on_another_check_is_told(inspector, scene):
    other = fire.hydrant(scene.cast.compound, at=timezone.now())
    sent = filled()
    inspector.post(scene.log_path, sent)
    answer = inspector.post(scene.path(f"log/{other.pk}/patrol/"), sent)
    assert (answer.status_code, "这一页已经用过" in answer.content.decode()) == (422, True)


def test_a_duty_of_another_kind_is_not_found(inspector, scene):
    assert inspector.get(scene.path(f"log/{scene.hydrant.pk}/pump-start/")).status_code == 404


def test_the_address_in_the_code_is_long_and_its_own(scene):
    other = fire.place(scene.cast.compound, at=timezone.now())
    assert len(other.token) == 32 and other.token != scene.hydrant.place.token
    assert reverse("fire:place", args=["x", "y"]) == "/fire/x/p/y/"


@pytest.mark.parametrize("said", ["9999-12-31T23:59:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_phone_with_an_impossible_clock_leaves_a_log_that_can_be_read(inspector, scene, said):
    assert inspector.post(scene.log_path, filled(device_at=said)).status_code == 302
    assert inspector.get(scene.path("checks/1/")).status_code == 200


@pytest.mark.parametrize("said", ["", "?opened=nonsense"])
def test_who_comes_by_a_link_did_not_scan(inspector, scene, said):
    page = inspector.get(scene.hydrant.place.get_absolute_url() + said).content.decode()
    assert f'href="{scene.log_path}?opened=list"' in page
