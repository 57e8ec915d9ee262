"""The rules of the rulebook can be read in a plain Python shell."""

import subprocess
import sys

BLOCKED = """
import sys
sys.modules["django"] = None
from portal.rulebook.rules import entries, files, numbers, regions, resolve, room
"""


def test_rules_need_no_django():
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
