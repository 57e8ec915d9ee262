"""Two checkouts side by side keep their visitors apart."""

import os
import subprocess
import sys

from portal.devdb import PROJECT

ASK = (
    "import django; from django.conf import settings as s; "
    "print(s.WAGTAILADMIN_BASE_URL, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
)


def names(**environment: str) -> list[str]:
    """The address and the cookies under development's settings."""
    kept = {name: value for name, value in os.environ.items() if name != "PORT"}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=PROJECT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_a_second_checkout_has_cookies_and_addresses_of_its_own():
    assert names() == ["http://127.0.0.1:8000", "sessionid", "csrftoken"]
    assert names(PORT="8001") == ["http://127.0.0.1:8001", "sessionid-8001", "csrftoken-8001"]
