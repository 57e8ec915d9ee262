"""Build the demonstration county as of a day, through the real actions."""

from collections.abc import Callable
from datetime import date
from functools import partial

from . import campaigns, elections, fire, meetings, notices, offices, places
from .compounds import Plan, catalogue
from .county import County, PlanStep, Step

Named = tuple[str, Callable[[], None]]


def steps(on: date, plans: list[Plan] | None = None) -> list[Named]:
    """Each step's name and the step, to be called in order; every compound unless `plans` say."""
    county = County(on, catalogue() if plans is None else plans)
    held = [plan for plan in county.plans if plan.re_election or plan.sitting]
    served = [plan for plan in county.plans if plan.service]
    return [
        *_whole(county, FOUNDING),
        *_each(county, county.plans, "业主名册", places.import_roll),
        *_whole(county, MOVING_IN),
        *_each(county, held, "业主委员会", _committee),
        *_each(county, served, "消防", fire.keep_log),
        *_whole(county, TODAY),
    ]


def _committee(county: County, plan: Plan) -> None:
    elections.take_over(county, plan)
    elections.re_elect(county, plan)


def _whole(county: County, named: list[tuple[str, Step]]) -> list[Named]:
    return [(name, partial(step, county)) for name, step in named]


def _each(county: County, plans: list[Plan], what: str, step: PlanStep) -> list[Named]:
    return [(f"{what}：{plan.name}", partial(step, county, plan)) for plan in plans]


FOUNDING: list[tuple[str, Step]] = [
    ("区域、小区、物业", places.build),
    ("网站", places.build_site),
    ("账户", offices.open_accounts),
    ("任职", offices.appoint),
]
MOVING_IN: list[tuple[str, Step]] = [("房屋绑定", offices.bind)]
TODAY: list[tuple[str, Step]] = [
    ("进行中的会议：幸福花园", meetings.renewal_and_lifts),
    ("进行中的会议：桃源居", meetings.first_meeting),
    ("美丽小区评选：已命名", campaigns.finished),
    ("美丽小区评选：进行中", campaigns.running),
    ("公告", notices.publish),
]
