"""The embedded server comes up whatever a killed command or another server left behind."""

import os
import shutil
import subprocess
import uuid
from pathlib import Path

import psycopg
import pytest

from portal import devdb
from portal.postgres_programs import ServerTrouble


@pytest.fixture(scope="module")
def cluster():
    """A cluster of one's own, beside the tests'."""
    beside = devdb.Cluster.named("postgres-test")
    home = beside.home.parent / f"cluster-{uuid.uuid4().hex[:8]}"
    made = devdb.Cluster(beside.account, home, durable=False)
    yield made
    made.stop()
    shutil.rmtree(home)


@pytest.fixture
def stranger(cluster):
    """A process of the server's account that is no server."""
    as_other = {} if os.geteuid() else {"user": cluster.account.uid, "group": cluster.account.gid}
    process = subprocess.Popen(["sleep", "600"], cwd="/", **as_other)
    yield process
    process.kill()
    process.wait()


def answers(cluster: devdb.Cluster) -> bool:
    with psycopg.connect(cluster.url("postgres", "postgres")) as connection:
        return connection.execute("SELECT true").fetchone()[0]


def test_a_note_that_names_a_stranger_stops_nobody(cluster, stranger):
    with cluster.running():
        pass
    note = cluster.data / "postmaster.pid"
    note.write_text(f"{stranger.pid}\n{cluster.data}\n1\n5432\n/tmp\n\n  1 1\nready\n")
    shutil.chown(note, cluster.account.uid, cluster.account.gid)
    with cluster.running():
        assert answers(cluster)
    assert stranger.poll() is None


def test_a_socket_that_was_cleared_away_is_made_again(cluster):
    with cluster.running():
        shutil.rmtree(cluster.sockets)
        assert cluster.revive()
        assert answers(cluster)
        assert not cluster.revive()


def test_a_cluster_that_was_left_half_made_is_made_anew(cluster):
    making = cluster.home / "data-in-the-making"
    making.mkdir(parents=True, exist_ok=True)
    (making / "PG_VERSION").write_text("18\n")
    shutil.rmtree(cluster.data, ignore_errors=True)
    with cluster.running():
        assert answers(cluster)
    assert not making.exists()


def test_the_environment_of_another_server_is_not_taken(cluster, monkeypatch):
    for name, value in {"PGPORT": "1", "PGHOSTADDR": "127.0.0.1", "PGSERVICE": "none"}.items():
        monkeypatch.setenv(name, value)
    with cluster.running():
        assert answers(cluster)


def test_sockets_lie_in_the_same_place_whatever_tmpdir_says(cluster, monkeypatch):
    before = cluster.sockets
    monkeypatch.setenv("TMPDIR", "/root/closed")
    assert (cluster.sockets, before.parent) == (before, Path("/tmp"))


def test_why_the_server_does_not_start_is_told(cluster):
    with cluster.running():
        pass
    version = cluster.data / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9.6\n")
    with pytest.raises(ServerTrouble, match="incompatible with server"):
        with cluster.running():
            pass
    version.write_text(kept)


def test_two_checkouts_have_two_servers(tmp_path, monkeypatch):
    first = devdb.Cluster.named("postgres")
    monkeypatch.setattr(devdb, "PROJECT", tmp_path / "幸福 里")
    (tmp_path / "幸福 里").mkdir()
    second = devdb.Cluster.named("postgres")
    assert first.home != second.home
    assert first.sockets != second.sockets
    if second.home.is_relative_to("/var/tmp"):  # pytest's folders are closed to others
        second.home.parent.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="root enters every folder")
def test_a_cluster_of_a_closed_checkout_lies_outside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(devdb, "PROJECT", tmp_path)
    tmp_path.chmod(0o700)
    named = devdb.Cluster.named("postgres")
    assert named.account.reaches(named.home.parent)
    assert named.home.parent.parent == Path("/var/tmp")
    named.home.parent.rmdir()
