"""The rules need nothing but the standard library."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IMPORT_WITH_ALL_ELSE_BLOCKED = """
import importlib, sys
class StandardLibraryOnly:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        allowed = top in sys.stdlib_module_names or top in ("portal", "committees", "tzdata")
        if not allowed and not top.startswith("_sysconfigdata"):
            raise ImportError(f"needs {top}")
sys.meta_path.insert(0, StandardLibraryOnly())
importlib.import_module(sys.argv[1])
"""


def what_stops(module):
    """Return the last line of what importing `module` says, empty if it succeeds."""
    run = [sys.executable, "-c", IMPORT_WITH_ALL_ELSE_BLOCKED, module]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    return done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize(
    "module",
    [
        "ballots",
        "figures",
        "figures_form",
        "manifest",
        "published",
        "matters",
        "ratio",
        "record",
        "seats",
        "tally",
        "thresholds",
    ],
)
def test_the_module_is_imported_with_django_blocked(module):
    assert what_stops(f"committees.rules.{module}") == ""


def test_the_block_stops_django():
    assert what_stops("django.db.models") == "ImportError: needs django"
