"""The county's console: opened by its officers only, every obstacle told, each step once."""

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from portal.accounts.models import RegionOffice
from portal.campaigns.models import Award, Campaign, Result
from portal.campaigns.rules.standard import Scorer
from portal.publicity.actions import start_clock
from tests.factories import campaigns, people, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

OVER = ENTRY_CLOSED.replace(day=7, hour=0)
DAYS = {
    "entry_until": "2026-09-30",
    "community_until": "2026-10-10",
    "street_until": "2026-10-20",
    "county_until": "2026-10-31",
    "publicity_on": "2026-10-31",
}
PLAN = {"name": "新评选", "year": "2026", "standard": "default"} | DAYS


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def at(moment):
    return time_machine.travel(moment, tick=False)


def steps(run):
    """Every address of the console that does something, in the order of the stages."""
    code = run.campaign.code
    stages = [reverse("campaigns:advance", args=[code, one.value]) for one in Scorer]
    ends = [reverse(f"campaigns:{name}", args=[code]) for name in ("publish", "award")]
    return [*stages, *ends]


def county(run):
    return run.officers[Scorer.COUNTY]


def told(response):
    return [str(one) for one in get_messages(response.wsgi_request)]


def new(run):
    return reverse("campaigns:new", args=[run.region.code])


def post_new(run, **changes):
    with at(OPENED):
        return signed_in(county(run)).post(new(run), PLAN | changes)


def test_the_county_goes_through_every_stage_by_the_console_alone(cast, letters):
    run = campaigns.submitted(cast.compound, cast.wang)
    client = None
    for scorer, step in zip(Scorer, steps(run), strict=False):
        with at(ENTRY_CLOSED):
            client = signed_in(county(run))
            assert client.post(step).status_code == 302
        assert run.refresh().campaign.stage == scorer
        run.score(scorer)
    *_stages, publish, award = steps(run)
    with at(ENTRY_CLOSED):
        client.post(publish, {"days": "5"})
        start_clock(Result.objects.get().publicity, at=ENTRY_CLOSED)
    with at(OVER):
        client = signed_in(county(run))
        client.post(award)
    assert run.refresh().campaign.stage == "awarded"
    assert Award.objects.get().title == "五星级"


@pytest.mark.parametrize("place", range(5))
def test_no_step_but_the_next_is_taken_whatever_is_asked_for(cast, letters, place):
    run = campaigns.scored(cast.compound, cast.wang)
    step = steps(run)[place]
    with at(ENTRY_CLOSED):
        answer = signed_in(county(run)).post(step, {"days": "5"})
    assert answer.status_code == 302
    expected = "publicity" if step.endswith("publish/") else "county"
    assert run.refresh().campaign.stage == expected
    assert expected == "publicity" or told(answer)[0].startswith("评选现在处于“县级评审”阶段")


def test_a_stage_that_there_is_not_is_refused_in_words(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    lost = reverse("campaigns:advance", args=[run.campaign.code, "nowhere"])
    with at(ENTRY_CLOSED):
        answer = signed_in(county(run)).post(lost, follow=True)
    assert answer.status_code == 200
    assert "不能进行这一步" in answer.content.decode()


@pytest.mark.parametrize("place", range(5))
def test_others_than_the_countys_officers_are_refused_every_step(cast, place):
    run = campaigns.scored(cast.compound, cast.wang)
    step = steps(run)[place]
    elsewhere = campaigns.officers_of(places.compound())[Scorer.COUNTY]
    refused = [
        elsewhere,
        run.officers[Scorer.COMMUNITY],
        run.officers[Scorer.STREET],
        *(cast.chen, cast.li, cast.wang, cast.zhao, cast.qian, cast.sun),
    ]
    with at(ENTRY_CLOSED):
        assert [signed_in(one).post(step, {"days": "5"}).status_code for one in refused] == [
            403
        ] * len(refused)
        assert Client().post(step)["Location"].startswith("/account/login/")
    assert run.refresh().campaign.stage == "county"
    assert not Result.objects.exists()


@pytest.mark.parametrize("place", range(5))
def test_a_step_is_not_taken_by_looking(cast, place):
    run = campaigns.scored(cast.compound, cast.wang)
    with at(ENTRY_CLOSED):
        answer = signed_in(county(run)).get(steps(run)[place])
    assert answer.status_code in {302, 405}
    assert run.refresh().campaign.stage == "county"


def test_the_console_is_the_countys_alone(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    console = reverse("campaigns:manage", args=[run.campaign.code])
    elsewhere = campaigns.officers_of(places.compound())[Scorer.COUNTY]
    with at(OPENED):
        assert signed_in(county(run)).get(console).status_code == 200
        assert signed_in(county(run)).post(console).status_code == 405
        for one in (elsewhere, run.officers[Scorer.STREET], cast.wang, cast.sun):
            assert signed_in(one).get(console).status_code == 403
        assert Client().get(console).status_code == 302
        lost = reverse("campaigns:manage", args=["330324-2026-9"])
        assert signed_in(county(run)).get(lost).status_code == 404


def test_the_console_offers_a_step_only_when_nothing_blocks_it(cast):
    run = campaigns.scoring(cast.compound, cast.wang, places.compound(cast.compound.region))
    console, step = reverse("campaigns:manage", args=[run.campaign.code]), steps(run)[1]
    with at(ENTRY_CLOSED):
        page = signed_in(county(run)).get(console)
        assert len(page.context["blocked"]) == 2
        assert step not in page.content.decode()
        for compound in run.compounds:
            assert f"{compound.name}：社区还没有评分" in page.content.decode()
            run.score(Scorer.COMMUNITY, run.entry_of(compound))
        clear = signed_in(county(run)).get(console)
        assert clear.context["blocked"] == []
        assert step in clear.content.decode()


def test_pressed_twice_a_step_is_one_and_the_second_press_is_told_where_it_stands(cast, letters):
    run = campaigns.scored(cast.compound, cast.wang)
    publish = steps(run)[3]
    with at(ENTRY_CLOSED):
        client = signed_in(county(run))
        client.post(publish, {"days": "5"})
        again = client.post(publish, {"days": "7"}, follow=True)
    assert "评选现在处于“结果公示”阶段" in again.content.decode()
    assert Result.objects.get().publicity.days == 5


@pytest.mark.parametrize("days", ["", "4", "8", "-5", "5.5", "五", "999999999999"])
def test_days_outside_the_rule_are_told_at_their_field_and_stay_typed(cast, days):
    run = campaigns.scored(cast.compound, cast.wang)
    with at(ENTRY_CLOSED):
        answer = signed_in(county(run)).post(steps(run)[3], {"days": days})
    assert answer.status_code == 422
    assert answer.context["form"].errors["days"]
    assert answer.context["form"]["days"].value() == days
    assert not Result.objects.exists()


def test_a_campaign_is_opened_with_the_days_and_the_standard_that_were_chosen(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    answer = post_new(run, name="  新评选  ")
    made = Campaign.objects.get(name="新评选")
    assert answer["Location"] == reverse("campaigns:manage", args=[made.code])
    stored = {name: getattr(made, name).isoformat() for name in DAYS}
    assert stored == DAYS
    assert made.standard == run.campaign.standard


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": " "}, {"name"}),
        ({"name": "长" * 101}, {"name"}),
        ({"year": "1999"}, {"year"}),
        ({"year": "二〇二六"}, {"year"}),
        ({"standard": "mine"}, {"standard"}),
        ({"entry_until": "2026-08-31"}, {"entry_until"}),
        ({"entry_until": "2026-09-31"}, {"entry_until"}),
        ({"community_until": "2026-09-30"}, {"community_until"}),
        ({"publicity_on": "2026-10-30"}, {"publicity_on"}),
        (
            dict.fromkeys([*PLAN], ""),
            {"name", "year", "standard", *DAYS},
        ),
        (
            {"name": "", "street_until": "2026-10-10", "publicity_on": "2026-10-01"},
            {"name", "street_until", "publicity_on"},
        ),
    ],
)
def test_all_that_is_wrong_with_a_plan_is_told_at_once_and_nothing_opens(cast, changes, wrong):
    run = campaigns.opened(cast.compound, cast.wang)
    answer = post_new(run, **changes)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    for name in PLAN.keys() - changes.keys():
        assert answer.context["form"][name].value() == PLAN[name]
    assert Campaign.objects.count() == 1


def test_the_last_day_of_entry_may_be_today_and_all_results_posted_on_the_last_day(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert post_new(run, entry_until="2026-09-01").status_code == 302


def test_who_opens_twice_by_a_double_click_opens_once_and_is_told(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert [post_new(run).status_code for _click in range(2)] == [302, 422]
    assert Campaign.objects.filter(name="新评选").count() == 1


def test_only_a_county_has_campaigns_and_only_its_officers_open_one(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    street = reverse("campaigns:new", args=[cast.compound.region.parent.code])
    nowhere = reverse("campaigns:new", args=["nowhere"])
    with at(OPENED):
        for page in (street, nowhere):
            assert signed_in(county(run)).get(page).status_code == 404
        elsewhere = campaigns.officers_of(places.compound())[Scorer.COUNTY]
        for one in (elsewhere, cast.zhao, cast.wang, cast.sun, cast.chen):
            assert signed_in(one).get(new(run)).status_code == 403
            assert signed_in(one).post(new(run), PLAN).status_code == 403
        assert Client().post(new(run), PLAN)["Location"].startswith("/account/login/")
        assert signed_in(county(run)).put(new(run)).status_code == 405
    assert Campaign.objects.count() == 1


def test_an_office_that_has_ended_steers_no_more(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    former = people.user()
    people.region_office(
        former, run.region, RegionOffice.Role.COUNTY, until=ENTRY_CLOSED.date().replace(day=1)
    )
    with at(ENTRY_CLOSED.replace(day=2)):
        assert signed_in(former).post(steps(run)[3], {"days": "5"}).status_code == 403
