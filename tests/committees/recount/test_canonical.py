"""What is not canonical, file by file and line by line."""

import hashlib
import json
import zipfile

import pytest

AGREE = {"m1": [1, 0, 0, 0]}


def dumps(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.fixture
def folder(handmade, tmp_path):
    return handmade.write(tmp_path / "record")


@pytest.fixture
def told(run, folder):
    """Write bytes or text into a file of the record; the line told of it."""

    def write(name, content):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        code, out, err = run(folder)
        assert (code, err) == (1, "")
        return out

    return write


def line_of(text, number):
    return text.splitlines(keepends=True)[number - 1]


JSON_FAULTS = {
    "empty": lambda text: "",
    "no JSON": lambda text: "{",
    "two values": lambda text: text + text,
    "a list": lambda text: "[]",
    "a number": lambda text: "1",
    "a space": lambda text: text.replace(":", ": ", 1),
    "a space before": lambda text: " " + text,
    "a BOM": lambda text: "\ufeff" + text,
    "UTF-16": lambda text: text.encode("utf-16"),
    "not UTF-8": lambda text: text.encode().replace(b"m1", b"m\xff"),
    "an encoded surrogate": lambda text: text.encode().replace(b"m1", b"m\xed\xa0\x80"),
    "an escaped surrogate": lambda text: text.replace("m1", "m\\ud800"),
    "an escape that needs none": lambda text: text.replace("m1", "m\\u0031"),
    "text not in NFC": lambda text: text.replace("m1", "e\u0301"),
    "null": lambda text: text.replace("{", '{"a":null,', 1),
    "null in a list": lambda text: text.replace("{", '{"a":[1,null],', 1),
    "a key twice": lambda text: text.replace("{", '{"a":1,"a":1,', 1),
    "keys in another order": lambda text: text.replace("{", '{"zz":1,', 1),
    "a float": lambda text: text.replace("{", '{"a":1.5,', 1),
    "a whole float": lambda text: text.replace("{", '{"a":1.0,', 1),
    "an exponent": lambda text: text.replace("{", '{"a":1E400,', 1),
    "NaN": lambda text: text.replace("{", '{"a":NaN,', 1),
    "Infinity": lambda text: text.replace("{", '{"a":-Infinity,', 1),
    "minus nothing": lambda text: text.replace("{", '{"a":-0,', 1),
    "an endless integer": lambda text: text.replace("{", '{"a":' + "9" * 5000 + ",", 1),
    "a well of brackets": lambda text: "[" * 200_000,
    "a deep value": lambda text: text.replace("{", '{"a":' + "[" * 5000 + "]" * 5000 + ",", 1),
    "CR": lambda text: text.replace("\n", "\r\n") if "\n" in text else text + "\r",
    "a NUL": lambda text: text.replace("m1", "m\x00"),
}


@pytest.mark.parametrize("fault", JSON_FAULTS)
@pytest.mark.parametrize("name", ["manifest.json", "result.json"])
def test_json_in_one_line_that_is_not_canonical(folder, told, name, fault):
    text = (folder / name).read_text("utf-8")
    assert told(name, JSON_FAULTS[fault](text)) == f"{name} is not canonical at line 1\n"


@pytest.mark.parametrize("fault", sorted(JSON_FAULTS.keys() - {"empty", "two values"}))
@pytest.mark.parametrize(("name", "number"), [("ledger.jsonl", 3), ("openings.jsonl", 2)])
def test_a_line_of_json_that_is_not_canonical(folder, told, name, number, fault):
    text = (folder / name).read_text("utf-8").replace("v1", "m1")
    line = line_of(text, number)
    changed = JSON_FAULTS[fault](line.rstrip("\n"))
    changed = changed if isinstance(changed, bytes) else changed.encode()
    before, after = text.split(line)
    content = before.encode() + changed + b"\n" + after.encode()
    assert told(name, content) == f"{name} is not canonical at line {number}\n"


@pytest.mark.parametrize("name", ["manifest.json", "result.json"])
def test_one_line_ends_without_a_newline(folder, told, name):
    text = (folder / name).read_text("utf-8")
    assert told(name, text + "\n") == f"{name} is not canonical at line 1\n"
    pretty = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    assert told(name, pretty) == f"{name} is not canonical at line 1\n"


@pytest.mark.parametrize("name", ["parts.csv", "ledger.jsonl", "openings.jsonl"])
def test_the_last_line_too_ends_with_a_newline(folder, told, name):
    text = (folder / name).read_text("utf-8")
    last = text.count("\n")
    assert told(name, text[:-1]) == f"{name} is not canonical at line {last}\n"
    assert told(name, text + "\n") == f"{name} is not canonical at line {last + 1}\n"
    assert told(name, "\n" + text) == f"{name} is not canonical at line 1\n"
    crlf = text.replace("\n", "\r\n")
    assert told(name, crlf) == f"{name} is not canonical at line 1\n"


def test_null_and_nan_may_be_written_inside_a_text(handmade, run, tmp_path):
    handmade.events[-1]["body"]["reason"] = 'said "null", null:NaN \\ \n\u0301 1.5'
    assert run(handmade.write(tmp_path / "r"))[1] == "PASS\n"


def test_a_line_beyond_all_measure_is_not_read(folder, told):
    content = b"[" + b" " * (9 * 1024 * 1024)
    for name in ("manifest.json", "openings.jsonl", "parts.csv"):
        before = (folder / name).read_bytes()
        assert told(name, content) == f"{name} is not canonical at line 1\n"
        (folder / name).write_bytes(before)


def paths(value, at=()):
    """Every key of a JSON value, as the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*at, key)
            yield from paths(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*at, index))


OPTIONAL = {"party_target", "met"}


def holder(value, path):
    for key in path[:-1]:
        value = value[key]
    return value


@pytest.mark.parametrize("name", ["manifest.json", "result.json"])
def test_no_key_may_be_missing_or_of_another_type(folder, told, name):
    text = (folder / name).read_text("utf-8")
    for path in paths(json.loads(text)):
        if path[-1] not in OPTIONAL:
            without = json.loads(text)
            del holder(without, path)[path[-1]]
            said = told(name, dumps(without))
            assert (path, said) == (path, f"{name} is not canonical at line 1\n")
        value = holder(json.loads(text), path)[path[-1]]
        for other in ({"a": 1}, [[1]], "x" if not isinstance(value, str) else 1, True, 1):
            if type(other) is not type(value) or isinstance(other, list):
                changed = json.loads(text)
                holder(changed, path)[path[-1]] = other
                said = told(name, dumps(changed))
                assert (path, other, said) == (path, other, f"{name} is not canonical at line 1\n")


def test_no_key_of_an_event_may_be_missing_or_of_another_type(folder, told):
    text = (folder / "ledger.jsonl").read_text("utf-8")
    for number in (1, 3, 11):
        line = line_of(text, number)
        for path in paths(json.loads(line)):
            without, other = json.loads(line), json.loads(line)
            del holder(without, path)[path[-1]]
            holder(other, path)[path[-1]] = True
            for changed in (without, other):
                said = told("ledger.jsonl", text.replace(line, dumps(changed) + "\n"))
                assert said == f"ledger.jsonl is not canonical at line {number}\n"


@pytest.mark.parametrize(
    "opening",
    [
        {"choices": AGREE, "nonce": "0" * 32},
        {"seq": 3, "nonce": "0" * 32},
        {"seq": 3, "choices": AGREE},
        {"seq": "3", "choices": AGREE, "nonce": "0" * 32},
        {"seq": 3, "choices": AGREE, "nonce": 0},
        {"seq": 3, "choices": [], "nonce": "0" * 32},
        {"seq": 3, "choices": {"m1": 1}, "nonce": "0" * 32},
        {"seq": 3, "choices": {"m1": [True, 0, 0, 0]}, "nonce": "0" * 32},
        {"seq": 3, "choices": {"m1": ["1", 0, 0, 0]}, "nonce": "0" * 32},
        {"seq": 3, "choices": {"m1": {"agree": 1}}, "nonce": "0" * 32},
    ],
)
def test_an_opening_of_another_shape(folder, told, opening):
    told_of = told("openings.jsonl", dumps(opening) + "\n")
    assert told_of == "openings.jsonl is not canonical at line 1\n"


@pytest.mark.parametrize("digits", ["ABCDEFabcdef0123456789ABCDEFabcd", "0" * 32])
def test_a_nonce_is_of_hex_digits_of_either_case(handmade, run, tmp_path, digits):
    opening, body = handmade.openings[0], handmade.events[2]["body"]
    opening["nonce"] = digits
    sealed = {"choices": opening["choices"], "nonce": digits, "voter": body["voter"]}
    body["seal"] = hashlib.sha256(dumps(sealed).encode()).hexdigest()
    assert run(handmade.write(tmp_path / "r"))[1] == "PASS\n"


def test_openings_stand_in_order_and_once(handmade, run, tmp_path):
    handmade.openings[1], handmade.openings[2] = handmade.openings[2], handmade.openings[1]
    line = "openings.jsonl is not canonical at line 3\n"
    assert run(handmade.write(tmp_path / "r"))[1] == line
    handmade.openings[1:3] = [handmade.openings[2]] * 2
    assert run(handmade.write(tmp_path / "r"))[1] == line


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("resumed", {}),
        ("rescheduled", {"closes_at": "2026-10-21T10:00:00Z"}),
        ("rescheduled", {"closes_at": "2026-10-21", "reason": "延长"}),
        ("rescheduled", {"closes_at": 5, "reason": "延长"}),
        ("rescheduled", {"closes_at": ["2026-10-21T10:00:00Z"], "reason": "延长"}),
        ("served", {}),
        ("refused", {"voter": "v1"}),
        ("voided", {"seq": "9", "reason": "x"}),
    ],
)
def test_an_event_of_unknown_type_or_other_body(handmade, run, tmp_path, kind, body):
    handmade.event(kind, **body)
    line = "ledger.jsonl is not canonical at line 12\n"
    assert run(handmade.write(tmp_path / "r"))[1] == line


def test_events_that_change_no_count_are_read_over(handmade, run, tmp_path):
    handmade.event("refused", voter="stranger", reason="过时")
    handmade.event("served", voter="v1")
    handmade.event("rescheduled", closes_at="2028-02-29T23:59:59Z", reason="延长")
    handmade.event("voided", seq=9, reason="再次", by="clerk")
    assert run(handmade.write(tmp_path / "r"))[1] == "PASS\n"


@pytest.mark.parametrize(
    "instant",
    [
        "2026-10-05",
        "2026-10-05T00:00:00",
        "2026-10-05T00:00:00+08:00",
        "2026-10-05T00:00:00.5Z",
        "2026-13-05T00:00:00Z",
        "2026-10-32T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "0000-10-05T00:00:00Z",
        "2026-00-05T00:00:00Z",
        "2026-10-05T24:00:00Z",
        "2026-10-05T00:60:00Z",
        "2026-10-05T00:00:60Z",
        "２０２６-10-05T00:00:00Z",
        "2026-10-05 00:00:00Z",
        "2026-10-05T00:00:00Z\n",
    ],
)
def test_an_instant_is_written_in_one_way(handmade, run, tmp_path, instant):
    handmade.events[4]["at"] = instant
    line = "ledger.jsonl is not canonical at line 5\n"
    assert run(handmade.write(tmp_path / "r"))[1] == line


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("rules", "ordinary", "den"), 0),
        (("rules", "special", "den"), -4),
        (("rules", "participation", "num"), -1),
        (("rules", "participation", "inclusive"), 1),
        (("rules", "duplicate"), "onsite"),
        (("rules", "deemed"), "agree"),
        (("rules", "tie"), "draw"),
        (("rules", "rank_by"), []),
        (("rules", "rank_by"), ["heads", "heads"]),
        (("rules", "rank_by"), ["name"]),
        (("format",), "election-record/2"),
        (("meeting", "opens_at"), "2026-10-01"),
        (("matters", 0, "kind"), "survey"),
        (("matters", 0, "bar"), "participation"),
        (("matters", 0, "deemed"), "agree"),
        (("matters", 0, "options"), []),
        (("matters", 0, "options"), ["against", "agree"]),
        (("matters", 0, "options"), ["agree", "against", "against"]),
        (("matters", 0, "id"), "m2"),
        (("matters", 1, "seats"), -1),
        (("matters", 1, "seats"), True),
        (("matters", 1, "candidates", 0, "id"), "c2"),
        (("matters", 1, "candidates", 0, "party_member"), 1),
    ],
)
def test_a_manifest_of_another_kind(handmade, folder, told, path, value):
    manifest = handmade.manifest()
    holder(manifest, path)[path[-1]] = value
    assert told("manifest.json", dumps(manifest)) == "manifest.json is not canonical at line 1\n"


def test_a_manifest_may_say_more(handmade, run, tmp_path):
    handmade.matters[1] |= {"options": ["agree"], "deemed": "follow", "note": [{"id": 1}]}
    handmade.rules["chair"] = {"a": [1, {"b": "c"}]}
    assert run(handmade.write(tmp_path / "r"))[1] == "PASS\n"


@pytest.mark.parametrize(
    ("number", "row"),
    [
        (1, "part,voter,area\n"),
        (1, "voter,part,area,scopes\n"),
        (3, "p2,v1,5000\n"),
        (3, "p2,v1,5000,all,b1\n"),
        (3, "p2,v1,-5000,all\n"),
        (3, "p2,v1,+5000,all\n"),
        (3, "p2,v1,05000,all\n"),
        (3, "p2,v1,50.00,all\n"),
        (3, "p2,v1,5_000,all\n"),
        (3, "p2,v1,５０００,all\n"),
        (3, "p2,v1, 5000,all\n"),
        (3, "p2,v1,,all\n"),
        (3, f"p2,v1,{'9' * 101},all\n"),
        (3, "p2,,5000,all\n"),
        (3, ",v1,5000,all\n"),
        (3, "p2,v1,5000,all;\n"),
        (3, "p2,v1,5000,all;;b1\n"),
        (3, "p2,v1,5000,all;all\n"),
        (3, '"p2",v1,5000,all\n'),
        (3, "p2,v1,5000,all\r\n"),
        (3, "p2,v\x00,5000,all\n"),
        (3, "p2,e\u0301,5000,all\n"),
        (3, "p2,v\ufeff\x85\udc80,5000,all\n"),
        (3, "p1,v1,5000,all\n"),
        (3, "p0,v1,5000,all\n"),
        (3, "\n"),
    ],
)
def test_a_row_of_parts_of_another_shape(folder, told, number, row):
    text = (folder / "parts.csv").read_text("utf-8")
    content = text.replace(line_of(text, number), row).encode(errors="surrogateescape")
    assert told("parts.csv", content) == f"parts.csv is not canonical at line {number}\n"


def test_no_parts_at_all_is_no_file_of_parts(told):
    assert told("parts.csv", "") == "parts.csv is not canonical at line 1\n"


def test_a_part_may_stand_in_no_scope_in_a_large_one_and_measure_nothing(handmade, run, tmp_path):
    handmade.parts += [("p8", "v7", 10**100 - 1, ""), ("p9", "业主", 0, "一幢;𠮷")]
    assert run(handmade.write(tmp_path / "r"))[1] == "PASS\n"


def test_a_file_that_stands_twice_in_a_zip(handmade, folder, zipped, run):
    packed = zipped(folder)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("result.json", (folder / "result.json").read_bytes())
    assert run(packed)[1] == "result.json is not canonical at line 1\n"


def test_a_file_that_a_zip_cannot_unpack(folder, zipped, run):
    packed = zipped(folder)
    with zipfile.ZipFile(packed) as archive:
        entry = archive.getinfo("ledger.jsonl")
    content = bytearray(packed.read_bytes())
    start = entry.header_offset + 30 + len("ledger.jsonl")
    content[start : start + 40] = b"\xff" * 40
    packed.write_bytes(content)
    assert run(packed)[1] == "ledger.jsonl is not canonical at line 1\n"


def test_a_zip_with_the_files_in_a_folder_has_none(folder, zipped, run):
    assert run(zipped(folder, "record/")) == (1, "missing file manifest.json\n", "")
