"""Workbooks made for a test."""

import io
import zipfile

import openpyxl
import pytest


def as_bytes(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.fixture
def book():
    """A workbook of one sheet from its cells, as bytes; `merged` are ranges such as A1:B2."""

    def make(cells, merged=(), name="名册"):
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        sheet.title = name
        for place, value in cells.items():
            sheet[place] = value
        for range_ in merged:
            sheet.merge_cells(range_)
        return as_bytes(workbook)

    return make


@pytest.fixture
def repacked():
    """A workbook with the text of its first sheet changed by `change`."""

    def repack(data, change):
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                text = old.read(name)
                new.writestr(name, change(text) if name.endswith("sheet1.xml") else text)
        return stream.getvalue()

    return repack
