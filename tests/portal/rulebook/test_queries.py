"""One call answers: the rule for this key, here, on that day."""

from datetime import date
from fractions import Fraction

import pytest

from portal.rulebook.models import CompoundRule
from portal.rulebook.queries import NoRule, region_of, rule_for, rules_for, rules_for_each
from portal.rulebook.rules.regions import HOME
from tests.factories import places

TODAY = date(2026, 11, 24)
LAST_OF_THE_OLD_LAW, FIRST_OF_THE_CODE = date(2020, 12, 31), date(2021, 1, 1)
pytestmark = pytest.mark.usefixtures("rulebook")


def own(compound, key, value, *, since=date(2024, 1, 1), until=None):
    return CompoundRule.objects.create(
        compound=compound,
        key=key,
        value=value,
        clause="《业主大会议事规则》第12条",
        effective_from=since,
        effective_to=until,
    )


def in_county(profile):
    county = places.region("county", profile=profile)
    return places.compound(places.region("community", parent=places.region("street", county)))


def test_a_rule_says_all_that_is_known_of_it():
    rule = rule_for("voting.participation", on=TODAY)
    assert (rule.value, type(rule.value), rule.operator) == (Fraction(2, 3), Fraction, ">=")
    assert (rule.inclusive, rule.unit, rule.region) == (True, "share-of-all", "cn")
    assert (rule.authority, rule.article, rule.confidence) == ("《民法典》", "第278条第2款", "H")
    assert rule.source == "《民法典》第278条第2款"
    assert (rule.set_by, rule.clause, rule.is_binding) == ("law", "", True)
    assert (rule.effective_from, rule.effective_to) == (FIRST_OF_THE_CODE, None)
    assert rule.value_words == "≥ 2/3（占全体业主）"


@pytest.mark.parametrize(
    ("key", "value", "operator", "source"),
    [  # law.md §4.7, as it stands for Yongjia today
        ("voting.ordinary", Fraction(1, 2), ">", "《民法典》第278条第2款"),
        ("voting.special", Fraction(3, 4), ">=", "《民法典》第278条第2款"),
        ("formation.applicants.min", 10, ">=", "《温州市物业管理条例》第12条"),
        ("formation.group.days", 60, "<=", "《温州市物业管理条例》第12条"),
        ("formation.list.days", 3, "<=", "《浙江省物业管理条例》第8条"),
        ("formation.data.days", 7, "<=", "《温州市物业管理条例》第13条"),
        ("formation.drafts.days", 15, ">=", "《业主大会和业主委员会指导规则》第12条"),
        ("formation.first-meeting.days", 90, "<=", "《温州市物业管理条例》第12条"),
        ("formation.extension.days", 60, "<=", "《温州市物业管理条例》第15条"),
        ("publicity.candidates.days", 10, ">=", "平台默认"),
        ("meeting.notice.days", 15, ">=", "《物业管理条例》第14条"),
        ("voting.days.min", 5, ">=", "平台默认"),
        ("voting.days.max", 60, "<=", "平台默认"),
        ("publicity.result.days", 7, ">=", "平台默认"),
        ("publicity.result.within.days", 3, "<=", "平台默认"),
        ("publicity.roll.days", 15, ">=", "平台默认"),
        ("committee.first-meeting.days", 7, "<=", "《业主大会和业主委员会指导规则》第32条"),
        ("committee.filing.days", 30, "<=", "《温州市物业管理条例》第18条"),
        ("committee.filing.proof.workdays", 3, "<=", "《温州市物业管理条例》第18条"),
        ("committee.filing.change.days", 15, "<=", "《温州市物业管理条例》第18条"),
        ("committee.notice.days", 7, ">=", "《业主大会和业主委员会指导规则》第39条"),
        ("committee.decision.posting.days", 3, "<=", "《业主大会和业主委员会指导规则》第39条"),
        ("committee.request.days", 7, "<=", "《业主大会和业主委员会指导规则》第37条"),
        ("committee.size.min", 5, ">=", "《业主大会和业主委员会指导规则》第31条"),
        ("committee.size.max", 11, "<=", "《业主大会和业主委员会指导规则》第31条"),
        ("term.years.min", 3, ">=", "《温州市物业管理条例》第23条"),
        ("term.years.max", 5, "<=", "《温州市物业管理条例》第23条"),
        ("term.reelection.months", 3, ">=", "《业主大会和业主委员会指导规则》第47条"),
        ("term.handover.days", 10, "<=", "《浙江省物业管理条例》第15条"),
        ("committee.member.handover.days", 3, "<=", "《业主大会和业主委员会指导规则》第45条"),
        ("meeting.extraordinary.heads", Fraction(1, 5), ">=", "《浙江省物业管理条例》第11条"),
        ("disclosure.committee.per-year", 2, ">=", "平台默认（参照杭州半年一次）"),
        ("contract.renewal-vote.days", 90, ">=", "《温州市物业管理条例》第35条"),
        ("contract.filing.days", 15, "<=", "《温州市物业管理条例》第34条"),
        ("contract.dismissal.notice.days", 60, ">=", "《民法典》第946条"),
        ("fund.emergency.workdays", 2, "<=", "《温州市物业管理条例》第44条"),
        ("publicity.emergency-fund.days", 7, ">=", "《温州市物业管理条例》第44条"),
        ("party.share.target", Fraction(1, 2), ">", "永嘉县住建部门换届工作目标（2023年）"),
        ("extinguisher.check.basement.days", 15, "<=", None),
        ("extinguisher.life.powder.years", 10, "<=", None),
        ("fire.control-room.people", 2, ">=", "《高层民用建筑消防安全管理规定》第26条"),
        ("fire.retention.patrol.years", 1, ">=", "《浙江省消防条例》第14条"),
        ("security.logs.months", 6, ">=", "《网络安全法》第23条"),
    ],
)
def test_the_deadline_table_of_the_law_stands_for_yongjia(key, value, operator, source):
    rule = rule_for(key, on=TODAY)
    assert (rule.value, rule.operator) == (value, operator)
    assert rule.source == (source or rule.law)


def test_whole_numbers_are_ints_and_shares_are_fractions():
    found = rules_for(["meeting.notice.days", "voting.change-of-use.agreement"], on=TODAY)
    kinds = [type(found[key].value) for key in found]
    assert dict(zip(found, kinds, strict=True)) == {
        "meeting.notice.days": int,
        "voting.change-of-use.agreement": Fraction,
    }


@pytest.mark.parametrize(
    ("on", "participation", "ordinary", "special"),
    [
        (LAST_OF_THE_OLD_LAW, ("1/2", ">"), ("1/2", ">"), ("2/3", ">=")),
        (FIRST_OF_THE_CODE, ("2/3", ">="), ("1/2", ">"), ("3/4", ">=")),
    ],
)
@pytest.mark.parametrize("region", ["cn", "zj", HOME])
def test_the_code_replaced_the_old_thresholds_overnight(
    on, participation, ordinary, special, region
):
    keys = ["voting.participation", "voting.ordinary", "voting.special"]
    found = rules_for(keys, region=region, on=on)
    told = [(found[key].text, found[key].operator) for key in keys]
    assert told == [participation, ordinary, special]


def test_the_old_law_counted_against_all_the_code_against_those_who_took_part():
    old = rule_for("voting.ordinary", on=LAST_OF_THE_OLD_LAW)
    new = rule_for("voting.ordinary", on=FIRST_OF_THE_CODE)
    assert (old.unit, new.unit) == ("share-of-all", "share-of-participants")


@pytest.mark.parametrize(
    ("key", "region", "first"),
    [
        ("committee.filing.days", "zj.wenzhou", date(2017, 5, 1)),
        ("term.years.min", "zj", date(2006, 10, 1)),
        ("committee.size.min", "cn", date(2010, 1, 1)),
        ("voting.days.min", "zj.hangzhou", date(2022, 3, 1)),
        ("extinguisher.life.co2.years", "cn", date(2023, 3, 1)),
        ("fire.patrol.high-rise.days", "cn", date(2021, 8, 1)),
        ("security.logs.months", "cn", date(2026, 1, 1)),
        ("voting.proxy.residents.per-agent.max", "cn", date(2026, 1, 1)),
    ],
)
def test_a_rule_begins_on_the_day_its_law_came_into_force(key, region, first):
    rule = rule_for(key, region=region, on=first)
    assert (rule.region, rule.effective_from) == (region, first)
    before = rules_for([key], region=region, on=date.fromordinal(first.toordinal() - 1))
    assert key not in before or before[key].effective_from < first


def test_where_nothing_is_in_force_the_refusal_names_key_and_day():
    with pytest.raises(NoRule) as refusal:
        rule_for("voting.days.min", on=LAST_OF_THE_OLD_LAW)
    assert (refusal.value.key, refusal.value.on) == ("voting.days.min", LAST_OF_THE_OLD_LAW)
    with pytest.raises(NoRule, match=r"no rule moon\.phase on 2026-11-24"):
        rule_for("moon.phase", on=TODAY)


def test_of_several_keys_those_without_a_rule_refuse_when_asked_for():
    found = rules_for(["meeting.notice.days", "moon.phase"], on=TODAY)
    assert (found["meeting.notice.days"].value, found.get("moon.phase")) == (15, None)
    with pytest.raises(NoRule):
        found["moon.phase"]


def test_other_places_have_other_targets_or_none():
    target = {"js": ">=", "gd.shenzhen": ">=", HOME: ">"}
    for region, operator in target.items():
        assert rule_for("party.share.target", region=region, on=TODAY).operator == operator
    with pytest.raises(NoRule):
        rule_for("party.share.target", region="zj.hangzhou", on=TODAY)


def test_the_default_stands_where_the_compound_is_silent_and_the_law_is_kept_beside_it():
    rule = rule_for("committee.notice.days", on=TODAY)
    assert (rule.value, rule.legal, rule.set_by) == (7, 3, "default")
    assert rule.source == "《业主大会和业主委员会指导规则》第39条"
    assert rule.law == "《浙江省物业管理条例》第14条"


def test_the_regulations_of_wenzhou_that_the_code_overruled_ended_with_it():
    old = rule_for("contract.dismissal.notice.days", on=LAST_OF_THE_OLD_LAW)
    new = rule_for("contract.dismissal.notice.days", on=FIRST_OF_THE_CODE)
    assert (old.value, old.region, new.value, new.region) == (30, "zj.wenzhou", 60, "cn")


def test_repair_periods_of_extinguishers_lost_their_force_and_stayed_as_practice():
    key = "extinguisher.repair.first.water.years"
    days = [date(2023, 2, 28), date(2023, 3, 1)]
    told = [(rule_for(key, on=on).value, rule_for(key, on=on).is_binding) for on in days]
    assert told == [(3, True), (3, False)]


# --- at a compound


def test_a_compound_stands_in_the_region_of_its_countys_profile(django_assert_num_queries):
    compound = in_county("zj.hangzhou.yuhang")
    with django_assert_num_queries(1):
        assert region_of(compound) == "zj.hangzhou.yuhang"
    rule = rule_for("voting.days.min", at_compound=compound, on=TODAY)
    assert (rule.region, rule.source) == ("zj.hangzhou", "《杭州市物业管理条例》第20条")


def test_a_street_as_place_of_a_compound_leads_to_the_same_county():
    county = places.region("county", profile="js.nanjing")
    compound = places.compound(places.region("street", parent=county))
    assert region_of(compound) == "js.nanjing"
    assert region_of(places.compound(county)) == "js.nanjing"


def test_a_county_without_a_profile_has_the_law_of_the_country():
    compound = in_county("")
    assert region_of(compound) == "cn"
    assert rule_for("committee.filing.days", at_compound=compound, on=TODAY).region == "cn"


def test_a_compounds_own_number_stands_inside_the_room(cast):
    own(cast.compound, "meeting.notice.days", "20")
    rule = rule_for("meeting.notice.days", at_compound=cast.compound, on=TODAY)
    assert (rule.value, rule.legal, rule.set_by) == (20, 15, "compound")
    assert (rule.clause, rule.source) == ("《业主大会议事规则》第12条",) * 2
    assert rule.law == "《物业管理条例》第14条"
    elsewhere = rule_for("meeting.notice.days", at_compound=cast.other_compound, on=TODAY)
    assert (elsewhere.value, elsewhere.set_by, elsewhere.clause) == (15, "law", "")


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2023, 12, 31), 15),
        (date(2024, 1, 1), 20),
        (date(2024, 6, 30), 20),
        (date(2024, 7, 1), 15),
    ],
)
def test_a_compounds_own_number_has_its_first_and_last_day(cast, on, value):
    own(cast.compound, "meeting.notice.days", "20", until=date(2024, 6, 30))
    assert rule_for("meeting.notice.days", at_compound=cast.compound, on=on).value == value


@pytest.mark.parametrize(
    ("key", "number", "holds", "set_by"),
    [
        ("meeting.notice.days", "14", 15, "law"),
        ("meeting.notice.days", "15", 15, "compound"),
        ("voting.days.max", "61", 60, "law"),
        ("voting.days.max", "59", 59, "compound"),
        ("voting.ordinary", "2/3", Fraction(1, 2), "law"),
        ("publicity.candidates.days", "7", 7, "compound"),
        ("committee.notice.days", "5", 5, "compound"),
        ("committee.notice.days", "2", 3, "law"),
    ],
)
def test_a_number_that_the_law_has_overtaken_gives_way(cast, key, number, holds, set_by):
    own(cast.compound, key, number)
    rule = rule_for(key, at_compound=cast.compound, on=TODAY)
    assert (rule.value, rule.set_by) == (holds, set_by)
    assert bool(rule.clause) is (set_by == "compound")


@pytest.mark.parametrize("keys", [1, 5])
def test_any_number_of_rules_costs_two_queries_at_a_compound(cast, keys, django_assert_num_queries):
    wanted = [
        "voting.participation",
        "voting.ordinary",
        "voting.special",
        "meeting.notice.days",
        "party.share.target",
    ][:keys]
    compound = type(cast.compound).objects.get(pk=cast.compound.pk)
    with django_assert_num_queries(2):
        rules_for(wanted, at_compound=compound, on=TODAY)
    with django_assert_num_queries(1):
        rules_for(wanted, on=TODAY)


def test_the_rules_of_many_compounds_are_those_of_each(django_assert_num_queries):
    here, abroad, silent = in_county("zj.wenzhou.yongjia"), in_county("js"), in_county("")
    own(here, "term.alert.red.days", "75")
    keys = ["party.share.target", "term.alert.red.days"]
    compounds = [here, abroad, silent]
    with django_assert_num_queries(3):
        found = rules_for_each(keys, [one.pk for one in compounds], on=TODAY)
    assert found == {one.pk: rules_for(keys, at_compound=one, on=TODAY) for one in compounds}
    assert found[here.pk]["term.alert.red.days"].set_by == "compound"
    with django_assert_num_queries(3):
        rules_for_each(keys, [here.pk], on=TODAY)
