"""Evidence from the records: each source in words and figures, of that day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from portal.campaigns import actions
from portal.campaigns.documents import result_notice
from portal.campaigns.models import Result
from portal.campaigns.queries.sources import SOURCES, frozen_records
from portal.campaigns.rules.standard import Scorer
from portal.firms.models import ServiceContract
from portal.rulebook.models import Rule
from tests.factories import campaigns, committees, fire, people, rulebook
from tests.factories.campaigns import ENTRY_CLOSED

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def book(db):
    rulebook.load()


def found(name, compound, on=DAY):
    """The record at noon of that day."""
    noon = timezone.make_aware(datetime.combine(on, time(12)))
    return frozen_records([name], compound, noon)[name]


def test_without_a_committee_the_records_say_that_there_is_none(cast):
    share, term = (found(f"committee.{one}", cast.compound) for one in ("party_share", "term"))
    assert (share["words"], share["figures"]) == (
        "记录中没有在任的业主委员会委员",
        {"members": 0},
    )
    assert (term["words"], term["figures"]) == ("记录中没有业主委员会", {"in_term": False})


@pytest.mark.parametrize(
    ("party", "words", "met"),
    [
        (1, "委员 3 人，其中党员 1 人（33.33%），未达到引导目标", False),
        (2, "委员 3 人，其中党员 2 人（66.67%），达到引导目标", True),
    ],
)
def test_the_party_share_is_told_against_its_target(cast, party, words, met):
    committees.term(cast.compound, committees.owners(cast.compound, 3), party=party)
    record = found("committee.party_share", cast.compound)
    assert record["words"] == words
    assert record["figures"] == {"members": 3, "party_members": party, "met": met}


def test_where_no_target_is_set_none_is_said_to_be_met(cast):
    committees.term(cast.compound, committees.owners(cast.compound, 3), party=3)
    Rule.objects.filter(key="party.share.target").delete()
    record = found("committee.party_share", cast.compound)
    assert record["words"].endswith("没有引导目标")
    assert record["figures"] == {"members": 3, "party_members": 3}


def test_a_term_is_in_its_time_up_to_its_last_day(cast):
    term = committees.term(cast.compound, committees.owners(cast.compound, 3))
    words = {
        days: found("committee.term", cast.compound, term.ends_on + timedelta(days=days))["words"]
        for days in (0, 1)
    }
    assert words[0] == "第 1 届，2024年1月1日至2028年12月31日，在任期内"
    assert words[1] == "第 1 届，2024年1月1日至2028年12月31日，任期已满"


def test_a_contract_counts_while_it_is_in_force_and_as_filed_from_its_filing(cast):
    contract = ServiceContract.objects.get(compound=cast.compound)
    contract.ends_on, contract.filed_on = DAY, DAY
    contract.save()
    figures = [
        found("firm.contract", cast.compound, DAY + timedelta(days=days))["figures"]
        for days in (-1, 0, 1)
    ]
    held = {"in_force": True, "contract": str(contract.pk)}
    assert figures == [held | {"filed": False}, held | {"filed": True}, {"in_force": False}]


def test_of_two_contracts_the_later_one_is_told(cast):
    later = people.firm(name="后来的物业")
    ServiceContract.objects.create(compound=cast.compound, firm=later, starts_on=DAY)
    assert "后来的物业" in found("firm.contract", cast.compound)["words"]


def test_checks_are_told_of_the_year_up_to_the_day(cast, noon):
    empty = found("fire.on_time", cast.compound)
    assert empty["words"] == "一年内没有应查的消防项目记录"
    assert empty["figures"] == {"on_time": 0, "due": 0, "first_on": "2025-11-25"}
    hydrant = fire.hydrant(cast.compound, at=noon, starts_on=DAY - timedelta(days=9))
    fire.log(hydrant, at=noon - timedelta(days=2))
    told = found("fire.on_time", cast.compound, DAY - timedelta(days=1))
    figures = told["figures"]
    assert figures["on_time"] <= figures["due"]
    assert told["words"].startswith(f"一年内应查 {figures['due']} 次，按时完成")


def test_overdue_defects_are_counted_on_the_day_and_not_before(cast, noon):
    hydrant = fire.hydrant(cast.compound, at=noon - timedelta(days=30))
    fire.defect(hydrant, at=noon - timedelta(days=20))
    figures = [
        found("fire.overdue_defects", cast.compound, DAY - timedelta(days=days))["figures"]
        for days in (0, 20, 21)
    ]
    assert figures == [
        {"equipment": 1, "open": 1, "overdue": 1},
        {"equipment": 1, "open": 1, "overdue": 0},
        {"equipment": 1, "open": 0, "overdue": 0},
    ]


def test_every_source_leads_to_a_page_and_says_whose_day_it_is(cast, noon):
    for name, record in frozen_records(SOURCES, cast.compound, noon).items():
        assert (record["source"], record["on"]) == (name, "2026-11-24")
        assert record["address"].startswith("/")
        assert record["title"]


def test_the_notice_of_an_entry_that_was_vetoed_unscored_names_no_points(cast, letters):
    run = campaigns.scoring(cast.compound, cast.wang, to="county")
    by = run.officers[Scorer.COUNTY].pk
    veto = actions.VetoWords("funds", True, "挪用", "通报1号")
    actions.say_veto(run.entry, veto, by=by, at=ENTRY_CLOSED)
    actions.publish_results(run.campaign, by=by, at=ENTRY_CLOSED)
    result = Result.objects.get()
    notice = result_notice(run.entry, result.value, result.sha256, at=ENTRY_CLOSED)
    told = dict(notice.blocks[1].pairs)
    assert told["得分"] == "未评分"
    assert told["拟定结果"].startswith("不予命名：一票否决（")
    assert {row[2] for row in notice.blocks[3].rows} == {"—"}
