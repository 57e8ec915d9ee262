"""Imports point down only, and every contract that says so is seen to fail once."""

import subprocess
import sys
import tomllib
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

configure()
PROJECT = Path(__file__).resolve().parents[2]
OPTIONS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in OPTIONS["contracts"]}
KINDS = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "acyclic_siblings": AcyclicSiblingsContract,
}
PLANTED = [
    ("map", "portal.places.queries", "committees.models"),
    ("map", "portal.tools.jobs", "portal.accounts.models"),
    ("map", "committees.actions.voting", "cms.actions"),
    ("map", "portal.publicity.actions", "committees.queries"),
    ("map", "portal.accounts.queries", "portal.demo.accounts"),
    ("map", "portal.accounts.actions", "portal.approvals.models"),
    ("map", "portal.approvals.actions.asking", "portal.owners.models"),
    ("storeys", "portal.places.models", "portal.places.queries"),
    ("storeys", "portal.accounts.permissions", "portal.accounts.forms"),
    ("storeys", "portal.approvals.queries", "portal.approvals.actions.asking"),
    ("storeys", "committees.rules.tally", "committees.models"),
    ("storeys", "cms.views", "cms.tasks"),
    ("pure", "committees.rules.tally", "django"),
    ("pure", "portal.tools.timekeeping.periods", "portal.places.models"),
    ("pure", "committees.rules.tally", "portal.tools.chain.signing"),
    ("cycles", "portal.tools.audit.actions", "portal.tools.health.actions"),
    ("recount", "committees.recount", "committees.rules.tally"),
    ("queue", "cms.tasks", "procrastinate"),
    ("map", "portal.fire.queries.rounds", "committees.models"),
    ("pure", "portal.fire.rules.occurrences", "django"),
]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*OPTIONS["root_packages"], include_external_packages=True)


def is_kept(name: str, graph: grimp.ImportGraph) -> bool:
    options = {
        key: str(value) if isinstance(value, bool) else value
        for key, value in CONTRACTS[name].items()
        if key not in {"id", "type"}
    }
    session = {"root_packages": OPTIONS["root_packages"], "include_external_packages": "True"}
    contract = KINDS[CONTRACTS[name]["type"]](CONTRACTS[name]["name"], session, options)
    return contract.check(deepcopy(graph), verbose=False).kept  # it takes ignored imports out


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_contract_is_kept(name, graph):
    assert is_kept(name, graph)


@pytest.mark.parametrize(("name", "importer", "imported"), PLANTED)
def test_the_contract_fails_on_a_planted_import(name, importer, imported, graph):
    assert {importer, imported} <= graph.modules
    assert not graph.direct_import_exists(importer=importer, imported=imported)
    graph.add_import(importer=importer, imported=imported)
    try:
        assert not is_kept(name, graph)
    finally:
        graph.remove_import(importer=importer, imported=imported)


def test_each_contract_is_broken_once():
    assert {name for name, _importer, _imported in PLANTED} == CONTRACTS.keys()


PURE = [
    *PROJECT.glob("*/rules"),
    *PROJECT.glob("portal/*/rules"),
    PROJECT / "portal/tools/chain",
    PROJECT / "portal/tools/timekeeping",
]
NEEDS_MORE = {"portal.tools.chain.signing"}  # Ed25519 is not in the standard library
TRY = """
import importlib, sys
for name in ("django", "wagtail", "psycopg", "cryptography", "procrastinate"):
    sys.modules[name] = None
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
ours = {"portal", "committees", "cms"}
loaded = {name.split(".")[0] for name in set(sys.modules) - before}
outside = loaded - ours - sys.stdlib_module_names
print(*sorted(name for name in outside if not name.startswith("_sysconfigdata")))
"""


def modules_of(folder: Path) -> list[str]:
    names = [
        ".".join(path.relative_to(PROJECT).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if path.name != "__init__.py"
    ]
    return sorted(name for name in names if name not in NEEDS_MORE)


@pytest.mark.parametrize("folder", PURE, ids=lambda path: str(path.relative_to(PROJECT)))
def test_pure_modules_need_the_standard_library_only(folder):
    done = subprocess.run(
        [sys.executable, "-S", "-c", TRY, *modules_of(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_the_recount_runs_from_its_file_alone(tmp_path):
    copied = tmp_path / "recount.py"
    copied.write_bytes((PROJECT / "committees" / "recount.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(copied)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr[:17]) == (2, "usage: recount.py")


@pytest.mark.parametrize("folder", PURE, ids=lambda path: str(path.relative_to(PROJECT)))
def test_the_packages_above_pure_ones_are_empty(folder):
    above = [parent for parent in (folder, *folder.parents) if PROJECT in parent.parents]
    full = [
        str(path.relative_to(PROJECT))
        for parent in above
        if (path := parent / "__init__.py").exists() and path.read_text().strip()
    ]
    assert [path for path in full if not is_only_a_docstring(PROJECT / path)] == []


def is_only_a_docstring(path: Path) -> bool:
    import ast

    body = ast.parse(path.read_text()).body
    return len(body) == 1 and isinstance(body[0], ast.Expr)
