"""`make run`: the embedded PostgreSQL, the demonstration, the web server and the job worker.

One command stands over all of them: what dies is started again, and when the command ends, they
end with it.
"""

import argparse
import contextlib
import fcntl
import io
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from types import FrameType

from portal import devdb, keeper, preparation, troubles
from portal.keeper import Guard, Program

PROJECT = devdb.PROJECT
HOST = "127.0.0.1"
WAIT_FOR_WEB = 60.0  # seconds


class CannotRun(RuntimeError):
    """Why it cannot run here and now, in one line."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no Chinese
            stream.reconfigure(errors="backslashreplace")
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # ignored in a background shell
        signal.signal(name, _interrupt)
    try:
        port, reset = _options()
        with _only_one():
            _refuse_taken_port(port)
            with keeper.guarded() as guard:
                return _run(guard, port, reset=reset)
    except CannotRun as trouble:
        print(trouble, file=sys.stderr)
        return troubles.CANNOT
    except keeper.DiesTooOften as name:
        print(f"{name} 一分钟内多次意外结束，全部停止。原因见上面的输出。", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 0


def _options() -> tuple[int, bool]:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--reset", action="store_true", help="drop the database and build it anew")
    wanted = os.environ.get("PORT", "8000")
    if not (wanted.isascii() and wanted.isdecimal()) or not 0 < int(wanted) < 65536:
        raise CannotRun(f"PORT={wanted} 不是端口号（1 至 65535）。")
    return int(wanted), parser.parse_args().reset


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """One `make run` a checkout; a second one says so and leaves the first alone."""
    place = PROJECT / "var"
    place.mkdir(exist_ok=True)
    with (place / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                "幸福里已经在这个目录运行（另一个 make run）；请先按 Ctrl-C 结束它。"
            ) from None
        yield


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except PermissionError:
            raise CannotRun(f"端口 {port} 不许普通程序使用，请换一个：PORT=8001 make run") from None
        except OSError:
            raise CannotRun(
                f"端口 {port} 已被占用；请结束占用它的程序，或换一个端口：PORT=8001 make run"
            ) from None


def _run(guard: Guard, port: int, *, reset: bool) -> int:
    _refuse_reset_of_foreign_database(reset)
    embedded = devdb.Cluster.named("postgres").url()
    with devdb.for_command(fresh=reset or preparation.is_half_built(embedded)) as cluster:
        status = keeper.run(guard, [sys.executable, "-m", "portal.preparation"])
        if status not in {0, preparation.IS_DEMONSTRATION}:
            raise CannotRun("准备数据库没有成功，原因见上面的输出。")
        programs = _programs(port)
        with keeper.running(guard, programs):
            _wait_for_web(guard, programs, port)
            _announce(port, accounts=status == preparation.IS_DEMONSTRATION)
            _watch(guard, programs, cluster)
    return 1


def _refuse_reset_of_foreign_database(reset: bool) -> None:
    if reset and os.environ.get("DATABASE_URL"):
        raise CannotRun("RESET=1 只用于自带的数据库；DATABASE_URL 指定的数据库请自行删除重建。")


def _programs(port: int) -> list[Program]:
    gunicorn = [sys.executable, "-m", "gunicorn"]  # its script names the folder it was laid in
    web = [*gunicorn, "--config=python:portal.serving", f"--bind={HOST}:{port}"]
    jobs = [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency=2"]
    return [Program("web", web), Program("jobs", jobs)]


def _wait_for_web(guard: Guard, programs: list[Program], port: int) -> None:
    limit = time.monotonic() + WAIT_FOR_WEB
    while time.monotonic() < limit:
        keeper.revive(guard, programs, _tell_death)
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
            return
        time.sleep(0.1)
    raise CannotRun(f"网站一分钟内没有在端口 {port} 应答，原因见上面的输出。")


def _announce(port: int, *, accounts: bool) -> None:
    print(f"\n  幸福里   http://{HOST}:{port}/")
    print(f"  登录     http://{HOST}:{port}/account/login/")
    if accounts:
        from portal.demo.accounts import ACCOUNTS

        print("\n  演示账户（手机号　密码　身份　姓名　可以做什么）")
        for one in ACCOUNTS:
            print(f"  {one.phone}  {one.password}  {one.role}　{one.name}　{one.what}")
    print("\n  按 Ctrl-C 结束。", flush=True)


def _watch(guard: Guard, programs: list[Program], cluster: devdb.Cluster | None) -> None:
    """Until told to end, or until the `make` that started us is gone."""
    started_by = os.getppid()
    while "MAKELEVEL" not in os.environ or os.getppid() == started_by:
        if cluster is not None and cluster.revive():
            print("PostgreSQL 意外结束，已重新启动。", file=sys.stderr, flush=True)
        keeper.revive(guard, programs, _tell_death)
        if guard.process.poll() is not None:
            raise keeper.DiesTooOften("guard")
        time.sleep(0.5)


def _tell_death(name: str, status: int) -> None:
    print(f"{name} 意外结束（{status}），已重新启动。", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(troubles.told(main))
