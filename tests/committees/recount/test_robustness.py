"""Whatever stands in the files, the answer is one line and never a traceback."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees import recount

FILES = ("manifest.json", "parts.csv", "ledger.jsonl", "openings.jsonl", "result.json")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "matters", "seq", "body", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)
LINE = re.compile(
    r"PASS|missing file \S+|\S+ is not canonical at line \d+|parts\.csv does not match its hash"
    r"|broken chain at seq \d+"
    r"|ballot at seq \d+ (before opening|after closing|of an unknown voter|is malformed)"
    r"|voided at seq \d+ names no ballot"
    r"|opening at seq \d+ (fits no ballot|does not match its seal|is missing)"
    r"|result differs: .+, recounted .+"
)


@pytest.fixture
def answered(run):
    """The one line, which must be one of the format's."""

    def answer(path):
        code, out, err = run(path)
        assert (out.count("\n"), out[-1:], err) == (1, "\n", "")
        assert LINE.fullmatch(out[:-1])
        assert code == int(out != "PASS\n")
        return out[:-1]

    return answer


def mutated(content, chance):
    """The bytes with a few of them changed, lost, repeated or moved."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at, length = chance.randrange(len(content) + 1), chance.choice([1, 1, 2, 8, 60])
        piece = bytes(content[at : at + length])
        content[at : at + chance.choice([0, length])] = chance.choice(
            [
                b"",
                piece + piece,
                piece[::-1],
                bytes(chance.randrange(256) for _ in range(length)),
                chance.choice(
                    [b"0", b"9", b'"', b"\n", b",", b"{", b"]", b"null", b"true", b"1e9"]
                ),
            ]
        )
    return bytes(content)


@pytest.mark.parametrize("seed", range(60))
def test_changed_bytes_are_found(example, answered, tmp_path, seed):
    chance = random.Random(seed)
    folder = shutil.copytree(example, tmp_path / "record")
    name = FILES[seed % len(FILES)]
    content = (example / name).read_bytes()
    for _ in range(5):
        changed = mutated(content, chance)
        (folder / name).write_bytes(changed)
        assert (answered(folder) == "PASS") == (changed == content)


@pytest.mark.parametrize("seed", range(40))
def test_changed_bytes_of_a_zip_never_make_another_record_pass(
    example, zipped, run, answered, tmp_path, seed
):
    chance, packed = random.Random(seed), zipped(example)
    content, expected = packed.read_bytes(), run(example, "--json")
    for _ in range(5):
        packed.write_bytes(mutated(content, chance))
        if answered(packed) == "PASS":  # a byte of the zip that nobody reads
            assert run(packed, "--json") == expected


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_file_is_not_waited_for(example, tmp_path, name):
    """A pipe that nobody writes to, a device that never ends."""
    for at, make in enumerate((os.mkfifo, Path.mkdir, lambda at: at.symlink_to("/dev/zero"))):
        folder = tmp_path / str(at)
        shutil.copytree(example, folder)
        (folder / name).unlink()
        make(folder / name)
        command = [sys.executable, recount.__file__, folder]
        told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (told.returncode, told.stdout, told.stderr) == (1, f"missing file {name}\n", "")


@pytest.mark.parametrize("name", FILES)
def test_a_bomb_in_a_zip_stops_at_the_line_where_it_begins(example, tmp_path, answered, name):
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in FILES:
            content = (example / each).read_bytes()
            archive.writestr(each, content + (b"0" * 64 * 1024 * 1024 if each == name else b""))
    lines = (example / name).read_bytes().count(b"\n") + 1
    assert answered(packed) == f"{name} is not canonical at line {lines}"


@pytest.mark.parametrize("flag", [0x1, 0x800, 0xFFFF])
def test_an_encrypted_or_odd_zip_is_no_record(example, zipped, answered, flag):
    packed = zipped(example)
    with zipfile.ZipFile(packed) as archive:
        names = [entry.filename for entry in archive.infolist()]
    content = bytearray(packed.read_bytes())
    for start in (at.start() for at in re.finditer(b"PK\x01\x02", bytes(content))):
        content[start + 8 : start + 10] = flag.to_bytes(2, "little")
    packed.write_bytes(content)
    assert names == list(FILES)
    told = answered(packed)
    assert told == ("PASS" if flag == 0x800 else "manifest.json is not canonical at line 1")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON, name=st.sampled_from(FILES), place=st.integers(0, 40), graft=st.booleans())
def test_any_json_anywhere_is_answered(handmade, answered, tmp_path, value, name, place, graft):
    """A canonical value of any shape, in place of a line or grafted into it."""
    text = handmade.texts()[name]
    lines = text.splitlines(keepends=True)
    at = place % len(lines)
    if graft and name != "parts.csv":
        whole = json.loads(lines[at])
        key = sorted(whole)[place % len(whole)]
        whole[key] = value
        value = whole
    end = "\n" if lines[at].endswith("\n") else ""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    lines[at] = written + end
    folder = handmade.write(tmp_path / "record")
    (folder / name).write_bytes("".join(lines).encode(errors="surrogatepass"))
    told = answered(folder)
    assert (told == "PASS") == ("".join(lines) == text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_any_choices_are_answered(handmade, answered, tmp_path, value):
    handmade.openings[0]["choices"] = value
    try:
        folder = handmade.write(tmp_path / "record")
    except UnicodeEncodeError:
        return
    assert answered(folder) != "PASS"
