"""Folders of one's own, a county worth keeping, and a new cluster to put it into."""

import contextlib
import shutil
import uuid
import zipfile

import pytest
from django.db import connection

from committees import queries
from portal import devdb
from portal.tools.files import actions as files
from tests.factories import meetings, uploads
from tests.factories.cast import make_cast


@pytest.fixture
def folders(settings, tmp_path):
    """Private files, media and the keyring of an installation below `tmp_path`."""
    kept = "django.core.files.storage.FileSystemStorage"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": kept, "OPTIONS": {"location": tmp_path / "files"}},
        "default": {"BACKEND": kept},
    }
    return tmp_path


@pytest.fixture
def county(own_database, folders, noon):
    """A counted meeting, a stored photo and a picture among the media."""
    cast = make_cast()
    held = meetings.counted(cast.compound, cast.li)
    files.store(uploads.photo("门.jpg"), compound=cast.compound.pk, by=cast.li.pk, at=noon)
    (folders / "media").mkdir()
    (folders / "media" / "picture.png").write_bytes(b"picture")
    return held.meeting


@contextlib.contextmanager
def pointing_at(url_of, name):
    """Django's connection as the owner of the database `name` of another server."""
    connection.close()
    before = dict(connection.settings_dict)
    connection.settings_dict |= {"HOST": str(url_of.sockets), "NAME": name}
    connection.settings_dict |= {"USER": devdb.OWNER_ROLE, "PASSWORD": "", "PORT": ""}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= before


@pytest.fixture
def new_cluster():
    """`with new_cluster():` the connection leads to an empty database of a server made for it."""
    account = devdb.Account.choose()
    home = devdb.Cluster.named("postgres-test").home.parent / f"restored-{uuid.uuid4().hex[:8]}"
    cluster = devdb.Cluster(account, home, durable=False)

    @contextlib.contextmanager
    def point():
        with cluster.running():
            cluster.ensure_database()
            with pointing_at(cluster, devdb.DATABASE):
                yield

    yield point
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def exported(tmp_path):
    """The record of a meeting as a zip, as the committee takes it away."""

    def export(meeting, name):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for member, pieces in queries.record_files(meeting).items():
                archive.writestr(member, b"".join(pieces))
        return path

    return export
