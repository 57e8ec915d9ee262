"""The list of compounds, with and without a committee."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .links import address
from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Table


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """Every compound asked about, by street, community and name."""
    ways = choices(scope, "compounds", [("", _("全部小区"), len(rows))], show)
    return Listing(_table(scope, rows), ways, _why_empty())


def _table(scope: Scope, rows: Sequence[CompoundRow]) -> Table:
    return Table(
        title=_("小区"),
        columns=(
            *place_columns(),
            Column(_("编码")),
            Column(_("类型")),
            Column(_("建成年份"), is_number=True),
            Column(_("登记套数"), is_number=True),
            Column(_("业主委员会")),
        ),
        rows=[
            (
                *place_cells(scope, row.compound),
                Cell(row.compound.code),
                Cell(row.compound.get_kind_display()),
                Cell(str(row.compound.built_in or "")),
                Cell(row.compound.registered_parts),
                _committee(scope, row),
            )
            for row in rows
        ],
        foot=(
            Cell(_("合计 %d 个小区") % len(rows)),
            *(Cell(""),) * 5,
            Cell(sum(row.compound.registered_parts or 0 for row in rows)),
            Cell(""),
        ),
    )


def _committee(scope: Scope, row: CompoundRow) -> Cell:
    if row.standing is None:
        return Cell(_("没有"))
    there = address(scope, "committees", compound=row.compound.code)
    return Cell(_("第 %d 届") % row.standing.number, there)


def _why_empty() -> tuple[str, str]:
    return _("这个区域还没有登记小区。"), _("小区由系统管理员在网站内容后台登记。")
