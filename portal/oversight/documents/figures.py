"""What is counted on the county's page: each figure with the list of rows it leads to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.oversight.queries.county import CompoundRow

Words = str | Promise


def has_committee(row: CompoundRow) -> bool:
    return row.standing is not None


def lacks_committee(row: CompoundRow) -> bool:
    return row.standing is None


def reaches_target(row: CompoundRow) -> bool:
    return row.standing is not None and row.standing.met


def misses_target(row: CompoundRow) -> bool:
    return row.standing is not None and row.standing.rule is not None and not row.standing.met


def is_in_term(row: CompoundRow) -> bool:
    return row.standing is not None and row.standing.in_term


def has_run_out(row: CompoundRow) -> bool:
    """Its term is over and nobody follows yet: the members sit on."""
    return row.standing is not None and not row.standing.in_term


def reaches_target_in_term(row: CompoundRow) -> bool:
    return is_in_term(row) and reaches_target(row)


def has_alert(row: CompoundRow) -> bool:
    return row.alert is not None


def has_equipment(row: CompoundRow) -> bool:
    return row.fire is not None and row.fire.is_registered


def lacks_equipment(row: CompoundRow) -> bool:
    return not has_equipment(row)


def has_roll(row: CompoundRow) -> bool:
    return row.has_roll


def lacks_roll(row: CompoundRow) -> bool:
    return not row.has_roll


def always(_row: CompoundRow) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Figure:
    """`of` counts it in one compound; `head` is its short word above a column of numbers.

    What a compound never registered (`is_registered`) is absent there and not nought.
    """

    words: Words
    head: Words
    of: Callable[[CompoundRow], int]
    name: str
    show: str = ""
    has_column: bool = True
    is_registered: Callable[[CompoundRow], bool] = always

    def sum(self, rows: Sequence[CompoundRow]) -> int | None:
        """What the registered ones of these come to; None where none of them is registered."""
        registered = [row for row in rows if self.is_registered(row)]
        return sum(map(self.of, registered)) if registered or not rows else None

    def unregistered(self, rows: Sequence[CompoundRow]) -> int:
        return sum(not self.is_registered(row) for row in rows)


def running_meetings(row: CompoundRow) -> int:
    return sum(one.is_running for one in row.meetings)


def _of_fire(name: str) -> Callable[[CompoundRow], int]:
    return lambda row: getattr(row.fire, name) if row.fire else 0


COMPOUNDS = Figure(_("小区"), _("小区数"), lambda _row: 1, "compounds")
COMMITTEES = (
    COMPOUNDS,
    Figure(_("已登记业主名册"), _("名册"), has_roll, "compounds", "roll", is_registered=has_roll),
    Figure(_("业主委员会"), _("业委会"), has_committee, "committees", is_registered=has_committee),
    Figure(
        *(_("达到党员占比目标"), _("达标"), reaches_target, "committees", "met"),
        is_registered=has_committee,
    ),
    Figure(
        *(_("任期将满或已满"), _("任期提醒"), has_alert, "committees", "alert"),
        is_registered=has_committee,
    ),
)
AT_WORK = (
    Figure(
        *(_("近十二个月换届"), _("换届"), lambda row: len(row.re_elections), "re-elections"),
        is_registered=has_committee,
    ),
    Figure(
        *(_("新进党员委员"), _("新进党员"), lambda row: row.newly_entered, "re-elections"),
        show="entered",
        is_registered=has_committee,
    ),
    Figure(_("进行中的会议"), _("会议"), running_meetings, "meetings", "running"),
    Figure(_("正在公示"), _("公示"), lambda row: len(row.publicities), "publicities"),
)
FIRE = (
    Figure(
        *(_("消防设备"), _("设备"), _of_fire("equipment"), "fire"),
        has_column=False,
        is_registered=has_equipment,
    ),
    Figure(_("逾期未查"), _("逾期"), _of_fire("overdue"), "duties", is_registered=has_equipment),
    Figure(
        *(_("近三十天漏检"), _("漏检"), _of_fire("missed_last_30_days"), "duties", "missed"),
        is_registered=has_equipment,
    ),
    Figure(
        *(_("近三十天全部不适用"), _("不适用"), _of_fire("empty_last_30_days"), "duties", "empty"),
        is_registered=has_equipment,
    ),
    Figure(
        _("未闭环隐患"), _("隐患"), _of_fire("open_defects"), "defects", is_registered=has_equipment
    ),
    Figure(
        *(_("超期隐患"), _("超期"), _of_fire("overdue_defects"), "defects", "overdue"),
        is_registered=has_equipment,
    ),
    Figure(_("未登记消防设备的小区"), _("未登记设备"), lacks_equipment, "fire", "unregistered"),
)
GROUPS: tuple[tuple[Words, tuple[Figure, ...]], ...] = (
    (_("业主委员会"), COMMITTEES),
    (_("换届、会议与公示"), AT_WORK),
    (_("消防"), FIRE),
)
EVERY = tuple(figure for _group, figures in GROUPS for figure in figures if figure.has_column)
