"""The list of re-elections of the last twelve months, and who newly entered by them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from committees.queries import MeetingStage, ReElection
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope

from .listing import Listing, choices, place_cells, place_columns
from .table import Cell, Column, Row, Table


def listing(scope: Scope, rows: Sequence[CompoundRow], show: str) -> Listing:
    """The latest in front; `entered`: those that brought in at least one party member."""
    held = [(row, one) for row in rows for one in row.re_elections]
    held.sort(key=lambda pair: pair[1].seated_on, reverse=True)
    entered = [pair for pair in held if pair[1].newly_entered_party_members]
    counts = [("", _("全部换届"), len(held)), ("entered", _("有新进党员的"), len(entered))]
    ways = choices(scope, "re-elections", counts, show)
    return Listing(_table(scope, entered if show else held), ways, _why_empty())


def _table(scope: Scope, held: list[tuple[CompoundRow, ReElection]]) -> Table:
    return Table(
        title=_("近十二个月的换届"),
        columns=(
            *place_columns(),
            Column(_("届次"), is_number=True),
            Column(_("就任日")),
            Column(_("选举会议")),
            Column(_("当选委员"), is_number=True),
            Column(_("其中党员"), is_number=True),
            Column(_("新进党员"), is_number=True),
        ),
        rows=[(*place_cells(scope, row.compound), *_cells(row, one)) for row, one in held],
        foot=_foot([one for _row, one in held]),
    )


def _cells(row: CompoundRow, one: ReElection) -> Row:
    return (
        Cell(one.number),
        Cell(one.seated_on),
        _meeting(row.meetings, one),
        Cell(one.members),
        Cell(one.party_members),
        Cell(one.newly_entered_party_members),
    )


def _meeting(meetings: list[MeetingStage], one: ReElection) -> Cell:
    found = [held.meeting for held in meetings if held.meeting.pk == one.election]
    return Cell(found[0].title, found[0].get_absolute_url()) if found else Cell(None)


def _foot(held: list[ReElection]) -> Row:
    return (
        Cell(_("合计 %d 次换届") % len(held)),
        *(Cell(""),) * 5,
        Cell(sum(one.members for one in held)),
        Cell(sum(one.party_members for one in held)),
        Cell(sum(one.newly_entered_party_members for one in held)),
    )


def _why_empty() -> tuple[str, str]:
    return (
        _("这十二个月里没有新一届业委会就任。"),
        _("换届选举计票后，由会务人员在会议页确认当选人就任，随即列入。首届不算换届。"),
    )
