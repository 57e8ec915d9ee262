"""The book is loaded whole, and a compound's own number stands only inside the law's room."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from portal.rulebook import actions
from portal.rulebook.models import CompoundRule, Rule, Unit
from portal.rulebook.queries import rule_for
from portal.rulebook.rules.entries import CONFIDENCES, OPERATORS, UNITS
from portal.rulebook.rules.files import Unreadable
from portal.rulebook.rules.room import Reason, Room
from portal.tools.audit.models import AuditEntry
from tests.factories.rulebook import entries

LAWS = '[authority.law]\ntitle = "《法》"\nregion = "cn"\nin_force = 2021-01-01\nis_binding = true'
CLAUSE = "《业主大会议事规则》第12条"


def files(**values):
    """A book of one file with a rule of one day each: `files(notice=15)`."""
    rules = [
        f'[[rule]]\nkey = "a.{name}"\ntitle = "甲"\nvalue = {value}\noperator = ">="\n'
        'unit = "days"\nauthority = "law"\nconfidence = "H"'
        for name, value in values.items()
    ]
    head = 'subject = "甲"\nposition = 1'
    return {"authorities.toml": LAWS, "a.toml": "\n\n".join([head, *rules])}


# --- loading


def test_the_repository_is_loaded_and_a_second_time_changes_nothing(db):
    first = actions.load_rulebook()
    assert (len(first.added), first.changed, first.removed) == (len(entries()), (), ())
    rows = set(Rule.objects.values_list("pk", flat=True))
    assert actions.load_rulebook() == actions.Loading((), (), ())
    assert set(Rule.objects.values_list("pk", flat=True)) == rows


def test_a_loading_says_what_it_added_changed_and_removed(db):
    actions.load_rulebook(files(kept=1, raised=2, gone=3))
    done = actions.load_rulebook(files(kept=1, raised=20, come=4))
    assert done == actions.Loading(
        added=("a.come cn 2021-01-01",),
        changed=("a.raised cn 2021-01-01",),
        removed=("a.gone cn 2021-01-01",),
    )
    assert dict(Rule.objects.standing().values_list("key", "value")) == {
        "a.kept": "1",
        "a.raised": "20",
        "a.come": "4",
    }


def test_a_rule_that_only_moves_in_the_book_has_not_changed(db):
    actions.load_rulebook(files(first=1, second=2))
    assert actions.load_rulebook(files(second=2, first=1)) == actions.Loading((), (), ())
    assert list(Rule.objects.order_by("position").values_list("key", flat=True)) == [
        "a.second",
        "a.first",
    ]


def test_every_field_of_an_entry_reaches_the_database(db):
    actions.load_rulebook()
    for entry in entries()[:20]:
        key, region, since = entry.identity
        row = Rule.objects.get(key=key, region=region, effective_from=since)
        fields = {name: getattr(row, name) for name in entry.__dataclass_fields__}
        assert replace(entry, **fields) == entry


def test_a_refused_file_changes_nothing(db):
    actions.load_rulebook(files(kept=1))
    with pytest.raises(Unreadable) as refusal:
        actions.load_rulebook(files(kept=0))
    assert len(refusal.value.problems) == 1
    assert Rule.objects.get().value == "1"


def test_the_command_loads_and_reports(db):
    out = StringIO()
    call_command("load_rulebook", stdout=out)
    assert out.getvalue().splitlines() == [f"新增 {len(entries())}", "变更 0", "删除 0"]
    out = StringIO()
    call_command("load_rulebook", stdout=out, verbosity=0)
    assert out.getvalue() == ""
    Rule.objects.filter(key="voting.special", region="cn", effective_to=None).delete()
    out = StringIO()
    call_command("load_rulebook", stdout=out, verbosity=2)
    assert out.getvalue().splitlines() == [
        "新增 1",
        "  voting.special cn 2021-01-01",
        "变更 0",
        "删除 0",
    ]


def test_the_command_refuses_unreadable_files_by_name(db, monkeypatch):
    monkeypatch.setattr(actions, "repository_files", lambda: files(kept=0))
    with pytest.raises(CommandError, match=r"a\.toml, 1 a\.kept: no such number of its unit"):
        call_command("load_rulebook", stdout=StringIO())


def test_two_loadings_at_once_make_one_book(own_database):
    trouble = []

    def load():
        try:
            actions.load_rulebook()
        except Exception as found:
            trouble.append(found)
        finally:
            connection.close()

    both = [threading.Thread(target=load) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert (trouble, Rule.objects.count()) == ([], len(entries()))


def test_words_and_constraints_know_the_same_choices_as_the_files():
    assert set(Unit.values) == set(UNITS)
    assert set(Rule.Operator.values) == set(OPERATORS)
    assert set(Rule.Confidence.values) == set(CONFIDENCES)
    assert set(Rule.Room.values) == set(Room)


@pytest.mark.parametrize(
    "changes",
    [
        {"operator": "=>"},
        {"room": "some"},
        {"default": "7"},
        {"default_source": "惯例"},
        {"effective_to": date(2020, 12, 31)},
    ],
)
def test_the_database_itself_refuses_a_senseless_rule(rulebook, changes):
    rule = Rule.objects.get(key="meeting.notice.days")
    rule.effective_from = date(2021, 1, 1)
    for name, value in changes.items():
        setattr(rule, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.save()


# --- a compound's own number


@pytest.fixture
def decide(rulebook, cast, noon):
    def decide(key="meeting.notice.days", value=20, clause=CLAUSE, *, at=noon, compound=None):
        return actions.set_compound_rule(
            compound or cast.compound, key, value, clause, by=cast.li.pk, at=at
        )

    return decide


def refused(decide, *args, **kwargs):
    with pytest.raises(actions.RuleRefused) as refusal:
        decide(*args, **kwargs)
    return [(obstacle.reason, dict(obstacle.facts)) for obstacle in refusal.value.obstacles]


def standing(cast):
    rows = CompoundRule.objects.filter(compound=cast.compound).order_by("effective_from")
    return [(row.value, row.effective_from, row.effective_to) for row in rows]


def test_a_compounds_number_stands_from_the_day_it_is_set(decide, cast, noon):
    made = decide()
    assert (made.value, made.clause, made.by) == ("20", CLAUSE, cast.li.pk)
    assert standing(cast) == [("20", date(2026, 11, 24), None)]
    rule = rule_for("meeting.notice.days", at_compound=cast.compound, on=noon.date())
    assert (rule.value, rule.set_by, rule.source) == (20, "compound", CLAUSE)


def test_its_audit_says_who_set_what(decide, cast, noon):
    made = decide()
    entry = AuditEntry.objects.get(act="rulebook.set_compound_rule")
    assert (entry.compound, entry.object_id, entry.actor, entry.at) == (
        cast.compound.pk,
        made.pk,
        cast.li.pk,
        noon,
    )
    assert entry.facts == {
        "key": "meeting.notice.days",
        "value": "20",
        "before": "",
        "from": "2026-11-24",
    }


def test_the_day_is_the_readers_day_not_greenwichs(decide, cast):
    decide(at=datetime(2026, 11, 23, 16, 30, tzinfo=ZoneInfo("UTC")))
    assert standing(cast) == [("20", date(2026, 11, 24), None)]


def test_a_later_decision_ends_the_one_before_on_the_day_before(decide, cast, noon):
    decide(value=20)
    decide(value=30, at=noon + timedelta(days=10))
    assert standing(cast) == [
        ("20", date(2026, 11, 24), date(2026, 12, 3)),
        ("30", date(2026, 12, 4), None),
    ]
    facts = AuditEntry.objects.order_by("at").last().facts
    assert (facts["before"], facts["value"]) == ("20", "30")


def test_a_second_decision_of_one_day_replaces_the_first(decide, cast):
    decide(value=51)
    decide(value=15)
    assert standing(cast) == [("15", date(2026, 11, 24), None)]
    assert AuditEntry.objects.filter(act="rulebook.set_compound_rule").count() == 2


def test_the_same_again_changes_nothing(decide, cast, noon):
    first = decide()
    assert decide(value=" 20 ", at=noon + timedelta(days=3)).pk == first.pk
    assert standing(cast) == [("20", date(2026, 11, 24), None)]
    assert AuditEntry.objects.filter(act="rulebook.set_compound_rule").count() == 1


@pytest.mark.parametrize("value", [20, "20", Fraction(20)])
def test_a_number_may_come_as_text_or_number(decide, cast, value):
    decide(value=value)
    assert standing(cast)[0][0] == "20"


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("meeting.notice.days", 14, [(Reason.BELOW_THE_LAW, {"legal": "15"})]),
        ("voting.days.max", 61, [(Reason.ABOVE_THE_LAW, {"legal": "60"})]),
        ("voting.special", "4/5", [(Reason.NO_ROOM, {})]),
        ("party.share.target", "2/3", [(Reason.NO_ROOM, {})]),
        ("meeting.notice.days", "廿", [(Reason.NOT_A_NUMBER, {})]),
        ("meeting.notice.days", "31/2", [(Reason.NOT_WHOLE, {})]),
        ("publicity.candidates.days", 0, [(Reason.NOT_POSSIBLE, {})]),
        ("moon.phase", 1, [(Reason.NO_RULE, {"key": "moon.phase"})]),
        ("term.years.max", 6, [(Reason.ABOVE_THE_LAW, {"legal": "5"})]),
        ("term.years.min", 2, [(Reason.BELOW_THE_LAW, {"legal": "3"})]),
    ],
)
def test_outside_the_room_it_is_refused_with_the_reason(decide, cast, key, value, found):
    assert refused(decide, key, value) == found
    assert (standing(cast), AuditEntry.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("meeting.notice.days", 15),
        ("voting.days.max", 60),
        ("term.years.min", 3),
        ("term.years.min", 5),
        ("publicity.candidates.days", 1),
        ("committee.notice.days", 3),
        ("roll.parking.is-counted", 1),
    ],
)
def test_the_edge_of_the_room_belongs_to_it(decide, key, value):
    assert decide(key, value).value == str(value)


def test_all_reasons_are_told_at_once(decide, noon):
    decide(at=noon + timedelta(days=5))
    assert refused(decide, value="29/2", clause=" ") == [
        (Reason.NOT_WHOLE, {}),
        (Reason.BELOW_THE_LAW, {"legal": "15"}),
        (Reason.NO_CLAUSE, {}),
        (Reason.LATER_RULE_STANDS, {"from": date(2026, 11, 29)}),
    ]
    assert refused(decide, "moon.phase", clause="") == [
        (Reason.NO_RULE, {"key": "moon.phase"}),
        (Reason.NO_CLAUSE, {}),
    ]


def test_one_end_of_a_range_does_not_pass_the_other(decide):
    decide("voting.days.max", 20)
    assert refused(decide, "voting.days.min", 21) == [(Reason.CROSSES_PARTNER, {"partner": "20"})]
    decide("voting.days.min", 20)
    assert refused(decide, "voting.days.max", 19) == [(Reason.CROSSES_PARTNER, {"partner": "20"})]


def test_each_compound_decides_for_itself(decide, cast, noon):
    decide(value=20)
    decide(value=30, compound=cast.other_compound)
    told = [
        rule_for("meeting.notice.days", at_compound=compound, on=noon.date()).value
        for compound in (cast.compound, cast.other_compound)
    ]
    assert told == [20, 30]


def test_the_database_itself_keeps_one_standing_number_a_key(decide, cast):
    made = decide()
    for changes in (
        {"effective_from": date(2026, 1, 1)},
        {"effective_from": made.effective_from, "effective_to": date(2027, 1, 1)},
        {"effective_from": date(2026, 1, 1), "effective_to": date(2025, 12, 31)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CompoundRule.objects.create(
                compound=cast.compound, key=made.key, value="20", clause=CLAUSE, **changes
            )
