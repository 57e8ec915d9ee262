"""A real browser on a real server over a database of its own."""

import os
import shutil
from collections.abc import Iterator

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys are skipped, with the reason, where there is no Chromium and nobody insists."""
    if chromium() or os.environ.get("XINGFULI_INSIST_ON_BROWSER"):
        return
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="module")  # its event loop must not run under other modules' tests
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    found = chromium()
    assert found, "Chromium is not installed, and the journeys are insisted on"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def address(own_database: str, settings) -> Iterator[str]:
    """The address of a server over this test's own database."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def open_page(browser, address):
    """A fresh visitor's page: at once at `path`, in large type, signed in as `user`."""
    contexts = []

    def open_(path: str = "", *, size: str = "desk", big: bool = False, user=None):
        context = browser.new_context(base_url=address, viewport=SIZES[size], locale="zh-CN")
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session_of(user, address)])
        if big:
            context.add_cookies([{"name": "big", "value": "1", "url": address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        if path:
            page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


def _session_of(user, address: str) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
