"""The English catalogue holds what the sources say, fills in the same, and is compiled so."""

import importlib.util
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


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


def literally(text: str) -> str:
    """What a template prints whatever the language: neither tags nor what they translate."""
    return re.sub(
        r"\{#.*?#\}|\{% blocktranslate.*?endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}",
        "",
        text,
        flags=re.DOTALL,
    )


@pytest.mark.parametrize("package", ["portal", "committees", "cms"])
def test_a_template_prints_chinese_words_and_marks_only_by_translation(package):
    printed = {
        path.name: CHINESE.findall(literally(path.read_text(encoding="utf-8")))
        for path in (ROOT / package).glob("**/templates/**/*.html")
        if path.parent.name != "texts"  # whole pages in Chinese
    }
    bare = {name: found for name, found in printed.items() if found}
    assert bare == ({"language_switch.html": ["中", "文"]} if package == "portal" else {})


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
