"""What must never be false of campaigns is held by the database itself, named as a sentence."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.campaigns import actions
from portal.campaigns.models import (
    Attachment,
    Award,
    Campaign,
    Entry,
    Result,
    Scoring,
    SelfScore,
    StageReached,
    Submission,
    VetoSaid,
)
from portal.campaigns.rules.standard import Scorer
from portal.tools.evidence.models import EvidenceIsFixed
from portal.tools.keys import new_key
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED

ONCE = {
    Campaign: "a_campaign_opens_once_a_year",
    StageReached: "a_campaign_comes_to_a_stage_once",
    Entry: "a_compound_enters_a_campaign_once",
    SelfScore: "an_item_is_scored_once_by_oneself",
    Attachment: "a_file_is_attached_once",
    Submission: "an_entry_is_submitted_once",
    Scoring: "a_levels_scorings_in_turn",
    VetoSaid: "a_vetos_words_in_turn",
    Result: "an_entry_has_one_result",
    Award: "an_entry_is_awarded_once",
}
EVIDENCE = [StageReached, Submission, Scoring, VetoSaid, Result, Award]


@pytest.fixture
def run(cast, letters):
    """A campaign with a row of everything: a file, a veto said and lifted, a result, an award."""
    run = campaigns.entered(cast.compound, cast.wang)
    campaigns.attach(cast.compound, cast.wang)
    actions.submit_entry(run.entry, by=cast.wang.pk, at=campaigns.OPENED)
    by = run.officers[Scorer.COUNTY].pk
    for stage in Scorer:
        run.campaign = actions.advance(run.campaign, stage, by=by, at=ENTRY_CLOSED)
        run.score(stage)
    for stands in (True, False):
        words = actions.VetoWords("funds", stands, "挪用", "通报1号")
        actions.say_veto(run.entry, words, by=by, at=ENTRY_CLOSED)
    run.campaign = actions.publish_results(run.campaign, by=by, at=ENTRY_CLOSED)
    Award.objects.create(
        compound=cast.compound,
        entry=run.entry,
        level="first",
        title="五星级",
        by=by,
        at=ENTRY_CLOSED,
    )
    return run


def copy_of(row, **changes):
    """The same row once more under a key of its own."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fields.pop(row._meta.pk.attname)
    return type(row)(**fields | changes)


@pytest.mark.parametrize("model", ONCE, ids=lambda one: one.__name__)
def test_a_second_row_of_the_same_is_refused_by_the_name_of_its_rule(run, model):
    changes = {"code": "another"} if model is Campaign else {}
    changes |= {"request": new_key()} if model is Scoring else {}
    second = copy_of(model.objects.order_by("pk").first(), **changes)
    with pytest.raises(IntegrityError, match=ONCE[model]), transaction.atomic():
        second.save(force_insert=True)


def test_a_sheet_that_was_sent_is_not_stored_again_under_the_next_number(run):
    again = copy_of(Scoring.objects.get(level="county"), number=2)
    with pytest.raises(IntegrityError, match="a_scoring_is_sent_once"), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize("model", EVIDENCE, ids=lambda one: one.__name__)
def test_what_was_said_and_done_is_not_saved_over_and_not_deleted(run, model):
    row = model.objects.order_by("pk").first()
    for act in (row.save, row.delete):
        with pytest.raises(EvidenceIsFixed):
            act()
    later = ENTRY_CLOSED + timedelta(days=1)
    for act in (model.objects.all().delete, lambda: model.objects.update(at=later)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act()
    assert model.objects.get(pk=row.pk).at == row.at


def test_another_compound_and_another_level_are_not_the_same(run):
    other = places.compound(run.compounds[0].region)
    copy_of(run.entry, compound_id=other.pk).save(force_insert=True)
    county = Scoring.objects.get(level="county")
    copy_of(county, number=2, request=new_key()).save(force_insert=True)
    assert (Entry.objects.count(), Scoring.objects.filter(level="county").count()) == (2, 2)


def test_rows_are_called_by_what_people_know_them_by(run):
    assert str(run.campaign) == "2026年美丽小区评选"
    assert run.campaign.get_absolute_url() == f"/campaigns/{run.campaign.code}/"
    assert run.entry.get_absolute_url().endswith(f"/entries/{run.compounds[0].code}/")
    assert str(Award.objects.get()) == "五星级"
    assert str(Result.objects.get()) == Result.objects.get().sha256
