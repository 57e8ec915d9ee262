"""What passes between the process that judges and the one that writes comes through whole."""

import json
from itertools import count
from uuid import UUID

import pytest

from portal.owners.rules.leftovers import left_over
from portal.owners.rules.registry import EMPTY, Registry
from portal.owners.rules.scopes import Counting
from portal.owners.rules.told import (
    judged_from,
    registry_as_message,
    registry_from,
    report_as_message,
)

FIRST = (
    "1-101,80,甲、乙,13800000001,,,1/3、2/3,,证1",
    "1-102,90,丙公司,,,商铺,,,",
    "车位-1,12,甲,13800000001,,,,,",
)
SECOND = ("1-101,81,甲、丁,13800000001,,,1/3、2/3,,证1", "1-103,八十,戊,,,,,,", FIRST[1])


def through(message):
    return json.loads(json.dumps(message))


def test_a_registry_comes_through(judged, registry_after):
    registry = registry_after(judged(*FIRST))
    registry = Registry(registry.parts, registry.people, Counting(parking=True))
    assert registry_from(through(registry_as_message(registry))) == registry
    assert registry_from(through(registry_as_message(EMPTY))) == EMPTY


def test_a_report_comes_through_with_what_is_to_be_written(judged, registry_after):
    registry = registry_after(judged(*FIRST))
    report = judged(*SECOND, registry=registry).report
    told = judged_from(through(report_as_message(report, is_whole=True)))
    written = [one for one in report.parts.values() if one.is_new or one.is_changed]
    people = [one for one in report.people.values() if one.is_new or one.is_changed]
    assert (told.as_json(), told.parts, told.people) == (
        report.as_json(),
        tuple(written),
        tuple(people),
    )
    assert list(told.rest) == left_over(report)
    assert (told.fields[0], told.count("changed"), told.count("bad")) == ("room", 1, 1)


def test_of_a_dry_run_only_the_report_is_told(judged):
    report = judged(*FIRST).report
    told = judged_from(through(report_as_message(report, is_whole=False)))
    assert (told.as_json(), told.parts, told.people) == (report.as_json(), (), ())


def test_numbers_of_new_persons_become_keys_everywhere(judged):
    told = judged_from(report_as_message(judged(*FIRST).report, is_whole=True))
    keys = {one.person.key: UUID(int=1000 + at) for at, one in zip(count(), told.people)}
    renamed = told.with_keys(keys)
    assert [one.person.key for one in renamed.people] == list(keys.values())
    assert [[held.person for held in one.part.owners] for one in renamed.parts] == [
        [keys[held.person] for held in one.part.owners] for one in told.parts
    ]


@pytest.mark.parametrize("lines", [5_000])
def test_one_room_with_thousands_of_lines_is_judged(judged, registry_after, lines):
    rows = [f"1-101,80,甲,138{number:08},,,1/{lines},," for number in range(lines)]
    first = judged(*rows)
    assert first.rows == {"read": lines, "new": lines}
    assert judged(*rows, registry=registry_after(first)).rows == {"read": lines, "same": lines}
