"""Every obstacle and every refusal has its sentence, and moments in it are the compound's clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from committees import recount
from committees.actions import refusals
from committees.rules.findings import Fault, Finding
from committees.rules.roster import RosterFault
from committees.rules.timetable import Code, Obstacle
from committees.views import finding_words, wording

MOMENT = datetime(2026, 10, 1, 1, tzinfo=UTC)  # 9:00 in Yongjia
FACTS = {
    "title": "选举委员",
    "candidates": 2,
    "seats": 5,
    "days": 3,
    "needed": 15,
    "most": 90,
    "due_on": date(2026, 10, 16),
    "opens_at": MOMENT,
    "closes_at": MOMENT,
}
FOUND = {"count": 2, "seq": 7, "kind": "ballot", "line": "broken chain at seq 7"}
MADE = {
    refusals.StepBlocked: ((Obstacle(Code.NO_MATTERS), Obstacle(Code.ROLL_EMPTY)),),
    refusals.WrongStage: ("open",),
    refusals.VotingNotOpen: (MOMENT, MOMENT),
    refusals.AlreadyVoted: ("paper",),
    refusals.BallotMalformed: ((("m1", "wrong-shape"),),),
    refusals.ChainBroken: (7,),
    refusals.BallotsUnopenable: ((7, 9),),
    refusals.RecordUnsound: (tuple(Finding(fault, FOUND) for fault in Fault),),
    refusals.CommitteeElectedAlready: ("选举委员",),
    refusals.TermOverlaps: (date(2026, 10, 1),),
}


def made(kind):
    return kind(*MADE.get(kind, ()))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", list(Code))
def test_every_obstacle_has_its_sentence_and_fills_it_in(code, language):
    with translation.override(language):
        said = wording.obstacle(Obstacle(code, FACTS))
    assert said.strip()
    assert "%" not in said


def test_every_code_has_a_sentence_and_no_sentence_is_of_nothing():
    assert wording.SENTENCES.keys() == set(Code)


def plain():
    """The refusals that carry no facts."""
    return [one for one in refusals.Refusal.__subclasses__() if "__init__" not in vars(one)]


@pytest.mark.parametrize("kind", [*MADE, *plain()])
def test_every_refusal_has_its_sentences(kind):
    said = wording.refusal(made(kind))
    assert said
    assert all(one.strip() and "%" not in one for one in said)


@pytest.mark.parametrize("row", [*recount.FINDINGS, "result differs: m1 passed false", "?"])
def test_what_the_recount_finds_is_said_in_words_beside_its_own_line(row):
    line = row.format(7)
    said = finding_words.finding(Finding(Fault.RECOUNT, {"line": line}))
    assert said.endswith(f"（recount.py: {line}）")
    assert "%" not in said


def test_a_blocked_step_says_each_of_its_obstacles():
    assert wording.refusal(made(refusals.StepBlocked)) == [
        "还没有表决事项。请先添加至少一个事项。",
        "本小区还没有业主名册。请先导入名册。",
    ]


def test_moments_are_told_by_the_compounds_clock_whatever_their_zone():
    local = MOMENT.astimezone(ZoneInfo("Asia/Shanghai"))
    for moment in (MOMENT, local):
        said = wording.obstacle(Obstacle(Code.OPENS_LATER, {"opens_at": moment}))
        assert "2026年10月1日 09:00" in said


def test_a_channel_and_a_stage_are_told_in_words():
    assert "纸质" in wording.refusal(refusals.AlreadyVoted("paper"))[0]
    assert "投票中" in wording.refusal(refusals.WrongStage("open"))[0]


def test_a_term_from_paper_is_refused_with_every_fault():
    said = wording.paper_refusal(refusals.RosterUnfit(tuple(RosterFault)))
    assert len(set(said)) == len(RosterFault)
    (overlaps,) = wording.paper_refusal(made(refusals.TermOverlaps))
    assert "2026年10月1日 起" in overlaps
