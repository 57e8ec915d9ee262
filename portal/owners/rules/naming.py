"""The owners of one line, from all its columns of owners: 业主, 电话, 业主2, 电话2, 共有人."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from .people import (
    NOTHING,
    Datum,
    Mention,
    name_key,
    read_names,
    read_numbers,
    read_phones,
    shares_behind,
)
from .shares import ShareUnreadable, read_share, read_shares

Cells = dict[str, str]  # by field
Said = tuple[str, Datum]  # the field of the column, and one datum of it


class Named(NamedTuple):
    """Who a line names; the phones and numbers that fit no form, with the fields of their columns;
    whether its shares cannot be read."""

    mentions: tuple[Mention, ...] = ()
    doubtful: tuple[Said, ...] = ()
    share_is_unreadable: bool = False


class _Group(NamedTuple):
    """A column of owners: its number in the fields' names (2 of owner2, empty for the first)."""

    number: str
    names: list[str]
    shares: list[str]  # behind the names


def read_owners(
    cells: Cells, columns: Sequence[str], further: Sequence[str], *, demonstration: bool
) -> Named:
    """The owners a line names, each with the phone, number and share at the same place.

    `columns` are the fields the file has, `further` the numbers of further owners.  An owner
    without columns of the own has a place in those of the first.
    """
    groups = [group for number in ("", *further) if (group := _group(cells, number)).names]
    names = [name for group in groups for name in group.names]
    if not names:
        return Named()

    def phones_in(cell: str, owners: int) -> list[Datum]:
        data = read_phones(cell, owners, demonstration=demonstration)
        if owners == 1 < len(data):
            return [next((one for one in data if one.checked), data[0])]
        return data

    def numbers_in(cell: str, owners: int) -> list[Datum]:
        return read_numbers(cell, owners, demonstration=demonstration)

    phones, doubtful = _spread(cells, columns, groups, "phone", phones_in)
    numbers, more = _spread(cells, columns, groups, "id_number", numbers_in)
    try:
        shares = _shares(cells, columns, groups)
    except ShareUnreadable:
        shares = []
    certificate = cells.get("certificate", "")
    mentions = [
        Mention(
            name,
            name_key(name),
            phones[at].checked,
            numbers[at].checked,
            phones[at].entered,
            numbers[at].entered,
            shares[at] if shares else None,
            certificate,
        )
        for at, name in enumerate(names)
    ]
    return Named(tuple(mentions), (*doubtful, *more), not shares)


def _group(cells: Cells, number: str) -> _Group:
    cell = cells.get(f"owner{number}", "")
    if number and cell == cells.get("owner") and f"phone{number}" not in cells:
        return _Group(number, [], [])  # one cell merged over both columns
    text, shares = shares_behind(cell)
    return _Group(number, read_names(text), shares)


def _spread(
    cells: Cells,
    columns: Sequence[str],
    groups: Sequence[_Group],
    field: str,
    read: Callable[[str, int], list[Datum]],
) -> tuple[list[Datum], list[Said]]:
    """The datum of each name from its own column, or from the first's; and what fits no form."""
    spread: dict[int, Datum] = {}
    doubtful: list[Said] = []
    for number, owners in _columns(columns, groups, field).items():
        data = read(cells.get(f"{field}{number}", ""), len(owners))
        for at, datum in enumerate(data):
            if datum.entered and (not datum.checked or at >= len(owners)):
                doubtful.append((f"{field}{number}", datum))
        spread |= dict(zip(owners, data, strict=False))
    return [spread.get(at, NOTHING) for at in range(_count(groups))], doubtful


def _columns(columns: Sequence[str], groups: Sequence[_Group], field: str) -> dict[str, list[int]]:
    """By the number of a field's column the places of the names it serves."""
    served: dict[str, list[int]] = {"": []}
    place = 0
    for group in groups:
        own = group.number if f"{field}{group.number}" in columns else ""
        served.setdefault(own, []).extend(range(place, place + len(group.names)))
        place += len(group.names)
    return served


def _count(groups: Sequence[_Group]) -> int:
    return sum(len(group.names) for group in groups)


def _shares(
    cells: Cells, columns: Sequence[str], groups: Sequence[_Group]
) -> list[Fraction | None]:
    """Each name's share, from its column or else from behind the name.  Refuses ShareUnreadable."""
    behind = [share for group in groups for share in group.shares or [""] * len(group.names)]
    shares = [read_share(share) if share else None for share in behind]
    for number, owners in _columns(columns, groups, "share").items():
        said = read_shares(cells.get(f"share{number}", ""), len(owners))
        for at, share in zip(owners, said, strict=True):
            shares[at] = shares[at] if share is None else share
    return shares
