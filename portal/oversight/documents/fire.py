"""Fire safety: by compound, the duties overdue or missed, the defects not closed."""

from collections.abc import Sequence
from datetime import time

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.fire.rules.occurrences import State
from portal.oversight.queries import fire as queries
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.fire import DefectLine, DutyLine, EmptyLine, last_day
from portal.oversight.queries.scope import Scope

from .figures import FIRE, lacks_equipment
from .links import address
from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table

COUNTED = FIRE[:-1]  # the last is the compounds without any, a list of its own
GRADES = {"red": "wrong", "major": "care", "minor": "todo"}


def standings(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """Each compound's figures, those without any equipment included."""
    every = queries.with_fire(rows, scope)
    asked = {"": every, "unregistered": [row for row in every if lacks_equipment(row)]}
    counts = [
        ("", _("全部小区"), len(every)),
        ("unregistered", _("未登记消防设备"), len(asked["unregistered"])),
    ]
    ways = choices(scope, "fire", counts, show)
    counted = asked[show]
    table = Table(
        title=_("消防情况"),
        columns=(
            *place_columns(),
            *(Column(str(figure.words), is_number=True) for figure in COUNTED),
            Column(_("最近检查")),
        ),
        rows=[_standing(scope, row) for row in counted],
        foot=(
            Cell(_("合计 %d 个小区") % len(counted)),
            *(Cell(""),) * 2,
            *(Cell.registered(figure.sum(counted)) for figure in COUNTED),
            Cell(""),
        ),
    )
    why = _("这个区域还没有登记小区。"), _("小区由系统管理员在网站内容后台登记。")
    if show:
        why = _("这里的小区都登记了消防设备。"), _("看“全部小区”。")
    return Listing(table, ways, why)


def _standing(scope: Scope, row: CompoundRow) -> Row:
    numbers = []
    for figure in COUNTED:
        there = address(scope, figure.name, compound=row.compound.code, show=figure.show)
        number = figure.sum([row])
        is_this_list = figure.name == "fire"
        numbers.append(Cell.registered(number, there if number and not is_this_list else ""))
    last = row.fire.last_checked_on if row.fire else None
    log = reverse("fire:checks", args=[row.compound.code]) if last else ""
    return (*place_cells(scope, row.compound), *numbers, Cell(last, log))


def duties(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """`missed`: of the last thirty days; `empty`: logs of which nothing applied; else what is
    overdue on the day."""
    overdue = queries.overdue_duties(rows, scope)
    missed = queries.missed_duties(rows, scope)
    empty = queries.empty_checks(rows, scope)
    counts = [
        ("", _("逾期未查"), len(overdue)),
        ("missed", _("近三十天漏检"), len(missed)),
        ("empty", _("近三十天全部不适用"), len(empty)),
    ]
    ways = choices(scope, "duties", counts, show)
    duties_asked = {"": overdue, "missed": missed}.get(show, [])
    lines = [(*place_cells(scope, line.row.compound), *_duty(line)) for line in duties_asked]
    if show == "empty":
        lines = [(*place_cells(scope, line.row.compound), *_empty(line)) for line in empty]
    table = Table(
        title=_("消防检查任务"),
        columns=(
            *place_columns(),
            Column(_("点位")),
            Column(_("设备")),
            Column(_("检查")),
            Column(_("应查自")),
            Column(_("应查至")),
            Column(_("状态")),
            Column(_("补做日")),
        ),
        rows=lines,
        foot=(Cell(_("合计 %d 项") % len(lines)), *(Cell(""),) * 9),
    )
    why = _("没有这样的检查任务。"), _("物业在消防登记册登记设备后，按规则库的周期自动产生任务。")
    return Listing(table, ways, why)


def _duty(line: DutyLine) -> Row:
    equipment, occurrence = line.round.equipment, line.occurrence
    words = {
        State.OVERDUE: _("逾期"),
        State.MISSED: _("漏检"),
        State.LATE: _("漏检，已补做"),
    }
    kinds = {State.LATE: "care"}
    return (
        Cell(equipment.place.name),
        Cell(str(equipment), reverse("fire:status", args=[equipment.compound.code])),
        Cell(line.round.duty.title),
        Cell(occurrence.asked_for.first_on),
        Cell(occurrence.asked_for.last_on),
        Cell(words[occurrence.state], status=kinds.get(occurrence.state, "wrong")),
        Cell(occurrence.done_on),
    )


def _empty(line: EmptyLine) -> Row:
    check = line.check
    there = reverse("fire:check", args=[check.compound.code, check.seq])
    return (
        Cell(check.equipment.place.name),
        Cell(str(check.equipment), there),
        Cell(check.asked.title),
        Cell(check.on),
        Cell(check.on),
        Cell(_("全部不适用，不算检查"), status="care"),
        Cell(None),
    )


def defects(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """What was not closed by the day, by deadline; `overdue`: past it."""
    opened = queries.open_defects(rows, scope)
    overdue = [line for line in opened if line.is_overdue]
    counts = [("", _("未闭环"), len(opened)), ("overdue", _("超期"), len(overdue))]
    ways = choices(scope, "defects", counts, show)
    lines = overdue if show else opened
    table = Table(
        title=_("消防隐患"),
        columns=(
            *place_columns(),
            Column(_("编号")),
            Column(_("等级")),
            Column(_("点位")),
            Column(_("情况")),
            Column(_("发现时间")),
            Column(_("整改期限")),
            Column(_("超期（天）"), is_number=True),
        ),
        rows=[(*place_cells(scope, line.row.compound), *_defect(line)) for line in lines],
        foot=(Cell(_("合计 %d 项") % len(lines)), *(Cell(""),) * 9),
    )
    why = _("没有这样的隐患。"), _("巡查时勾选异常的项目自动登记为隐患，复查通过才算闭环。")
    return Listing(table, ways, why)


def _defect(line: DefectLine) -> Row:
    one = line.defect
    return (
        Cell(one.number, one.get_absolute_url()),
        Cell(one.get_grade_display(), status=GRADES[one.grade]),
        Cell(one.equipment.place.name),
        Cell(one.words),
        Cell(one.raised_at),
        Cell(one.due_at if localtime(one.due_at).time() != time() else last_day(one.due_at)),
        Cell(line.days_over if line.is_overdue else None),
    )
