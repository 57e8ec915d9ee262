"""The list of owners' meetings by the stage at which they stood on the day."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from committees.models import Meeting
from committees.queries import MeetingStage
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .links import address
from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table

KINDS = {Meeting.Stage.OPEN: "now", Meeting.Stage.COUNTED: "done", Meeting.Stage.CALLED_OFF: ""}
ELECTIONS = "-elections"  # after a choice: of these, those that elect members


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """`running`: not counted yet; else one stage; with `-elections` those that elect members."""
    called = [(row, one) for row in rows for one in row.meetings]
    asked = {"running": (_("进行中"), [pair for pair in called if pair[1].is_running])}
    for stage in Meeting.Stage:
        there = [pair for pair in called if pair[1].stage == stage]
        asked[stage.value] = (str(stage.label), there)
    asked[""] = (_("全部会议"), called)
    key = show.removesuffix(ELECTIONS)
    counts = [(name, words, len(pairs)) for name, (words, pairs) in asked.items()]
    if key != show and key in asked:
        words, pairs = asked[key]
        asked[show] = (words, [pair for pair in pairs if pair[1].has_election])
        counts.append((show, _("%s的选举") % words, len(asked[show][1])))
    ways = choices(scope, "meetings", counts, show)
    return Listing(_table(scope, asked[show][1]), ways, _why_empty())


def stages_table(scope: Scope, rows: Sequence[CompoundRow]) -> Table:
    """How many meetings stand at each stage on the day, and how many of them elect members."""
    called = [one for row in rows for one in row.meetings]
    elections = sum(one.has_election for one in called)
    return Table(
        title=_("会议按阶段"),
        columns=(
            Column(_("阶段")),
            Column(_("会议"), is_number=True),
            Column(_("其中含选举"), is_number=True),
        ),
        rows=[_stage(scope, stage, called) for stage in Meeting.Stage],
        foot=(
            Cell(_("合计")),
            Cell(len(called), address(scope, "meetings") if called else ""),
            Cell(elections, address(scope, "meetings", show=ELECTIONS) if elections else ""),
        ),
    )


def _stage(scope: Scope, stage: Meeting.Stage, called: list[MeetingStage]) -> Row:
    there = [one for one in called if one.stage == stage]
    elections = sum(one.has_election for one in there)
    every = address(scope, "meetings", show=stage.value)
    electing = address(scope, "meetings", show=f"{stage.value}{ELECTIONS}")
    return (
        Cell(str(stage.label)),
        Cell(len(there), every if there else ""),
        Cell(elections, electing if elections else ""),
    )


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
