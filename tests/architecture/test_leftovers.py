"""What has no place in the house: other hosts, files too long, drawers, doors left open."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "committees", "cms")
LONGEST = 400
HOST = re.compile(
    r"""(?:src|href|action|url|import|fetch)\s*[=(]?\s*["'(]?\s*(?:https?:)?//[\w.-]+"""
)
FILINGS = ("beian.miit.gov.cn", "beian.mps.gov.cn")  # links that the law asks for, nothing loaded
DRAWERS = {"utils", "helpers", "common", "misc", "core"}


def files(*patterns: str, below: tuple[str, ...] = PACKAGES) -> list[Path]:
    found = [
        path for name in below for pattern in patterns for path in (PROJECT / name).rglob(pattern)
    ]
    return [path for path in found if "__pycache__" not in path.parts]


def short(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def test_templates_and_styles_load_nothing_from_another_host():
    looked_at = files("*.html", "*.css", "*.js", below=(*PACKAGES, "static"))
    found = {
        short(path): hosts
        for path in looked_at
        if "vendor" not in path.parts
        and (
            hosts := [
                hit
                for hit in HOST.findall(path.read_text())
                if not hit.endswith(("www.w3.org", *FILINGS))
            ]
        )
    }
    assert looked_at
    assert found == {}


def test_a_host_would_be_found():
    planted = ['<script src="https://cdn.example.com/x.js">', "url(//fonts.example.com/x)"]
    assert [bool(HOST.search(text)) for text in planted] == [True, True]
    assert not HOST.search('<a href="/rules/">')


def test_no_python_file_is_too_long():
    sources = [
        path for path in files("*.py", below=(*PACKAGES, "tests")) if "migrations" not in path.parts
    ]
    lengths = {short(path): len(path.read_text().splitlines()) for path in sources}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_there_is_no_drawer():
    names = [
        path for path in files("*.py") if DRAWERS & {*path.relative_to(PROJECT).parts, path.stem}
    ]
    assert [short(path) for path in names] == []


def test_templates_carry_no_style_and_no_script_of_their_own():
    inline = re.compile(
        r"<style|\sstyle=|\son(click|change|submit|load)=|<script(?![^>]*(src=|type=\"application/json\"))"
    )
    found = [short(path) for path in files("*.html") if inline.search(path.read_text())]
    assert found == []


def test_every_module_says_what_lives_in_it():
    silent = [
        short(path)
        for path in files("*.py")
        if path.read_text().strip()
        and "migrations" not in path.parts
        and not path.read_text().removeprefix("#!/usr/bin/env python3\n").startswith('"""')
    ]
    assert silent == []


def test_every_script_of_ours_is_loaded_by_a_page():
    pages = "".join(path.read_text() for path in files("*.html"))
    scripts = {path.name for path in (PROJECT / "static" / "js").glob("*.js")}
    assert scripts
    assert {name for name in scripts if f'"js/{name}"' not in pages} == set()
