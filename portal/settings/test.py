"""Tests: real PostgreSQL, cheap hashes, jobs kept for the test to look at."""

import os

from portal import devdb

from .readers import database_url

if os.environ.get("DATABASE_URL"):
    database_url(os.environ["DATABASE_URL"])
else:
    _cluster = devdb.Cluster.named("postgres-test", durable=False)  # started by tests/database.py
    os.environ["DATABASE_URL"] = _cluster.url()
    os.environ["DATABASE_OWNER_URL"] = _cluster.url(role=devdb.OWNER_ROLE)
    os.environ["XINGFULI_TEST_CLUSTER"] = "embedded"

from .base import *  # noqa: F403
from .base import BASE_DIR
from .base import CACHES as CACHES_SERVED

SECRET_KEY = "tests only: nothing here is secret and nothing leaves the machine"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
KEYRING_FILE = BASE_DIR / "var" / "keys" / "test.json"
KEYRING_MAY_BE_MADE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# a test that changes a row reads the page at once
CACHES = CACHES_SERVED | {"visitors": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for: each test has a client anew
