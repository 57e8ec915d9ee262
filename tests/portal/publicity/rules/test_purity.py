"""The clock can be read in a plain Python shell."""

import subprocess
import sys

BLOCKED = """
import sys
sys.modules["django"] = None
import portal.publicity.rules.clock
from portal.publicity import documents
"""


def test_clock_and_documents_need_no_django():
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
