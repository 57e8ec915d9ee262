"""The state of the campaigns, and the entries behind each of its numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.campaigns.queries import CampaignState
from portal.campaigns.rules.standard import Scorer
from portal.oversight.queries.campaigns import EntryLine, campaign_states, entry_lines
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .links import address
from .listing import Listing, NoSuchRows, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a campaign's state and the entries that it counts."""

    words: Promise
    of: Callable[[CampaignState], int]
    holds: Callable[[EntryLine], bool]


COUNTS = {
    "entered": Count(gettext_lazy("申报"), lambda state: state.entries, lambda _line: True),
    "submitted": Count(
        gettext_lazy("已提交"),
        lambda state: state.submitted,
        lambda line: line.submission is not None,
    ),
    "community": Count(
        gettext_lazy("社区已评"),
        lambda state: state.scored_by_community,
        lambda line: Scorer.COMMUNITY in line.scored,
    ),
    "street": Count(
        gettext_lazy("街道已评"),
        lambda state: state.scored_by_street,
        lambda line: Scorer.STREET in line.scored,
    ),
    "county": Count(
        gettext_lazy("县级已评"),
        lambda state: state.scored_by_county,
        lambda line: Scorer.COUNTY in line.scored,
    ),
    "publicity": Count(
        gettext_lazy("公示中"),
        lambda state: state.in_publicity,
        lambda line: line.is_in_publicity,
    ),
    "awarded": Count(
        gettext_lazy("已命名"), lambda state: state.awarded, lambda line: line.award is not None
    ),
}
FIRST = next(iter(COUNTS))


def states_table(scope: Scope) -> Table:
    """A line for each campaign that concerns the region, the newest first."""
    return Table(
        title=_("美丽小区评选"),
        columns=(
            Column(_("评选")),
            Column(_("阶段")),
            *(Column(str(count.words), is_number=True) for count in COUNTS.values()),
        ),
        rows=[_state(scope, state) for state in campaign_states(scope)],
    )


def _state(scope: Scope, state: CampaignState) -> Row:
    code, stage = state.campaign.code, "done" if state.stage == "awarded" else "now"
    numbers = []
    for key, count in COUNTS.items():
        number = count.of(state)
        there = address(scope, "campaigns", show=f"{code}:{key}")
        numbers.append(Cell(number, there if number else ""))
    name = Cell(state.campaign.name, address(scope, "campaigns", show=f"{code}:{FIRST}"))
    return (name, Cell(state.stage_words, status=stage), *numbers)


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """`show` is a campaign's code and one of its counts; the newest campaign's entries at first."""
    found = campaign_states(scope)
    if not show and not found:
        return Listing(_table(scope, _("美丽小区评选"), []), [], _no_campaign())
    code, _colon, key = (show or f"{found[0].campaign.code}:{FIRST}").rpartition(":")
    campaign = next((state.campaign for state in found if state.campaign.code == code), None)
    if campaign is None or key not in COUNTS:
        raise NoSuchRows(show)
    lines = entry_lines(rows, scope, campaign.pk)
    counts = [
        (f"{code}:{name}", str(count.words), sum(map(count.holds, lines)))
        for name, count in COUNTS.items()
    ]
    ways = choices(scope, "campaigns", counts, f"{code}:{key}")
    chosen = list(filter(COUNTS[key].holds, lines))
    return Listing(_table(scope, campaign.name, chosen), ways, _no_entry())


def _table(scope: Scope, title: str, lines: list[EntryLine]) -> Table:
    return Table(
        title=title,
        columns=(
            *place_columns(),
            Column(_("申报时间")),
            Column(_("提交时间")),
            *(Column(str(COUNTS[scorer].words)) for scorer in Scorer),
            Column(_("公示中")),
            Column(_("命名")),
        ),
        rows=[(*place_cells(scope, line.row.compound), *_entry(line)) for line in lines],
        foot=(Cell(_("合计 %d 个小区") % len(lines)), *(Cell(""),) * 9),
    )


def _entry(line: EntryLine) -> Row:
    return (
        Cell(line.entry.entered_at, line.entry.get_absolute_url()),
        Cell(line.submission.at if line.submission else None),
        *(_yes_or_no(scorer in line.scored) for scorer in Scorer),
        _yes_or_no(line.is_in_publicity),
        Cell(line.award.title if line.award else None),
    )


def _yes_or_no(fact: bool) -> Cell:
    return Cell(_("是") if fact else _("否"))


def _no_campaign() -> tuple[str, str]:
    return _("这一天还没有开始过评选。"), _("评选由县住建局工作人员发起，发起后自动列入。")


def _no_entry() -> tuple[str, str]:
    return _("这里没有这样的申报。"), _("小区由物业项目经理或业委会成员申报，申报后自动列入。")
