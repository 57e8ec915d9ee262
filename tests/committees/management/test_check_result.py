"""`manage.py check_result`: a finding for any readable file, one line for any other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CASES = json.loads((ROOT / "tests/data/figures/published-results.json").read_text("utf-8"))["cases"]


def run(*words, **environment):
    """The command with nothing else running: no database is named and none can be started."""
    named = {"DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in named}
    return subprocess.run(
        [sys.executable, "manage.py", "check_result", *map(str, words)],
        cwd=ROOT,
        env=kept | {"XINGFULI_POSTGRES_BIN": "/nowhere"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def file(tmp_path):
    def write(value):
        path = tmp_path / "figures.json"
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        return path

    return write


def test_json_is_exactly_the_form(file):
    done = run(file(CASES[3]["figures"]), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert list(said) == ["participation", "agreement", "verdict", "flags"]
    assert [sorted(flag) for flag in said["flags"]] == [["code", "text"]]
    said["flags"] = [flag["code"] for flag in said["flags"]]
    assert said == CASES[3]["expect"]


def test_the_words_hold_every_figure_its_bar_and_its_article(file):
    done = run(file(CASES[0]["figures"]))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "参与（人数）：1,360 人 / 1,505 人，须 ≥ 2/3（占全体业主）（《民法典》第278条第2款）：达到",
        "参与（面积）：171,755.223 ㎡ / 191,619.21 ㎡，"
        "须 ≥ 2/3（占全体业主）（《民法典》第278条第2款）：达到",
        "同意（人数）：238 人 / 1,360 人，"
        "须 > 1/2（占参与表决业主）（《民法典》第278条第2款）：未达到",
        "同意（面积）：29,734.25 ㎡ / 171,755.223 ㎡，"
        "须 > 1/2（占参与表决业主）（《民法典》第278条第2款）：未达到",
        "结论：未通过",
        "各选项与视为表态的人数合计 1,356 人，与参与表决 1,360 人不符。",
    ]


def test_a_malformed_file_gets_one_line_naming_the_field_and_nothing_else(file):
    done = run(file({**CASES[0]["figures"], "roll": {"heads": 1.5}}), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["roll.heads：应为 0 或更大的整数，不带小数和分隔符。"]


def test_a_name_with_line_breaks_stays_on_one_line(file):
    done = run(file({**CASES[0]["figures"], "a\nb\u2028\ud800": 1}))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [r"a\nb\u2028\ud800：格式中没有这一项，请核对名称。"]


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_the_report_is_in_utf8_under_any_locale(file, words):
    path = file(CASES[0]["figures"])
    done = run(path, *words, PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stdout, done.stderr) == (0, run(path, *words).stdout, "")


@pytest.mark.parametrize("name", ["missing.json", ".", "\udcff"])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name):
    done = run(tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert [str(tmp_path) in line for line in done.stderr.splitlines()] == [True]
