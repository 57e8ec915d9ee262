"""The standards there are to choose from, and the one frozen into a campaign."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from portal.campaigns.models import Campaign
from portal.campaigns.rules.record import standard_of
from portal.campaigns.rules.standard import Standard, read_standard

from .sources import SOURCES

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def standard_values() -> dict[str, dict[str, Any]]:
    """The standards of the data files by file name; refuses (`NotAStandard`) a faulty one."""
    found = {}
    for path in sorted(DATA.glob("*.toml")):
        value = tomllib.loads(path.read_text(encoding="utf-8"))
        read_standard(value, sources=SOURCES.keys())
        found[path.stem] = value
    return found


def standard_choices() -> list[tuple[str, str]]:
    """For a form: file name and what people read."""
    return [
        (name, f"{value['name']} {value['version']}") for name, value in standard_values().items()
    ]


def standard_in(campaign: Campaign) -> Standard:
    """The campaign's frozen standard."""
    return standard_of(campaign.standard.value)
