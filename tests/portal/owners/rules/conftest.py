"""A roll as text judged against an empty or a given registry."""

from itertools import count
from uuid import UUID

import pytest

from portal.owners.rules.registry import EMPTY, Registry
from portal.owners.rules.roll import judge
from portal.tools.sheets.reading import read_sheets

HEADER = "房号,面积,业主,手机,身份证号,用途,份额,交付,权证号"


class Judged:
    """A judged roll, with what tests ask of it."""

    def __init__(self, report):
        self.report = report
        self.json = report.as_json()

    @property
    def rows(self):
        return {name: number for name, number in self.json["rows"].items() if number}

    @property
    def bad(self):
        return [(one["row"], one["column"], one["code"]) for one in self.json["bad"]]

    @property
    def warnings(self):
        return [(one["row"], one["column"], one["code"]) for one in self.json["warnings"]]

    @property
    def roll(self):
        return tuple(self.json["roll"].values())

    @property
    def owners(self):
        """The names of each part's owners after the import, by its key."""
        people = self.report.people
        return {
            key: [people[held.person].person.name for held in value.part.owners]
            for key, value in self.report.parts.items()
        }


@pytest.fixture
def judged():
    """Judge rows under the usual header (or the text of a whole file) against a registry."""

    def judge_text(*rows, text=None, registry=EMPTY, **ways):
        lines = text if text is not None else "\n".join((HEADER, *rows))
        new_keys = (UUID(int=number) for number in count(len(registry.people) + 1))
        return Judged(judge(read_sheets(lines.encode()), registry, new_keys, **ways))

    return judge_text


@pytest.fixture
def registry_after():
    """The registry once the good rows are written."""

    def write(judged, registry=EMPTY):
        parts = {key: value.part for key, value in judged.report.parts.items()}
        people = {key: value.person for key, value in judged.report.people.items()}
        return Registry({**registry.parts, **parts}, {**registry.people, **people})

    return write
