"""The list of compounds, with and without a committee."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .figures import has_roll, lacks_roll
from .links import address
from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Table


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """Compounds by street, community and name: all, with a roll of owners, without one."""
    asked = {
        "": (_("全部小区"), list(rows)),
        "roll": (_("已登记业主名册"), list(filter(has_roll, rows))),
        "no-roll": (_("未登记业主名册"), list(filter(lacks_roll, rows))),
    }
    counts = [(name, words, len(chosen)) for name, (words, chosen) in asked.items()]
    ways = choices(scope, "compounds", counts, show)
    return Listing(_table(scope, asked[show][1]), ways, _why_empty(show))


def _table(scope: Scope, rows: Sequence[CompoundRow]) -> Table:
    return Table(
        title=_("小区"),
        columns=(
            *place_columns(),
            Column(_("编码")),
            Column(_("类型")),
            Column(_("建成年份"), is_number=True),
            Column(_("登记套数"), is_number=True),
            Column(_("业主名册")),
            Column(_("业主委员会")),
        ),
        rows=[
            (
                *place_cells(scope, row.compound),
                Cell(row.compound.code),
                Cell(row.compound.get_kind_display()),
                Cell.registered(str(row.compound.built_in or "") or None),
                Cell.registered(row.compound.registered_parts),
                Cell(_("已登记") if row.has_roll else _("未登记")),
                _committee(scope, row),
            )
            for row in rows
        ],
        foot=(
            Cell(_("合计 %d 个小区") % len(rows)),
            *(Cell(""),) * 5,
            Cell.registered(_sum(row.compound.registered_parts for row in rows)),
            *(Cell(""),) * 2,
        ),
    )


def _committee(scope: Scope, row: CompoundRow) -> Cell:
    if row.standing is None:
        return Cell.registered(None)
    there = address(scope, "committees", compound=row.compound.code)
    words = _("第 %d 届") if row.standing.in_term else _("第 %d 届，任期已满")
    return Cell(words % row.standing.number, there)


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of those registered; None where none is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _why_empty(show: str) -> tuple[str, str]:
    if show:
        return _("没有这样的小区。"), _("名册由小区的会务人员导入。")
    return _("这个区域还没有登记小区。"), _("小区由系统管理员在网站内容后台登记。")
