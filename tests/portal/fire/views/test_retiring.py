"""Equipment is retired with a reason and a photo, seen before it happens, by two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.fire.models import Retirement
from portal.tools.files.models import StoredFile
from tests.costs import page_cost
from tests.factories import fire, people, uploads

REASON = "箱体锈穿，已拆除更换"


@pytest.fixture
def manager(client, scene):
    client.force_login(scene.cast.wang)
    return client


@pytest.fixture
def path(scene):
    return scene.path(f"equipment/{scene.hydrant.pk}/retire/")


def today():
    return timezone.localdate()


def said(**changes):
    return {"on": today().isoformat(), "reason": REASON} | changes


def preview(client, path, **changes):
    return client.post(path, said(photo=uploads.photo()) | changes)


def ask(client, path, **changes):
    shown = preview(client, path, **changes)
    kept = str(shown.context["photo"].pk)
    return client.post(path, said(kept=kept, seen="on") | changes)


def text(answer):
    return answer.content.decode()


def test_first_a_page_says_what_will_happen_and_nothing_has(manager, scene, path):
    fire.defect(scene.hydrant, at=timezone.now())
    page = preview(manager, path)
    assert page.status_code == 200
    assert "还没有提交" in text(page) and "YH-" in text(page) and REASON in text(page)
    assert (Request.objects.count(), Retirement.objects.count()) == (0, 0)


@pytest.mark.parametrize("left_out", ["reason", "photo", "on"])
def test_day_reason_and_photo_are_asked_for(manager, path, left_out):
    sent = said(photo=uploads.photo())
    del sent[left_out]
    answer = manager.post(path, sent)
    assert answer.status_code == 422 and answer.context["form"].errors.keys() == {left_out}


def test_asked_twice_it_is_one_request_and_the_piece_stays_in_use(manager, scene, path):
    shown = preview(manager, path)
    sent = said(kept=str(shown.context["photo"].pk), seen="on")
    first, again = manager.post(path, sent), manager.post(path, sent)
    asked = Request.objects.get()
    assert first.url == again.url == asked.get_absolute_url()
    other = ask(manager, path, reason="另一个理由")
    assert other.status_code == 422 and "等待确认" in text(other)
    scene.hydrant.refresh_from_db()
    assert scene.hydrant.retired_on is None


def test_another_persons_photo_is_not_taken(manager, scene, path, client):
    someone = people.user()
    fire.defect(scene.hydrant, at=timezone.now(), by=someone.pk)
    foreign = StoredFile.objects.get(by=someone.pk)
    answer = manager.post(path, said(kept=str(foreign.pk), seen="on"))
    assert answer.status_code == 422 and not Request.objects.exists()


def test_another_office_confirms_and_the_list_shows_it(manager, scene, path, client):
    ask(manager, path)
    asked = Request.objects.get()
    client.force_login(scene.cast.zhao)
    page = text(client.get(asked.get_absolute_url()))
    photo = reverse("fire:photo", args=[scene.cast.compound.code, asked.facts["photo"]])
    assert photo in page and REASON in page
    assert client.get(photo).status_code == 200
    client.post(reverse("approvals:agree", args=[asked.pk]))
    scene.hydrant.refresh_from_db()
    assert scene.hydrant.retired_on == today()
    retirement = Retirement.objects.get()
    assert (retirement.asked_by, retirement.confirmed_by, retirement.reason) == (
        scene.cast.wang.pk,
        scene.cast.zhao.pk,
        REASON,
    )
    shown = text(client.get(scene.path("retired/")))
    assert REASON in shown and "王三" in shown and "赵四" in shown and "补录" not in shown


def test_who_asked_does_not_confirm_and_a_refusal_changes_nothing(manager, scene, path):
    ask(manager, path)
    asked = Request.objects.get()
    with pytest.raises(approvals.Refusal):
        approvals.agree(asked, by=scene.cast.wang, at=timezone.now())
    approvals.refuse(asked, reason="设备还在", by=scene.cast.zhao, at=timezone.now())
    scene.hydrant.refresh_from_db()
    assert scene.hydrant.retired_on is None


@pytest.mark.parametrize(("days", "words"), [(1, "不能早于起检日"), (-400, "不能早于起检日")])
def test_a_day_to_come_or_before_the_first_is_refused(manager, path, days, words):
    answer = preview(manager, path, on=(today() + timedelta(days=days)).isoformat())
    assert answer.status_code == 422 and words in text(answer)


def test_what_was_checked_since_was_in_use(manager, scene, path):
    fire.log(scene.hydrant, at=timezone.now())
    answer = preview(manager, path, on=(today() - timedelta(days=3)).isoformat())
    assert answer.status_code == 422 and "还检查过" in text(answer)


def test_checked_between_asking_and_confirming_it_is_not_retired(manager, scene, path):
    ask(manager, path, on=(today() - timedelta(days=3)).isoformat())
    fire.log(scene.hydrant, at=timezone.now())
    with pytest.raises(approvals.CarriedOutNot):
        approvals.agree(Request.objects.get(), by=scene.cast.zhao, at=timezone.now())
    assert not Retirement.objects.exists()


def test_a_late_entry_says_so_before_and_after(manager, scene, path):
    on = (today() - timedelta(days=3)).isoformat()
    assert "早于今天" in text(preview(manager, path, on=on))
    ask(manager, path, on=on)
    approvals.agree(Request.objects.get(), by=scene.cast.zhao, at=timezone.now())
    assert "补录" in text(manager.get(scene.path("retired/")))


def test_the_database_wants_two_people(scene):
    fire.defect(scene.hydrant, at=timezone.now())
    photo = StoredFile.objects.first()
    one = scene.cast.wang.pk
    with pytest.raises(IntegrityError, match="nobody_confirms"), transaction.atomic():
        Retirement.objects.create(
            compound=scene.cast.compound,
            equipment=scene.hydrant,
            on=today(),
            reason="x",
            photo=photo,
            asked_by=one,
            confirmed_by=one,
            at=timezone.now(),
        )


def test_the_list_costs_the_same_at_one_and_three_rows(manager, scene):
    costs = []
    for count in (1, 2):
        for _more in range(count):
            piece = fire.hydrant(scene.cast.compound, at=timezone.now())
            ask(manager, scene.path(f"equipment/{piece.pk}/retire/"))
            found = Request.objects.get(target=piece.pk)
            approvals.agree(found, by=scene.cast.zhao, at=timezone.now())
        costs.append(page_cost(manager, scene.path("retired/")))
    assert costs[0] == costs[1]
    assert Retirement.objects.count() == 3
