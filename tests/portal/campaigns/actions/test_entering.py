"""Entering: once, in one's own county, in time; a draft within its bounds; submitted once with
the records of that moment frozen beside it, and nothing of it changed afterwards."""

import copy
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.campaigns import actions
from portal.campaigns.actions import refusals
from portal.campaigns.models import Attachment, Entry, SelfScore, Submission
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.rules.standard import Scorer
from portal.tools.audit.models import AuditEntry
from portal.tools.chain.canonical import canonical, sha256
from portal.tools.files.models import StoredFile
from portal.tools.files.reading import Readied
from tests.factories import campaigns, committees, fire, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED
from tests.factories.cast import make_cast
from tests.racing import at_once

PHOTO = Readied("照片.jpg", "photo", "image/jpeg", b"\xff\xd8 a photo")
OTHER_PHOTO = Readied("照片.jpg", "photo", "image/jpeg", b"\xff\xd8 another")
LAST_MOMENT = datetime(2026, 9, 30, 23, 59, 59, 999999, tzinfo=ZoneInfo("Asia/Shanghai"))
TOO_LATE = LAST_MOMENT + timedelta(microseconds=1)
MOST = {
    item["code"]: item["points"] * 10
    for heading in standard_values()["default"]["heading"]
    for item in heading["item"]
}


def enter(run, compound=None, at=OPENED):
    return actions.enter(run.campaign, compound or run.compounds[0], by=run.manager.pk, at=at)


def save(run, marks, at=OPENED):
    return actions.save_self_score(run.entry, marks, by=run.manager.pk, at=at)


def attach(run, item="party.branch", upload=PHOTO, at=OPENED):
    return actions.attach_file(run.entry, item, upload, by=run.manager.pk, at=at)


def submit(run, at=OPENED):
    return actions.submit_entry(run.entry, by=run.manager.pk, at=at)


def test_a_compound_enters_once_whoever_of_its_people_asks(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    first = enter(run)
    again = actions.enter(run.campaign, cast.compound, by=cast.li.pk, at=LAST_MOMENT)
    assert (again, again.entered_by, again.entered_at) == (first, cast.wang.pk, OPENED)
    assert AuditEntry.objects.filter(act="campaigns.enter").count() == 1


def test_a_compound_of_another_county_is_refused(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    with pytest.raises(refusals.OutsideCounty):
        enter(run, places.compound())
    assert not Entry.objects.exists()


def test_the_last_day_of_entry_belongs_to_it_and_the_next_does_not(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    for act in (
        lambda at: enter(run, at=at),
        lambda at: save(run, run.marks(), at=at),
        lambda at: attach(run, at=at),
        lambda at: actions.drop_file(Attachment.objects.get(), by=cast.wang.pk, at=at),
        lambda at: submit(run, at=at),
    ):
        with pytest.raises(refusals.EntryClosed):
            act(TOO_LATE)
        act(LAST_MOMENT)
    assert Submission.objects.get().at == LAST_MOMENT


def test_after_entry_was_closed_nothing_is_entered_whatever_the_clock_says(cast):
    run = campaigns.submitted(cast.compound, cast.wang)
    by = run.officers[Scorer.COUNTY].pk
    run.campaign = actions.advance(run.campaign, "community", by=by, at=ENTRY_CLOSED)
    with pytest.raises(refusals.WrongStage):
        enter(run, cast.other_compound, at=OPENED)


@pytest.mark.parametrize("item", ["party.share", "satisfaction.survey", "fire.checks"])
def test_a_self_score_is_bound_by_the_points_of_its_item(cast, item):
    run, most = campaigns.entered(cast.compound, cast.wang), MOST[item]
    for tenths in (0, 1, most):
        save(run, {item: actions.Mark(tenths)})
        assert SelfScore.objects.get(item=item).tenths == tenths
    for tenths in (-1, most + 1):
        with pytest.raises(refusals.BadMarks) as refused:
            save(run, {item: actions.Mark(tenths)})
        assert refused.value.faults == [(item, "outside")]
    assert SelfScore.objects.get(item=item).tenths == most


def test_one_wrong_mark_keeps_every_other_from_being_saved_and_all_faults_are_told(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    before = list(SelfScore.objects.order_by("pk").values())
    wrong = {
        "nothing": actions.Mark(1),
        "party.share": actions.Mark(61),
        "fire.drill": actions.Mark(-1),
        "party.branch": actions.Mark(10, "好的"),
    }
    with pytest.raises(refusals.BadMarks) as refused:
        save(run, wrong)
    assert refused.value.faults == [
        ("nothing", "unknown"),
        ("party.share", "outside"),
        ("fire.drill", "outside"),
    ]
    assert list(SelfScore.objects.order_by("pk").values()) == before


def test_items_that_are_not_named_stay_as_they_were_saved(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    save(run, {"party.share": actions.Mark(None, "  待补  ")})
    found = {row.item: (row.tenths, row.words) for row in SelfScore.objects.all()}
    assert found == {code: (most, "见材料") for code, most in MOST.items()} | {
        "party.share": (None, "待补")
    }


marks = st.dictionaries(
    st.sampled_from(sorted(MOST)),
    st.tuples(st.none() | st.integers(0, 20), st.sampled_from(["", "x"])),
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(marks=marks)
def test_a_draft_is_refused_with_exactly_the_items_that_lack_a_score_or_a_ground(drafted, marks):
    """An oracle: no self score is unscored; points for what no record bears out need words."""
    run, sources = drafted
    SelfScore.objects.all().delete()
    save(run, {code: actions.Mark(tenths, words) for code, (tenths, words) in marks.items()})
    lacking = {}
    for code in MOST:
        tenths, words = marks.get(code, (None, ""))
        if tenths is None:
            lacking[code] = "unscored"
        elif tenths and not words and code not in sources:
            lacking[code] = "bare"
    if not lacking:
        return
    with pytest.raises(refusals.NotFinished) as refused:
        submit(run)
    assert dict(refused.value.faults) == lacking
    assert len(refused.value.faults) == len(lacking)


@pytest.fixture
def drafted(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    return run, {item.code for item in standard_in(run.campaign).items if item.source}


def test_a_file_is_ground_enough_and_stands_in_what_was_submitted_by_its_hash(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    save(run, {"party.branch": actions.Mark(50)})
    with pytest.raises(refusals.NotFinished) as refused:
        submit(run)
    assert refused.value.faults == [("party.branch", "bare")]
    attached = attach(run)
    body = submit(run).body
    assert body["files"] == {
        "party.branch": [{"id": str(attached.file_id), "sha256": attached.file.sha256}]
    }


def test_the_same_file_is_attached_once_to_an_item_and_another_beside_it(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    first = attach(run)
    assert attach(run) == first
    attach(run, upload=OTHER_PHOTO)
    attach(run, item="party.consult")
    assert Attachment.objects.filter(item="party.branch").count() == 2
    assert Attachment.objects.count() == 3
    with pytest.raises(refusals.BadMarks):
        attach(run, item="nothing")


def test_a_file_that_is_taken_out_leaves_the_draft_and_stays_on_record(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = attach(run)
    actions.drop_file(attached, by=cast.wang.pk, at=OPENED)
    assert not Attachment.objects.exists()
    assert StoredFile.objects.get().sha256 == PHOTO.sha256
    assert submit(run).body["files"] == {}


def test_what_was_submitted_is_hashed_and_fixed(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = attach(run)
    made = submit(run)
    assert made.sha256 == sha256(canonical(made.body))
    stored = Submission.objects.values().get()
    for act in (
        lambda: submit(run),
        lambda: save(run, run.marks(fire__drill=0)),
        lambda: attach(run, upload=OTHER_PHOTO),
        lambda: actions.drop_file(attached, by=cast.wang.pk, at=OPENED),
    ):
        with pytest.raises(refusals.AlreadySubmitted):
            act()
    assert Submission.objects.values().get() == stored
    assert Attachment.objects.get() == attached


def test_the_records_are_frozen_with_source_title_words_figures_and_day(cast):
    members = committees.owners(cast.compound, 5)
    committees.term(cast.compound, members, party=3)
    run = campaigns.submitted(cast.compound, cast.wang)
    records = Submission.objects.get().body["records"]
    assert records.keys() == standard_in(run.campaign).sources
    assert {(key, one["source"], one["on"]) for key, one in records.items()} == {
        (key, key, "2026-09-01") for key in records
    }
    share = records["committee.party_share"]
    assert share["figures"] == {"members": 5, "party_members": 3, "met": True}
    assert "委员 5 人，其中党员 3 人" in share["words"]
    assert records["committee.term"]["figures"]["ends_on"] == "2028-12-31"
    assert cast.firm.name in records["firm.contract"]["words"]


def test_what_happens_to_the_records_afterwards_changes_nothing_of_what_was_frozen(cast, letters):
    members = committees.owners(cast.compound, 5)
    term = committees.term(cast.compound, members, party=3)
    run = campaigns.submitted(cast.compound, cast.wang)
    before = copy.deepcopy(Submission.objects.get().body)
    term.members.filter(is_party_member=True).update(until=date(2026, 9, 2))
    piece = fire.hydrant(cast.compound, at=OPENED - timedelta(days=3))
    fire.defect(piece, at=OPENED - timedelta(days=2))
    run.campaign = actions.advance(
        run.campaign, "community", by=run.officers[Scorer.COUNTY].pk, at=ENTRY_CLOSED
    )
    assert Submission.objects.get().body == before


def test_the_evening_of_a_day_in_shanghai_is_frozen_as_that_day(cast):
    """16:30 UTC is 00:30 of the next day here, and 00:30 here is the day before there."""
    run = campaigns.entered(cast.compound, cast.wang)
    made = submit(run, at=datetime(2026, 9, 20, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert {one["on"] for one in made.body["records"].values()} == {"2026-09-20"}


def test_two_at_once_enter_once(own_database):
    cast = make_cast()
    run = campaigns.opened(cast.compound, cast.wang)
    made = at_once(*[lambda: enter(run)] * 3)
    assert {one.pk for one in made} == {Entry.objects.get().pk}
    assert AuditEntry.objects.filter(act="campaigns.enter").count() == 1


def test_two_at_once_submit_once(own_database):
    cast = make_cast()
    run = campaigns.entered(cast.compound, cast.wang)
    outcomes = at_once(*[lambda: submit(run)] * 2)
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [
        refusals.AlreadySubmitted
    ]
    assert Submission.objects.get() in outcomes


def test_a_file_sent_twice_at_once_is_attached_once(own_database):
    cast = make_cast()
    run = campaigns.entered(cast.compound, cast.wang)
    made = at_once(*[lambda: attach(run)] * 2)
    assert {one.pk for one in made} == {Attachment.objects.get().pk}


def test_who_saves_while_another_submits_is_in_it_or_is_told(own_database):
    cast = make_cast()
    run = campaigns.entered(cast.compound, cast.wang)
    changed = {"fire.drill": actions.Mark(0, "没有演练")}
    saved, sent = at_once(lambda: save(run, changed), lambda: submit(run))
    assert isinstance(sent, Submission)
    inside = sent.body["marks"]["fire.drill"] == {"tenths": 0, "words": "没有演练"}
    assert inside is not isinstance(saved, refusals.AlreadySubmitted)


def test_a_file_taken_out_twice_at_once_is_taken_out_and_noted_once(own_database):
    cast = make_cast()
    run = campaigns.entered(cast.compound, cast.wang)
    attached = attach(run)
    at_once(
        *[
            lambda: actions.drop_file(
                Attachment.objects.get(pk=attached.pk), by=cast.wang.pk, at=OPENED
            )
        ]
        * 2
    )
    assert AuditEntry.objects.filter(act="campaigns.drop_file").count() == 1
