"""The English catalogue holds what the sources say, fills in the same, and is compiled so."""

import importlib.util
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("messages", ROOT / ".ci" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue(tool):
    return polib.pofile(str(tool.CATALOGUE))


def test_every_message_has_its_english(tool, catalogue):
    known = {tool.identity(entry) for entry in catalogue if tool.is_translated(entry)}
    assert sorted(message.text for message in tool.messages().keys() - known) == []


def test_a_translation_fills_in_what_its_message_does(tool, catalogue):
    wrong = [
        (entry.msgid, said)
        for entry in catalogue
        for said in entry.msgstr_plural.values() or [entry.msgstr]
        if said and tool.placeholders(said) != tool.placeholders(entry.msgid)
    ]
    assert wrong == []


def test_the_compiled_catalogue_says_what_the_text_says(tool, catalogue):
    def said(entries):
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr or tuple(entry.msgstr_plural.values())
            for entry in entries
            if tool.is_translated(entry)
        }

    assert said(polib.mofile(str(tool.CATALOGUE.with_suffix(".mo")))) == said(catalogue)
