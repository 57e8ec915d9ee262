"""Today's list, the log, the board, a defect's way, the register and its labels."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import CompoundOffice
from portal.fire import actions
from portal.fire.models import Equipment, FirePlace, Recheck, Repair
from portal.places.models import Building, Stairwell
from portal.tools.keys import new_key
from tests.costs import page_cost
from tests.factories import fire, people, uploads


@pytest.fixture
def defect(scene):
    return fire.defect(scene.hydrant, at=timezone.now(), by=scene.inspector.pk)


@pytest.fixture
def manager(client, scene):
    client.force_login(scene.cast.wang)
    return client


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_today_shows_what_is_due_with_the_rule_and_its_article(inspector, scene):
    page = text(inspector.get(scene.path()))
    assert "各系统巡查间隔" in page and "第6.1条" in page
    assert "打开点位" in page and "近 30 天漏检" in page


def test_an_owner_reads_the_figures_and_no_more(client, scene, defect):
    client.force_login(scene.cast.chen)
    page = text(client.get(scene.path()))
    assert "未闭环隐患 1 条" in page
    assert "F06-0001" not in page and "/log/" not in page


def test_the_board_and_the_defect_show_the_way_to_closing(client, scene, defect):
    client.force_login(scene.cast.wang)
    assert defect.number in text(client.get(scene.path("defects/")))
    page = text(client.get(defect.get_absolute_url()))
    assert "登记整改" in page and "红色隐患" in page and "24" in page
    sent = {"words": "已开锁", "photo": uploads.photo()}
    assert client.post(scene.path(f"defects/{defect.number}/repair/"), sent).status_code == 302
    page = text(client.get(defect.get_absolute_url()))
    assert "须由另一人复查" in page and "登记复查" not in page
    client.force_login(scene.inspector)
    answer = client.post(
        scene.path(f"defects/{defect.number}/recheck/"), {"passed": "yes"}, follow=True
    )
    page = text(answer)
    assert "已闭环" in page and page.count("<figure>") == 2
    assert (Repair.objects.get().by, Recheck.objects.get().by) == (
        scene.cast.wang.pk,
        scene.inspector.pk,
    )


def test_the_repairer_is_refused_the_recheck_in_words(manager, scene, defect):
    sent = {"words": "已开锁", "photo": uploads.photo()}
    manager.post(scene.path(f"defects/{defect.number}/repair/"), sent)
    answer = manager.post(scene.path(f"defects/{defect.number}/recheck/"), {"passed": "yes"})
    assert answer.status_code == 422
    assert "整改人不能复查自己的整改" in answer.content.decode()
    assert not Recheck.objects.exists()


def test_a_second_press_of_repair_counts_once_and_another_repair_is_told(manager, scene, defect):
    path = scene.path(f"defects/{defect.number}/repair/")
    for words, status in (("已开锁", 302), ("已开锁", 302), ("已换锁", 422)):
        answer = manager.post(path, {"words": words, "photo": uploads.photo()})
        assert (answer.status_code, Repair.objects.count()) == (status, 1)


def test_a_page_of_the_register_sent_twice_enters_one_place_and_one_piece(manager, scene):
    path = scene.path("places/new/")
    sent = {"key": str(new_key()), "name": "新泵房"}
    there = {manager.post(path, sent)["Location"] for _time in range(2)}
    assert FirePlace.objects.filter(name="新泵房").count() == len(there) == 1
    sent = {"key": str(new_key()), "kind": "F05", "quantity": "1"}
    for _time in range(2):
        assert manager.post(*there, sent).status_code == 302
    assert Equipment.objects.filter(place__name="新泵房").count() == 1


def test_a_page_gone_back_to_with_other_words_enters_another_by_a_second_press(manager, scene):
    path = scene.path("places/new/")
    manager.post(path, sent := {"key": str(new_key()), "name": "新泵房"})
    answer = manager.post(path, sent | {"name": "老泵房"})
    assert answer.status_code == 422 and "已经登记过一次" in answer.content.decode()
    again = {bound.html_name: bound.value() or "" for bound in answer.context["form"]}
    assert manager.post(path, again).status_code == 302
    assert FirePlace.objects.filter(name__in=["新泵房", "老泵房"]).count() == 2
    piece = scene.path(f"places/{scene.hydrant.place.code}/equipment/new/")
    answer = manager.post(piece, {"key": str(scene.hydrant.pk), "kind": "F05", "quantity": "1"})
    assert answer.status_code == 422 and Equipment.objects.count() == 1


def test_what_is_missing_in_a_step_is_said_and_what_was_typed_stays(manager, scene, defect):
    answer = manager.post(scene.path(f"defects/{defect.number}/repair/"), {"words": "换了锁"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "换了锁" in page
    assert set(answer.context["repair_form"].errors) == {"photo"}
    sent = {"passed": "no", "photo": uploads.pdf()}
    answer = manager.post(scene.path(f"defects/{defect.number}/recheck/"), sent)
    assert set(answer.context["recheck_form"].errors) == {"words", "photo"}


def test_a_photo_is_shown_to_readers_of_this_compound_only(client, scene, defect):
    path = scene.path(f"photos/{defect.photo_id}/")
    client.force_login(scene.cast.zhao)
    answer = client.get(path)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    other = people.user("外人")
    people.compound_office(other, scene.cast.other_compound, "committee-member")
    client.force_login(other)
    assert client.get(path).status_code == 403
    elsewhere = path.replace(scene.cast.compound.code, scene.cast.other_compound.code)
    assert client.get(elsewhere).status_code == 404


def test_the_log_shows_who_checked_and_the_hash(client, scene, defect):
    client.force_login(scene.cast.li)
    assert "吴查" in text(client.get(scene.path("checks/")))
    page = text(client.get(scene.path("checks/1/")))
    assert defect.check_made.hash in page and defect.number in page and "箱门被锁" in page


@pytest.mark.parametrize("rest", ["", "checks/", "defects/", "places/", "labels/"])
def test_a_list_costs_the_same_for_one_and_for_three(client, scene, rest):
    client.force_login(scene.cast.wang)
    fire.defect(scene.hydrant, at=timezone.now())
    asked = page_cost(client, scene.path(rest))
    for _ in range(2):
        fire.defect(fire.hydrant(scene.cast.compound, at=timezone.now()), at=timezone.now())
    assert page_cost(client, scene.path(rest)) == asked


def test_a_manager_registers_a_place_and_equipment(manager, scene):
    building = Building.objects.create(compound=scene.cast.compound, code="2")
    sent = {"name": "2幢地下泵房", "building": building.pk, "storey": "-1"}
    answer = manager.post(scene.path("places/new/"), sent)
    place = FirePlace.objects.get(name="2幢地下泵房")
    assert answer["Location"] == scene.path(f"places/{place.code}/equipment/new/")
    assert place.is_below_ground and place.building == building
    sent = {"kind": "F18", "quantity": "2", "agent": "powder", "made_on": "2024-05-01"}
    assert manager.post(answer["Location"], sent).status_code == 302
    made = Equipment.objects.get(place=place)
    assert (made.code, made.quantity, made.made_on) == ("F18-0001", 2, date(2024, 5, 1))
    page = text(manager.get(scene.path("places/")))
    assert "2029年5月1日" in page and "2034年5月1日" in page


def test_a_stairwell_of_another_building_is_refused(manager, scene):
    compound = scene.cast.compound
    two, three = (Building.objects.create(compound=compound, code=c) for c in "23")
    well = Stairwell.objects.create(compound=compound, building=three, code="1")
    sent = {"name": "x", "building": two.pk, "stairwell": well.pk}
    answer = manager.post(scene.path("places/new/"), sent)
    assert answer.status_code == 422 and "不在所选幢内" in answer.content.decode()


def test_an_extinguisher_needs_its_agent_and_day(manager, scene):
    path = scene.path(f"places/{scene.hydrant.place.code}/equipment/new/")
    answer = manager.post(path, {"kind": "F18", "quantity": "0"})
    assert set(answer.context["form"].errors) == {"quantity", "agent", "made_on"}
    answer = manager.post(path, {"kind": "F06", "quantity": "1", "agent": "co2"})
    assert set(answer.context["form"].errors) == {"agent"}


def test_a_code_is_given_once(manager, scene):
    path = scene.path(f"places/{scene.hydrant.place.code}/equipment/new/")
    answer = manager.post(path, {"kind": "F06", "quantity": "1", "code": "F06-0001"})
    assert answer.status_code == 422 and "已有这个编号" in answer.content.decode()


def test_what_was_checked_stays_of_its_kind(manager, scene):
    fire.log(scene.hydrant, at=timezone.now())
    path = scene.path(f"equipment/{scene.hydrant.pk}/change/")
    answer = manager.post(path, {"kind": "F07", "quantity": "1"})
    assert "不能改种类" in answer.content.decode()
    assert manager.post(path, {"kind": "F06", "quantity": "3"}).status_code == 302
    scene.hydrant.refresh_from_db()
    assert (scene.hydrant.quantity, scene.hydrant.code) == (3, "F06-0001")


def test_a_place_is_renamed_and_retired_after_its_equipment(manager, scene):
    place, code = scene.hydrant.place, scene.hydrant.place.code
    manager.post(scene.path(f"places/{code}/change/"), {"name": "新名"})
    page = manager.post(scene.path(f"places/{code}/retire/"), follow=True).content.decode()
    assert "请先停用设备" in page and "新名" in page
    actions.retire_equipment(scene.hydrant, by=None, at=timezone.now())
    manager.post(scene.path(f"places/{code}/retire/"))
    place.refresh_from_db()
    assert place.retired_on == timezone.localdate()
    assert place.token in place.get_absolute_url()


def test_equipment_is_retired_by_a_second_look_only(manager, scene, defect):
    path = scene.path(f"equipment/{scene.hydrant.pk}/retire/")
    assert path in text(manager.get(scene.path("places/")))
    page = text(manager.get(path))
    assert "不能撤回" in page and defect.number in page
    scene.hydrant.refresh_from_db()
    assert scene.hydrant.retired_on is None


def test_defects_of_retired_equipment_are_still_told(manager, scene, defect):
    actions.retire_equipment(scene.hydrant, by=None, at=timezone.now())
    page = text(manager.get(scene.path()))
    assert "未闭环隐患 1 条" in page and "没有在用的消防设备" in page


def test_labels_carry_the_code_the_digits_and_the_name(manager, scene):
    page = text(manager.get(scene.path("labels/")))
    assert page.count("<svg") >= 1
    assert scene.hydrant.place.code in page and "扫码或输入四位数字" in page


def test_an_empty_register_says_what_to_do_first(manager, scene):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Equipment.objects.update(retired_on=tomorrow, retirement_entered_at=timezone.now())
    FirePlace.objects.update(retired_on=timezone.localdate())
    assert "没有可打印的标签" in text(manager.get(scene.path("labels/")))


def test_a_label_leads_to_the_place_as_scanned(manager, scene):
    rows = manager.get(scene.path("labels/")).context["rows"]
    address = scene.hydrant.place.get_absolute_url() + "?opened=scan"
    assert rows == [(scene.hydrant.place, address)]


def test_days_of_an_extinguisher_to_come_or_out_of_order_are_refused_all_at_once(manager, scene):
    new = scene.path(f"places/{scene.hydrant.place.code}/equipment/new/")
    facts = {"kind": "F18", "agent": "powder", "quantity": 1}
    days = {"made_on": "9995-01-01", "installed_on": "9996-01-01", "serviced_on": "9997-01-01"}
    answer = manager.post(new, facts | days)
    assert answer.status_code == 422
    assert answer.content.decode().count("不能晚于今天") >= 3
    days = {"made_on": "2020-05-02", "installed_on": "2020-05-01", "serviced_on": "2019-05-01"}
    answer = manager.post(new, facts | days)
    assert answer.content.decode().count("不能早于出厂日期") >= 2
    days = dict.fromkeys(days, "2020-05-02")
    assert manager.post(new, facts | days).status_code == 302
    assert manager.get(scene.path("places/")).status_code == 200


def test_a_repairer_repairs_and_is_offered_no_recheck(client, scene, defect):
    repairer = people.user("维一")
    people.compound_office(
        repairer, scene.cast.compound, CompoundOffice.Role.REPAIRER, firm=scene.cast.firm
    )
    client.force_login(repairer)
    path = scene.path(f"defects/{defect.number}/")
    assert client.get(path).context["may_repair"]
    sent = {"words": "换了锁", "photo": uploads.photo()}
    assert client.post(f"{path}repair/", sent).status_code == 302
    page = client.get(path).context
    assert (page["may_recheck"], page["waits_for_another"]) == (False, True)
    assert client.post(f"{path}recheck/", {"passed": "yes"}).status_code == 403
    assert client.get(scene.log_path).status_code == 403
