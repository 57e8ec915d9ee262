"""What anybody reads of campaigns, and who reads an entry before its result is posted."""

import json
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cms.actions import ensure_compound_page
from portal.campaigns import actions
from portal.campaigns.models import Award, Result, Submission
from portal.campaigns.rules.record import agrees
from portal.campaigns.rules.standard import Scorer
from portal.publicity.actions import start_clock
from portal.tools.chain.canonical import sha256
from tests.costs import page_cost
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED

OVER = ENTRY_CLOSED.replace(day=7, hour=0)
FUNDS = actions.VetoWords("funds", True, "有人举报张某挪用", "内部通报9号")
PUBLIC = ["campaigns", "campaign"]


@pytest.fixture(autouse=True)
def after_entry():
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        yield


def signed_in(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def address(run, name="entry", compound=None):
    code = (compound or run.compounds[0]).code
    return reverse(f"campaigns:{name}", args=[run.campaign.code, code])


def main_of(response):
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def figures(page):
    """The numbers a reader sees that are no part of a name or a code."""
    return re.findall(r"(?<![\w.-])\d+(?![\w.-])", re.sub(r"<[^>]*>", " ", page))


def by(run):
    return run.officers[Scorer.COUNTY].pk


def readers(cast, run):
    return {
        "visitor": None,
        "chen": cast.chen,
        "li": cast.li,
        "wang": cast.wang,
        "zhao": cast.zhao,
        "qian": cast.qian,
        "sun": cast.sun,
        "county": run.officers[Scorer.COUNTY],
        "elsewhere": campaigns.officers_of(places.compound())[Scorer.STREET],
    }


def who_reads(cast, run, name="entry"):
    found = readers(cast, run)
    statuses = {
        who: signed_in(user).get(address(run, name)).status_code for who, user in found.items()
    }
    assert set(statuses.values()) <= {200, 404}
    return {who for who, status in statuses.items() if status == 200}


EVERYBODY = {"visitor", "chen", "li", "wang", "zhao", "qian", "sun", "county", "elsewhere"}


def test_a_draft_is_told_of_only_to_those_who_write_it(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    assert who_reads(cast, run) == {"li", "wang"}
    assert who_reads(cast, run, "entry-json") == set()


def test_a_submitted_entry_is_read_by_who_wrote_it_and_who_judges_it(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    assert who_reads(cast, run) == {"li", "wang", "zhao", "county"}
    assert who_reads(cast, run, "entry-json") == set()


def test_a_posted_result_is_read_by_everybody(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    assert who_reads(cast, run) == EVERYBODY
    assert who_reads(cast, run, "entry-json") == EVERYBODY


@pytest.mark.parametrize("name", PUBLIC)
def test_campaigns_are_read_by_everybody_and_changed_by_nobody(cast, name):
    run = campaigns.scored(cast.compound, cast.wang)
    page = reverse(f"campaigns:{name}", args=[run.campaign.code] if name == "campaign" else [])
    for user in readers(cast, run).values():
        shown = signed_in(user).get(page)
        assert run.campaign.name in shown.content.decode()
    assert signed_in(run.officers[Scorer.COUNTY]).post(page).status_code == 405


@pytest.mark.parametrize("path", ["/campaigns/nowhere/", "/campaigns/nowhere/entries/x/"])
def test_what_there_is_not_is_not_found(db, path):
    places.installation()
    assert signed_in().get(path).status_code == 404


def test_scored_by_all_and_not_posted_nobody_outside_the_offices_sees_a_point(cast):
    """All levels have scored, 94 of 100: the figure is nowhere until it is posted."""
    run = campaigns.scored(cast.compound, cast.wang, fire__drill=0)
    for user in (None, cast.chen, cast.wang, cast.li, cast.qian):
        assert "94" not in figures(main_of(signed_in(user).get(run.campaign.get_absolute_url())))
    for user in (cast.wang, cast.li):
        page = main_of(signed_in(user).get(address(run)))
        assert " / " not in re.sub(r"自评 [\d.]+ / \d+", "", page)
        assert "县级：<strong>" not in page
    judged = main_of(signed_in(cast.zhao).get(address(run)))
    assert "94" in figures(judged)


def test_a_veto_is_nobodys_to_read_before_the_result_and_its_reason_nobodys_after(cast, letters):
    run = campaigns.scored(cast.compound, cast.wang)
    actions.say_veto(run.entry, FUNDS, by=by(run), at=ENTRY_CLOSED)
    for user in (cast.wang, cast.li):
        assert "一票否决（" not in main_of(signed_in(user).get(address(run)))
    actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    for user in (None, cast.wang, cast.chen):
        page = main_of(signed_in(user).get(address(run)))
        assert "挪用、侵占公共收益或维修资金" in page
        assert FUNDS.reason not in page
        assert FUNDS.document not in page


def test_words_and_files_of_an_entry_stay_with_those_who_wrote_and_judge_it(cast, letters):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = campaigns.attach(cast.compound, cast.wang)
    actions.submit_entry(run.entry, by=cast.wang.pk, at=campaigns.OPENED)
    for stage in Scorer:
        run.campaign = actions.advance(run.campaign, stage, by=by(run), at=ENTRY_CLOSED)
        run.score(stage)
    actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    for who, user in readers(cast, run).items():
        page = main_of(signed_in(user).get(address(run)))
        inside = who in {"li", "wang", "zhao", "county"}
        assert (who, "见材料" in page, str(attached.file_id) in page) == (who, inside, inside)


def test_the_json_is_the_bytes_that_were_hashed_and_reckon_to_their_own_total(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=0)
    answer = signed_in().get(address(run, "entry-json"))
    assert answer["Content-Type"] == "application/json"
    assert sha256(answer.content) == Result.objects.get().sha256
    value = json.loads(answer.content)
    assert agrees(value)
    assert value["total"]["tenths"] == "940"
    assert value["submission"]["sha256"] == Submission.objects.get().sha256
    assert Result.objects.get().sha256 in main_of(signed_in().get(address(run)))


def test_of_two_results_each_address_gives_its_own(cast, letters):
    other = places.compound(cast.compound.region)
    run = campaigns.posted(cast.compound, cast.wang, other)
    for compound in run.compounds:
        value = json.loads(signed_in().get(address(run, "entry-json", compound)).content)
        assert value["compound"]["code"] == compound.code


@pytest.mark.parametrize("name", ["entry", "entry-json"])
def test_an_entry_is_not_changed_at_its_address(cast, letters, name):
    run = campaigns.posted(cast.compound, cast.wang)
    assert signed_in(cast.wang).post(address(run, name)).status_code == 405


def test_the_award_stands_on_the_campaigns_page_the_entrys_and_the_compounds(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    ensure_compound_page(cast.compound)
    pages = [
        run.campaign.get_absolute_url(),
        address(run),
        cast.compound.get_absolute_url(),
    ]
    start_clock(Result.objects.get().publicity, at=ENTRY_CLOSED)
    with time_machine.travel(OVER, tick=False):
        before = [main_of(signed_in().get(page)) for page in pages]
        actions.award(run.refresh().campaign, by=by(run), at=OVER)
        assert Award.objects.get().title == "五星级"
    with time_machine.travel(OVER.replace(hour=1), tick=False):
        after = [main_of(signed_in().get(page)) for page in pages]
    assert ["official" in page for page in (*before[::2], *after[::2])] == [
        False,
        False,
        True,
        True,
    ]
    assert ["已命名为五星级" in page for page in (before[1], after[1])] == [False, True]
    assert ["五星级" in page for page in (before[2], after[2])] == [False, True]


def test_the_entry_costs_the_same_for_a_visitor_with_one_neighbour_and_with_three(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    there = places.compound()
    more = campaigns.posted(there, cast.wang, *(places.compound(there.region) for _ in "ab"))
    assert page_cost(signed_in(), address(run)) == page_cost(signed_in(), address(more))
