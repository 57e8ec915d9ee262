"""The county's page: a few numbers, the three shares of party members, the regions below."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.queries import ALERT_RULES
from committees.queries.rules import PARTY_TARGET
from committees.rules.ratio import county_share
from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope, rules_over
from portal.places.models import Region
from portal.rulebook.queries import InForce

from .campaigns import states_table
from .figures import EVERY, GROUPS, is_in_term
from .links import address
from .meetings import stages_table
from .table import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of the page, large, with its words and the list of its rows; None where nobody
    registered it.  `unregistered` is how many compounds it leaves out."""

    words: str
    number: int | None
    href: str
    unregistered: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows of a scope; `others` are the regions in it without a compound."""

    groups: list[tuple[str, list[Tile]]]
    party: Table
    target: InForce | None
    alerts: list[InForce]
    regions: Table
    others: list[Region]
    stages: Table
    campaigns: Table

    @property
    def tables(self) -> list[Table]:
        """What goes to Excel, a sheet each."""
        return [self.regions, self.stages, self.campaigns, self.party]


def overview(scope: Scope, rows: Sequence[CompoundRow], children: Sequence[Region]) -> Overview:
    rules = rules_over(scope, [PARTY_TARGET, *ALERT_RULES.values()])
    target = rules.get(PARTY_TARGET)
    return Overview(
        groups=[
            (
                str(words),
                [
                    Tile(
                        str(one.words),
                        one.sum(rows),
                        address(scope, one.name, show=one.show),
                        one.unregistered(rows),
                    )
                    for one in figures
                ],
            )
            for words, figures in GROUPS
        ],
        party=_party(scope, rows, target),
        target=target,
        alerts=[rules[key] for key in reversed(ALERT_RULES.values()) if key in rules],
        regions=_regions(scope, rows, children),
        others=[region for region in children if not _inside(rows, region)],
        stages=stages_table(scope, rows),
        campaigns=states_table(scope),
    )


def _party(scope: Scope, rows: Sequence[CompoundRow], target: InForce | None) -> Table:
    """The three figures of law.md §5.2, each under its own name and for the committees in term as
    well as for all: the members of a term that has run out sit on until another follows.  Where
    there is no target, the first figure is left out."""
    groups = [
        (_("任期内"), list(filter(is_in_term, rows)), "in-term", "met-in-term"),
        (_("全部，含任期已满、尚无新一届的"), rows, "", "met"),
    ]
    of_each = [_shares(scope, *group) for group in groups]
    lines = [row for rows_of_one in zip(*of_each, strict=True) for row in rows_of_one]
    has_target = target is not None or any(row.standing and row.standing.rule for row in rows)
    return Table(
        title=_("党员占比的三种口径"),
        columns=(
            Column(_("口径")),
            Column(_("范围")),
            Column(_("分子"), is_number=True),
            Column(_("分母"), is_number=True),
            Column(_("占比"), is_number=True),
        ),
        rows=lines if has_target else lines[len(groups) :],
    )


def _shares(
    scope: Scope, words: str, rows: Sequence[CompoundRow], every: str, met: str
) -> list[Row]:
    """The three figures of these rows; `every` and `met` name the lists that they lead to."""
    share = county_share(row.standing.party for row in rows if row.standing)
    range_, all_of_them = Cell(words), address(scope, "committees", show=every)
    reached = address(scope, "committees", show=met)
    return [
        (
            Cell(_("达标率：达到目标的业委会 ÷ 业委会")),
            range_,
            Cell(share.committees_meeting_target, reached),
            Cell(share.committees_with_target, all_of_them),
            Cell(share.meeting_target, reached),
        ),
        (
            Cell(_("合计占比：党员委员 ÷ 委员")),
            range_,
            Cell(share.party_members, all_of_them),
            Cell(share.members, all_of_them),
            Cell(share.pooled, all_of_them),
        ),
        (
            Cell(_("平均占比：各业委会占比之和 ÷ 有委员的业委会")),
            range_,
            Cell(None),
            Cell(share.committees - share.committees_without_members, all_of_them),
            Cell(share.mean_of_shares, all_of_them),
        ),
    ]


def _regions(scope: Scope, rows: Sequence[CompoundRow], children: Sequence[Region]) -> Table:
    """A line for each region below that has compounds; where there is none below, and for those
    that hang on the region itself, a line for each compound."""
    lines, left = [], list(rows)
    for region in children:
        there = _inside(rows, region)
        left = [row for row in left if row not in there]
        name = Cell(region.name, address(scope, region=region.code))
        if there:
            lines.append((name, *_sums(there, scope, region=region.code)))
    for row in left:
        name = Cell(row.compound.name, row.compound.get_absolute_url())
        lines.append((name, *_sums([row], scope, compound=row.compound.code)))
    heads = [Column(str(figure.head), is_number=True) for figure in EVERY]
    return Table(
        title=_("分区域") if children else _("各小区"),
        columns=(Column(_("区域") if children else _("小区")), *heads),
        rows=lines,
        foot=(Cell(_("合计")), *_sums(rows, scope)),
    )


def _sums(rows: Sequence[CompoundRow], scope: Scope, **place: str) -> Row:
    """Every figure of these rows; what is not nothing leads to its list, there
    at `region` or `compound` where one is named."""
    cells = []
    for figure in EVERY:
        number = figure.sum(rows)
        there = address(scope, figure.name, show=figure.show, **place)
        cells.append(Cell.registered(number, there if number else ""))
    return tuple(cells)


def _inside(rows: Sequence[CompoundRow], region: Region) -> list[CompoundRow]:
    return [row for row in rows if row.compound.region.path.startswith(region.path)]
