"""The process that reads files: bounded, asked and answered in JSON, its refusals brought back."""

import io
import json
import os
import resource
import subprocess
import sys

import pytest

from portal.tools.sheets import apart, refusals
from portal.tools.sheets.sheet import Limits


def answers(source, limits):
    yield {"asked": json.loads(source.readline()), "bytes": len(source.read())}


def told(work, **limits):
    sink = io.StringIO()
    apart.tell(work, io.BytesIO(b'{"a": 1}\nxyz'), sink, Limits(**limits))
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def failing(trouble):
    def fail(*_):
        raise trouble
        yield {}

    return fail


class PanicException(BaseException):
    """As the parser's own one is called."""


def test_each_answer_is_told_and_an_end():
    assert told(answers) == [{"asked": {"a": 1}, "bytes": 3}, {"end": True}]


@pytest.mark.parametrize(
    ("trouble", "refusal"),
    [
        (refusals.TooLarge("rows", 1), {"refusal": "TooLarge", "facts": ["rows", 1]}),
        (MemoryError(), {"refusal": "TooLarge", "facts": ["memory_bytes", 5]}),
        (PanicException(), {"refusal": "Damaged", "facts": []}),
    ],
)
def test_why_it_refuses_is_told(trouble, refusal):
    assert told(failing(trouble), memory_bytes=5) == [refusal]


def test_any_other_trouble_is_not_hidden():
    with pytest.raises(KeyError):
        told(failing(KeyError()))


@pytest.fixture
def ask(monkeypatch):
    """Ask a process that runs `code` in the place of a module."""

    def ask_code(code, **limits):
        popen = subprocess.Popen
        command = [sys.executable, "-c", code]
        monkeypatch.setattr(
            apart.subprocess, "Popen", lambda _, **settings: popen(command, **settings)
        )
        return apart.ask("any.module", {}, b"", Limits(**limits))

    return ask_code


def test_the_answer_comes_back(ask):
    code = """print('{"a": 1}'); print('{"end": true}')"""
    assert ask(code) == [{"a": 1}]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import signal; signal.alarm(1); signal.pause()", "seconds"),
        ("import os; os.kill(os.getpid(), 9)", "seconds"),
        ("import os; os.abort()", "memory_bytes"),
        ("raise KeyError('张三')", "memory_bytes"),
        ("", "memory_bytes"),
    ],
)
def test_a_process_that_dies_is_a_refusal(ask, code, what):
    with pytest.raises(refusals.TooLarge) as refusal:
        ask(code)
    assert refusal.value.what == what


def test_of_an_error_only_its_kind_is_logged(ask, caplog):
    with pytest.raises(refusals.TooLarge):
        ask("raise KeyError('张三')")
    assert [record.getMessage() for record in caplog.records] == ["a file was not read: KeyError"]


def test_its_limits_bind_it(monkeypatch):
    child = os.fork()
    if not child:
        apart.bind_myself(Limits(memory_bytes=900_000_000, seconds=7))
        bounds = (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU))
        os._exit(int(bounds != ((900_000_000,) * 2, (7, 7))))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
