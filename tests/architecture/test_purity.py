"""Rules, the calendar and the chain need nothing but the standard library: Django is blocked."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = [*ROOT.glob("committees/rules"), *ROOT.glob("portal/*/rules")]
PURE += [ROOT / "portal/tools/timekeeping", ROOT / "portal/tools/chain"]
SIGNING = "portal.tools.chain.signing"  # the one that needs a library
IMPORT_WITH_ALL_ELSE_BLOCKED = """
import importlib, sys
class StandardLibraryOnly:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        allowed = top in sys.stdlib_module_names or top in ("portal", "committees", "tzdata")
        if not allowed and not top.startswith("_sysconfigdata"):
            raise ImportError(f"needs {top}")
sys.meta_path.insert(0, StandardLibraryOnly())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""


def modules(folder: Path) -> list[str]:
    paths = sorted(folder.rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [name.removesuffix(".__init__") for name in names if name != SIGNING]


def what_stops(*names: str) -> str:
    """The last line of what importing the modules says, empty if it succeeds."""
    run = [sys.executable, "-c", IMPORT_WITH_ALL_ELSE_BLOCKED, *names]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    return done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("folder", PURE, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_its_modules_are_imported_with_django_blocked(folder):
    assert modules(folder)
    assert what_stops(*modules(folder)) == ""


def test_the_block_stops_django_and_signing_alone_needs_cryptography():
    assert what_stops("django.db.models") == "ImportError: needs django"
    assert what_stops(SIGNING) == "ImportError: needs cryptography"
