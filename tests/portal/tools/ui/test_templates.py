"""Every template of ours: short, without inline style or script, and readable by the engine."""

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).parents[4]
TEMPLATES = sorted(
    path
    for package in ("portal", "committees", "cms")
    for folder in (ROOT / package).rglob("templates")
    for path in folder.rglob("*.html")
)
DATA = re.compile(r'<script[^>]* type="application/json"[^>]*>.*?</script>', re.DOTALL)
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="(?:https?:)?//')


def names(path):
    return path.relative_to(ROOT).as_posix()


def test_there_are_templates_to_walk():
    assert ROOT / "portal" / "templates" / "base.html" in TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_is_short(path):
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_carries_no_style_and_no_script(path):
    text = DATA.sub("", path.read_text())
    assert INLINE.findall(text) == []
    assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_loads_nothing_from_elsewhere(path):
    assert ELSEWHERE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_can_be_read(path):
    engines["django"].from_string(path.read_text())
