"""A log is complete or not at all, counts once, is chained, and its failures are defects."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.fire import actions
from portal.fire.actions import refusals
from portal.fire.models import Check, Defect, LogBook
from portal.fire.queries.chain import first_break
from portal.fire.rules.answers import Gap
from portal.tools.keys import new_key
from tests.factories import fire, places, rulebook


@pytest.fixture
def hydrant(ruled, noon):
    return fire.hydrant(ruled.compound, at=noon)


def test_a_check_says_what_was_found(hydrant, noon, ruled):
    device_at = noon - timedelta(minutes=6)
    entry = actions.Entry(
        hydrant,
        "patrol",
        fire.answers(hydrant),
        ruled.wang.pk,
        opened=Check.Opened.SCAN,
        device_at=device_at,
    )
    check = actions.log_check(entry, at=noon)
    assert (check.on, check.received_at, check.device_at) == (date(2026, 11, 24), noon, device_at)
    assert (check.opened, check.by, check.failures, check.catalogue) == (
        "scan",
        ruled.wang.pk,
        0,
        1,
    )
    assert [answer["result"] for answer in check.answers] == ["normal"] * 5
    assert check.clocks_disagree
    assert check.place == hydrant.place


def test_what_is_incomplete_is_not_logged(hydrant, noon):
    entry = actions.Entry(hydrant, "patrol", fire.answers(hydrant)[1:], fire.SOMEBODY)
    with pytest.raises(refusals.LogIncomplete) as refused:
        actions.log_check(entry, at=noon)
    assert refused.value.gaps == (("complete", Gap.NOT_ANSWERED),)
    assert not Check.objects.exists()


def test_a_duty_of_another_kind_is_refused(hydrant, noon):
    with pytest.raises(refusals.NotADuty):
        actions.log_check(actions.Entry(hydrant, "pump-start", [], fire.SOMEBODY), at=noon)


def test_equipment_is_checked_from_its_first_day_to_its_last(ruled, noon):
    piece = fire.hydrant(ruled.compound, at=noon, starts_on=noon.date())
    with pytest.raises(refusals.NotInUse):
        fire.log(piece, at=noon - timedelta(days=1))
    fire.log(piece, at=noon)
    piece = actions.retire_equipment(piece, by=None, at=noon + timedelta(days=1))
    with pytest.raises(refusals.NotInUse):
        fire.log(piece, at=noon + timedelta(days=1))


def test_a_page_gone_back_to_and_corrected_is_another_check(hydrant, noon):
    page = new_key()
    first = actions.log_check(fire.entry(hydrant, form=page), at=noon)
    failed = {"reach": "箱门被锁"}
    second, again = (
        actions.log_check(fire.entry(hydrant, form=page, **failed), at=noon) for _time in range(2)
    )
    assert (second.seq, again.pk) == (first.seq + 1, second.pk)
    assert second.defects.get().words == "箱门被锁"
    assert actions.log_check(fire.entry(hydrant, form=page), at=noon).pk == first.pk


def test_the_same_page_sent_twice_is_one_check(hydrant, noon):
    entry = fire.entry(hydrant, reach="上锁")
    first = actions.log_check(entry, at=noon)
    assert actions.log_check(entry, at=noon) == first
    assert (Check.objects.count(), Defect.objects.count()) == (1, 1)


def test_a_page_of_somebody_else_is_refused(hydrant, noon):
    form = new_key()
    actions.log_check(fire.entry(hydrant, form=form), at=noon)
    with pytest.raises(refusals.PageSpent):
        actions.log_check(fire.entry(hydrant, form=form, by=new_key()), at=noon)
    with pytest.raises(refusals.PageSpent):
        actions.log_check(fire.entry(hydrant, "valve-seal", form=form), at=noon)


def test_a_failed_item_becomes_a_defect_by_itself(hydrant, noon):
    check = fire.log(hydrant, at=noon, reach="箱门被锁", complete="缺水枪")
    found = {defect.item: defect for defect in Defect.objects.order_by("number")}
    assert [defect.number for defect in found.values()] == ["YH-2026-0001", "YH-2026-0002"]
    red, major = found["reach"], found["complete"]
    assert (red.grade, red.rule_key, red.due_at) == (
        "red",
        "fire.defect.red.hours",
        noon + timedelta(hours=24),
    )
    assert (major.grade, major.rule_key) == ("major", "fire.defect.major.days")
    assert major.due_at.astimezone(noon.tzinfo).isoformat() == "2026-12-02T00:00:00+08:00"
    assert (red.words, red.check_made, red.photo.content_type) == ("箱门被锁", check, "image/jpeg")
    assert check.failures == 2


def test_numbers_count_by_year_and_compound(hydrant, noon):
    fire.defect(hydrant, at=noon)
    next_year = fire.defect(hydrant, at=noon + timedelta(days=60))
    other = fire.hydrant(places.compound(), at=noon)
    assert next_year.number == "YH-2027-0001"
    assert fire.defect(other, at=noon).number == "YH-2026-0001"


def test_the_log_is_one_chain(hydrant, noon):
    for at in fire.days(noon, 3):
        fire.log(hydrant, at=at)
    assert [check.seq for check in Check.objects.order_by("seq")] == [1, 2, 3]
    assert first_break(hydrant.compound_id) is None


def test_a_changed_check_breaks_the_chain(hydrant, noon, monkeypatch):
    fire.log(hydrant, at=noon)
    fire.log(hydrant, at=noon + timedelta(days=1))
    book = LogBook.objects.get()
    made = Check(
        **{
            field.attname: getattr(Check.objects.last(), field.attname)
            for field in Check._meta.concrete_fields
        }
        | {"id": new_key(), "form": new_key(), "seq": 3, "prev": book.last_hash, "hash": "0" * 64}
    )
    made.save()
    assert first_break(hydrant.compound_id).seq == 3


@pytest.mark.parametrize("table", ["fire_check", "fire_defect", "fire_repair", "fire_recheck"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_change_evidence(db, table, sql):
    with pytest.raises(DatabaseError, match=r"permission denied|refused"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table))


def test_many_old_checks_are_logged_as_one_by_one(hydrant, noon):
    past = fire.days(noon - timedelta(days=30), 30)
    checks = [(at, fire.entry(hydrant)) for at in past]
    checks.append((noon, fire.entry(hydrant, reach="上锁")))
    assert actions.log_in_bulk(hydrant.compound, checks, at=noon) == 31
    assert Check.objects.count() == 31
    assert first_break(hydrant.compound_id) is None
    assert Defect.objects.get().number == "YH-2026-0001"
    assert fire.log(hydrant, at=noon).seq == 32


def test_bulk_takes_nothing_from_the_future_and_nothing_incomplete(hydrant, noon):
    late = [(noon + timedelta(seconds=1), fire.entry(hydrant))]
    with pytest.raises(refusals.InTheFuture):
        actions.log_in_bulk(hydrant.compound, late, at=noon)
    empty = [(noon, fire.entry(hydrant)), (noon, actions.Entry(hydrant, "patrol", [], new_key()))]
    with pytest.raises(refusals.LogIncomplete):
        actions.log_in_bulk(hydrant.compound, empty, at=noon)
    assert not Check.objects.exists()


def test_bulk_takes_no_equipment_of_another_compound(hydrant, noon):
    with pytest.raises(refusals.NotInUse):
        actions.log_in_bulk(places.compound(), [(noon, fire.entry(hydrant))], at=noon)


def test_bulk_asks_the_database_no_more_for_more(hydrant, noon, django_assert_max_num_queries):
    checks = [(noon, fire.entry(hydrant)) for _ in range(500)]
    with django_assert_max_num_queries(14):
        actions.log_in_bulk(hydrant.compound, checks, at=noon)


def test_two_inspectors_at_once_both_hold(own_database, noon):
    rulebook.load()
    hydrant = fire.hydrant(places.compound(), at=noon)
    page = new_key()
    one, two = fire.entry(hydrant, reach="上锁"), fire.entry(hydrant)
    again = fire.entry(hydrant, form=page)

    def send(entry):
        try:
            return actions.log_check(entry, at=noon).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(send, [one, two, again, again]))
    assert sent[2] == sent[3]
    assert sorted(Check.objects.values_list("seq", flat=True)) == [1, 2, 3]
    assert first_break(hydrant.compound_id) is None
    assert Defect.objects.count() == 1


def test_a_check_opened_before_its_equipment_was_retired_is_refused(ruled):
    opened = fire.hydrant(ruled.compound, at=timezone.now())
    actions.retire_equipment(opened, by=None, at=timezone.now())
    opened.retired_on = None
    with pytest.raises(refusals.NotInUse):
        fire.log(opened, at=timezone.now())


def test_a_check_opened_before_its_equipment_changed_its_kind_is_refused(ruled):
    opened = fire.hydrant(ruled.compound, at=timezone.now())
    changed = actions.EquipmentFacts(kind="F07")
    actions.change_equipment(opened, changed, by=None, at=timezone.now())
    with pytest.raises(refusals.LogIncomplete):
        fire.log(opened, at=timezone.now())


def test_a_code_given_by_itself_steps_over_one_written_by_hand(ruled):
    place = fire.place(ruled.compound, at=timezone.now())
    fire.equipment(place, at=timezone.now(), kind="F07", code="F07-0001")
    assert fire.equipment(place, at=timezone.now(), kind="F07").code == "F07-0002"
