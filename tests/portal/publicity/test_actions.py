"""Announce a text and start its clock: once, whole or not at all."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction

from portal.publicity import actions
from portal.publicity.documents import Document
from portal.publicity.models import Publicity, PublicityStart
from portal.tools.audit.models import AuditEntry
from tests.factories import places


def test_a_text_is_frozen_numbered_hashed_and_sent(cast, announce, document, letters, noon):
    made = announce(cast.compound, by=cast.li.pk)
    row = Publicity.objects.get()
    assert row == made
    assert (row.number, row.kind, row.case, row.days) == (1, "candidates", "2026-1", 7)
    assert (row.rule_key, row.by) == ("publicity.candidates.days", cast.li.pk)
    assert (row.title, row.body) == (document.title, document.as_json()["blocks"])
    assert (row.sha256, row.announced_at) == (document.sha256(), noon)
    assert letters == [("cms.post_notice", {"publicity_id": row.pk})]
    assert PublicityStart.objects.count() == 0


def test_the_audit_says_who_announced_what(cast, announce, document, noon):
    made = announce(cast.compound, by=cast.li.pk)
    entry = AuditEntry.objects.get(act="publicity.announce")
    assert (entry.compound, entry.object_id, entry.actor, entry.at) == (
        cast.compound.pk,
        made.pk,
        cast.li.pk,
        noon,
    )
    assert entry.facts == {"number": 1, "sha256": document.sha256(), "days": 7}


def test_numbers_count_per_compound(cast, announce):
    numbers = [
        announce(compound).number
        for compound in (cast.compound, cast.compound, cast.other_compound, cast.compound)
    ]
    assert numbers == [1, 2, 1, 3]


def test_an_announcement_that_fails_later_leaves_nothing(cast, announce, letters):
    with pytest.raises(RuntimeError, match="the caller fails"), transaction.atomic():
        announce(cast.compound)
        raise RuntimeError("the caller fails")
    assert (Publicity.objects.count(), AuditEntry.objects.count(), list(letters)) == (0, 0, [])
    assert announce(cast.compound).number == 1


def failing(*args, **facts):
    raise RuntimeError("the last step fails")


def test_an_announcement_whose_letter_cannot_be_sent_leaves_nothing(
    own_database, announce, monkeypatch
):
    monkeypatch.setattr("portal.tools.jobs.send", failing)
    with pytest.raises(RuntimeError, match="the last step fails"):
        announce(places.compound())
    assert (Publicity.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_a_clock_that_is_not_in_the_audit_has_not_started(
    own_database, announce, noon, monkeypatch
):
    row = announce(places.compound())
    monkeypatch.setattr(actions, "note", failing)
    with pytest.raises(RuntimeError, match="the last step fails"):
        actions.start_clock(row, at=noon)
    assert PublicityStart.objects.count() == 0


@pytest.mark.parametrize("days", [0, -3])
def test_a_text_hangs_at_least_a_day(cast, announce, days):
    with pytest.raises(ValueError, match=f"a publicity of {days} days"):
        announce(cast.compound, days=days)
    assert Publicity.objects.count() == 0


def test_the_frozen_text_is_the_one_that_was_hashed(cast, announce):
    row = announce(cast.compound, Document("e\u0301\x00", ()))
    assert (row.title, row.sha256) == ("é", Document("é", ()).sha256())


def test_the_clock_starts_when_the_notice_is_live(cast, announce, noon):
    row = announce(cast.compound)
    live_at = noon + timedelta(days=1, hours=11, minutes=59)
    start = actions.start_clock(row, at=live_at)
    assert (start.compound, start.publicity, start.live_at) == (cast.compound, row, live_at)
    assert (start.first_on, start.last_on) == (date(2026, 11, 26), date(2026, 12, 2))
    assert start.ends_at == datetime(2026, 12, 3, tzinfo=noon.tzinfo)
    entry = AuditEntry.objects.get(act="publicity.start_clock")
    assert entry.facts == {"first_on": "2026-11-26", "last_on": "2026-12-02"}


def test_a_clock_started_twice_runs_from_the_first_time(cast, announce, noon):
    row = announce(cast.compound)
    first = actions.start_clock(row, at=noon)
    second = actions.start_clock(row, at=noon + timedelta(days=3))
    assert (second.pk, second.live_at) == (first.pk, noon)
    assert PublicityStart.objects.count() == 1
    assert AuditEntry.objects.filter(act="publicity.start_clock").count() == 1


def test_two_starts_at_once_start_the_clock_once(own_database, announce, noon):
    row = announce(places.compound())
    gate, found = threading.Barrier(2), []

    def start(minutes: int) -> None:
        try:
            gate.wait()
            found.append(actions.start_clock(row, at=noon + timedelta(minutes=minutes)))
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=(minutes,)) for minutes in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = PublicityStart.objects.get()
    assert [start.pk for start in found] == [stored.pk, stored.pk]
    assert AuditEntry.objects.filter(act="publicity.start_clock").count() == 1


def test_two_announcements_at_once_get_two_numbers(own_database, announce):
    compound = places.compound()
    gate = threading.Barrier(2)

    def go() -> None:
        try:
            gate.wait()
            announce(compound)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Publicity.objects.values_list("number", flat=True)) == [1, 2]
