"""Development and the demonstration: the embedded PostgreSQL, messages on the console."""

import os

os.environ.setdefault("XINGFULI_LOG_LEVEL", "WARNING")

from .base import *  # noqa: F403
from .base import BASE_DIR

DEBUG = False
SECRET_KEY = "development only: no secret, the demonstration holds invented people"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
KEYRING_FILE = BASE_DIR / "var" / "keys" / "keyring.json"
KEYRING_MAY_BE_MADE = True
SERVES_MEDIA = True

# Browsers keep cookies by host, whatever the port: two checkouts would sign each other out.
port = os.environ.get("PORT", "8000")
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"
if port != "8000":
    SESSION_COOKIE_NAME = f"sessionid-{port}"
    CSRF_COOKIE_NAME = f"csrftoken-{port}"
