"""What a person can mend is told in words; what only a programmer can mend keeps its traceback."""

import errno
import os
import subprocess
import sys

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from portal import devdb, troubles
from portal.devdb import PROJECT
from portal.postgres_programs import ServerTrouble


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "/srv/var/files/a.jpg"),
        OSError(errno.EDQUOT, "Disk quota exceeded", "/srv/var/files/a.jpg"),
        caused(OperationalError("could not extend file"), psycopg.errors.DiskFull("extend file")),
    ],
)
def test_a_full_disk_is_told_as_one(error):
    assert troubles.in_words(error).startswith("磁盘已满，没有写完：")


def test_of_what_initdb_says_of_a_full_disk_one_line_is_told():
    said = "creating subdirectories ... ok\ninitdb: error: No space left on device\nremoving it"
    assert troubles.in_words(ServerTrouble(said)).splitlines() == [
        "磁盘已满，没有写完：initdb: error: No space left on device",
        "请腾出空间，再运行一次；做到一半的会接着做。",
    ]


def test_a_faulty_setting_is_told_without_traceback():
    assert troubles.in_words(ImproperlyConfigured("SECRET_KEY is not set")) == (
        "SECRET_KEY is not set"
    )


def test_what_an_error_merely_followed_is_not_told_for_it():
    try:
        try:
            raise PermissionError(errno.EACCES, "Permission denied", "/srv/var")
        except PermissionError:
            raise KeyError("wechat")  # noqa: B904 - a fault of the program
    except KeyError as error:
        assert troubles.in_words(error) is None


def test_a_database_without_our_roles_is_told_what_to_run():
    missing = psycopg.OperationalError('FATAL:  role "xingfuli_app" does not exist')
    assert troubles.in_words(missing).splitlines()[1] == "请先运行：python manage.py migrate"


@pytest.mark.parametrize("address", ["mysql://one/two", "sqlite:///db"])
def test_a_database_of_another_make_is_refused(address, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ServerTrouble, match="要以 postgresql:// 开头"), devdb.for_command():
        pass


def test_a_closed_file_is_told_by_name():
    words = troubles.in_words(PermissionError(errno.EACCES, "Permission denied", "/srv/var"))
    assert words.splitlines()[0] == "没有权限：[Errno 13] Permission denied: '/srv/var'"


def test_a_database_without_tables_is_told_what_to_run():
    cause = psycopg.errors.UndefinedTable('relation "places_installation" does not exist\nLINE 1')
    words = troubles.in_words(caused(ProgrammingError("x"), cause))
    assert words == (
        '数据库里还没有所需的表（relation "places_installation" does not exist）\n'
        "请先运行：python manage.py migrate"
    )


def test_an_error_of_the_program_has_no_words():
    denied = psycopg.errors.InsufficientPrivilege("permission denied for table ballots")
    given = [troubles.in_words(one) for one in (KeyError("wechat"), denied, ZeroDivisionError())]
    assert given == [None, None, None]


def test_an_error_without_words_is_raised():
    def broken() -> int:
        raise KeyError("wechat")

    with pytest.raises(KeyError, match="wechat"):
        troubles.told(broken)


def test_a_command_says_that_the_database_does_not_answer():
    address = "postgresql://xingfuli_app@127.0.0.1:9/xingfuli"
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, "manage.py", "load_rulebook"],
        cwd=PROJECT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0][:6]) == (2, "连不上数据库")
    assert lines[-1] == "请看它是否在运行，DATABASE_URL 是否写对。"
    assert "Traceback" not in done.stderr
