"""A database on a durable cluster of its own, for what is measured against fsync."""

import os
import subprocess
import sys
from contextlib import contextmanager
from unittest.mock import patch

from portal import devdb

SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "XINGFULI_LOG_LEVEL": "WARNING"}


@contextmanager
def durable_database():
    """The address of an empty, migrated database; child processes find it by the environment."""
    with devdb.Cluster.named("postgres-bench").running() as cluster:
        cluster.drop_database()
        cluster.ensure_database()
        urls = {
            "DATABASE_URL": cluster.url(),
            "DATABASE_OWNER_URL": cluster.url(role=devdb.OWNER_ROLE),
        }
        with patch.dict(os.environ, urls | SETTINGS):
            owner = os.environ | {"XINGFULI_DATABASE_ROLE": "owner"}
            migrate = [sys.executable, "manage.py", "migrate", "-v0"]
            subprocess.run(migrate, env=owner, check=True)
            try:
                yield cluster.url()
            finally:
                cluster.drop_database()
