"""One stylesheet, joined from its parts; each part short, plain and of good contrast."""

import gzip
import re
from pathlib import Path

import pytest

from portal.tools.ui.stylesheet import sources, stylesheet, stylesheet_address

CSS = Path(__file__).parents[4] / "static" / "css"
FILES = sorted(CSS.rglob("*.css"))
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


def names(path):
    return path.relative_to(CSS).as_posix()


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens():
    """The colours of the normal page and of 长辈版, by name."""
    normal, big = (CSS / "tokens.css").read_text().split(".big {")
    usual = dict(TOKEN.findall(normal))
    return {"normal": usual, "big": usual | dict(TOKEN.findall(big))}


def test_contrast_is_measured_as_wcag_defines_it():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("size", ["normal", "big"])
@pytest.mark.parametrize("ground", ["paper", "tone", "teal-wash", "ochre-wash", "vermilion-wash"])
def test_body_text_stands_out_seven_to_one_on_every_ground(size, ground):
    colours = tokens()[size]
    assert contrast(colours["ink"], colours[ground]) >= 7
    assert contrast(colours["ink-quiet"], colours[ground]) >= 7


@pytest.mark.parametrize("size", ["normal", "big"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("teal", "paper"),
        ("teal", "tone"),
        ("teal", "teal-wash"),
        ("teal-deep", "teal-wash"),
        ("vermilion", "paper"),
        ("vermilion", "vermilion-wash"),
        ("ochre", "paper"),
        ("ochre", "ochre-wash"),
        ("on-colour", "teal"),
        ("on-colour", "teal-deep"),
        ("on-colour", "vermilion"),
        ("on-colour", "vermilion-deep"),
    ],
)
def test_coloured_text_stands_out_and_more_so_in_large_type(size, text, ground):
    colours = tokens()
    reached = contrast(colours[size][text], colours[size][ground])
    assert reached >= (7 if size == "big" else 4.5)
    assert reached >= contrast(colours["normal"][text], colours["normal"][ground])


@pytest.mark.parametrize("size", ["normal", "big"])
def test_the_edges_of_controls_can_be_seen(size):
    assert contrast(tokens()[size]["line-strong"], tokens()[size]["paper"]) >= 3


@pytest.mark.parametrize("path", FILES, ids=names)
def test_a_part_is_short(path):
    assert len(path.read_text().splitlines()) <= 150


@pytest.mark.parametrize("path", FILES, ids=names)
def test_colours_are_named_in_the_tokens_only(path):
    allowed = {"#000000", "#ffffff"} if path.name in {"print.css", "official.css"} else set()
    if path.name != "tokens.css":
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())) <= allowed


@pytest.mark.parametrize("path", FILES, ids=names)
def test_old_browsers_can_read_it(path):
    text = path.read_text()
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    depth = deepest = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        deepest = max(deepest, depth)
    assert deepest <= 1 + bool(re.search(r"@media|@supports", bare)), "rules are nested"
    for unread in (":has(", ":is(", ":where(", "color-mix(", "@layer", "@container", " gap:"):
        assert unread not in bare


@pytest.mark.parametrize("path", FILES, ids=names)
def test_nothing_is_lifted_or_shaded_and_nothing_is_fetched(path):
    text = path.read_text()
    for word in ("box-shadow", "text-shadow", "gradient", "url(", "@import", "!important"):
        assert word not in text


@pytest.mark.parametrize("path", FILES, ids=names)
def test_type_is_sized_in_rem_so_that_it_grows(path):
    sizes = re.findall(r"font-size: ([^;]+);", path.read_text())
    allowed = re.compile(r"(\d*\.?\d+(rem|%)|var\(--[\w-]+\))")
    if path.name != "print.css":
        assert [size for size in sizes if not allowed.fullmatch(size)] == []


def test_every_token_used_is_defined():
    text = "".join(path.read_text() for path in FILES)
    defined = set(re.findall(r"^\s*--([\w-]+):", text, flags=re.MULTILINE))
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) - defined == set()


def test_the_parts_are_joined_in_order_and_none_is_left_out():
    assert sorted(sources()) == FILES
    assert [names(path) for path in sources()[:3]] == ["tokens.css", "base.css", "layout.css"]
    assert names(sources()[-1]) == "print.css"


def test_the_stylesheet_is_kept_for_ever_under_its_digest(client):
    response = client.get(stylesheet_address())
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content == stylesheet()[1]


def test_an_old_digest_leads_to_the_stylesheet_of_today(client):
    response = client.get("/display/0123456789abcdef.css")
    assert (response.status_code, response.url) == (302, stylesheet_address())


def test_the_stylesheet_is_small_on_the_wire(client):
    response = client.get(stylesheet_address(), headers={"accept-encoding": "gzip"})
    assert gzip.decompress(response.content) == stylesheet()[1]
    assert len(response.content) < 10_000
