"""The command as an owner's lawyer runs it: one file, Python, nothing else."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "committees" / "recount.py"


def command(*arguments, cwd, **environment):
    """The script alone: no site packages, no PYTHON… settings, no path of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_imports_the_standard_library_only():
    names = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or "").split(".")[0])
    assert names - sys.stdlib_module_names == set()


def test_the_examples_pass_from_any_directory_and_with_a_copied_script(example, tmp_path):
    assert command(example, cwd="/") == (0, b"PASS\n", b"")
    copied = shutil.copy(SCRIPT, tmp_path)
    done = subprocess.run([sys.executable, copied, example], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"PASS\n", b"")


def test_the_examples_pass_as_zips(example, zipped, run):
    assert run(zipped(example)) == (0, "PASS\n", "")


def test_json_is_the_result_file_and_a_newline(example, run):
    expected = (example / "result.json").read_text("utf-8") + "\n"
    assert run(example, "--json") == (0, expected, "")
    assert run("--json", example) == (0, expected, "")


def test_json_goes_to_stdout_and_the_difference_to_stderr(handmade, run, tmp_path):
    recounted = run(handmade.write(tmp_path / "r"), "--json")[1]
    handmade.result["matters"][0]["passed"] = False
    line = "result differs: m1 passed false, recounted true\n"
    assert run(handmade.write(tmp_path / "r"), "--json") == (1, recounted, line)


def test_json_is_recounted_from_four_files(handmade, run, tmp_path):
    folder = handmade.write(tmp_path / "r")
    recounted = run(folder, "--json")[1]
    (folder / "result.json").write_bytes(b"{}")
    line = "result.json is not canonical at line 1\n"
    assert run(folder, "--json") == (1, recounted, line)
    (folder / "result.json").unlink()
    assert run(folder, "--json") == (1, recounted, "missing file result.json\n")
    assert run(folder) == (1, "missing file result.json\n", "")


def test_nothing_is_recounted_from_what_does_not_hold(handmade, run, tmp_path):
    handmade.openings.pop(0)
    line = "opening at seq 3 is missing\n"
    assert run(handmade.write(tmp_path / "r"), "--json") == (1, "", line)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--json"],
        ["a", "b"],
        ["--help"],
        ["--jsn", "a"],
        ["-v"],
        ["a", "--announced"],
        ["--announced", "0" * 64],
        ["a", "--announced", "0", "--announced", "0"],
    ],
)
def test_a_call_without_one_record_is_answered_in_one_line(run, arguments):
    assert run(*arguments) == (2, "", "usage: recount.py RECORD [--json] [--announced HASH]\n")


@pytest.mark.parametrize("path", ["", "nowhere", "nowhere\0", "n" * 5000, "/dev/null", "/dev/fd"])
def test_what_is_no_record_has_no_manifest(run, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    assert run(path) == (1, "missing file manifest.json\n", "")


@pytest.mark.parametrize("path", ["n" * 5000, "nowhere"])
def test_a_path_that_may_not_be_looked_at_is_not_the_record_one_stands_in(
    example, run, monkeypatch, path
):
    monkeypatch.chdir(example)
    assert run(path, "--json") == (1, "", "missing file manifest.json\n")


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    told = (1, b"missing file manifest.json\n", b"")
    assert command("pipe", cwd=tmp_path) == told


@pytest.mark.parametrize("redirection", [">&-", "> /dev/full", "--json >&-", "--json > /dev/full"])
def test_an_answer_that_cannot_be_written_is_no_pass_and_no_traceback(example, redirection):
    line = f'"$0" "$1" "$2" {redirection}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, SCRIPT, example], capture_output=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"\xff" * 4000])
def test_what_is_no_zip_has_no_manifest(run, tmp_path, content):
    (tmp_path / "record.zip").write_bytes(content)
    assert run(tmp_path / "record.zip") == (1, "missing file manifest.json\n", "")


def test_chinese_is_written_in_utf8_under_any_locale(record, make_decision, tmp_path):
    book = record([make_decision("议题一", options=["agree", "甲方案"])], [100])
    book.event("opened")
    book.ballot("v1", 议题一=[0, 1])
    book.event("closed")
    folder = book.write(tmp_path / "r")
    code, out, err = command(folder, "--json", cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert code == 1
    assert out.decode().startswith('{"matters":[{"agreement":{"area":false,"heads":false}')
    assert err.decode() == "result.json is not canonical at line 1\n"
    (folder / "result.json").write_bytes(out[:-1])
    assert command(folder, cwd=tmp_path, LC_ALL="C") == (0, b"PASS\n", b"")
    (folder / "result.json").write_bytes(out[:-1].replace(b'"heads":1', b'"heads":2', 1))
    line = "result differs: 议题一 eligible heads 2, recounted 1\n"
    assert command(folder, cwd=tmp_path, LC_ALL="C") == (1, line.encode(), b"")
