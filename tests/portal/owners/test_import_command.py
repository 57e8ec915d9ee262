"""manage.py import_roll: its report, its status, and a registry that is whole whatever happens."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from portal.owners import actions
from portal.owners.actions import importing
from portal.owners.models import Holding, Owner, RollImport
from portal.places.models import Building, Part
from portal.tools.audit.models import AuditEntry
from tests import database
from tests.factories import places

PROJECT = Path(__file__).resolve().parents[3]
HEADER = "房号,面积,业主,电话\n"
ROWS = "1-2-301,89.32,张三,13800000001\n1-2-302,112.46,李四、王五,13800000002\n"


@pytest.fixture
def compound(db):
    return places.compound(name="空小区")


@pytest.fixture
def command(tmp_path, capsys):
    """`command(code, text, *options)`: the status, what stands on stdout and what on stderr."""

    def run(code, text, *options, name="roll.csv"):
        file = tmp_path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises(SystemExit) as ended:
            call_command("import_roll", code, str(file), *options)
        return ended.value.code, *capsys.readouterr()

    return run


def everything():
    return [
        model.objects.count() for model in (Part, Building, Owner, Holding, RollImport, AuditEntry)
    ]


def test_stdout_holds_the_report_and_nothing_else(command, compound):
    status, out, err = command(compound.code, HEADER + ROWS, "--json")
    assert (status, out.count("\n"), err) == (0, 1, "")
    assert json.loads(out)["rows"] == {"read": 2, "new": 2, "changed": 0, "same": 0, "bad": 0}


def test_a_reader_at_a_terminal_gets_words_with_the_bad_rows(command, compound):
    status, out, _ = command(compound.code, HEADER + "1-1,八十,张三,1380000\n")
    assert status == 1
    assert out.splitlines()[0] == "读到 1 行：新增 0，变更 0，相同 0，有误 1"
    assert "第 2 行　面积　八十" in out


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "今天天气很好\n", HEADER, HEADER + "合计,80,,\n", b"%PDF-1.7", b"\xff\xfe\x00"],
)
@pytest.mark.parametrize("options", [["--json"], [], ["--dry-run", "--json"]])
def test_what_is_no_roll_is_told_in_one_line_on_stderr(command, compound, text, options):
    before = everything()
    status, out, err = command(compound.code, text, *options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert everything() == before


def test_a_file_that_is_not_there_is_told_in_one_line(compound, tmp_path, capsys):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(SystemExit) as ended:
            call_command("import_roll", compound.code, str(path), "--json")
        assert ended.value.code == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)


def test_a_file_of_a_terabyte_is_refused_by_its_first_bytes(compound, tmp_path, capsys):
    file = tmp_path / "huge.csv"
    with file.open("wb") as sparse:
        sparse.truncate(10**12)
    with pytest.raises(SystemExit) as ended:
        call_command("import_roll", compound.code, str(file))
    assert (ended.value.code, capsys.readouterr().out) == (2, "")


def test_an_unknown_code_is_refused_unless_it_is_a_dry_run(command, db):
    status, out, err = command("nowhere", HEADER + ROWS, "--json")
    assert (status, out, err) == (2, "", "没有编码为 nowhere 的小区。\n")
    status, out, err = command("nowhere", HEADER + ROWS, "--json", "--dry-run")
    assert (status, err) == (0, "")
    assert json.loads(out)["roll"] == {"parts": 2, "heads": 2, "area": "201.78"}


def test_a_dry_run_tells_what_the_run_then_does(command, compound):
    bad = HEADER + ROWS + "1-2-302,113,赵六,\n"
    dry = command(compound.code, bad, "--json", "--dry-run")
    before = everything()
    assert before == [0, 0, 0, 0, 0, 0]
    assert command(compound.code, bad, "--json") == dry
    again = json.loads(command(compound.code, bad, "--json")[1])
    assert again["rows"] == {"read": 3, "new": 0, "changed": 0, "same": 2, "bad": 1}
    assert again["roll"] == json.loads(dry[1])["roll"]


def test_a_dry_run_from_the_shell_starts_with_the_roll_alone_and_says_the_same(
    command, own_database, tmp_path
):
    compound = places.compound(name="空小区")
    command(compound.code, HEADER + ROWS)
    changed = HEADER + ROWS.replace("王五", "赵六") + "1-2-303,80,,\n"
    status, out, _ = command(compound.code, changed, "--json", "--dry-run")
    urls = {
        name: database.with_name(os.environ[name], own_database)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
        if name in os.environ
    }
    words = ["import_roll", compound.code, tmp_path / "roll.csv", "--json", "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "manage.py", *words],
        cwd=PROJECT,
        env=os.environ | urls | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (status, out)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "portal.owners.actions.importing" in imported
    assert not {name.partition(".")[0] for name in imported} & {"committees", "cms", "wagtail"}


def test_a_file_may_have_any_name(command, compound):
    status, out, err = command(compound.code, HEADER + ROWS, "--json", name="名\udcff册.csv")
    assert (status, err) == (0, "")
    assert RollImport.objects.get().file_name == "名?册.csv"
    assert json.loads(out)["rows"]["new"] == 2


def test_the_longest_room_fits_and_a_longer_one_is_unreadable(command, compound):
    rooms = "甲" * 19 + "1幢,{}单元,车位" + "B" * 17 + "{},80,张三\n"
    text = "楼栋,单元,室号,面积,业主\n" + rooms.format(1, "1") + rooms.format(1, "1" * 30)
    report = json.loads(command(compound.code, text, "--json")[1])
    assert [one["code"] for one in report["bad"]] == ["room-unreadable"]
    assert max(len(key) for key in Part.objects.values_list("key", flat=True)) <= 60


def failing(*args, **facts):
    raise RuntimeError("the last step fails")


def test_an_import_that_fails_at_its_end_leaves_nothing(compound, noon, monkeypatch):
    monkeypatch.setattr(importing, "note", failing)
    with pytest.raises(RuntimeError, match="the last step fails"):
        actions.import_roll(
            compound, (HEADER + ROWS).encode(), file_name="名册.csv", by=None, at=noon
        )
    assert everything() == [0, 0, 0, 0, 0, 0]


def killed(*args, **facts):
    os.kill(os.getpid(), signal.SIGKILL)


def test_an_import_that_is_killed_leaves_nothing_and_may_be_run_again(
    own_database, noon, monkeypatch
):
    compound, data = places.compound(name="空小区"), (HEADER + ROWS).encode()
    connection.close()
    child = os.fork()
    if not child:
        importing.note = killed
        actions.import_roll(compound, data, file_name="名册.csv", by=None, at=noon)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert everything() == [0, 0, 0, 0, 0, 0]
    again = actions.import_roll(compound, data, file_name="名册.csv", by=None, at=noon)
    assert again.as_json()["rows"]["new"] == 2


def test_two_imports_at_once_are_one_after_the_other(own_database, noon):
    compound, data = places.compound(name="空小区"), (HEADER + ROWS).encode()
    barrier, fates = threading.Barrier(2), []

    def take_in():
        barrier.wait()
        report = actions.import_roll(compound, data, file_name="名册.csv", by=None, at=noon)
        fates.append((report.count("new"), report.count("same")))
        connection.close()

    threads = [threading.Thread(target=take_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fates) == [(0, 2), (2, 0)]
    assert everything()[:5] == [2, 1, 3, 3, 2]
