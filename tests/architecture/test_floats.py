"""Where the law counts, nothing is a binary float: rules, the calendar, the chain, the recount."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("committees/rules", "portal/*/rules", "portal/tools/chain", "portal/tools/timekeeping")
EXACT = {"Fraction", "Path"}  # what a / may stand beside
FLOATING = {"cmath", "random", "statistics", "math"}
WHOLE = {"ceil", "comb", "factorial", "floor", "gcd", "isqrt", "lcm", "perm", "prod"}  # of math
INTEGERS = {"numerator", "denominator"}  # of a Fraction


def sources() -> list[Path]:
    found = [path for name in FOLDERS for path in PROJECT.glob(f"{name}/**/*.py")]
    return [*found, PROJECT / "committees/recount.py"]


def floats_of(source: str) -> list[str]:
    """The float literals, calls and imports of a source, `round` (it says no direction), and each
    `/` without an operand that is evidently a Fraction or a path."""
    tree = ast.parse(source)
    exact = exact_names(tree)
    found = [(node, fault(node, exact)) for node in ast.walk(tree)]
    return [f"{node.lineno}: {told}" for node, told in found if told]


def fault(node: ast.AST, exact: set[str]) -> str:
    match node:
        case ast.Constant(value=float() | complex() as value):
            return repr(value)
        case ast.Name(id="float" | "complex" | "round" as name):
            return name
        case ast.Attribute(attr="total_seconds" | "timestamp" as name):
            return name
        case ast.Import(names=names):
            return ", ".join(one.name for one in names if one.name in FLOATING)
        case ast.ImportFrom(module=module, names=names) if module in FLOATING:
            return ", ".join(one.name for one in names if one.name not in WHOLE)
        case ast.BinOp(op=ast.Div()) if not is_exact(node, exact):
            return ast.unparse(node)
        case ast.AugAssign(op=ast.Div(), target=target) if not is_exact(target, exact):
            return ast.unparse(node)
    return ""


def exact_names(tree: ast.Module) -> set[str]:
    """The names that are a Fraction or a path wherever the source binds them: by annotation, by
    value, by what a function returns."""
    told: dict[str, list[ast.AST | None]] = {}
    for node in ast.walk(tree):
        for name, by in bindings(node):
            told.setdefault(name, []).append(by)
    exact, before = EXACT | told.keys(), set()
    while exact != before:
        before = exact
        exact = EXACT | {
            name for name, each in told.items() if all(is_exact(one, before) for one in each)
        }
    return exact


def bindings(node: ast.AST) -> list[tuple[str, ast.AST | None]]:
    """The names that a node binds, each with what tells its type, None if nothing does."""
    match node:
        case ast.arg(arg=name, annotation=by) | ast.FunctionDef(name=name, returns=by):
            return [(name, by)]
        case ast.AnnAssign(target=ast.Name(id=name), annotation=by):
            return [(name, by)]
        case ast.Assign(targets=[ast.Name(id=name)], value=by):
            return [(name, by)]
        case ast.NamedExpr(target=ast.Name(id=name), value=by):
            return [(name, by)]
        case ast.For(target=target) | ast.comprehension(target=target):
            return [(one.id, None) for one in ast.walk(target) if isinstance(one, ast.Name)]
    return []


def is_exact(node: ast.AST | None, exact: set[str]) -> bool:
    match node:
        case ast.Name(id=name):
            return name in exact
        case ast.BinOp(left=left, right=right):
            return is_exact(left, exact) or is_exact(right, exact)
        case ast.IfExp(body=body, orelse=orelse):
            return is_exact(body, exact) and is_exact(orelse, exact)
        case ast.Call(func=ast.Name(id="sum"), args=[_, start]):
            return is_exact(start, exact)
        case ast.Call(func=func):
            return is_exact(func, exact)
        case ast.Attribute(value=value, attr=name):
            return name in EXACT or (name not in INTEGERS and is_exact(value, exact))
    return False


def test_no_rule_counts_in_floats():
    looked_at = sources()
    found = {
        str(path.relative_to(PROJECT)): floats
        for path in looked_at
        if (floats := floats_of(path.read_text()))
    }
    assert {path.parent.parent.name for path in looked_at} >= {"owners", "fire", "tools"}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "half = 0.5",
        "def f(part: int, of: int) -> int: return part / of",
        "def f(text: str): return float(text)",
        "import statistics",
        "from math import sqrt",
        "def f(share: Fraction) -> int: return share.numerator / share.denominator",
        "def f(part: int):\n    part /= 2",
        "shares = [Fraction(1)]\nfor share in shares: share / 2",
        "def f(share: Fraction): ...\ndef g(share: int): return share / 2",
        "parts = int(Fraction(1, 2) * 3)\nmean = parts / 2",
        "rounded = round(Fraction(1, 2))",
        "late = (end - start).total_seconds()",
    ],
)
def test_a_float_is_found(source):
    assert floats_of(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "def f(share: Fraction | None, owners: int): return share / owners",
        "mean = sum(shares, Fraction(0)) / len(shares)",
        "def f(text: str) -> Fraction: ...\nvalue = f(text)\nhalf = value / 2",
        'DATA = Path(__file__).resolve().parent / "data"\nfile = DATA / "x"',
        "from math import ceil",
        "middle = (first + last) // 2",
    ],
)
def test_what_is_exact_is_no_float(source):
    assert floats_of(source) == []
