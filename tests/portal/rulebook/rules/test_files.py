"""Data files are taken whole or refused with everything that is wrong with them."""

from datetime import date

import pytest

from portal.rulebook.rules.entries import UNITS, Entry, Fault, Problem
from portal.rulebook.rules.files import Unreadable, parse
from tests.factories.rulebook import entries

LAWS = """
[authority.law]
title = "《法》"
region = "cn"
in_force = 2021-01-01
is_binding = true
note = "起始日如此。"

[authority.custom]
title = "惯例"
region = "zj"
in_force = 2020-05-01
is_binding = false
"""
FINE = {
    "key": '"voting.days.min"',
    "title": '"投票期"',
    "value": "5",
    "operator": '">="',
    "unit": '"days"',
    "authority": '"law"',
    "confidence": '"H"',
}


def file_of(*rules, subject="投票", position=1):
    """A data file of rules, each the fine one with other fields; None leaves a field out."""
    blocks = [f'subject = "{subject}"\nposition = {position}']
    for changes in rules:
        fields = {name: text for name, text in (FINE | changes).items() if text is not None}
        blocks.append("[[rule]]\n" + "\n".join(f"{name} = {text}" for name, text in fields.items()))
    return "\n\n".join(blocks)


def read(*rules):
    return parse({"authorities.toml": LAWS, "voting.toml": file_of(*rules)})


def problems(files):
    with pytest.raises(Unreadable) as refusal:
        parse(files)
    assert str(refusal.value) == "\n".join(map(str, refusal.value.problems))
    return list(refusal.value.problems)


def faults(*rules):
    """The faults of those rules, each with its detail."""
    files = {"authorities.toml": LAWS, "voting.toml": file_of(*rules)}
    return [(problem.fault, problem.detail) for problem in problems(files)]


def test_an_entry_takes_from_its_authority_what_it_does_not_say():
    assert read({}) == (
        Entry(
            subject="投票",
            position=1001,
            key="voting.days.min",
            region="cn",
            title="投票期",
            value="5",
            operator=">=",
            unit="days",
            authority="《法》",
            article="",
            effective_from=date(2021, 1, 1),
            effective_to=None,
            confidence="H",
            is_binding=True,
            is_recalled=False,
            is_reference=False,
            room="",
            default="",
            default_source="",
            words="起始日如此。",
        ),
    )


def test_what_an_entry_says_itself_stands():
    said = {
        "article": '"第20条"',
        "region": '"zj.hangzhou"',
        "effective_from": "2022-03-01",
        "effective_to": "2023-02-28",
        "is_binding": "false",
        "is_recalled": "true",
        "is_reference": "true",
        "room": '"at-least"',
        "default": "7",
        "default_source": '"惯例"',
        "words": '"另有规定。"',
    }
    (entry,) = read(said)
    assert (entry.article, entry.region, entry.room) == ("第20条", "zj.hangzhou", "at-least")
    assert (entry.effective_from, entry.effective_to) == (date(2022, 3, 1), date(2023, 2, 28))
    assert (entry.is_binding, entry.is_recalled, entry.is_reference) == (False, True, True)
    assert (entry.default, entry.default_source) == ("7", "惯例")
    assert entry.words == "另有规定。起始日如此。"


@pytest.mark.parametrize(
    ("changes", "fault", "detail"),
    [
        ({"colour": '"red"'}, Fault.UNKNOWN_FIELD, "colour"),
        ({"title": None}, Fault.MISSING, "title"),
        ({"value": None}, Fault.MISSING, "value"),
        ({"value": "0.5"}, Fault.WRONG_KIND, "value"),
        ({"value": "true"}, Fault.WRONG_KIND, "value"),
        ({"effective_from": '"2021-01-01"'}, Fault.WRONG_KIND, "effective_from"),
        ({"effective_from": "2021-01-01T00:00:00"}, Fault.WRONG_KIND, "effective_from"),
        ({"is_binding": "1"}, Fault.WRONG_KIND, "is_binding"),
        ({"title": '" "'}, Fault.EMPTY, "title"),
        ({"title": '"' + "长" * 101 + '"'}, Fault.TOO_LONG, "title"),
        ({"key": '"Voting"'}, Fault.BAD_KEY, "Voting"),
        ({"key": '"voting"'}, Fault.BAD_KEY, "voting"),
        ({"value": '"2/0"'}, Fault.BAD_NUMBER, "value 2/0"),
        ({"value": '"一半"'}, Fault.BAD_NUMBER, "value 一半"),
        ({"value": '"1/2"'}, Fault.IMPOSSIBLE, "value 1/2"),
        ({"value": "0"}, Fault.IMPOSSIBLE, "value 0"),
        ({"value": '"3/2"', "unit": '"share"'}, Fault.IMPOSSIBLE, "value 3/2"),
        ({"value": "2", "unit": '"yes"'}, Fault.IMPOSSIBLE, "value 2"),
        ({"operator": '"=>"'}, Fault.UNKNOWN_OPERATOR, "=>"),
        ({"unit": '"weeks"'}, Fault.UNKNOWN_UNIT, "weeks"),
        ({"confidence": '"高"'}, Fault.UNKNOWN_CONFIDENCE, "高"),
        ({"room": '"some"'}, Fault.UNKNOWN_ROOM, "some"),
        ({"region": '"zj.wenzou"'}, Fault.UNKNOWN_REGION, "zj.wenzou"),
        ({"authority": '"lore"'}, Fault.UNKNOWN_AUTHORITY, "lore"),
        ({"effective_to": "2020-12-31"}, Fault.ENDS_BEFORE_IT_BEGINS, "2020-12-31"),
        ({"default": "7"}, Fault.DEFAULT_WITHOUT_SOURCE, ""),
        ({"default_source": '"惯例"'}, Fault.DEFAULT_WITHOUT_SOURCE, ""),
    ],
)
def test_what_is_wrong_is_said(changes, fault, detail):
    found = faults(changes)
    if "default" in changes:  # 7 lies outside no room as well
        found.remove((Fault.DEFAULT_OUTSIDE_ROOM, "7"))
    assert found == [(fault, detail)]


@pytest.mark.parametrize(("default", "fits"), [(4, False), (5, True), (6, True)])
def test_a_default_lies_inside_the_room(default, fits):
    rule = {"room": '"at-least"', "default": str(default), "default_source": '"惯例"'}
    if fits:
        assert read(rule)[0].default == str(default)
    else:
        assert faults(rule) == [(Fault.DEFAULT_OUTSIDE_ROOM, "4")]


def test_a_rule_of_one_day_ends_when_it_begins():
    assert read({"effective_to": "2021-01-01"})[0].effective_to == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("last", "overlaps"), [("2022-02-27", False), ("2022-02-28", False), ("2022-03-01", True)]
)
def test_one_day_has_one_rule_of_a_key_and_region(last, overlaps):
    two = ({"effective_to": last}, {"effective_from": "2022-03-01"})
    if overlaps:
        assert faults(*two) == [(Fault.OVERLAPS, "voting.toml, 1 voting.days.min")]
    else:
        assert len(read(*two)) == 2


def test_a_short_rule_does_not_hide_a_long_one_before_it():
    found = faults(
        {"effective_to": "2023-01-01"},
        {"effective_from": "2021-02-01", "effective_to": "2021-02-28"},
        {"effective_from": "2022-01-01"},
    )
    assert found == [(Fault.OVERLAPS, "voting.toml, 1 voting.days.min")] * 2


def test_two_regions_may_say_different_things_on_one_day():
    assert len(read({}, {"region": '"zj"'})) == 2


def test_an_overlap_is_seen_across_files():
    found = problems(
        {
            "authorities.toml": LAWS,
            "a.toml": file_of({}),
            "b.toml": file_of({}, position=2),
        }
    )
    assert found == [
        Problem("b.toml", "1 voting.days.min", Fault.OVERLAPS, "a.toml, 1 voting.days.min")
    ]


def test_everything_wrong_in_every_file_is_told_at_once():
    found = problems(
        {
            "authorities.toml": LAWS + '\n[authority.bad]\ntitle = "《坏》"\nregion = "mars"\n',
            "a.toml": file_of({"unit": '"weeks"', "operator": '"=>"'}, {"colour": "1"}),
            "b.toml": "subject = ",
            "c.toml": file_of(position=1) + "\nname = 1",
            "d.toml": "rule = [1]\nsubject = 's'\nposition = 4",
        }
    )
    told = [(problem.file, problem.entry, problem.fault) for problem in found]
    assert told == [
        ("a.toml", "1 voting.days.min", Fault.UNKNOWN_OPERATOR),
        ("a.toml", "1 voting.days.min", Fault.UNKNOWN_UNIT),
        ("a.toml", "2 voting.days.min", Fault.UNKNOWN_FIELD),
        ("authorities.toml", "bad", Fault.MISSING),
        ("authorities.toml", "bad", Fault.MISSING),
        ("b.toml", "", Fault.UNREADABLE),
        ("c.toml", "", Fault.MISSING),
        ("c.toml", "", Fault.POSITION_TAKEN),
        ("c.toml", "", Fault.UNKNOWN_FIELD),
        ("d.toml", "1", Fault.WRONG_KIND),
    ]


def test_an_authority_stands_in_a_region_of_the_book():
    laws = LAWS.replace('region = "zj"', 'region = "mars"')
    assert problems({"authorities.toml": laws}) == [
        Problem("authorities.toml", "custom", Fault.UNKNOWN_REGION, "mars")
    ]


def test_a_problem_reads_as_file_entry_and_fault():
    problem = Problem("voting.toml", "3 voting.special", Fault.BAD_NUMBER, "value 3/0")
    assert str(problem) == "voting.toml, 3 voting.special: not a number: value 3/0"
    assert str(Problem("voting.toml", "", Fault.UNREADABLE)) == "voting.toml: not a TOML file"


def test_every_data_file_of_the_repository_is_read():
    positions = [entry.position for entry in entries()]
    assert (len(positions), positions) == (570, sorted(set(positions)))


def test_every_unit_of_the_book_is_used_and_known():
    assert {entry.unit for entry in entries()} == set(UNITS)


def test_binding_rules_that_nobody_read_are_flagged():
    """law.md §0.1: what was recalled and not read keeps its flag when it binds."""
    unread = {entry.key for entry in entries() if entry.is_binding and entry.is_recalled}
    beside_fire = {key for key in unread if not key.startswith(("fire.", "extin", "equipment."))}
    assert beside_fire == {"privacy.face.filing.persons", "security.crypto.assessment.years"}


def test_what_has_no_basis_in_law_never_binds():
    soft = ("平台默认", "永嘉县", "杭州市换届通知惯例")
    assert not [e.key for e in entries() if e.authority.startswith(soft) and e.is_binding]


def test_without_authorities_no_rule_has_one():
    assert problems({"a.toml": file_of({})}) == [
        Problem("a.toml", "1 voting.days.min", Fault.UNKNOWN_AUTHORITY, "law"),
        Problem("authorities.toml", "", Fault.MISSING, "authority"),
    ]
