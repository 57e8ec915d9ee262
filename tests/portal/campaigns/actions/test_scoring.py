"""Scores and vetoes: in turn, each word kept, the last one counting, nothing written unseen."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.campaigns import actions
from portal.campaigns.actions import refusals
from portal.campaigns.models import Result, Scoring, VetoSaid
from portal.campaigns.queries.entries import latest_scorings, standing_vetoes, total_of
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.rules.standard import Scorer
from portal.tools.audit.models import AuditEntry
from portal.tools.keys import new_key
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED
from tests.factories.cast import make_cast
from tests.racing import at_once

FUNDS = actions.VetoWords("funds", True, "挪用公共收益", "通报〔2026〕1号")
LIFTED = replace(FUNDS, stands=False, reason="查无实据")
VETOES = [one["code"] for one in standard_values()["default"]["veto"]]


def by(run, scorer=Scorer.COUNTY):
    return run.officers[scorer].pk


def advance(run, to):
    run.campaign = actions.advance(run.campaign, to, by=by(run), at=ENTRY_CLOSED)


def say(run, words=FUNDS, entry=None):
    return actions.say_veto(entry or run.entry, words, by=by(run), at=ENTRY_CLOSED)


def sheet(run, scorer=Scorer.COMMUNITY, follows=0, **changes):
    return actions.Sheet(scorer, run.marks(**changes), follows, new_key())


def give(run, one, entry=None):
    return actions.score_entry(entry or run.entry, one, by=by(run), at=ENTRY_CLOSED)


@pytest.mark.parametrize("tenths", [0, 1, 45, 59, 60])
def test_a_score_is_any_tenth_from_nothing_to_the_points_of_the_item(cast, tenths):
    run = campaigns.scoring(cast.compound, cast.wang)
    made = run.score(Scorer.COMMUNITY, party__share=tenths)
    assert made.marks["party.share"] == {"tenths": tenths, "note": "见材料"}


@pytest.mark.parametrize("tenths", [-1, 61, 1000])
def test_a_score_outside_the_points_of_its_item_is_refused_and_nothing_written(cast, tenths):
    run = campaigns.scoring(cast.compound, cast.wang)
    with pytest.raises(refusals.BadMarks) as refused:
        run.score(Scorer.COMMUNITY, party__share=tenths)
    assert refused.value.faults == [("party.share", "outside")]
    assert not Scoring.objects.exists()


def test_an_empty_sheet_is_refused_with_every_item(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    with pytest.raises(refusals.BadMarks) as refused:
        give(run, replace(sheet(run), marks={}))
    items = [item.code for item in standard_in(run.campaign).items]
    assert refused.value.faults == [(code, "missing") for code in items]


@pytest.mark.parametrize("stage", Scorer)
@pytest.mark.parametrize("scorer", Scorer)
def test_a_level_scores_in_its_own_stage_only(cast, stage, scorer):
    run = campaigns.scoring(cast.compound, cast.wang, to=stage.value)
    if stage is scorer:
        assert run.score(scorer).level == scorer
        return
    with pytest.raises(refusals.WrongStage) as refused:
        run.score(scorer)
    assert refused.value.stage == stage


def test_a_campaign_that_takes_entries_or_shows_results_takes_no_score_and_no_veto(cast, letters):
    for run in (
        campaigns.submitted(cast.compound, cast.wang),
        campaigns.posted(places.compound(), cast.wang),
    ):
        for act in (lambda run=run: run.score(Scorer.COUNTY), lambda run=run: say(run)):
            with pytest.raises(refusals.WrongStage):
                act()
    assert not VetoSaid.objects.exists()


def test_scores_of_one_compound_leave_the_others_as_they_are(cast):
    other = places.compound(cast.compound.region)
    run = campaigns.scoring(cast.compound, cast.wang, other, to="county")
    before = total_of(run.entry_of(other))
    run.score(Scorer.COUNTY, fire__drill=0)
    say(run)
    assert total_of(run.entry_of(other)) == before
    assert standing_vetoes(run.entry_of(other)) == {}


def test_changed_scores_are_added_and_nothing_written_is_changed(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    first = run.score(Scorer.COMMUNITY, fire__drill=0)
    as_written = Scoring.objects.values().get()
    second = run.score(Scorer.COMMUNITY, fire__drill=30)
    assert (first.number, second.number) == (1, 2)
    assert Scoring.objects.values().get(pk=first.pk) == as_written
    assert latest_scorings(run.entry) == {Scorer.COMMUNITY: second}


def test_a_scoring_says_in_the_audit_who_gave_it_and_no_word_of_it(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    made = run.score(Scorer.COMMUNITY)
    noted = AuditEntry.objects.get(act="campaigns.score_entry")
    assert (noted.actor, noted.facts) == (made.by, {"level": "community", "number": 1})


def test_a_form_gone_back_to_and_sent_with_other_marks_is_not_silently_the_first(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    sent = sheet(run, fire__drill=0)
    give(run, sent)
    with pytest.raises(refusals.ScoredMeanwhile):
        give(run, replace(sent, marks=run.marks(fire__drill=30)))
    with pytest.raises(refusals.ScoredMeanwhile):
        give(run, replace(sent, marks=run.marks(fire__drill=0) | {"fire.drill": actions.Mark(0)}))
    assert Scoring.objects.count() == 1


def test_a_form_that_saw_the_last_scoring_follows_it_and_an_older_one_does_not(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    give(run, sheet(run, fire__drill=10))
    give(run, sheet(run, follows=1, fire__drill=20))
    for follows in (0, 1, 3):
        with pytest.raises(refusals.ScoredMeanwhile):
            give(run, sheet(run, follows=follows))
    assert total_of(run.entry).missing  # the county has not scored
    assert latest_scorings(run.entry)[Scorer.COMMUNITY].marks["fire.drill"]["tenths"] == 20


def test_a_veto_stands_with_its_reason_and_document_and_is_lifted_by_its_own_word(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    say(run)
    stands = standing_vetoes(run.entry)["funds"]
    assert (stands.reason, stands.document) == ("挪用公共收益", "通报〔2026〕1号")
    say(run, LIFTED)
    say(run)
    kept = VetoSaid.objects.order_by("number").values_list("stands", "reason")
    assert list(kept) == [(True, FUNDS.reason), (False, LIFTED.reason), (True, FUNDS.reason)]
    assert total_of(run.entry).vetoes == ("funds",)


def test_a_veto_that_the_standard_does_not_have_is_refused(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    for code in ("x", "", "FUNDS"):
        with pytest.raises(refusals.NoSuchVeto):
            say(run, replace(FUNDS, veto=code))


def test_a_draft_that_was_never_submitted_is_not_judged(cast):
    other = places.compound(cast.compound.region)
    run = campaigns.submitted(cast.compound, cast.wang)
    draft = actions.enter(run.campaign, other, by=cast.wang.pk, at=OPENED)
    advance(run, "community")
    for act in (lambda: run.score(Scorer.COMMUNITY, draft), lambda: say(run, entry=draft)):
        with pytest.raises(refusals.NotSubmitted):
            act()


def test_a_veto_that_does_not_stand_is_not_lifted(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    with pytest.raises(refusals.NothingChanged):
        say(run, LIFTED)


said = st.lists(st.tuples(st.sampled_from(VETOES), st.booleans()), max_size=8)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=said)
def test_whatever_is_said_in_turn_the_last_word_of_each_veto_stands(cast_of_all, said):
    """Against an oracle that only remembers the last word."""
    run, last = cast_of_all, {}
    with transaction.atomic():
        for veto, stands in said:
            words = actions.VetoWords(veto, stands, "事由", "文书")
            if stands == last.get(veto, False):
                with pytest.raises(refusals.NothingChanged):
                    say(run, words)
            else:
                say(run, words)
            last[veto] = stands
        expected = {veto for veto, stands in last.items() if stands}
        assert standing_vetoes(run.entry).keys() == expected
        assert set(total_of(run.entry).vetoes) == expected
        transaction.set_rollback(True)


@pytest.fixture
def cast_of_all(cast):
    return campaigns.scoring(cast.compound, cast.wang)


def test_who_was_passed_over_for_a_veto_scores_once_it_is_lifted_and_blocks_until_then(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    say(run)
    advance(run, "street")
    say(run, LIFTED)
    run.score(Scorer.STREET)
    with pytest.raises(refusals.StageBlocked) as refused:
        advance(run, "county")
    assert [one.facts["scorer"] for one in refused.value.obstacles] == [Scorer.COMMUNITY]
    run.score(Scorer.COMMUNITY)
    with pytest.raises(refusals.WrongStage):
        run.score(Scorer.COMMUNITY)  # made up once, in its turn it is not
    advance(run, "county")


def test_a_result_is_never_posted_unfinished_though_a_veto_is_lifted_late(cast):
    equal = standard_values()["default"] | {
        "weight": [
            {"scorer": "community", "share": "1/2"},
            {"scorer": "county", "share": "1/2"},
        ]
    }
    run = campaigns.scoring(cast.compound, cast.wang, standard=equal)
    say(run)
    advance(run, "street")
    advance(run, "county")
    say(run, LIFTED)
    run.score(Scorer.STREET)
    run.score(Scorer.COUNTY)
    with pytest.raises(refusals.StageBlocked):
        actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    assert not Result.objects.exists()
    run.score(Scorer.COMMUNITY, fire__drill=0)
    actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    assert Result.objects.get().value["total"]["tenths"] == "970"


def test_a_veto_said_twice_at_once_is_one(own_database):
    cast = make_cast()
    run = campaigns.scoring(cast.compound, cast.wang)
    outcomes = at_once(*[lambda: say(run)] * 2)
    assert sorted(type(one) for one in outcomes if isinstance(one, Exception)) == [
        refusals.NothingChanged
    ]
    assert VetoSaid.objects.count() == 1


def test_the_same_sheet_sent_twice_at_once_is_one_scoring(own_database):
    cast = make_cast()
    run = campaigns.scoring(cast.compound, cast.wang)
    entry, one = run.entry, sheet(run)
    outcomes = at_once(*[lambda: give(run, one, entry)] * 3)
    assert {made.pk for made in outcomes} == {Scoring.objects.get().pk}


def test_every_fault_of_a_sheet_is_told_at_once(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    marks = run.marks(party__share=61, fire__drill=None) | {"x": actions.Mark(1)}
    with pytest.raises(refusals.BadMarks) as refused:
        give(run, replace(sheet(run), marks=marks))
    assert refused.value.faults == [
        ("x", "unknown"),
        ("party.share", "outside"),
        ("fire.drill", "missing"),
    ]


def test_two_officers_at_once_leave_one_scoring_and_one_is_told(own_database):
    cast = make_cast()
    run = campaigns.scoring(cast.compound, cast.wang)
    entry = run.entry
    sheets = [sheet(run, fire__drill=tenths) for tenths in (0, 60)]
    outcomes = at_once(*[lambda one=one: give(run, one, entry) for one in sheets])
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [
        refusals.ScoredMeanwhile
    ]
    assert Scoring.objects.get() in outcomes
