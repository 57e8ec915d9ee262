"""The announced plan and the sealing key: optional parts of a record, compared where they are."""

import pytest

from tests.committees.recount.conftest import dumps, sha256

DIFFERS = "the announced plan differs\n"


def plan_of(book):
    """The SHA-256 that a notice prints, written here once more from the format."""
    manifest = book.manifest()
    plan = {key: manifest[key] for key in ("compound", "meeting", "rules", "matters")}
    del plan["meeting"]["opens_at"]
    return sha256(dumps(plan))


def test_the_plan_is_that_of_the_notice(handmade, run, tmp_path):
    folder, told = handmade.write(tmp_path / "r"), ["--announced", plan_of(handmade)]
    assert run(*told, folder) == run(folder, *told) == (0, "PASS\n", "")
    assert run(folder, *told, "--json") == run(folder, "--json")
    assert run(folder, "--announced", told[1].upper()) == (0, "PASS\n", "")


@pytest.mark.parametrize("given", ["", "0" * 64, "nothing"])
def test_another_hash_is_a_finding(handmade, run, tmp_path, given):
    folder = handmade.write(tmp_path / "r")
    assert run(folder, "--announced", given) == (1, DIFFERS, "")
    assert run(folder, "--announced", given, "--json") == (1, "", DIFFERS)


def changed(book, what):
    match what:
        case "rule":
            book.rules["duplicate"] = "last"
        case "candidate":
            book.matters[1]["candidates"][0]["name"] = "别人"
        case "bar":
            book.matters[0]["bar"] = "special"


@pytest.mark.parametrize("what", ["rule", "candidate", "bar"])
def test_a_plan_changed_after_the_notice_is_a_finding(handmade, run, tmp_path, what):
    announced = plan_of(handmade)
    changed(handmade, what)
    assert run(handmade.write(tmp_path / "r"), "--announced", announced) == (1, DIFFERS, "")


def test_when_voting_opens_is_no_part_of_the_plan(handmade, run, tmp_path, monkeypatch):
    announced, manifest = plan_of(handmade), handmade.manifest()
    manifest["meeting"]["opens_at"] = "2026-10-02T00:00:00Z"
    monkeypatch.setattr(type(handmade), "manifest", lambda _book: manifest)
    assert run(handmade.write(tmp_path / "r"), "--announced", announced) == (0, "PASS\n", "")


def test_the_plan_comes_after_the_manifest_and_before_the_other_files(handmade, run, tmp_path):
    folder = handmade.write(tmp_path / "r")
    (folder / "parts.csv").write_bytes(b"?")
    assert run(folder, "--announced", "0" * 64) == (1, DIFFERS, "")
    (folder / "manifest.json").write_bytes(b"{}")
    line = "manifest.json is not canonical at line 1\n"
    assert run(folder, "--announced", "0" * 64) == (1, line, "")


@pytest.mark.parametrize("key", ["5e" * 32, "0", "abc"])
def test_a_manifest_may_name_its_sealing_key(handmade, run, tmp_path, monkeypatch, key):
    manifest = handmade.manifest() | {"sealing_key": key}
    monkeypatch.setattr(type(handmade), "manifest", lambda _book: manifest)
    assert run(handmade.write(tmp_path / "r")) == (0, "PASS\n", "")


@pytest.mark.parametrize("key", [5, "", "5E", "0x5e", "5e\n", None, ["5e"]])
def test_a_sealing_key_that_is_no_hex_is_not_canonical(handmade, run, tmp_path, monkeypatch, key):
    manifest = handmade.manifest() | {"sealing_key": key}
    monkeypatch.setattr(type(handmade), "manifest", lambda _book: manifest)
    line = "manifest.json is not canonical at line 1\n"
    assert run(handmade.write(tmp_path / "r")) == (1, line, "")
