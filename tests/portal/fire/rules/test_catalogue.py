"""The catalogue: every kind of the standard, each item graded, each period a rule in force."""

from dataclasses import dataclass
from datetime import date

from portal.fire.rules.answers import Gap, gaps
from portal.fire.rules.catalogue import (
    DEADLINES,
    HIGH_RISE,
    Grade,
    catalogue,
    frequent,
    rule_keys,
)
from portal.fire.rules.premises import Premises
from portal.rulebook.queries import rules_for


def test_the_kinds_are_f01_to_f22():
    assert list(catalogue()) == [f"F{n:02}" for n in range(1, 23)]


def test_no_duty_and_no_item_stands_twice_and_each_duty_asks_something():
    for kind in catalogue().values():
        for duty in kind.duties.values():
            codes = [item.code for item in duty.items]
            assert codes and len(codes) == len(set(codes))
            assert len(duty.code) <= 20 and all(len(code) <= 20 for code in codes)


def test_every_period_and_deadline_is_a_rule_in_force(rulebook):
    keys = rule_keys() | set(DEADLINES.values()) | {HIGH_RISE}
    found = rules_for(keys, on=date(2026, 11, 24))
    assert found.keys() == keys
    assert {found[key].unit for key in rule_keys()} == {"days", "months", "years"}
    assert {found[key].unit for key in DEADLINES.values()} == {"hours", "days"}


def test_an_extinguisher_in_a_basement_boiler_room_or_crowded_place_is_checked_every_half_month(
    rulebook,
):
    check = catalogue()["F18"].duties["check"]
    keys = [check.rule_for(high_rise=True, at=place) for place in Premises]
    found = rules_for(keys, on=date(2026, 11, 24))
    periods = [(found[key].text, found[key].unit) for key in keys]
    assert periods == [("1", "months"), *[("15", "days")] * 3]
    assert len(set(keys)) == len(Premises)


def test_a_patrol_is_daily_in_a_high_rise_and_weekly_elsewhere(rulebook):
    patrol = catalogue()["F06"].duties["patrol"]
    keys = [patrol.rule_for(high_rise=tall, at=Premises.BASEMENT) for tall in (True, False)]
    found = rules_for(keys, on=date(2026, 11, 24))
    assert [(found[key].text, found[key].unit) for key in keys] == [("1", "days"), ("7", "days")]


def test_duties_that_come_round_by_days_are_known():
    assert frequent() == {"patrol", "stabiliser", "auto-start", "shutter"}


def test_the_grades_are_the_rulebooks():
    grades = {
        item.grade for k in catalogue().values() for d in k.duties.values() for item in d.items
    }
    assert grades == set(Grade)


@dataclass
class Said:
    item: str
    result: str = "normal"
    words: str = ""
    has_photo: bool = False


def complete():
    return [Said(item.code) for item in catalogue()["F04"].duties["patrol"].items]


def missing(*answers):
    return gaps(catalogue()["F04"].duties["patrol"], answers)


def test_a_log_with_every_item_answered_is_complete():
    assert missing(*complete()) == ()


def test_every_gap_is_named_at_once():
    assert missing(Said("host", "failed"), Said("other")) == (
        ("detectors", Gap.NOT_ANSWERED),
        ("host", Gap.NO_WORDS),
        ("host", Gap.NO_PHOTO),
        ("other", Gap.NOT_ASKED),
    )


def test_a_failure_needs_words_and_a_photo_and_nothing_else_does():
    first, _ = complete()
    assert missing(first, Said("host", "failed", "不亮", has_photo=True)) == ()
    assert missing(first, Said("host", "failed", "  ", has_photo=True)) == (("host", Gap.NO_WORDS),)
    assert missing(first, Said("host", "failed", "不亮")) == (("host", Gap.NO_PHOTO),)
    assert missing(first, Said("host", "absent")) == ()


def test_an_unknown_result_is_no_answer_and_two_answers_are_one_too_many():
    first, second = complete()
    assert missing(first, Said("host", "fine")) == (("host", Gap.NOT_ANSWERED),)
    assert missing(first, second, second) == (("host", Gap.ANSWERED_TWICE),)


def test_words_may_be_as_long_as_their_column():
    first, _ = complete()
    assert missing(first, Said("host", "absent", "长" * 300)) == ()
    assert missing(first, Said("host", "absent", "长" * 301)) == (("host", Gap.WORDS_TOO_LONG),)
