"""The rules of the roll need nothing but the standard library."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
RULES = sorted(path.stem for path in (ROOT / "portal/owners/rules").glob("[a-z]*.py"))
IMPORT_WITH_ALL_ELSE_BLOCKED = """
import importlib, sys
class StandardLibraryOnly:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        allowed = top in sys.stdlib_module_names or name.startswith("portal.owners.rules")
        if not allowed and name not in ("portal", "portal.owners") and "_sysconfig" not in top:
            raise ImportError(f"needs {name}")
sys.meta_path.insert(0, StandardLibraryOnly())
importlib.import_module(sys.argv[1])
"""


@pytest.mark.parametrize("module", RULES)
def test_a_rule_is_imported_with_all_else_blocked(module):
    run = [sys.executable, "-c", IMPORT_WITH_ALL_ELSE_BLOCKED, f"portal.owners.rules.{module}"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
