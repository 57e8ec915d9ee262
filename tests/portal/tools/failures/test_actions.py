"""What a job died of is kept by its class alone, and its error goes on."""

import logging

import pytest
from django.db import OperationalError, transaction

from portal.tools.failures import actions
from portal.tools.failures.models import Failure

pytestmark = pytest.mark.django_db
PHONE = "13800138001"


def die(job, trouble, name="cms.post_notice"):
    with pytest.raises(type(trouble)), transaction.atomic(), actions.recorded(job, name):
        raise trouble


def test_what_goes_well_leaves_nothing():
    with actions.recorded(7, "cms.post_notice"):
        pass
    assert not Failure.objects.exists()


def test_an_error_is_kept_by_its_class_and_never_by_its_words():
    with pytest.raises(LookupError), actions.recorded(7, "cms.post_notice"):
        raise LookupError(PHONE)
    kept = Failure.objects.get()
    assert (kept.job, kept.name, kept.error) == (7, "cms.post_notice", "LookupError")
    assert PHONE not in str(kept)


def test_the_last_death_of_a_job_is_told():
    for trouble in (LookupError(), ValueError()):
        with pytest.raises(type(trouble)), actions.recorded(7, "cms.post_notice"):
            raise trouble
    assert str(Failure.objects.get()) == "cms.post_notice 7 ValueError"


def test_a_job_that_was_never_queued_leaves_nothing():
    with pytest.raises(LookupError), actions.recorded(None, "cms.post_notice"):
        raise LookupError
    assert not Failure.objects.exists()


def test_where_the_database_itself_fails_the_first_error_goes_on(monkeypatch, caplog):
    def gone(*_args):
        raise OperationalError

    monkeypatch.setattr(actions, "record", gone)
    with caplog.at_level(logging.WARNING), pytest.raises(LookupError):
        with actions.recorded(7, "cms.post_notice"):
            raise LookupError(PHONE)
    assert "failure_not_recorded" in caplog.text
    assert PHONE not in caplog.text


def test_what_went_well_in_the_end_is_forgotten():
    for job in (1, 2, 3):
        actions.record(job, "cms.post_notice", "LookupError")
    actions.forget_all_but([2])
    assert actions.known() == [2]
