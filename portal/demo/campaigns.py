"""美丽小区: one campaign with its awards, and one that the county is scoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from cms import actions as cms
from portal.campaigns import actions
from portal.campaigns.actions import CampaignPlan, Mark, Sheet
from portal.campaigns.models import Campaign, Entry
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.rules.standard import Item, Scorer
from portal.publicity.models import Publicity
from portal.tools.keys import new_key

from . import accounts as people
from .compounds import Plan
from .county import County
from .regions import COUNTY

STANDARD = "default"
Stage = Campaign.Stage
SCORED_AT = {
    Scorer.COMMUNITY: Stage.COMMUNITY,
    Scorer.STREET: Stage.STREET,
    Scorer.COUNTY: Stage.COUNTY,
}
WORDS = {
    "party.branch": "已成立小区党支部，书记与业委会主任一肩挑，支部委员两人进入业委会。",
    "party.consult": "每季度第一个周六召开三方协商会，全年四次，纪要张贴公布。",
    "committee.meetings": "每两个月召开一次业委会会议，决定三日内张贴。",
    "committee.filing": "备案材料齐全，印章由专人保管，用印有登记。",
    "firm.disclosure": "服务内容、标准、收费在出入口公示栏长期公开。",
    "firm.complaints": "报修二十分钟内响应，全年登记件件有回访。",
    "fire.checks": "巡查记录在平台逐日可查，漏查的次日补查。",
    "fire.defects": "隐患按等级限期整改，由另一人复查后闭环。",
    "fire.drill": "年度消防检测合格，组织疏散演练一次，参加一百二十余人。",
    "environment.clean": "楼道每周清扫两次，绿化补种三百平方米。",
    "environment.waste": "设集中投放点四处，有督导员，抽查合格。",
    "money.income": "公共收益每半年公布一次，附明细。",
    "money.fund": "维修资金使用经业主表决，完工后公布审价结果。",
    "satisfaction.survey": "发放问卷一百五十份，收回一百三十二份，满意和基本满意一百二十一份。",
}
OTHER_WORDS = "已按标准落实，材料备查。"


@dataclass(frozen=True, slots=True)
class Takes:
    """A compound takes part and is given about so much of every item (percent)."""

    compound: int
    percent: int


@dataclass(frozen=True, slots=True)
class Days:
    """Days before the day: the opening, each stage's last day, and the posting."""

    opened: int
    entry: int
    community: int
    street: int
    county: int
    posted: int


@dataclass(slots=True)
class _Held:
    """A campaign on its way, with its entries by the plan of their compound."""

    county: County
    campaign: Campaign
    days: Days
    entries: list[tuple[Plan, Takes, Entry]]

    @property
    def officer(self) -> UUID:
        """Of the county."""
        return self.county.users[people.COUNTY.name].pk

    def began(self, scorer: Scorer) -> int:
        """How many days ago that level's scoring began: the day after the stage before ended."""
        days = self.days
        ended = {
            Scorer.COMMUNITY: days.entry,
            Scorer.STREET: days.community,
            Scorer.COUNTY: days.street,
        }
        return ended[scorer] - 1

    def judge(self, plan: Plan, scorer: Scorer) -> UUID:
        """Who scores a compound for that level."""
        if scorer is Scorer.COUNTY:
            return self.officer
        community = self.county.regions[plan.community]
        region = community if scorer is Scorer.COMMUNITY else community.parent or community
        return self.county.officers[region.name].pk


FIRST = (
    Takes(1, 85),
    Takes(2, 64),
    Takes(5, 76),
    Takes(6, 94),
    Takes(7, 88),
    Takes(14, 86),
)
SECOND = (
    Takes(1, 92),
    Takes(3, 90),
    Takes(8, 87),
    Takes(9, 81),
    Takes(10, 78),
    Takes(2, 74),
)
UNSCORED = frozenset({1, 9, 2})  # the county has not come to them yet
NAMED = 148


def finished(county: County) -> None:
    """Entered, scored by three offices, posted, and the best named."""
    held = _open(county, "美丽小区评选（第一批）", Days(230, 212, 200, 188, 172, 164), FIRST)
    for scorer in SCORED_AT:
        _score(held, scorer)
    at = county.moment(held.days.posted, 10)
    actions.publish_results(held.campaign, by=held.officer, at=at)
    for publicity in Publicity.objects.filter(case=held.campaign.code):
        cms.post_notice(publicity, at=at)
    actions.award(held.campaign, by=held.officer, at=county.moment(NAMED, 15))


def running(county: County) -> None:
    """Entered and scored by community and street; the county has scored half of them."""
    held = _open(county, "美丽小区评选（第二批）", Days(58, 36, 24, 10, -12, -15), SECOND)
    for scorer in SCORED_AT:
        _score(held, scorer, but=UNSCORED if scorer is Scorer.COUNTY else frozenset())


def _open(county: County, name: str, days: Days, takes: Sequence[Takes]) -> _Held:
    opened_at = county.moment(days.opened)
    plan = CampaignPlan(
        name=name,
        year=opened_at.year,
        standard=standard_values()[STANDARD],
        entry_until=county.day(days.entry),
        community_until=county.day(days.community),
        street_until=county.day(days.street),
        county_until=county.day(days.county),
        publicity_on=county.day(days.posted),
    )
    officer = county.users[people.COUNTY.name]
    campaign = actions.open_campaign(county.regions[COUNTY], plan, by=officer.pk, at=opened_at)
    held = _Held(county, campaign, days, [])
    plans = {one.number: one for one in county.plans}
    for place, one in enumerate(takes):
        if one.compound in plans:
            entry = _enter(held, plans[one.compound], one, place)
            held.entries.append((plans[one.compound], one, entry))
    return held


def _enter(held: _Held, plan: Plan, takes: Takes, place: int) -> Entry:
    """Entered, filled in and submitted on days of their own, by the manager or the committee."""
    county = held.county
    by = county.entrants[plan.number].pk
    at = county.moment(held.days.opened - 2 - place, 14, 10 * place)
    entry = actions.enter(held.campaign, county.compounds[plan.number], by=by, at=at)
    dice = _dice(plan, held, "self")
    marks = {
        item.code: Mark(_tenths(item, takes.percent + 5, dice), _words(item))
        for item in standard_in(held.campaign).items
    }
    actions.save_self_score(entry, marks, by=by, at=at)
    actions.submit_entry(entry, by=by, at=county.moment(held.days.entry + 3, 16, place))
    return entry


def _words(item: Item) -> str:
    return "" if item.source else WORDS.get(item.code, OTHER_WORDS)


def _score(held: _Held, scorer: Scorer, *, but: frozenset[int] = frozenset()) -> None:
    """The stage begins, and two days later each office scores what is its own."""
    began = held.began(scorer)
    held.campaign = actions.advance(
        held.campaign, SCORED_AT[scorer], by=held.officer, at=held.county.moment(began)
    )
    for plan, takes, entry in held.entries:
        if plan.number not in but:
            dice = _dice(plan, held, scorer.value)
            records = entry.submission.get().body["records"]
            marks = {
                item.code: Mark(_given(item, takes.percent, records, dice))
                for item in standard_in(held.campaign).items
            }
            sheet = Sheet(scorer, marks, follows=0, request=new_key())
            at = held.county.moment(began - 2, 15)
            actions.score_entry(entry, sheet, by=held.judge(plan, scorer), at=at)


def _dice(plan: Plan, held: _Held, what: str) -> Random:
    return Random(f"{held.campaign.name} {plan.seed} {what}")  # noqa: S311 - no secret


def _given(item: Item, percent: int, records: dict[str, Any], dice: Random) -> int:
    """By the record where there is one: all of it, a part, or nothing."""
    match records.get(item.source, {}).get("figures"):
        case {"met": met}:
            return item.most if met else item.most // 2
        case {"members": 0} | {"in_term": False} | {"in_force": False}:
            return 0
        case {"in_term": True} | {"in_force": True}:
            return item.most
        case _:
            return _tenths(item, percent, dice)


def _tenths(item: Item, percent: int, dice: Random) -> int:
    """About so much of the item, in half points."""
    wanted = item.most * (percent + dice.randrange(-8, 9)) // 100
    return max(0, min(item.most, (wanted + 2) // 5 * 5))
