"""The English catalogue: what the sources say, what of it is translated, and the compiled file.

    python .ci/messages.py            take new messages into django.po, drop old ones, compile
    python .ci/messages.py --missing  print what has no English yet, changing nothing

Sources are read by Python's parser and Django's template reader, so no system tool is needed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("portal", "committees", "cms")
CATALOGUE = ROOT / "portal" / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLURALS = "nplurals=2; plural=(n != 1);"
SINGULAR, PLURAL = {"gettext", "gettext_lazy", "gettext_noop"}, {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\s*\(")
PLACEHOLDER = re.compile(r"%\([^)]*\)[a-z]|%[sdr]|%%|\{[^{}]*\}")


@dataclass(frozen=True, order=True)
class Message:
    """What is to be translated; `plural` and `context` are "" where there are none."""

    text: str
    plural: str = ""
    context: str = ""


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        for pattern in ("*.py", "*.html", "*.txt"):
            for path in sorted((ROOT / package).rglob(pattern)):
                if "migrations" not in path.parts:
                    yield path


def messages() -> dict[Message, list[str]]:
    """Every message of the sources with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sources():
        text = path.read_text(encoding="utf-8")
        read = of_python if path.suffix == ".py" else of_template
        for message in read(text):
            places = found.setdefault(message, [])
            place = path.relative_to(ROOT).as_posix()
            if place not in places:
                places.append(place)
    return found


def of_python(text: str) -> Iterator[Message]:
    """The messages of a module: calls of gettext under whatever name it was imported."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = names.get(node.func.id, "")
            yield from _said(name, [_literal(one) for one in node.args])


def of_template(text: str) -> Iterator[Message]:
    """The messages of a template, by way of the pseudo-Python that Django makes of it."""
    made = templatize(text)
    for call in CALL.finditer(made):
        arguments = _arguments(made, call.end())
        name = "gettext" if call[1] == "_" else call[1]
        if arguments:
            yield from _said(name, arguments)


def _arguments(text: str, start: int) -> list[str]:
    """The strings with which a call of the pseudo-Python begins."""
    found = []
    while string := re.compile(
        r"\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?", re.DOTALL
    ).match(text, start):
        found.append(str(ast.literal_eval(string[1])))
        start = string.end()
    return found


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _said(name: str, texts: list[str]) -> Iterator[Message]:
    if name in SINGULAR and texts[:1] and texts[0]:
        yield Message(texts[0])
    elif name in PLURAL and len(texts) > 1 and texts[0]:
        yield Message(texts[0], plural=texts[1])
    elif name in CONTEXT and len(texts) > 1 and texts[1]:
        yield Message(texts[1], context=texts[0])


def placeholders(text: str) -> list[str]:
    """What is filled in, in any order; a doubled percent sign counts as one of them."""
    return sorted(PLACEHOLDER.findall(text))


def identity(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def is_translated(entry: polib.POEntry) -> bool:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return all(said) and "fuzzy" not in entry.flags


def renewed(standing: polib.POFile, found: dict[Message, list[str]]) -> polib.POFile:
    """The catalogue of exactly the messages found, with the translations that stand."""
    known = {identity(entry): entry for entry in standing}
    made = polib.POFile(wrapwidth=100)
    made.metadata = {
        "Language": "en",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS,
    }
    for message in sorted(found, key=lambda one: (found[one][0], one)):
        old = known.get(message)
        entry = polib.POEntry(
            msgid=message.text,
            msgstr=old.msgstr if old else "",
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            comment=", ".join(found[message]),
        )
        if message.plural:
            entry.msgstr_plural = dict(old.msgstr_plural) if old else {0: "", 1: ""}
        made.append(entry)
    return made


def main() -> int:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    standing = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    made = renewed(standing, messages())
    missing = [entry for entry in made if not is_translated(entry)]
    if "--missing" not in sys.argv:
        made.save(str(CATALOGUE))
        made.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    for entry in missing:
        print(f"{entry.comment}: {entry.msgid!r}")
    print(f"{len(made)} messages, {len(missing)} without English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
