"""`make screenshots`: the demonstration in a server of its own, pictured in Chromium.

The pictures go to docs/pictures; README and the guides show them.
"""

import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from portal import devdb
from tests.journeys.conftest import FLAGS, chromium
from tests.screenshots.shots import PHONE, SHOTS, Shot

FOLDER = devdb.PROJECT / "docs" / "pictures"
COLOURS = 64
HEIGHT = {PHONE: 844}


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The address of the demonstration, built anew and served until the end of the block."""
    with devdb.Cluster.named("postgres-pictures", durable=False).running() as cluster:
        cluster.drop_database()
        cluster.ensure_database()
        urls = {
            "DATABASE_URL": cluster.url(),
            "DATABASE_OWNER_URL": cluster.url(role=devdb.OWNER_ROLE),
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        }
        environment = os.environ | urls
        subprocess.run([sys.executable, "-m", "portal.preparation"], env=environment, check=False)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{probe.getsockname()[1]}"
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        options = ["--config=python:portal.serving", f"--bind={place}", "--workers=2"]
        web = subprocess.Popen([gunicorn, *options], env=environment)
        try:
            wait_for(f"http://{place}/healthz")
            yield f"http://{place}"
        finally:
            web.terminate()
            web.wait()
        cluster.drop_database()


def wait_for(address: str) -> None:
    limit = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        if time.monotonic() > limit:
            raise TimeoutError(address)
        time.sleep(0.2)


def take(browser: Browser, site: str, shot: Shot) -> None:
    size = {"width": shot.width, "height": HEIGHT.get(shot.width, 900)}
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    if shot.who is not None:
        sign_in(page, site, shot.who.phone, shot.who.password)
    page.goto(f"{site}{shot.start}{'?big=1' if shot.big else ''}")
    for step in shot.steps:
        follow(page, step)
    page.wait_for_load_state()
    tall = min(page.evaluate("document.documentElement.scrollHeight"), shot.longest)
    clip = {"x": 0, "y": 0, "width": shot.width, "height": tall}
    save(page.screenshot(full_page=True, clip=clip), FOLDER / f"{shot.name}.png")
    context.close()


def sign_in(page: Page, site: str, phone: str, password: str) -> None:
    page.goto(f"{site}/account/login/")
    page.fill('input[name="login"]', phone)
    page.fill('input[name="password"]', password)
    page.locator('form:has(input[name="password"]) button[type="submit"]').first.click()
    page.wait_for_url("**/my/")


def follow(page: Page, step: str) -> None:
    kind, _, rest = step.partition(": ")
    if kind == "tick":
        page.locator("main .choice label").nth(int(rest)).click()
    elif kind == "press":
        page.locator("main a, main button").filter(has_text=re.compile(rest)).first.click()
    else:
        page.locator(f'main a[href*="{step}"]:visible').first.click()
    page.wait_for_load_state()


def save(png: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS).save(path, optimize=True)
    print(path.relative_to(devdb.PROJECT), f"{path.stat().st_size // 1024} kB", flush=True)


def main() -> int:
    found = chromium()
    if not found:
        print("没有找到 Chromium（apt-get install chromium）。", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for shot in SHOTS:
            take(browser, site, shot)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
