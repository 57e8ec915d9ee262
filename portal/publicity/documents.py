"""A frozen text: a title and blocks, as one canonical JSON whose SHA-256 stands for the text.

The canonical form is portal.tools.chain's (sorted keys, NFC, UTF-8), over
`{"title": …, "blocks": [{"type": …, …}, …]}`.  What no reader sees is left out before it is
hashed: other line ends than \\n, control characters, and marks that turn the direction of text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeAlias
from unicodedata import bidirectional, category

from portal.tools.chain.canonical import Json, canonical, nfc, sha256

LONGEST_TITLE = 200
NARROW = 3
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class NotADocument(ValueError):
    """A text that cannot be frozen; `faults` are all the reasons."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Heading:
    type: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; a line break in it is kept."""

    type: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are text, each row as long as the header."""

    type: ClassVar[str] = "table"
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    @property
    def is_wide(self) -> bool:
        """More columns than a phone holds side by side."""
        return len(self.header) > NARROW

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each cell with the label of its column."""
        return [list(zip(self.header, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and its value."""

    type: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who issues the text (落款) and the day it bears, as it is to be printed."""

    type: ClassVar[str] = "signature"
    issuer: str
    date: str


Block: TypeAlias = Heading | Paragraph | Table | Facts | Signature


@dataclass(frozen=True, slots=True)
class Document:
    """Refuses (`NotADocument`) a title that is empty or too long, and uneven tables."""

    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if faults := list(_faults(self)):
            raise NotADocument(faults)

    def as_json(self) -> dict[str, Json]:
        """The value that is hashed: `{"title": …, "blocks": […]}`, text in NFC."""
        blocks = [{"type": block.type, **_fields(block)} for block in self.blocks]
        return {"title": _clean(self.title), "blocks": blocks}

    def canonical(self) -> bytes:
        """The bytes that are hashed, and that anyone may fetch to check the hash."""
        return canonical(self.as_json())

    def sha256(self) -> str:
        """The hash of the text, 64 hex digits."""
        return sha256(self.canonical())


def from_json(value: Mapping[str, Any]) -> Document:
    """The document of a value that `as_json` wrote; refuses (`NotADocument`) an unknown type."""
    return Document(value["title"], tuple(_block(block) for block in value["blocks"]))


def _block(value: Mapping[str, Any]) -> Block:
    read = _READERS.get(value["type"])
    if read is None:
        raise NotADocument([f"unknown block {value['type']!r}"])
    return read(value)


_READERS: dict[str, Callable[[Mapping[str, Any]], Block]] = {
    Heading.type: lambda v: Heading(v["text"]),
    Paragraph.type: lambda v: Paragraph(v["text"]),
    Table.type: lambda v: Table(
        tuple(v["header"]), tuple(tuple(row) for row in v["rows"]), v["caption"]
    ),
    Facts.type: lambda v: Facts(tuple((label, text) for label, text in v["pairs"])),
    Signature.type: lambda v: Signature(v["issuer"], v["date"]),
}


def _fields(block: Block) -> dict[str, Json]:
    return {field.name: _plain(getattr(block, field.name)) for field in fields(block)}


def _plain(value: str | tuple[Any, ...]) -> Json:
    return _clean(value) if isinstance(value, str) else [_plain(item) for item in value]


def _clean(text: str) -> str:
    one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc("".join(char for char in one_line_end if _is_shown(char)))


def _is_shown(char: str) -> bool:
    return char in "\n\t" or (category(char) != "Cc" and bidirectional(char) not in _TURNS)


def _faults(document: Document) -> Iterator[str]:
    title = _clean(document.title)
    if not title.strip() or "\n" in title:
        yield "the title is not one line of text"
    if len(title) > LONGEST_TITLE:
        yield f"the title has {len(title)} characters, more than {LONGEST_TITLE}"
    for place, block in enumerate(document.blocks, start=1):
        if isinstance(block, Table) and any(len(row) != len(block.header) for row in block.rows):
            yield f"block {place}: a row is not as long as the header"
