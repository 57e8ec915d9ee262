"""One thing has one word, on every page, paper and sheet."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = [
    path
    for top in ("portal", "committees", "cms", "docs")
    for kind in ("py", "html", "toml", "md")
    for path in (ROOT / top).rglob(f"*.{kind}")
]


@pytest.mark.parametrize("other", ["未销号", "未整改", "没有闭环", "销号"])
def test_a_defect_that_is_open_is_called_by_one_word(other):
    """It is 未闭环 until another person has rechecked it: one that is repaired is open still."""
    assert [str(path) for path in WRITTEN if other in path.read_text()] == []
