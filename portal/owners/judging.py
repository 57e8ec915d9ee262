"""The limited process in which a roll is read and judged: `python -m portal.owners.judging`.

It knows no database and no key.  It is asked with the registry as values and the file's bytes.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO
from uuid import UUID

from portal.tools.sheets import apart
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.sheet import Limits

from .rules.roll import NotARoll, judge
from .rules.told import registry_from, report_as_message


def answer(source: BinaryIO, limits: Limits) -> Iterator[apart.Message]:
    """The roll's report, or that it is none.  Persons who are new are only numbered."""
    order = json.loads(source.readline())
    try:
        report = judge(
            read_sheets(source.read(), limits),
            registry_from(order["registry"]),
            (UUID(int=number) for number in count(1)),
            compound=order["compound"],
            demonstration=order["demonstration"],
        )
    except NotARoll as refusal:
        yield {"no_roll": type(refusal).__name__, "facts": list(refusal.args)}
    else:
        yield report_as_message(report, is_whole=order["is_whole"])


if __name__ == "__main__":
    apart.serve(answer)
