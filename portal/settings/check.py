"""The static checks: settings that load without a database."""

from .dev import *  # noqa: F403
