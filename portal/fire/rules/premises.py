"""Where are extinguishers checked every half month?  GB 50444-2008 art. 5.2.2.

Basements, boiler rooms and crowded places.  A place is one by its storey, by what was entered of
it, or by its name, as equipment lists write it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from unicodedata import normalize

BELOW = re.compile(r"地下|负|[Bb]\d|车库")
BOILERS, CROWDS = "锅炉房", "人员密集"


class Premises(StrEnum):
    ORDINARY = ""
    BASEMENT = "basement"
    BOILER_ROOM = "boiler-room"
    CROWDED = "crowded"


def premises(name: str, storey: int | None, said: str = "") -> Premises:
    """What a place is; `said` is what was entered of it, "" where nothing was."""
    name = normalize("NFKC", name)
    if said == Premises.BASEMENT or (storey is not None and storey < 0) or BELOW.search(name):
        return Premises.BASEMENT
    if said == Premises.BOILER_ROOM or BOILERS in name:
        return Premises.BOILER_ROOM
    if said == Premises.CROWDED or CROWDS in name:
        return Premises.CROWDED
    return Premises.ORDINARY
