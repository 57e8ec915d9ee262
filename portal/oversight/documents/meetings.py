"""The list of owners' meetings by the stage at which they stood on the day."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from committees.models import Meeting
from committees.queries import MeetingStage
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table

KINDS = {Meeting.Stage.OPEN: "now", Meeting.Stage.COUNTED: "done"}


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """`running`: not counted yet; `elections`: of these, those that elect; or one stage."""
    called = [(row, one) for row in rows for one in row.meetings]
    running = [pair for pair in called if pair[1].is_running]
    asked = {
        "running": (_("进行中"), running),
        "elections": (_("进行中的选举"), [pair for pair in running if pair[1].has_election]),
    }
    for stage in Meeting.Stage:
        there = [pair for pair in called if pair[1].stage == stage]
        asked[stage.value] = (str(stage.label), there)
    asked[""] = (_("全部会议"), called)
    counts = [(key, words, len(pairs)) for key, (words, pairs) in asked.items()]
    ways = choices(scope, "meetings", counts, show)
    return Listing(_table(scope, asked[show][1]), ways, _why_empty())


def _table(scope: Scope, called: list[tuple[CompoundRow, MeetingStage]]) -> Table:
    return Table(
        title=_("业主大会会议"),
        columns=(
            *place_columns(),
            Column(_("会议")),
            Column(_("编号")),
            Column(_("含选举")),
            Column(_("阶段")),
            Column(_("投票开始")),
            Column(_("投票截止")),
        ),
        rows=[(*place_cells(scope, row.compound), *_cells(one)) for row, one in called],
        foot=(Cell(_("合计 %d 次会议") % len(called)), *(Cell(""),) * 8),
    )


def _cells(one: MeetingStage) -> Row:
    meeting = one.meeting
    return (
        Cell(meeting.title, meeting.get_absolute_url()),
        Cell(meeting.number),
        Cell(_("是") if one.has_election else _("否")),
        Cell(str(one.stage.label), status=KINDS.get(one.stage, "todo")),
        Cell(meeting.opens_at),
        Cell(meeting.closes_at),
    )


def _why_empty() -> tuple[str, str]:
    return (
        _("这一天没有这样的会议。"),
        _("会议由小区的会务人员在“业主大会会议”里召集，召集后随即列入。"),
    )
