"""The portal as it is served: its middleware, its templates, visitors' pages kept."""

from portal.settings.test import *  # noqa: F403
from portal.settings.test import CACHES_SERVED

CACHES = CACHES_SERVED
