"""The end of a compound's chain, held while something is added."""

from collections.abc import Mapping

from portal.fire.models import LogBook
from portal.fire.queries.chain import start_of
from portal.places.models import Compound
from portal.tools.chain.canonical import Json
from portal.tools.chain.links import link


def held(compound: Compound) -> LogBook:
    """The log's book, made if it is new and locked: writers come one after another."""
    LogBook.objects.get_or_create(compound=compound, defaults={"last_hash": start_of(compound.pk)})
    return LogBook.objects.select_for_update(no_key=True).get(compound=compound)


def chained(book: LogBook, content: Mapping[str, Json]) -> tuple[int, str, str]:
    """The next entry's number, the hash before it and its own; the caller saves the book."""
    prev = book.last_hash
    book.last_seq += 1
    book.last_hash = link(prev, book.last_seq, content)
    return book.last_seq, prev, book.last_hash
