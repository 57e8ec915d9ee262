"""The process in which workbooks are opened: a workbook in, one line of JSON for each sheet out."""

import json
import resource
import signal
import sys
from typing import BinaryIO, TextIO

from . import workbook
from .refusals import SheetRefusal
from .sheet import Limits, Sheet


def tell(source: BinaryIO, sink: TextIO, limits: Limits) -> None:
    """Write the sheets of the workbook in `source`, then {"end": true} or the refusal."""
    try:
        for sheet in workbook.read(source.read(), limits):
            _write(sink, _message(sheet))
        _write(sink, {"end": True})
    except SheetRefusal as refusal:
        _write(sink, {"refusal": type(refusal).__name__, "facts": list(refusal.args)})
    except MemoryError:
        facts = ["memory_bytes", limits.memory_bytes]
        _write(sink, {"refusal": "TooLarge", "facts": facts})
    except BaseException as trouble:
        # A panic of the parser reaches Python as a BaseException that cannot be imported.
        if type(trouble).__name__ != "PanicException":
            raise
        _write(sink, {"refusal": "Damaged", "facts": []})


def _message(sheet: Sheet) -> dict[str, object]:
    rows = [(row.number, row.cells, row.lead) for row in sheet.rows]
    return {"sheet": sheet.name, "rows": rows}


def _write(sink: TextIO, message: dict[str, object]) -> None:
    sink.write(json.dumps(message) + "\n")
    sink.flush()


def bind_myself(limits: Limits) -> None:
    """Never more memory, processor time or patience than the limits allow."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    signal.alarm(limits.seconds)


if __name__ == "__main__":
    limits = Limits(**json.loads(sys.argv[1]))
    bind_myself(limits)
    tell(sys.stdin.buffer, sys.stdout, limits)
