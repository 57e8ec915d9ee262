"""A backup is whole or not there, closed to others, and comes back as it was, guards and all."""

import json
import stat
import subprocess
import sys
import tarfile
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from committees import queries
from committees.models import Meeting
from portal import devdb
from portal.tools.backup import actions, contents, programs
from portal.tools.backup.manifest import BackupRefused, Manifest
from portal.tools.files import actions as files
from portal.tools.files.models import StoredFile

RECOUNT = devdb.PROJECT / "committees" / "recount.py"


@pytest.fixture
def made(county, folders, noon):
    return actions.make_backup(connection, folders / "backups", folders / "keys", at=noon)


def move_away(folders):
    (folders / "files").rename(folders / "files-before")
    (folders / "media").rename(folders / "media-before")


def test_a_backup_has_its_parts_closed_to_others_and_the_keys_apart(made, folders):
    parts = sorted(path.name for path in made.folder.iterdir())
    assert parts == ["database.dump", "files.tar", "manifest.json", "media.tar"]
    assert (made.folder.name, made.missing) == ("xingfuli-20261124-120000", [])
    assert made.keys == folders / "keys" / "xingfuli-20261124-120000.keys.tar"
    modes = [path.stat().st_mode for path in [made.folder, *made.folder.iterdir(), made.keys]]
    assert [mode & (stat.S_IRWXG | stat.S_IRWXO) for mode in modes] == [0] * 6


def test_the_manifest_says_what_the_database_held_and_no_key(made, settings):
    manifest = Manifest.read(made.folder)
    assert manifest.made_at == "2026-11-24T12:00:00+08:00"
    assert manifest.contents.counts["committees_ballot"] == 7
    assert manifest.contents.counts["files_storedfile"] == 1
    assert "committees.0001_initial" in manifest.contents.migrations
    said = (made.folder / "manifest.json").read_text()
    ring = json.loads(settings.KEYRING_FILE.read_text())
    assert not [key for key in [ring["search"], *ring["encrypt"].values()] if key in said]


def test_it_comes_back_in_a_new_cluster(made, county, folders, new_cluster, exported):
    held = contents.read(connection)
    before, last = exported(county, "before.zip"), queries.last_hash(county)
    move_away(folders)
    with new_cluster():
        manifest = actions.restore(connection, made.folder)
        assert contents.read(connection) == held == manifest.contents
        assert contents.unguarded(connection) == []
        meeting = Meeting.objects.get()
        assert queries.last_hash(meeting) == last
        after = exported(meeting, "after.zip")
        assert members(after) == members(before)
        for change in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            with pytest.raises(DatabaseError, match="evidence cannot be changed"):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(change.format("committees_ballot"))
        with files.private_storage().open(StoredFile.objects.get().path) as photo:
            assert len(photo.read()) == StoredFile.objects.get().size
    assert (folders / "media" / "picture.png").read_bytes() == b"picture"
    recounted = subprocess.run([sys.executable, RECOUNT, after], capture_output=True)
    assert (recounted.returncode, recounted.stdout) == (0, b"PASS\n")


def members(path):
    with zipfile.ZipFile(path) as record:
        return {name: record.read(name) for name in record.namelist()}


def test_a_database_or_folder_in_use_is_not_overwritten(made, folders):
    with pytest.raises(BackupRefused) as refused:
        actions.restore(connection, made.folder)
    said = refused.value.reasons
    assert len(said) == 3
    assert "empty one only" in said[0]
    assert all("move it away first" in one for one in said[1:])


@pytest.mark.parametrize("part", ["database.dump", "files.tar", "media.tar"])
def test_a_changed_part_is_refused(made, part):
    with (made.folder / part).open("ab") as file:
        file.write(b"x")
    with pytest.raises(BackupRefused, match=rf"{part} is missing or was changed"):
        actions.restore(connection, made.folder)


def test_a_missing_part_is_refused(made):
    (made.folder / "media.tar").unlink()
    with pytest.raises(BackupRefused, match="is missing or was changed"):
        actions.restore(connection, made.folder)


@pytest.mark.parametrize("said", [None, "", "{}", '{"format": "xingfuli-backup/2"}', "[]"])
def test_half_a_backup_is_refused(tmp_path, said):
    if said is not None:
        (tmp_path / "manifest.json").write_text(said)
    with pytest.raises(BackupRefused):
        Manifest.read(tmp_path)


def test_a_backup_that_fails_leaves_nothing(county, folders, noon, monkeypatch):
    def broken(*_):
        raise OSError("no space left")

    monkeypatch.setattr(actions.archives, "pack", broken)
    with pytest.raises(OSError, match="no space left"):
        actions.make_backup(connection, folders / "backups", folders / "keys", at=noon)
    assert list((folders / "backups").iterdir()) == []


def test_two_backups_of_one_moment_are_refused(made, folders, noon):
    with pytest.raises(BackupRefused, match="exists already"):
        actions.make_backup(connection, folders / "backups", folders / "keys", at=noon)


def test_keys_beside_the_data_are_refused(own_database, folders, noon):
    with pytest.raises(BackupRefused, match="another for the keys"):
        actions.make_backup(connection, folders / "kept", folders / "kept", at=noon)


def test_a_file_without_bytes_is_named(county, folders, noon):
    lost = StoredFile.objects.get().path
    (folders / "files" / lost).unlink()
    made = actions.make_backup(connection, folders / "backups", folders / "keys", at=noon)
    assert made.missing == [lost]


def test_keys_of_the_environment_are_left_to_it(county, folders, noon, settings, monkeypatch):
    monkeypatch.setenv("XINGFULI_KEYRING", settings.KEYRING_FILE.read_text())
    made = actions.make_backup(connection, folders / "backups", folders / "keys", at=noon)
    assert made.keys is None
    assert Manifest.read(made.folder).keys == ""


def test_keys_are_laid_where_there_are_none(made, folders, settings):
    manifest, text = Manifest.read(made.folder), settings.KEYRING_FILE.read_text()
    settings.KEYRING_FILE = folders / "etc" / "keyring.json"
    actions._take_keys(manifest, made.keys)
    assert settings.KEYRING_FILE.read_text() == text
    assert settings.KEYRING_FILE.stat().st_mode & 0o777 == 0o600
    actions._take_keys(manifest, made.keys)
    settings.KEYRING_FILE.write_text("{}")
    with pytest.raises(BackupRefused, match="holds other keys"):
        actions._take_keys(manifest, made.keys)


def test_keys_of_another_backup_are_refused(made, folders):
    strange = folders / "strange.tar"
    with tarfile.open(strange, "w"):
        pass
    with pytest.raises(BackupRefused, match="belongs to another backup"):
        actions._take_keys(Manifest.read(made.folder), strange)
    with pytest.raises(BackupRefused, match="is no archive of keys"):
        actions.archives.keyring_in(strange)


def test_data_of_other_keys_is_refused(made, folders, monkeypatch, new_cluster):
    move_away(folders)
    monkeypatch.setattr(contents, "keyring_mark", lambda: "another")
    with new_cluster(), pytest.raises(BackupRefused, match="do not read"):
        actions.restore(connection, made.folder)


def test_what_came_back_differently_is_told(made, monkeypatch):
    manifest = Manifest.read(made.folder)
    manifest.contents.counts["committees_ballot"] += 1
    manifest.contents.evidence["committees_ballot"] = "0"
    monkeypatch.setattr(contents, "unguarded", lambda _: ["committees_ballot"])
    with pytest.raises(BackupRefused) as refused:
        actions._compare(connection, manifest)
    assert refused.value.reasons[1:] == (
        "committees_ballot: 7 rows, 8 in the backup",
        "committees_ballot: its rows are not those of the backup",
        "committees_ballot could be changed",
    )


def test_a_sleeping_guard_and_a_right_too_many_are_seen(county, new_cluster, folders, noon):
    made = actions.make_backup(connection, folders / "backups", folders / "keys", at=noon)
    move_away(folders)
    with new_cluster():
        actions.restore(connection, made.folder)
        with connection.cursor() as cursor:
            cursor.execute("GRANT UPDATE ON committees_ballot TO xingfuli_app")
            cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER evidence_rows_stay")
        assert contents.unguarded(connection) == ["audit_auditentry", "committees_ballot"]


def test_programs_older_than_the_server_are_refused(own_database, monkeypatch):
    monkeypatch.setattr(programs, "server_version", lambda _: 99)
    with pytest.raises(BackupRefused, match="PostgreSQL 99 or newer was not found"):
        programs.run(connection, "pg_dump")


def test_what_a_program_says_is_told(own_database):
    with pytest.raises(BackupRefused, match="pg_dump failed: "):
        programs.run(connection, "pg_dump", "--no-such-option")


def test_the_commands_say_where_it_lies_and_why_not(county, folders, capsys):
    call_command("backup", to=folders / "b", keys_to=folders / "k")
    where, keys = capsys.readouterr().out.splitlines()
    assert Manifest.read(next((folders / "b").glob("xingfuli-*")))
    assert where.startswith(str(folders / "b"))
    assert keys.endswith(".keys.tar  (keep it elsewhere)")
    with pytest.raises(CommandError, match="empty one only"):
        call_command("restore", where)
    with pytest.raises(CommandError, match="another for the keys"):
        call_command("backup", to=folders / "b", keys_to=folders / "b")


def test_the_command_of_restoring_says_what_came_back(made, folders, new_cluster, capsys):
    move_away(folders)
    with new_cluster():
        call_command("restore", made.folder)
    assert "Restored as of 2026-11-24T12:00:00+08:00" in capsys.readouterr().out


def test_two_moments_are_two_backups(made, folders, noon):
    later = noon + timedelta(seconds=1)
    other = actions.make_backup(connection, folders / "backups", folders / "keys", at=later)
    assert len(list((folders / "backups").iterdir())) == 2
    assert other.folder != made.folder
