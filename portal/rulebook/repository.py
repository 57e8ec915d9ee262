"""The rulebook as the repository's data files have it, without a database."""

from functools import cache
from pathlib import Path

from .rules.entries import Entry
from .rules.files import parse

DATA = Path(__file__).parent / "data"


def repository_files() -> dict[str, str]:
    """The data files of the repository, texts by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in DATA.glob("*.toml")}


@cache
def repository_entries() -> tuple[Entry, ...]:
    """Every rule of the data files, in the order of the book; they are read once a process."""
    return parse(repository_files())
