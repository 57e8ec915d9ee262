"""The list of committees: their terms with reminders, and the share of party members."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from committees.queries import CommitteeStanding
from committees.rules.terms import Alert
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .figures import (
    has_alert,
    has_committee,
    has_run_out,
    is_in_term,
    lacks_committee,
    misses_target,
    reaches_target,
    reaches_target_in_term,
)
from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table

KINDS = {Alert.OVER: "wrong", Alert.RED: "wrong"}


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """Committees in the order of their compounds; with a reminder, the most pressing first."""
    asked = {
        "": (_("全部业委会"), has_committee),
        "in-term": (_("任期内的"), is_in_term),
        "run-out": (_("任期已满、尚无新一届的"), has_run_out),
        "met": (_("达到党员占比目标"), reaches_target),
        "met-in-term": (_("任期内达到目标的"), reaches_target_in_term),
        "unmet": (_("未达到目标"), misses_target),
        "alert": (_("任期提醒"), has_alert),
        "none": (_("没有业委会的小区"), lacks_committee),
    }
    counts = [(key, words, sum(map(holds, rows))) for key, (words, holds) in asked.items()]
    ways = choices(scope, "committees", counts, show)
    chosen = [row for row in rows if asked[show][1](row)]
    if show == "alert":
        chosen.sort(key=lambda row: row.days_left or 0)
    return Listing(_table(scope, chosen), ways, _why_empty(show))


def _table(scope: Scope, rows: list[CompoundRow]) -> Table:
    return Table(
        title=_("业主委员会"),
        columns=(
            *place_columns(),
            Column(_("届次"), is_number=True),
            Column(_("届满日")),
            Column(_("剩余天数"), is_number=True),
            Column(_("任期提醒")),
            Column(_("委员"), is_number=True),
            Column(_("党员"), is_number=True),
            Column(_("占比"), is_number=True),
            Column(_("目标")),
            Column(_("候补"), is_number=True),
            Column(_("空缺"), is_number=True),
        ),
        rows=[(*place_cells(scope, row.compound), *_cells(row)) for row in rows],
        foot=_foot(rows),
    )


def _cells(row: CompoundRow) -> Row:
    standing = row.standing
    if standing is None:
        return (Cell.registered(None), *(Cell(None),) * 9)
    return (
        Cell(standing.number),
        Cell(standing.ends_on),
        Cell(row.days_left),
        Cell(_alert_words(row), status=KINDS.get(row.alert, "care") if row.alert else ""),
        Cell(standing.members),
        Cell(standing.party_members),
        Cell(_share(standing.party_members, standing.members)),
        _verdict(standing),
        Cell(standing.alternates),
        Cell(standing.vacant),
    )


def _verdict(standing: CommitteeStanding) -> Cell:
    if standing.rule is None:
        return Cell(None)
    return Cell(_("达到"), status="done") if standing.met else Cell(_("未达到"), status="care")


def _foot(rows: list[CompoundRow]) -> Row:
    standings = [row.standing for row in rows if row.standing]
    members = sum(one.members for one in standings)
    party = sum(one.party_members for one in standings)
    alternates = sum(one.alternates for one in standings)
    vacant = sum(one.vacant for one in standings)
    total = Cell(_("合计 %d 个小区") % len(rows))
    blank = Cell("")
    sums = (Cell(members), Cell(party), Cell(_share(party, members)), blank)
    return (total, *(blank,) * 6, *sums, Cell(alternates), Cell(vacant))


def _share(part: int, of: int) -> Fraction | None:
    return Fraction(part, of) if of else None


def _alert_words(row: CompoundRow) -> str:
    """The reminder that is due, with the days of its rule."""
    if row.alert is Alert.OVER:
        return _("任期已满")
    if row.mark is None:
        return ""
    if row.mark.inclusive:
        return _("%d 日内届满") % row.mark.days
    return _("红色：不足 %d 日") % row.mark.days


def _why_empty(show: str) -> tuple[str, str]:
    nobody = (
        _("这一天这里的小区都还没有业主委员会。"),
        _("业委会经选举就任后自动列入：先由小区召开业主大会会议选举。"),
    )
    return {
        "in-term": (_("没有任期内的业委会。"), _("看“任期提醒”，可知哪些任期已满。")),
        "run-out": (
            _("没有任期已满、尚无新一届的业委会。"),
            _("任期届满后自动列入，直到新一届就任。"),
        ),
        "met": (_("没有业委会达到目标。"), _("看“未达到目标”，可知各差几人。")),
        "met-in-term": (_("任期内没有业委会达到目标。"), _("看“未达到目标”，可知各差几人。")),
        "unmet": (_("没有业委会低于目标。"), _("换个日期或区域再看。")),
        "alert": (_("没有任期将满或已满的业委会。"), _("提醒按规则库的天数自动出现。")),
        "none": (_("这里的小区都有业委会。"), _("看“全部业委会”。")),
    }.get(show, nobody)
