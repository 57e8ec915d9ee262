"""Scores and a veto stand on one page: neither loses what is typed in the other, nor does a sheet
that comes too late."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.campaigns import actions
from portal.campaigns.models import Scoring, VetoSaid
from portal.campaigns.rules.standard import Scorer
from tests.factories import campaigns
from tests.factories.campaigns import ENTRY_CLOSED
from tests.portal.campaigns.views.test_scoring import WORDS, address, sent


@pytest.fixture(autouse=True)
def after_entry():
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        yield


@pytest.fixture
def run(cast):
    return campaigns.scoring(cast.compound, cast.wang, to="street")


@pytest.fixture
def zhao(cast):
    client = Client()
    client.force_login(cast.zhao)
    return client


def shown(answer, name):
    return answer.context["form"][name].value()


def test_a_veto_keeps_the_scores_that_are_typed_beside_it(run, zhao):
    sheet = sent(run, fire__drill=0) | {"words-fire.drill": "没有签到表"}
    answer = zhao.post(address(run, "veto"), sheet | WORDS)
    assert answer.status_code == 200
    assert VetoSaid.objects.get().stands
    assert "尚未保存" in answer.content.decode()
    assert shown(answer, "words-fire.drill") == "没有签到表"
    assert not answer.context["veto_form"].is_begun
    saved = zhao.post(address(run, "score"), {**sheet, "request": shown(answer, "request")})
    assert saved.status_code == 302
    assert Scoring.objects.get(level=Scorer.STREET).marks["fire.drill"]["note"] == "没有签到表"


def test_a_veto_beside_saved_scores_leads_back_to_the_sheet(run, zhao):
    sheet = sent(run)
    zhao.post(address(run, "score"), sheet)
    answer = zhao.post(address(run, "veto"), sheet | {"follows": "1"} | WORDS)
    assert (answer.status_code, answer["Location"]) == (302, address(run, "score"))


def test_a_veto_that_lacks_something_keeps_the_scores_too(run, zhao):
    sheet = sent(run) | {"words-fire.drill": "没有签到表"}
    answer = zhao.post(address(run, "veto"), sheet | WORDS | {"document": ""})
    assert answer.status_code == 422
    assert shown(answer, "words-fire.drill") == "没有签到表"
    assert not answer.context["form"].errors


def test_saved_scores_keep_a_veto_that_is_begun(run, zhao):
    answer = zhao.post(address(run, "score"), sent(run) | WORDS)
    assert answer.status_code == 200
    assert Scoring.objects.filter(level=Scorer.STREET).count() == 1
    assert "否决事项填写了，但还没有记录。" in answer.content.decode()
    form = answer.context["veto_form"]
    assert {name: form[name].value() for name in WORDS} == WORDS
    assert not VetoSaid.objects.exists()


@pytest.mark.parametrize("name", ["score", "veto"])
def test_a_sheet_that_comes_after_its_stage_is_shown_to_be_copied(run, zhao, name):
    run.score(Scorer.STREET)
    actions.advance(run.campaign, "county", by=run.officers[Scorer.COUNTY].pk, at=ENTRY_CLOSED)
    before = Scoring.objects.count()
    sheet = sent(run, fire__drill=0) | {"words-fire.drill": "没有签到表"} | WORDS
    answer = zhao.post(address(run, name), sheet)
    assert answer.status_code == 422
    assert "没有签到表" in answer.content.decode()
    assert (Scoring.objects.count(), VetoSaid.objects.count()) == (before, 0)


def test_nothing_typed_after_the_stage_leads_back_to_the_campaign(run, zhao):
    run.score(Scorer.STREET)
    actions.advance(run.campaign, "county", by=run.officers[Scorer.COUNTY].pk, at=ENTRY_CLOSED)
    answer = zhao.post(address(run, "score"), {"request": "x"})
    assert answer["Location"] == reverse("campaigns:campaign", args=[run.campaign.code])
