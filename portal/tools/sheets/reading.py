"""The one door for a spreadsheet from outside: bytes in, sheets of text out, or a refusal.

What the content is decides, never the file's name.  A file may be made to take memory and time
without bounds, so the door is opened in a process of its own (apart.py, STACK.md §1.3).
"""

from collections.abc import Iterator

from . import delimited, refusals, workbook
from .sheet import Limits, Sheet

OTHER_KINDS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "text"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"PK\x05\x06", "zip"),
)
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style", b"<head")


def read_sheets(data: bytes, limits: Limits | None = None) -> Iterator[Sheet]:
    """Each sheet that says anything, in the order a reader meets them; read as it is asked for.

    Delimited text is one sheet without a name.  Refuses with a SheetRefusal: EmptyFile,
    NotASpreadsheet, Encrypted, Damaged, TooLarge, UnclosedQuote.
    """
    limits = limits or Limits()
    if not data.strip():
        raise refusals.EmptyFile
    if len(data) > limits.bytes:
        raise refusals.TooLarge("bytes", limits.bytes)
    if data.startswith((workbook.ZIP, workbook.OLE)):
        workbook.refuse_before_opening(data, limits)
        yield from workbook.read(data, limits)
    else:
        _refuse_other_kinds(data)
        yield delimited.read(data, limits)


def _refuse_other_kinds(data: bytes) -> None:
    for start, kind in OTHER_KINDS:
        if data.startswith(start):
            raise refusals.NotASpreadsheet(kind)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(MARKUP):
        raise refusals.NotASpreadsheet("html")
