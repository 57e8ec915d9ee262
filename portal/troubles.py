"""What a person can mend, in words instead of a traceback: a full disk, a folder, a database."""

import errno
import sys
from collections.abc import Callable, Iterator

import psycopg
from django.core.exceptions import ImproperlyConfigured

from portal.postgres_programs import ServerTrouble

CANNOT = 2  # the status of a command that says why it cannot
FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
ROLES = "请由管理员先建好两个角色，见 docs/operators.md 的“Two logins of the database”。"
APP_ROLE_IS_MISSING = 'role "xingfuli_app" does not exist'
AS_POSTGRES_SAYS_IT = "No space left on device"


def told(command: Callable[[], int]) -> int:
    """Run a command; a trouble that has words is told on standard error, with status 2."""
    try:
        return command()
    except Exception as error:
        words = in_words(error)
        if words is None:
            raise
        print(words, file=sys.stderr)
        return CANNOT


def in_words(error: BaseException) -> str | None:
    """What has happened and what to do, or None where only a programmer can tell."""
    chain = list(_causes(error))
    for said in (_of_the_disk, _of_the_server, _of_the_database):
        for one in chain:
            if words := said(one):
                return words
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _of_the_disk(error: BaseException) -> str | None:
    number = error.errno if isinstance(error, OSError) else None
    said = [line.strip() for line in str(error).splitlines() if AS_POSTGRES_SAYS_IT in line]
    if said or number in FULL or isinstance(error, psycopg.errors.DiskFull):
        what = said[0] if said else _first_line(error)
        return f"磁盘已满，没有写完：{what}\n请腾出空间，再运行一次；做到一半的会接着做。"
    if number in CLOSED:
        return f"没有权限：{error}\n请由这个目录的主人运行，或改这个文件的权限。"
    return None


def _of_the_server(error: BaseException) -> str | None:
    return str(error) if isinstance(error, (ServerTrouble, ImproperlyConfigured)) else None


def _of_the_database(error: BaseException) -> str | None:
    if isinstance(error, psycopg.errors.UndefinedTable):
        return f"数据库里还没有所需的表（{_first_line(error)}）\n请先运行：python manage.py migrate"
    if isinstance(error, psycopg.errors.InsufficientPrivilege) and "to create role" in str(error):
        return f"数据库用户不能建立角色：{_first_line(error)}\n{ROLES}"
    if isinstance(error, psycopg.OperationalError) and APP_ROLE_IS_MISSING in str(error):
        return (
            f"数据库里还没有应用的角色（{_first_line(error)}）\n请先运行：python manage.py migrate"
        )
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"连不上数据库：{error}\n请看它是否在运行，DATABASE_URL 是否写对。"
    return None


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]
