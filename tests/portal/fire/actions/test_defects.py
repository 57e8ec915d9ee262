"""A defect is repaired by one person and rechecked by another; the database says so too."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.fire import actions
from portal.fire.actions import refusals
from portal.fire.models import Defect, Recheck, Repair
from portal.fire.queries.pages import defects_of, state_of
from portal.tools.keys import new_key
from tests.factories import fire, uploads

ONE, OTHER = new_key(), new_key()


@pytest.fixture
def defect(ruled, noon):
    return fire.defect(fire.hydrant(ruled.compound, at=noon), at=noon)


def repair(defect, noon, by=ONE, words="已开锁"):
    return actions.repair_defect(defect, words=words, photo=uploads.photo(), by=by, at=noon)


def recheck(defect, noon, *, by=OTHER, passed=True, words=""):
    return actions.recheck_defect(defect, passed=passed, by=by, at=noon, words=words)


def state(defect):
    return state_of(defects_of(defect.compound).get(pk=defect.pk))


def test_from_failure_to_closed(defect, noon):
    assert state(defect) == Defect.State.OPEN
    repair(defect, noon)
    assert state(defect) == Defect.State.REPAIRED
    recheck(defect, noon, passed=False, words="又锁上了")
    assert state(defect) == Defect.State.SENT_BACK
    second = repair(defect, noon, by=OTHER)
    assert second.attempt == 2
    recheck(defect, noon, by=ONE)
    assert state(defect) == Defect.State.CLOSED


def test_nobody_rechecks_their_own_repair(defect, noon):
    repair(defect, noon)
    with pytest.raises(refusals.SamePerson):
        recheck(defect, noon, by=ONE)


def raw_recheck(repair, **fields):
    values = {
        "compound_id": repair.compound_id,
        "defect_id": repair.defect_id,
        "attempt": repair.attempt,
        "repaired_by": repair.by,
        "passed": True,
        "by": OTHER,
        "at": repair.at,
    }
    return Recheck.objects.bulk_create([Recheck(**values | fields)])


def test_the_database_refuses_the_same_person(defect, noon):
    done = repair(defect, noon)
    with pytest.raises(IntegrityError, match="nobody_rechecks_their_own"), transaction.atomic():
        raw_recheck(done, by=ONE)


def test_the_database_refuses_a_recheck_that_names_another_repairer(defect, noon):
    done = repair(defect, noon)
    with pytest.raises(IntegrityError, match="names_the_repairs_author"), transaction.atomic():
        raw_recheck(done, repaired_by=new_key(), by=ONE)
    with pytest.raises(IntegrityError, match="names_the_repairs_author"), transaction.atomic():
        raw_recheck(done, attempt=2)
    assert raw_recheck(done)


def test_a_repair_waits_for_its_recheck(defect, noon):
    with pytest.raises(refusals.NotRepaired):
        recheck(defect, noon)
    repair(defect, noon)
    with pytest.raises(refusals.AlreadyRepaired):
        repair(defect, noon, by=OTHER)
    recheck(defect, noon, passed=False, words="没好")
    with pytest.raises(refusals.NotRepaired):
        recheck(defect, noon)


def test_what_is_closed_stays_closed(defect, noon):
    repair(defect, noon)
    recheck(defect, noon)
    with pytest.raises(refusals.DefectClosed):
        repair(defect, noon)
    with pytest.raises(refusals.DefectClosed):
        recheck(defect, noon, words="再看一次")


def test_a_recheck_sent_twice_is_one(defect, noon):
    repair(defect, noon)
    assert recheck(defect, noon).pk == recheck(defect, noon).pk
    with pytest.raises(refusals.DefectClosed):
        recheck(defect, noon, by=new_key())


def test_a_repair_and_a_failed_recheck_are_described(defect, noon):
    with pytest.raises(refusals.WordsMissing):
        repair(defect, noon, words=" ")
    repair(defect, noon)
    with pytest.raises(refusals.WordsMissing):
        recheck(defect, noon, passed=False, words=" ")
    assert recheck(defect, noon).words == ""


def test_the_database_asks_for_words_as_well(defect, noon):
    done = repair(defect, noon)
    with pytest.raises(DatabaseError, match="a_failed_recheck_says_why"), transaction.atomic():
        raw_recheck(done, passed=False)


def test_open_and_overdue_are_told_of_a_moment(defect, noon):
    late = noon + timedelta(days=3)
    repair(defect, late)
    recheck(defect, late)

    def seen(at):
        rows = Defect.objects
        return rows.open_at(at).exists(), rows.overdue_at(at).exists()

    instant = timedelta(microseconds=1)
    moments = [noon - instant, noon, defect.due_at - instant, defect.due_at, late - instant, late]
    assert [seen(at) for at in moments] == [
        (False, False),
        (True, False),
        (True, False),
        (True, True),
        (True, True),
        (False, False),
    ]


def test_steps_are_kept_with_their_author(defect, noon):
    repair(defect, noon)
    recheck(defect, noon)
    assert (Repair.objects.get().by, Recheck.objects.get().by) == (ONE, OTHER)
