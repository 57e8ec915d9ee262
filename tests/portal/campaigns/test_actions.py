"""A campaign step by step: what is done, what is refused, what stays as it was written."""

import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from portal.campaigns import actions
from portal.campaigns.actions import refusals
from portal.campaigns.models import Attachment, Award, Entry, Result, Scoring, Submission
from portal.campaigns.queries import awards_of, states
from portal.campaigns.queries.entries import latest_scorings, standing_vetoes, total_of
from portal.campaigns.queries.steering import Why
from portal.campaigns.rules.record import agrees
from portal.campaigns.rules.standard import NotAStandard, Scorer
from portal.publicity.actions import start_clock
from portal.tools.files.reading import Readied
from portal.tools.keys import new_key
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED, plan
from tests.factories.cast import make_cast

PHOTO = Readied("照片.jpg", "photo", "image/jpeg", b"\xff\xd8 a photo")
LATE = OPENED + timedelta(days=31)


def whys(refused):
    return [one.why for one in refused.value.obstacles]


def county_of(run):
    return run.officers[Scorer.COUNTY].pk


def test_a_campaign_goes_from_entry_to_award(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=0)
    result = Result.objects.get()
    assert agrees(result.value)
    assert result.value["total"]["tenths"] == "940"
    assert result.publicity.days == 5
    start_clock(result.publicity, at=ENTRY_CLOSED)
    with pytest.raises(refusals.StageBlocked) as refused:
        actions.award(run.campaign, by=county_of(run), at=ENTRY_CLOSED + timedelta(days=5))
    assert whys(refused) == [Why.PUBLICITY_RUNS]
    done = actions.award(run.campaign, by=county_of(run), at=ENTRY_CLOSED + timedelta(days=6))
    assert (done.stage, Award.objects.get().title) == ("awarded", "五星级")
    assert [one.title for one in awards_of(cast.compound)] == ["五星级"]


def test_below_the_lowest_level_nobody_is_named_and_the_notice_says_so(cast, letters):
    run = campaigns.posted(
        cast.compound,
        cast.wang,
        fire__checks=0,
        committee__term=0,
        firm__complaints=0,
        firm__disclosure=0,
        party__share=0,
    )
    result = Result.objects.get()
    assert "不予命名：低于最低等次" in str(result.publicity.body)
    start_clock(result.publicity, at=ENTRY_CLOSED)
    actions.award(run.campaign, by=county_of(run), at=ENTRY_CLOSED + timedelta(days=6))
    assert Award.objects.count() == 0


def test_a_campaign_of_one_name_opens_once_a_year(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    with pytest.raises(refusals.AlreadyOpen):
        actions.open_campaign(run.region, plan(), by=county_of(run), at=OPENED)
    other = actions.open_campaign(run.region, plan(name="第二次"), by=county_of(run), at=OPENED)
    assert other.code.endswith("-2026-2")
    assert other.standard_id == run.campaign.standard_id


def test_what_is_no_standard_opens_nothing(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    with pytest.raises(NotAStandard):
        actions.open_campaign(run.region, plan(standard={}), by=county_of(run), at=OPENED)


def test_a_compound_enters_once_in_its_own_county_and_in_time(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    first = actions.enter(run.campaign, cast.compound, by=cast.wang.pk, at=OPENED)
    assert actions.enter(run.campaign, cast.compound, by=cast.li.pk, at=OPENED) == first
    with pytest.raises(refusals.OutsideCounty):
        actions.enter(run.campaign, places.compound(), by=cast.wang.pk, at=OPENED)
    with pytest.raises(refusals.EntryClosed):
        actions.enter(run.campaign, cast.compound, by=cast.wang.pk, at=LATE)


def test_a_draft_keeps_what_was_typed_and_refuses_what_the_standard_has_not(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    wrong = {"party.share": actions.Mark(61), "nothing": actions.Mark(1)}
    with pytest.raises(refusals.BadMarks) as refused:
        actions.save_self_score(run.entry, wrong, by=cast.wang.pk, at=OPENED)
    assert refused.value.faults == [("nothing", "unknown"), ("party.share", "outside")]
    half = {"party.share": actions.Mark(None, "待补")}
    actions.save_self_score(run.entry, half, by=cast.wang.pk, at=OPENED)
    assert run.entry.marks.get(item="party.share").words == "待补"
    assert run.entry.marks.count() == len(run.marks())


def test_an_entry_names_every_item_it_lacks_before_it_is_submitted(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    lacking = {"party.share": actions.Mark(None), "party.branch": actions.Mark(50)}
    actions.save_self_score(run.entry, lacking, by=cast.wang.pk, at=OPENED)
    with pytest.raises(refusals.NotFinished) as refused:
        actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    assert refused.value.faults == [("party.share", "unscored"), ("party.branch", "bare")]
    actions.attach_file(run.entry, "party.branch", PHOTO, by=cast.wang.pk, at=OPENED)
    known = {"party.share": actions.Mark(0)}
    actions.save_self_score(run.entry, known, by=cast.wang.pk, at=OPENED)
    body = actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED).body
    attached = Attachment.objects.select_related("file").get()
    told = {"id": str(attached.file_id), "sha256": attached.file.sha256}
    assert body["files"] == {"party.branch": [told]}


def test_what_was_submitted_is_fixed(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = campaigns.attach(cast.compound, cast.wang)
    actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    for act in (
        lambda: actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED),
        lambda: actions.save_self_score(run.entry, {}, by=cast.wang.pk, at=OPENED),
        lambda: actions.drop_file(attached, by=cast.wang.pk, at=OPENED),
        lambda: actions.attach_file(run.entry, "party.branch", PHOTO, by=cast.wang.pk, at=OPENED),
    ):
        with pytest.raises(refusals.AlreadySubmitted):
            act()


def test_the_records_are_frozen_with_value_day_and_source(cast):
    run = campaigns.submitted(cast.compound, cast.wang)
    records = Submission.objects.get().body["records"]
    assert set(records) == {
        "committee.party_share",
        "committee.term",
        "firm.contract",
        "fire.on_time",
        "fire.overdue_defects",
    }
    contract = records["firm.contract"]
    assert (contract["on"], contract["figures"]["filed"]) == ("2026-09-01", False)
    assert cast.firm.name in contract["words"]
    assert contract["address"] == cast.compound.get_absolute_url()
    assert records["fire.overdue_defects"]["figures"] == {"equipment": 0, "open": 0, "overdue": 0}
    assert run.entry.submission.get().sha256


def test_entry_closes_after_its_last_day_and_with_something_submitted(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    with pytest.raises(refusals.StageBlocked) as refused:
        actions.advance(run.campaign, "community", by=county_of(run), at=OPENED)
    assert whys(refused) == [Why.ENTRY_RUNS, Why.NOBODY_SUBMITTED]
    with pytest.raises(refusals.WrongStage):
        actions.advance(run.campaign, "street", by=county_of(run), at=LATE)
    with pytest.raises(refusals.EntryClosed):
        actions.submit_entry(run.entry, by=cast.wang.pk, at=LATE)


def test_a_level_is_left_only_when_every_entry_is_scored_or_vetoed(cast):
    other = places.compound(cast.compound.region)
    run = campaigns.scoring(cast.compound, cast.wang, other)
    with pytest.raises(refusals.StageBlocked) as refused:
        actions.advance(run.campaign, "street", by=county_of(run), at=ENTRY_CLOSED)
    assert {one.compound for one in refused.value.obstacles} == {cast.compound, other}
    run.score(Scorer.COMMUNITY)
    words = actions.VetoWords("accident", True, "火灾致一人死亡", "认定书〔2026〕3号")
    actions.say_veto(run.entry_of(other), words, by=county_of(run), at=ENTRY_CLOSED)
    moved = actions.advance(run.campaign, "street", by=county_of(run), at=ENTRY_CLOSED)
    assert moved.stage == "street"


def test_a_later_scoring_of_the_level_counts_and_the_earlier_stays(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="county")
    run.score(Scorer.COUNTY, fire__drill=0)
    run.score(Scorer.COUNTY, fire__drill=30)
    assert total_of(run.entry).tenths == 970
    kept = Scoring.objects.filter(level="county").order_by("number")
    assert [one.marks["fire.drill"]["tenths"] for one in kept] == [0, 30]


def sheet(run, **changes):
    values = {"scorer": Scorer.COMMUNITY, "marks": run.marks(), "follows": 0, "request": new_key()}
    return actions.Sheet(**values | changes)


def test_the_same_form_sent_twice_counts_once_and_an_unseen_scoring_is_not_written_over(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    one = sheet(run)
    first = actions.score_entry(run.entry, one, by=cast.zhao.pk, at=ENTRY_CLOSED)
    assert actions.score_entry(run.entry, one, by=cast.zhao.pk, at=ENTRY_CLOSED) == first
    with pytest.raises(refusals.ScoredMeanwhile):
        actions.score_entry(
            run.entry, replace(one, request=new_key()), by=cast.zhao.pk, at=ENTRY_CLOSED
        )


def test_scores_are_given_in_turn_for_every_item_and_within_its_points(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    with pytest.raises(refusals.WrongStage):
        run.score(Scorer.STREET)
    marks = run.marks(party__share=61, fire__drill=None) | {"x": actions.Mark(1)}
    with pytest.raises(refusals.BadMarks) as refused:
        actions.score_entry(run.entry, sheet(run, marks=marks), by=cast.zhao.pk, at=ENTRY_CLOSED)
    assert refused.value.faults == [
        ("x", "unknown"),
        ("party.share", "outside"),
        ("fire.drill", "missing"),
    ]


def test_a_draft_that_was_never_submitted_is_not_judged(cast):
    other = places.compound(cast.compound.region)
    run = campaigns.submitted(cast.compound, cast.wang)
    actions.enter(run.campaign, other, by=cast.wang.pk, at=OPENED)
    run.campaign = actions.advance(run.campaign, "community", by=county_of(run), at=ENTRY_CLOSED)
    with pytest.raises(refusals.NotSubmitted):
        run.score(Scorer.COMMUNITY, run.entry_of(other))


def test_a_veto_is_lifted_by_a_later_word_and_both_stay(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    words = actions.VetoWords("funds", True, "挪用", "通报1号")
    actions.say_veto(run.entry, words, by=cast.zhao.pk, at=ENTRY_CLOSED)
    assert total_of(run.entry).vetoes == ("funds",)
    with pytest.raises(refusals.NothingChanged):
        actions.say_veto(run.entry, words, by=cast.zhao.pk, at=ENTRY_CLOSED)
    lifted = replace(words, stands=False, reason="查无实据")
    actions.say_veto(run.entry, lifted, by=cast.zhao.pk, at=ENTRY_CLOSED)
    assert standing_vetoes(run.entry) == {}
    assert run.entry.vetoes.count() == 2
    with pytest.raises(refusals.NoSuchVeto):
        actions.say_veto(run.entry, replace(words, veto="x"), by=cast.zhao.pk, at=ENTRY_CLOSED)


def test_results_hang_for_the_rulebooks_days_and_no_score_follows(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    with pytest.raises(refusals.DaysOutside) as refused:
        actions.publish_results(run.campaign, days=4, by=county_of(run), at=ENTRY_CLOSED)
    assert (refused.value.least, refused.value.most) == (5, 7)
    actions.publish_results(run.campaign, days=7, by=county_of(run), at=ENTRY_CLOSED)
    assert Result.objects.get().publicity.days == 7
    with pytest.raises(refusals.WrongStage):
        actions.publish_results(run.campaign, by=county_of(run), at=ENTRY_CLOSED)
    with pytest.raises(refusals.WrongStage):
        run.score(Scorer.COUNTY)


def test_a_past_day_gives_that_days_figures(cast):
    run = campaigns.posted(cast.compound, cast.wang)
    path = cast.compound.region.parent.path
    early = states(path, on=OPENED.date())[0]
    assert (early.stage, early.entries, early.submitted, early.scored_by_county) == (
        "entry",
        1,
        1,
        0,
    )
    late = states(path, on=ENTRY_CLOSED.date())[0]
    assert (late.campaign, late.stage, late.scored_by_community, late.scored_by_county) == (
        run.campaign,
        "publicity",
        1,
        1,
    )
    assert states(path, on=OPENED.date() - timedelta(days=1)) == []
    assert states("elsewhere/", on=ENTRY_CLOSED.date()) == []


def race(*acts):
    """Do the acts at once, each on its own connection; what each was refused with, or None."""
    start, refused = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except refusals.Refusal as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_two_officers_at_once_leave_one_scoring_and_one_is_told(own_database):
    cast = make_cast()
    run = campaigns.scoring(cast.compound, cast.wang)
    entry = run.entry
    sheets = [sheet(run), sheet(run)]

    def act(one):
        actions.score_entry(entry, one, by=cast.zhao.pk, at=ENTRY_CLOSED)

    assert race(*(partial(act, one) for one in sheets)) == [refusals.ScoredMeanwhile]
    assert list(latest_scorings(entry)) == [Scorer.COMMUNITY]
    assert Scoring.objects.count() == 1


def test_two_at_once_enter_submit_and_publish_once(own_database):
    cast = make_cast()
    run = campaigns.opened(cast.compound, cast.wang)
    enter = lambda: actions.enter(run.campaign, cast.compound, by=cast.wang.pk, at=OPENED)  # noqa: E731
    assert race(enter, enter) == []
    assert Entry.objects.count() == 1
    entry = run.entry
    actions.save_self_score(entry, run.marks(), by=cast.wang.pk, at=OPENED)
    submit = lambda: actions.submit_entry(entry, by=cast.wang.pk, at=OPENED)  # noqa: E731
    assert race(submit, submit) == [refusals.AlreadySubmitted]
    for stage in Scorer:
        run.campaign = actions.advance(
            run.campaign, stage.value, by=county_of(run), at=ENTRY_CLOSED
        )
        run.score(stage)
    post = lambda: actions.publish_results(run.campaign, by=county_of(run), at=ENTRY_CLOSED)  # noqa: E731
    assert set(race(post, post)) <= {refusals.WrongStage}
    assert Result.objects.count() == 1
    assert run.refresh().campaign.reached.filter(stage="publicity").count() == 1
