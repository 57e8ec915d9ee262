"""`make run`: the embedded PostgreSQL, the demonstration, the web server and the job worker.

One command stands over all of them: when it ends, they end; when one of them dies, it says which
and ends the rest.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from portal import devdb

PROJECT = devdb.PROJECT
HOST = "127.0.0.1"
WAIT_FOR_END = 15
PR_SET_PDEATHSIG = 1


class CannotRun(RuntimeError):
    """Why it cannot run here and now, in one line."""


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    signal.signal(signal.SIGTERM, _end)
    try:
        with _only_one():
            _refuse_taken_port(options.port)
            return _run(options)
    except (CannotRun, devdb.ServerTrouble) as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--reset", action="store_true", help="drop the database and build it anew")
    return parser.parse_args()


def _end(_signal: int, _frame: object) -> None:
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
                "幸福里已经在这个目录运行（另一个 make run）。请先按 Ctrl-C 结束它。"
            ) from None
        yield


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotRun(
                f"端口 {port} 已被占用。请结束占用它的程序，或换一个端口：PORT=8001 make run"
            ) from None


def _run(options: argparse.Namespace) -> int:
    if options.reset and not os.environ.get("DATABASE_URL"):
        with devdb.Cluster.named("postgres").running() as cluster:
            cluster.drop_database()
    with devdb.for_command():
        _prepare()
        children = [_start(name, command) for name, command in _services(options.port).items()]
        try:
            _announce(options.port)
            return _watch(children)
        finally:
            _stop(children)


def _prepare() -> None:
    _manage("migrate", "-v0", owner=True)
    _manage("load_rulebook", "-v0")
    _manage("collectstatic", "--noinput", "-v0")
    if _manage("demo", "--check", check=False):
        _manage("demo")


def _manage(*words: str, owner: bool = False, check: bool = True) -> int:
    role = {"XINGFULI_DATABASE_ROLE": "owner"} if owner else {}
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=PROJECT, env=os.environ | role, check=False)  # noqa: S603
    if check and done.returncode:
        raise CannotRun(f"manage.py {' '.join(words)} 没有成功，见上面的说明。")
    return done.returncode


def _services(port: int) -> dict[str, list[str]]:
    programs = Path(sys.executable).parent
    return {
        "web": [
            str(programs / "gunicorn"),
            "portal.wsgi:application",
            f"--bind={HOST}:{port}",
            "--workers=3",
            "--no-control-socket",
            "--log-level=warning",
        ],
        "jobs": [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency=2"],
    }


def _start(name: str, command: list[str]) -> tuple[str, subprocess.Popen[bytes]]:
    """A child in a group of its own, told by the kernel to end should this process be killed."""
    return name, subprocess.Popen(  # noqa: S603 - our own programs
        command,
        cwd=PROJECT,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509
    )


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere Ctrl-C is the way
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _announce(port: int) -> None:
    from portal.demo.accounts import ACCOUNTS

    print(f"\n  幸福里   http://{HOST}:{port}/")
    print(f"  登录     http://{HOST}:{port}/account/login/")
    print(f"  演示账户（密码都是 {ACCOUNTS[0].password}）\n")
    for account in ACCOUNTS:
        print(f"  {account.phone}  {account.role}　{account.name}　{account.what}")
    print("\n  按 Ctrl-C 结束。", flush=True)


def _watch(children: list[tuple[str, subprocess.Popen[bytes]]]) -> int:
    while True:
        for name, child in children:
            if child.poll() is not None:
                print(f"{name} 意外结束（{child.returncode}），其余一并停止。", file=sys.stderr)
                return 1
        time.sleep(0.5)


def _stop(children: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    for _name, child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for _name, child in children:
        try:
            child.wait(WAIT_FOR_END)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
