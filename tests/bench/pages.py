"""A notice read by visitors, beside the same page on a bare Wagtail site; how long it stays old.

Two gunicorn servers of two workers over one database, one after the other under the same clients:
the portal as it is served, and what `wagtail start` sets up with a template of a dozen lines and
no cache.
"""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from .table import RUNS, Figure

PROCESSES, THREADS, SECONDS = 2, 8, 3
WORKERS = "2"
HOST = "127.0.0.1"
WORDS = "水箱清洗期间请储好生活用水，给您带来不便敬请谅解。\n" * 12
TIMES = 5  # what visitors get, in bare Wagtail pages


def figures():
    with get_context("spawn").Pool(PROCESSES) as pool:
        path = pool.apply(publish_a_notice)
        with site("ours") as ours, site("bare") as bare:
            kept, plain = [], []
            for _ in range(RUNS):
                plain.append(per_second(pool, bare, path))
                kept.append(per_second(pool, ours, path))
            stale = [seconds_until_seen(pool, ours, path, f"第{n}次改稿") for n in range(RUNS)]
        reached = sorted(plain)[RUNS // 2]
        words = f"a bare Wagtail page {reached:.0f}/s, ours {sorted(kept)[RUNS // 2]:.0f}/s"
        times = [one / reached for one in kept]
        yield Figure("notice for visitors, in bare Wagtail pages", times, TIMES, "×", True, words)
        yield Figure("notice: until a change is seen", stale, 1, "s", beside="while being read")


def publish_a_notice() -> str:
    import django

    django.setup()
    from django.utils import timezone

    from cms import actions
    from portal.places.models import Compound
    from portal.tools.keys import new_key
    from tests.factories.cast import make_cast

    actions.build_site("永嘉县")
    compound = Compound.objects.first() or make_cast().compound
    actions.ensure_compound_page(compound)
    draft = actions.Draft("二次供水水箱清洗公告", WORDS, new_key())
    page = actions.publish_notice(compound, draft, by=new_key(), at=timezone.now())
    return f"/{compound.code}/{page.slug}/"


@contextmanager
def site(name: str):
    """The port of a served site, with one page answered."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config=python:portal.serving"]
    options = [f"--bind={HOST}:{port}", f"--workers={WORKERS}"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": f"tests.bench.sites.{name}"}
    served = subprocess.Popen([*command, *options], env=environment, start_new_session=True)
    try:
        _wait_for(port, served)
        yield port
    finally:
        served.terminate()
        served.wait()


def _wait_for(port: int, served: subprocess.Popen) -> None:
    for _ in range(300):
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
        assert served.poll() is None, "gunicorn ended"
    raise TimeoutError


def per_second(pool, port: int, path: str) -> float:
    begin = time.time() + 0.5
    work = [(port, path, begin, begin + SECONDS)] * PROCESSES
    return sum(pool.starmap(read_on, work, chunksize=1)) / SECONDS


def read_on(port: int, path: str, begin: float, end: float) -> int:
    """One process: its threads read the page again and again; how many answers came."""

    def client(_number: int) -> int:
        time.sleep(max(begin - time.time(), 0))
        count = 0
        while time.time() < end:
            read(port, path)
            count += 1
        return count

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(client, range(THREADS)))


def read(port: int, path: str) -> bytes:
    asked = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection((HOST, port), 30) as line:
        line.sendall(asked)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    return answer


def seconds_until_seen(pool, port: int, path: str, title: str) -> float:
    """From the moment a change is published until no reader gets the page without it."""
    readers = pool.apply_async(read_on, (port, path, time.time(), time.time() + 2))
    time.sleep(0.7)
    pool.apply(change_the_title, (path, title))
    published = last_old = time.time()
    while time.time() < published + 1.2:
        if title.encode() not in read(port, path):
            last_old = time.time()
    readers.get()
    return last_old - published


def change_the_title(path: str, title: str) -> None:
    import django

    django.setup()
    from cms.models import NoticePage

    page = NoticePage.objects.get(slug=path.strip("/").split("/")[-1])
    page.title = title
    page.save_revision().publish()
