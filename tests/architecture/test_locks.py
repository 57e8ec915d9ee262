"""Rows are locked so that rows which refer to them can still be written."""

import ast
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "committees", "cms")
# closing, opening and voiding exclude ballots on purpose
EXCLUDES_BALLOTS = {("committees/actions/steps.py", "alone")}


def locks() -> list[tuple[str, str, bool]]:
    """Every `select_for_update`: its file, its function, and whether it names `no_key`."""
    found = []
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef):
                    place = path.relative_to(PROJECT).as_posix(), function.name
                    found += [(*place, says) for says in _locks_in(function)]
    return found


def _locks_in(function: ast.FunctionDef) -> list[bool]:
    return [
        any(word.arg == "no_key" and _is_true(word.value) for word in node.keywords)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    ]


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def test_no_lock_stops_the_inserts_that_refer_to_its_row():
    without = {(file, function) for file, function, says in locks() if not says}
    assert without == EXCLUDES_BALLOTS
    assert len(locks()) > 20
