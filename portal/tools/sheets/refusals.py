"""Why a file is not read as a spreadsheet: facts, worded where they are shown."""


class SheetRefusal(Exception):
    """A file that cannot be read; never one of its cells."""


class EmptyFile(SheetRefusal):
    """There is not one byte in it."""


class NotASpreadsheet(SheetRefusal):
    """Its content is something else: `kind` is zip, ole, pdf, html, image, text or unknown."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Encrypted(SheetRefusal):
    """It opens only with a password."""


class Damaged(SheetRefusal):
    """It begins like a spreadsheet and cannot be followed to its end."""


class TooLarge(SheetRefusal):
    """More than `limit` of `what`: bytes, unpacked_bytes, rows, columns, memory_bytes
    or seconds."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(what, limit)
        self.what = what
        self.limit = limit


class UnclosedQuote(SheetRefusal):
    """The quotation mark opened in record `row` is never closed: what follows would be lost."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row
