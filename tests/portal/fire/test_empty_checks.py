"""A log of which no item applies is no check: it is asked why, counted as not done, and shown."""

from dataclasses import replace

import pytest

from portal.fire import actions
from portal.fire.actions.refusals import LogIncomplete
from portal.fire.queries import pages, standing
from portal.fire.rules.answers import Gap, applies, gaps
from portal.fire.rules.catalogue import catalogue
from portal.fire.rules.occurrences import State
from tests.factories import fire


def entry(piece, words, result="absent", first=None):
    answers = [
        actions.Answer(item.code, result, words)
        for item in catalogue()[piece.kind].duties["patrol"].items
    ]
    if first:
        answers[0] = replace(answers[0], result=first, words="")
    return actions.Entry(piece, "patrol", answers, fire.SOMEBODY)


@pytest.fixture
def hydrant(ruled, noon):
    return fire.hydrant(ruled.compound, at=noon, starts_on=noon.date())


def state(piece, on):
    found = pages.pieces_at(piece.place, on=on)[0].lines
    return next(one for one in found if one.round.duty.code == "patrol").occurrence.state


def test_each_item_says_why_where_none_applies(hydrant, noon):
    with pytest.raises(LogIncomplete) as refused:
        actions.log_check(entry(hydrant, " "), at=noon)
    codes = [item.code for item in catalogue()["F06"].duties["patrol"].items]
    assert refused.value.gaps == tuple((code, Gap.NO_REASON) for code in codes)


def test_where_one_item_applies_the_others_need_no_reason(hydrant, noon):
    said = entry(hydrant, "", first="normal")
    assert gaps(said.asked, said.answers) == ()
    assert actions.log_check(said, at=noon).is_done
    assert state(hydrant, noon.date()) is State.DONE


def test_it_is_not_done_and_shown_beside_what_is_due(hydrant, noon):
    check = actions.log_check(entry(hydrant, "设备送修"), at=noon)
    assert not check.is_done and not applies(entry(hydrant, "设备送修").answers)
    assert state(hydrant, noon.date()) is State.DUE
    found = standing(hydrant.compound, at=noon)
    assert (found.checks_last_30_days, found.last_checked_on) == (0, None)
    assert found.empty_last_30_days == 1
    assert pages.today(hydrant.compound, on=noon.date()).empty == [check]


def test_a_real_check_after_it_does_the_duty(hydrant, noon):
    actions.log_check(entry(hydrant, "设备送修"), at=noon)
    fire.log(hydrant, at=noon)
    assert state(hydrant, noon.date()) is State.DONE
    assert standing(hydrant.compound, at=noon).checks_last_30_days == 1
