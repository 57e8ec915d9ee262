"""Results are posted for every entry and hang their days; then those that reached a level are
named: nothing twice, nothing skipped, and what broke off is done again."""

from datetime import timedelta

import pytest

from portal.campaigns import actions
from portal.campaigns.actions import publishing, refusals
from portal.campaigns.models import Award, Entry, Result, StageReached
from portal.campaigns.queries import awards_of
from portal.campaigns.queries.steering import Why, obstacles
from portal.campaigns.rules.record import agrees, recomputed
from portal.campaigns.rules.standard import Scorer
from portal.campaigns.rules.total import Outcome
from portal.publicity.actions import start_clock
from portal.publicity.models import Publicity
from portal.tools.audit.models import AuditEntry
from portal.tools.chain.canonical import canonical, sha256
from tests.costs import cost_of
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED
from tests.factories.cast import make_cast
from tests.racing import at_once

# ENTRY_CLOSED is 2026-10-01 09:00: five days hang from the 2nd to the 6th, up to 24:00
OVER = ENTRY_CLOSED.replace(day=7, hour=0)
FUNDS = actions.VetoWords("funds", True, "挪用", "通报1号")


def by(run):
    return run.officers[Scorer.COUNTY].pk


def publish(run, **asked):
    run.campaign = actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED, **asked)


def award(run, at=OVER):
    run.campaign = actions.award(run.campaign, by=by(run), at=at)


def live(*results, at=ENTRY_CLOSED):
    for one in results or Result.objects.all():
        start_clock(one.publicity, at=at)


def neighbours(cast, count=2):
    return [places.compound(cast.compound.region) for _ in range(count)]


def test_the_result_is_posted_with_the_value_behind_its_hash(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=0)
    result = Result.objects.select_related("publicity").get()
    assert agrees(result.value)
    assert recomputed(result.value).tenths == 940
    assert result.sha256 == sha256(canonical(result.value))
    assert result.sha256 in str(result.publicity.body)
    assert (result.publicity.kind, result.publicity.case, result.publicity.days) == (
        Publicity.Kind.CAMPAIGN,
        run.campaign.code,
        5,
    )
    assert result.value["standard_sha256"] == run.campaign.standard.sha256


def test_a_value_that_was_tampered_with_no_longer_agrees(cast, letters):
    campaigns.posted(cast.compound, cast.wang, fire__drill=0)
    value = Result.objects.get().value
    for tamper in (
        lambda one: one["total"].update(tenths="1000"),
        lambda one: one["total"].update(level="second"),
        lambda one: one["scores"]["county"].update({"fire.drill": 60}),
        lambda one: one["vetoes"].append("funds"),
        lambda one: one["standard"]["level"][0].update(at_least=95),
    ):
        changed = {key: _copy(part) for key, part in value.items()}
        tamper(changed)
        assert not agrees(changed)


def _copy(value):
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list) else value


def test_what_is_handed_out_names_nobody_and_repeats_no_word_typed(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    told = canonical(Result.objects.get().value).decode()
    people = [cast.wang, cast.li, cast.chen, cast.zhao, *run.officers.values()]
    secrets = ["见材料", *(str(one.pk) for one in people), cast.wang.name, cast.zhao.name]
    assert [word for word in secrets if word in told] == []


@pytest.mark.parametrize("days", [5, 6, 7])
def test_results_hang_for_any_of_the_rulebooks_days(cast, letters, days):
    run = campaigns.scored(cast.compound, cast.wang)
    publish(run, days=days)
    assert Result.objects.get().publicity.days == days


@pytest.mark.parametrize("days", [-1, 0, 4, 8])
def test_fewer_or_more_days_are_refused_with_both_bounds(cast, days):
    run = campaigns.scored(cast.compound, cast.wang)
    with pytest.raises(refusals.DaysOutside) as refused:
        publish(run, days=days)
    assert (refused.value.least, refused.value.most) == (5, 7)
    assert not Result.objects.exists()
    assert run.refresh().campaign.stage == "county"


def test_nothing_is_posted_while_the_county_lacks_one_score_and_all_that_lack_are_named(cast):
    others = neighbours(cast)
    run = campaigns.scoring(cast.compound, cast.wang, *others, to="county")
    run.score(Scorer.COUNTY)
    with pytest.raises(refusals.StageBlocked) as refused:
        publish(run)
    found = [(one.why, one.compound) for one in refused.value.obstacles]
    assert found == [(Why.NOT_SCORED, other) for other in others]
    assert not Publicity.objects.exists()


@pytest.mark.parametrize("stage", ["community", "street"])
def test_results_are_not_posted_before_the_countys_stage(cast, stage):
    run = campaigns.scoring(cast.compound, cast.wang, to=stage)
    run.score(Scorer(stage))
    with pytest.raises(refusals.WrongStage):
        publish(run)
    with pytest.raises(refusals.WrongStage):
        award(run)


def test_results_are_posted_once_and_pressed_again_it_is_told(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    with pytest.raises(refusals.WrongStage):
        publish(run)
    assert Result.objects.count() == Publicity.objects.count() == 1
    assert AuditEntry.objects.filter(act="campaigns.publish_results").count() == 1


def test_what_broke_off_half_way_is_done_again_and_nothing_twice(cast, letters, monkeypatch):
    run = campaigns.scored(cast.compound, cast.wang, *neighbours(cast))
    really, asked = publishing.publicity.announce, []

    def announce(*args, **facts):
        asked.append(facts["compound"])
        if len(asked) == 2:
            raise ConnectionError
        return really(*args, **facts)

    monkeypatch.setattr(publishing.publicity, "announce", announce)
    with pytest.raises(ConnectionError):
        publish(run)
    assert (Result.objects.count(), run.refresh().campaign.stage) == (1, "county")
    first = Result.objects.get()
    publish(run)
    assert Result.objects.count() == Publicity.objects.count() == 3
    assert first in Result.objects.all()
    assert asked.count(cast.compound) == 1


def test_a_result_once_posted_is_not_scored_again_though_others_still_wait(
    cast, letters, monkeypatch
):
    run = campaigns.scored(cast.compound, cast.wang, *neighbours(cast, 1))
    really = publishing._publish
    monkeypatch.setattr(
        publishing,
        "_publish",
        lambda entry, **asked: really(entry, **asked) if entry == run.entry else 1 / 0,
    )
    with pytest.raises(ZeroDivisionError):
        publish(run)
    assert run.refresh().campaign.stage == "county"
    for act in (
        lambda: run.score(Scorer.COUNTY),
        lambda: actions.say_veto(run.entry, FUNDS, by=by(run), at=ENTRY_CLOSED),
    ):
        with pytest.raises(refusals.WrongStage):
            act()


def test_a_veto_lifted_while_results_are_being_posted_leaves_nothing_unfinished_posted(
    cast, letters, monkeypatch
):
    """The console was clear when it was pressed; the entry is looked at again when it is held."""
    run = campaigns.scoring(cast.compound, cast.wang, to="county")
    actions.say_veto(run.entry, FUNDS, by=by(run), at=ENTRY_CLOSED)
    really = publishing.submitted_entries

    def lifted_meanwhile(campaign):
        words = actions.VetoWords("funds", False, "查无实据", "复核1号")
        actions.say_veto(run.entry, words, by=by(run), at=ENTRY_CLOSED)
        return really(campaign)

    monkeypatch.setattr(publishing, "submitted_entries", lifted_meanwhile)
    with pytest.raises(refusals.StageBlocked) as refused:
        publish(run)
    assert [one.why for one in refused.value.obstacles] == [Why.NOT_SCORED]
    assert not Result.objects.exists()


def test_nobody_is_named_before_every_clock_has_ended_and_all_that_run_are_named(cast, letters):
    others = neighbours(cast)
    run = campaigns.posted(cast.compound, cast.wang, *others)
    live(run.entry.result.get())
    late = run.entry_of(others[0]).result.get()
    live(late, at=ENTRY_CLOSED + timedelta(days=1))
    with pytest.raises(refusals.StageBlocked) as refused:
        award(run, at=OVER - timedelta(microseconds=1))
    found = [(one.why, one.compound) for one in refused.value.obstacles]
    assert found == [
        (Why.PUBLICITY_RUNS, cast.compound),
        (Why.PUBLICITY_RUNS, others[0]),
        (Why.NOT_LIVE, others[1]),
    ]
    assert refused.value.obstacles[0].facts["ends_at"] == OVER
    assert not Award.objects.exists()
    assert run.refresh().campaign.stage == "publicity"


def test_naming_is_possible_from_the_moment_the_last_clock_ends(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    live()
    with pytest.raises(refusals.StageBlocked):
        award(run, at=OVER - timedelta(microseconds=1))
    award(run)
    assert [one.title for one in awards_of(cast.compound)] == ["五星级"]
    assert (run.campaign.stage, StageReached.objects.get(stage="awarded").at) == ("awarded", OVER)


def test_only_who_reached_a_level_and_has_no_veto_is_named_with_the_level_reached(cast, letters):
    best, vetoed, below = cast.compound, *neighbours(cast)
    run = campaigns.scored(best, cast.wang, vetoed, below)
    run.score(Scorer.COUNTY, run.entry_of(below), **dict.fromkeys(LOSE, 0))
    actions.say_veto(run.entry_of(vetoed), FUNDS, by=by(run), at=ENTRY_CLOSED)
    publish(run)
    outcomes = {
        one.compound: recomputed(one.value).outcome
        for one in Result.objects.select_related("compound")
    }
    assert outcomes == {
        best: Outcome.REACHED,
        vetoed: Outcome.VETOED,
        below: Outcome.BELOW,
    }
    live()
    award(run)
    assert [one.compound for one in Award.objects.all()] == [best]


LOSE = ["party__share", "committee__term", "fire__checks", "firm__complaints", "firm__disclosure"]


def test_a_result_says_why_nobody_is_named(cast, letters):
    vetoed, below = cast.compound, *neighbours(cast, 1)
    run = campaigns.scored(vetoed, cast.wang, below)
    run.score(Scorer.COUNTY, run.entry_of(below), **dict.fromkeys(LOSE, 0))
    actions.say_veto(run.entry, FUNDS, by=by(run), at=ENTRY_CLOSED)
    publish(run)
    told = {one.compound: str(one.publicity.body) for one in Result.objects.all()}
    assert "不予命名：一票否决（挪用、侵占公共收益或维修资金）" in told[vetoed]
    assert "不予命名：低于最低等次三星级的 70 分" in told[below]


def test_named_once_it_is_named_for_good(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    live()
    award(run)
    for act in (award, publish):
        with pytest.raises(refusals.WrongStage):
            act(run)
    assert Award.objects.count() == AuditEntry.objects.filter(act="campaigns.award").count() == 1


def test_naming_that_broke_off_is_done_again_and_names_nobody_twice(cast, letters, monkeypatch):
    run = campaigns.posted(cast.compound, cast.wang, *neighbours(cast))
    live()
    really, asked = publishing.recomputed, []

    def recomputed_(value):
        asked.append(value)
        return really(value) if len(asked) != 2 else 1 / 0

    monkeypatch.setattr(publishing, "recomputed", recomputed_)
    with pytest.raises(ZeroDivisionError):
        award(run)
    assert (Award.objects.count(), run.refresh().campaign.stage) == (1, "publicity")
    award(run)
    assert Award.objects.count() == AuditEntry.objects.filter(act="campaigns.award").count() == 3


def test_what_blocks_naming_is_found_at_the_same_cost_for_one_and_three(cast, letters):
    one = campaigns.posted(cast.compound, cast.wang)
    there = places.compound()
    three = campaigns.posted(there, cast.wang, *(places.compound(there.region) for _ in range(2)))
    live(*Result.objects.filter(entry__campaign=three.campaign))
    costs = [cost_of(lambda run=run: obstacles(run.campaign, ENTRY_CLOSED)) for run in (one, three)]
    assert costs[0] == costs[1]
    assert len(obstacles(three.campaign, ENTRY_CLOSED)) == 3


def test_two_who_post_at_once_post_once_for_each_entry(own_database):
    cast = make_cast()
    run = campaigns.scored(cast.compound, cast.wang, *neighbours(cast))
    outcomes = at_once(*[lambda: publish(run)] * 2)
    assert {type(one) for one in outcomes} <= {type(None), refusals.WrongStage}
    assert Result.objects.count() == Publicity.objects.count() == 3
    assert StageReached.objects.filter(stage="publicity").count() == 1


def test_two_who_name_at_once_name_once(own_database):
    cast = make_cast()
    run = campaigns.posted(cast.compound, cast.wang, *neighbours(cast))
    live()
    outcomes = at_once(*[lambda: award(run)] * 2)
    assert {type(one) for one in outcomes} <= {type(None), refusals.WrongStage}
    assert Award.objects.count() == AuditEntry.objects.filter(act="campaigns.award").count() == 3
    assert StageReached.objects.filter(stage="awarded").count() == 1


def test_a_score_that_comes_while_results_are_posted_is_in_the_result_or_is_refused(own_database):
    cast = make_cast()
    run = campaigns.scored(cast.compound, cast.wang)
    entry = Entry.objects.select_related("campaign").get()
    posted, scored = at_once(
        lambda: publish(run), lambda: run.score(Scorer.COUNTY, entry, fire__drill=0)
    )
    assert posted is None
    tenths = recomputed(Result.objects.get().value).tenths
    assert tenths == (1000 if isinstance(scored, refusals.WrongStage) else 940)
