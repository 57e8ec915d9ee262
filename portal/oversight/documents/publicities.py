"""The list of what was in 公示 on the day, with the days left."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope
from portal.publicity.queries import Posted

from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """What ends first in front."""
    posted = [(row, one) for row in rows for one in row.publicities]
    posted.sort(key=lambda pair: pair[1].state.reading.days_left)
    ways = choices(scope, "publicities", [("", _("全部"), len(posted))], show)
    return Listing(_table(scope, posted), ways, _why_empty())


def _table(scope: Scope, posted: list[tuple[CompoundRow, Posted]]) -> Table:
    return Table(
        title=_("正在公示"),
        columns=(
            *place_columns(),
            Column(_("公示")),
            Column(_("类别")),
            Column(_("第几日"), is_number=True),
            Column(_("共几日"), is_number=True),
            Column(_("还剩（天）"), is_number=True),
            Column(_("最后一日")),
        ),
        rows=[(*place_cells(scope, row.compound), *_cells(one)) for row, one in posted],
        foot=(Cell(_("合计 %d 项") % len(posted)), *(Cell(""),) * 8),
    )


def _cells(one: Posted) -> Row:
    reading, span = one.state.reading, one.state.span
    return (
        Cell(one.publicity.title, one.publicity.get_absolute_url()),
        Cell(one.publicity.get_kind_display()),
        Cell(reading.day),
        Cell(reading.of),
        Cell(reading.days_left),
        Cell(span.last_on if span else None),
    )


def _why_empty() -> tuple[str, str]:
    return (
        _("这一天没有正在进行的公示。"),
        _("会议公告、候选人名单和表决结果发布上线后，公示期开始计算，随即列入。"),
    )
