"""The sheet of scores and the vetoes: whose turn it is, whose region, and what stays typed."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import RegionOffice
from portal.campaigns import actions
from portal.campaigns.models import Scoring, VetoSaid
from portal.campaigns.rules.standard import Scorer
from portal.tools.keys import new_key
from tests.factories import campaigns, people, places
from tests.factories.campaigns import ENTRY_CLOSED

WORDS = {"veto": "funds", "reason": "挪用公共收益", "document": "通报〔2026〕1号"}


@pytest.fixture(autouse=True)
def after_entry():
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        yield


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(run, name, compound=None):
    code = (compound or run.compounds[0]).code
    return reverse(f"campaigns:{name}", args=[run.campaign.code, code])


def sent(run, **changes):
    """The sheet as a browser sends it."""
    marks = run.marks(**changes)
    values = {f"points-{code}": f"{mark.tenths / 10:.1f}" for code, mark in marks.items()}
    return values | {"request": str(new_key()), "follows": "0"}


def by(run, scorer=Scorer.COUNTY):
    return run.officers[scorer].pk


@pytest.mark.parametrize("turn", Scorer)
def test_the_officer_of_the_level_whose_turn_it_is_scores_and_no_other(cast, turn):
    run = campaigns.scoring(cast.compound, cast.wang, to=turn.value)
    for scorer, officer in run.officers.items():
        client = signed_in(officer)
        opened = client.get(address(run, "score"))
        if scorer is turn:
            assert opened.status_code == 200
            continue
        assert opened.status_code == 302
        assert opened["Location"] == run.campaign.get_absolute_url()
        client.post(address(run, "score"), sent(run, fire__drill=0))
        client.post(address(run, "veto"), WORDS)
    assert not Scoring.objects.filter(level=turn).exists()
    assert not VetoSaid.objects.exists()
    client = signed_in(run.officers[turn])
    assert client.post(address(run, "score"), sent(run)).status_code == 302
    made = Scoring.objects.get(level=turn)
    assert (made.by, made.at) == (by(run, turn), ENTRY_CLOSED)


@pytest.mark.parametrize("level", Scorer)
def test_the_same_office_over_another_region_is_refused(cast, level):
    run = campaigns.scoring(cast.compound, cast.wang, to=level.value)
    elsewhere = campaigns.officers_of(places.compound())[level]
    for name, data in (("score", sent(run)), ("veto", WORDS)):
        assert signed_in(elsewhere).post(address(run, name), data).status_code == 403
    assert signed_in(elsewhere).get(address(run, "score")).status_code == 403
    assert not Scoring.objects.filter(level=level).exists()
    assert not VetoSaid.objects.exists()


def test_a_community_officer_next_door_in_the_same_street_is_refused(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    neighbour = people.user()
    beside = places.region("community", cast.compound.region.parent)
    people.region_office(neighbour, beside, RegionOffice.Role.COMMUNITY)
    assert signed_in(neighbour).post(address(run, "score"), sent(run)).status_code == 403


def test_who_no_longer_holds_the_office_is_refused(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    officer = run.officers[Scorer.COMMUNITY]
    RegionOffice.objects.filter(user=officer).update(until=ENTRY_CLOSED.date().replace(day=1))
    with time_machine.travel(ENTRY_CLOSED.replace(day=2), tick=False):
        assert signed_in(officer).post(address(run, "score"), sent(run)).status_code == 403


@pytest.mark.parametrize("who", ["chen", "li", "wang", "qian", "sun"])
def test_nobody_else_scores_or_vetoes(cast, who):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client = signed_in(getattr(cast, who))
    assert client.get(address(run, "score")).status_code == 403
    assert client.post(address(run, "score"), sent(run)).status_code == 403
    assert client.post(address(run, "veto"), WORDS).status_code == 403


def test_the_anonymous_are_led_to_sign_in_and_a_veto_is_not_said_by_looking(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    for name in ("score", "veto"):
        answer = Client().post(address(run, name), WORDS)
        assert answer["Location"].startswith("/account/login/")
    assert signed_in(cast.zhao).get(address(run, "veto")).status_code in {302, 405}
    assert signed_in(cast.zhao).put(address(run, "score")).status_code == 405
    assert not VetoSaid.objects.exists()


def test_an_entry_of_another_campaign_or_compound_is_not_reached_by_its_code(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    there = places.compound(cast.compound.region)
    assert signed_in(cast.zhao).get(address(run, "score", there)).status_code == 404
    lost = reverse("campaigns:score", args=["nowhere", cast.compound.code])
    assert signed_in(cast.zhao).get(lost).status_code == 404


@pytest.mark.parametrize(
    ("points", "error"),
    [
        ("", True),
        ("-0.1", True),
        ("6.1", True),
        ("1.23", True),
        ("abc", True),
        ("NaN", True),
        ("Infinity", True),
        ("1e1", True),
        ("0", False),
        ("0.1", False),
        ("5.5", False),
        ("6.0", False),
        ("６", False),
    ],
)
def test_points_are_tenths_within_the_item_and_all_else_is_told_at_its_field(cast, points, error):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    data = sent(run) | {"points-party.share": points, "words-fire.drill": "看过现场"}
    answer = signed_in(cast.zhao).post(address(run, "score"), data)
    if not error:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"points-party.share"}
    assert "看过现场" in answer.content.decode()
    assert not Scoring.objects.filter(level="street").exists()


def test_every_wrong_field_is_told_at_once(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    wrong = {"points-party.share": "7", "points-fire.drill": "", "points-money.fund": "x"}
    answer = signed_in(cast.zhao).post(address(run, "score"), sent(run) | wrong)
    assert set(answer.context["form"].errors) == set(wrong)


@pytest.mark.parametrize("broken", [{"request": "x"}, {"follows": "-1"}, {"request": ""}])
def test_a_form_without_its_own_key_writes_nothing_and_is_told(cast, broken):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    answer = signed_in(cast.zhao).post(address(run, "score"), sent(run) | broken)
    assert answer.status_code == 422
    assert not Scoring.objects.filter(level="street").exists()


def test_a_double_click_is_one_scoring_and_says_that_it_is_saved(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client, data = signed_in(cast.zhao), sent(run)
    answers = [client.post(address(run, "score"), data) for _click in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Scoring.objects.filter(level="street").count() == 1


def test_a_sheet_gone_back_to_and_sent_with_other_points_keeps_them_to_be_saved(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client, data = signed_in(cast.zhao), sent(run, fire__drill=0)
    client.post(address(run, "score"), data)
    answer = client.post(address(run, "score"), data | {"points-fire.drill": "3.5"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form["points-fire.drill"].value() == "3.5"
    again = {bound.html_name: bound.value() or "" for bound in form}
    assert client.post(address(run, "score"), again).status_code == 302
    kept = Scoring.objects.filter(level="street").order_by("number")
    assert [one.marks["fire.drill"]["tenths"] for one in kept] == [0, 35]


def test_the_sheet_shows_what_was_saved_before_and_every_scoring_that_stands(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    run.score(Scorer.STREET, fire__drill=15)
    page = signed_in(cast.zhao).get(address(run, "score"))
    assert page.context["form"]["points-fire.drill"].value() == "1.5"
    assert [(one.level, one.number) for one in page.context["scorings"]] == [
        ("community", 1),
        ("street", 1),
    ]


def test_the_scorings_stand_in_the_order_of_their_time(cast, monkeypatch):
    run = campaigns.scoring(cast.compound, cast.wang, to="county")
    monkeypatch.setattr(campaigns, "ENTRY_CLOSED", ENTRY_CLOSED + timedelta(days=1))
    run.score(Scorer.COUNTY)
    page = signed_in(run.officers[Scorer.COUNTY]).get(address(run, "score"))
    assert [one.level for one in page.context["scorings"]] == ["community", "street", "county"]


def test_a_level_that_was_passed_over_finds_the_sheet_from_its_desk_once_the_veto_is_lifted(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    words = actions.VetoWords("funds", True, "挪用", "通报1号")
    actions.say_veto(run.entry, words, by=by(run), at=ENTRY_CLOSED)
    run.campaign = actions.advance(run.campaign, "street", by=by(run), at=ENTRY_CLOSED)
    signed_in(cast.zhao).post(address(run, "veto"), WORDS | {"lift": "1"})
    client = signed_in(run.officers[Scorer.COMMUNITY])
    assert address(run, "score") in client.get("/my/").content.decode()
    assert client.post(address(run, "score"), sent(run)).status_code == 302
    assert Scoring.objects.get().level == "community"
    assert client.get(address(run, "score")).status_code == 302


def test_who_may_score_is_led_from_the_entry_to_its_sheet_before_and_after(cast):
    """What was scored may be corrected, so the way to the sheet stays open in its stage."""
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    readers = {"wang": cast.wang, "zhao": cast.zhao, **run.officers}
    for _time in range(2):
        pages = {who: signed_in(user).get(address(run, "entry")) for who, user in readers.items()}
        sheet = address(run, "score")
        assert {who: sheet in page.content.decode() for who, page in pages.items()} == {
            "wang": False,
            "zhao": True,
            Scorer.COMMUNITY: False,
            Scorer.STREET: True,
            Scorer.COUNTY: False,
        }
        run.score(Scorer.STREET)


@pytest.mark.parametrize("lacking", ["veto", "reason", "document"])
def test_a_veto_needs_its_kind_its_reason_and_its_document_and_keeps_the_rest(cast, lacking):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    answer = signed_in(cast.zhao).post(address(run, "veto"), WORDS | {lacking: " "})
    assert answer.status_code == 422
    form = answer.context["veto_form"]
    assert set(form.errors) == {lacking}
    kept = {name: form[name].value() for name in WORDS if name != lacking}
    assert kept == {name: words for name, words in WORDS.items() if name != lacking}
    assert not VetoSaid.objects.exists()


def test_a_veto_that_the_standard_has_not_is_refused_at_its_field(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    answer = signed_in(cast.zhao).post(address(run, "veto"), WORDS | {"veto": "rain"})
    assert (answer.status_code, set(answer.context["veto_form"].errors)) == (422, {"veto"})


def test_a_veto_pressed_twice_is_said_once_and_the_second_time_it_is_told(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client = signed_in(cast.zhao)
    client.post(address(run, "veto"), WORDS)
    told = client.post(address(run, "veto"), WORDS, follow=True).content.decode()
    assert "没有重复记录" in told
    assert VetoSaid.objects.get().by == cast.zhao.pk


def test_after_the_result_is_posted_the_sheet_is_shut(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    client = signed_in(run.officers[Scorer.COUNTY])
    before = Scoring.objects.count()
    assert client.get(address(run, "score")).status_code == 302
    client.post(address(run, "score"), sent(run, fire__drill=0))
    client.post(address(run, "veto"), WORDS)
    assert (Scoring.objects.count(), VetoSaid.objects.count()) == (before, 0)
