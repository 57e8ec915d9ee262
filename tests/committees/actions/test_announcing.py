"""What the notice announced is fixed; what was changed since stops the opening.

The changes are made as the application's database role, by SQL, past every action.
"""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from committees import actions, queries, recount
from committees.actions.refusals import KeyDiffers, RecordUnsound
from committees.models import AnnouncedPlan, Ballot, LedgerEvent, Meeting, Rescheduled, SealingKey
from committees.rules.findings import Fault
from portal.publicity.models import Publicity
from portal.tools.chain.canonical import canonical, sha256
from portal.tools.keys import new_key
from portal.tools.privacy import cipher, envelope
from portal.tools.privacy.keyring import Keyring, keyring
from portal.tools.privacy.rotation import rotate_all
from tests.factories.meetings import CLOSED, OPENED

AGREE = {"m1": [1, 0, 0, 0]}


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def private(key):
    return cipher.decrypt(key.private, place=key.place)


def faults(refused):
    return [one.fault for one in refused.value.findings]


def test_the_notice_prints_the_hash_of_the_canonical_plan(published):
    plan = AnnouncedPlan.objects.get(meeting=published.meeting)
    said = json.loads(plan.plan)
    assert plan.plan.encode() == canonical(said)
    assert sorted(said) == ["compound", "matters", "meeting", "rules"]
    assert sorted(said["meeting"]) == ["closes_at", "number", "title"]
    assert [one["name"] for one in said["matters"][1]["candidates"]] == ["业主0", "业主1", "业主2"]
    assert sha256(plan.plan.encode()) == plan.sha256
    notice = Publicity.objects.get(compound=published.compound, kind=Publicity.Kind.NOTICE)
    assert plan.sha256 in json.dumps(notice.body)


def test_the_opening_adds_its_moment_parts_and_key_and_nothing_else(opened):
    plan = json.loads(AnnouncedPlan.objects.get(meeting=opened.meeting).plan)
    manifest = json.loads(opened.meeting.manifest)
    assert manifest["meeting"].pop("opens_at") == "2026-10-01T01:00:00Z"
    key = SealingKey.objects.get(meeting=opened.meeting)
    assert manifest.pop("sealing_key") == key.public == envelope.public_of(private(key))
    assert sha256(queries.parts_csv_bytes(opened.meeting)) == manifest.pop("parts_sha256")
    assert manifest.pop("format") == "election-record/1"
    assert manifest == plan


CHANGES = [
    "UPDATE committees_matter SET title = '解聘物业' WHERE position = 1",
    "UPDATE committees_matter SET text = '五年' WHERE position = 1",
    "UPDATE committees_matter SET bar = 'special' WHERE position = 1",
    "UPDATE committees_matter SET scope = 'all' WHERE position = 1",
    "UPDATE committees_matter SET seats = 3 WHERE position = 2",
    "UPDATE committees_matter SET elects = 'other' WHERE position = 2",
    "UPDATE committees_candidate SET withdrawn_at = now() WHERE position = 1",
    "UPDATE committees_candidate SET is_party_member = NOT is_party_member",
    "UPDATE committees_candidate SET name = '' WHERE position = 1",
    "UPDATE committees_candidate SET statement = '已退选' WHERE position = 1",
    "UPDATE committees_candidate SET position = position + 3",
    "DELETE FROM committees_candidate WHERE position = 1",
    """UPDATE committees_meeting SET rules = jsonb_set(rules, '{duplicate}', '"last"')""",
    """UPDATE committees_meeting SET rules = jsonb_set(rules, '{ordinary,num}', '0')""",
    "UPDATE committees_meeting SET rules = '{}'",
    "UPDATE committees_meeting SET sources = '{}'",
    "UPDATE committees_meeting SET title = '别的会议'",
    "UPDATE committees_meeting SET kind = 'first'",
    "UPDATE committees_meeting SET closes_at = closes_at + interval '1 day'",
    "UPDATE committees_meeting SET announced_closes_at = NULL",
]


@pytest.mark.parametrize(
    "change", [*CHANGES, "UPDATE committees_meeting SET opens_at = opens_at - interval '1 day'"]
)
def test_what_is_changed_after_the_notice_stops_the_opening(published, cast, change):
    assert sql(change)
    with pytest.raises(RecordUnsound) as refused:
        actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert faults(refused) == [Fault.PLAN]
    assert Meeting.objects.get(pk=published.meeting.pk).stage == "published"
    assert not SealingKey.objects.exists() and not LedgerEvent.objects.exists()


def test_an_added_candidate_stops_the_opening(published, cast):
    copied = "id, compound_id, matter_id, owner_id, position, name, is_party_member"
    rest = "agrees_to_publish, channel, statement, nominated_at"
    sql(
        f"INSERT INTO committees_candidate ({copied}, {rest}) SELECT %s, compound_id, matter_id,"
        f" %s, 9, '', true, {rest} FROM committees_candidate WHERE position = 1",
        new_key(),
        published.owners[5].pk,
    )
    with pytest.raises(RecordUnsound) as refused:
        actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert faults(refused) == [Fault.PLAN]


def test_a_compound_that_gets_another_name_keeps_the_announced_one(published, cast):
    sql("UPDATE places_compound SET name = '新名' WHERE id = %s", published.compound.pk)
    meeting = actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert json.loads(meeting.manifest)["compound"]["name"] == "幸福花园"


VOTER = """INSERT INTO committees_voter
    (id, compound_id, meeting_id, "group", pseudonym, slip, area, rooms, is_developer)
    SELECT %s, compound_id, meeting_id, %s, 'v999999999999', 999, area, rooms, false
    FROM committees_voter ORDER BY slip LIMIT 1"""
PART = """INSERT INTO committees_voterpart
    (id, compound_id, meeting_id, voter_id, part, pseudonym, area, scopes, building)
    SELECT %s, compound_id, meeting_id, voter_id, %s, 'p999999999999', area, scopes, building
    FROM committees_voterpart ORDER BY pseudonym LIMIT 1"""


@pytest.mark.parametrize("insert", [VOTER, PART])
def test_voters_and_parts_that_are_not_on_the_roll_stop_the_opening(published, cast, insert):
    sql(insert, new_key(), new_key())
    with pytest.raises(RecordUnsound) as refused:
        actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert faults(refused) == [Fault.PARTS]


def test_a_key_that_somebody_laid_before_the_opening_stops_it(published, cast):
    public, secret = envelope.new_pair()
    SealingKey.objects.create(
        compound=published.compound,
        meeting=published.meeting,
        public=public,
        private=secret,
        manifest_sha256="0" * 64,
        at=OPENED,
    )
    with pytest.raises(RecordUnsound) as refused:
        actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert faults(refused) == [Fault.TOO_EARLY]


def test_a_plan_that_somebody_kept_before_the_notice_stops_the_notice(nominating, cast):
    AnnouncedPlan.objects.create(
        compound=nominating.compound,
        meeting=nominating.meeting,
        plan="{}",
        words="{}",
        sha256="0" * 64,
        by=cast.li.pk,
        at=OPENED,
    )
    with pytest.raises(RecordUnsound) as refused:
        actions.publish(nominating.meeting, by=cast.li.pk, at=OPENED)
    assert faults(refused) == [Fault.PLAN]
    assert not Publicity.objects.filter(compound=nominating.compound).exists()


def test_an_end_moved_before_the_opening_keeps_the_notices_hash(published, cast, tmp_path):
    later = CLOSED + timedelta(days=2)
    actions.reschedule(published.meeting, later, reason="国庆", by=cast.li.pk, at=OPENED)
    opened = actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert opened.closes_at == later
    moved = LedgerEvent.objects.get(meeting=opened, seq=2)
    assert (moved.type, moved.source) == ("rescheduled", Rescheduled.objects.get().pk)
    assert moved.body == {"closes_at": "2026-10-17T01:00:00Z", "reason": "国庆"}
    actions.close_voting(opened, by=cast.li.pk, at=later)
    actions.count_ballots(opened, by=cast.li.pk, at=later)
    for name, pieces in queries.record_files(Meeting.objects.get(pk=opened.pk)).items():
        (tmp_path / name).write_bytes(b"".join(pieces))
    announced = AnnouncedPlan.objects.get(meeting=opened).sha256
    command = [sys.executable, "-I", recount.__file__, tmp_path, "--announced"]
    said = subprocess.run([*command, announced], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "PASS\n")
    said = subprocess.run([*command, "0" * 64], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (1, "the announced plan differs\n")


def other_key(meeting):
    """The manifest with a key of the attacker's."""
    manifest = json.loads(meeting.manifest) | {"sealing_key": envelope.new_pair()[0]}
    return canonical(manifest).decode()


def other_title(meeting):
    return meeting.manifest.replace("续聘物业", "解聘物业")


@pytest.mark.parametrize("changed", [other_key, other_title])
def test_no_ballot_is_sealed_for_another_key_or_manifest(opened, changed):
    opened.cast(0, AGREE)
    sql("UPDATE committees_meeting SET manifest = %s", changed(opened.meeting))
    with pytest.raises(KeyDiffers):
        opened.cast(1, AGREE)
    assert Ballot.objects.count() == 1


def test_the_sealing_keys_are_no_columns_that_can_be_changed(opened):
    columns = {field.column for field in Meeting._meta.get_fields() if hasattr(field, "column")}
    assert not [name for name in columns if "seal" in name or "key" in name]


def test_the_private_key_follows_the_keyring_without_writing_over_evidence(opened, monkeypatch):
    ring = Keyring.parse(keyring().with_new_key())
    monkeypatch.setattr(cipher, "keyring", lambda: ring)
    opened.cast(0, AGREE)
    for renewed in (1, 0):
        tally = {one.what: one for one in rotate_all()}["committees_sealingkey.private"]
        assert (tally.renewed, tally.unreadable) == (renewed, 0)
    without = Keyring({ring.newest: ring.encrypt[ring.newest]}, ring.search)
    monkeypatch.setattr(cipher, "keyring", lambda: without)
    copies = list(SealingKey.objects.filter(meeting=opened.meeting).order_by("copy"))
    assert [one.copy for one in copies] == [1, 2]
    assert envelope.public_of(private(copies[1])) == copies[0].public
