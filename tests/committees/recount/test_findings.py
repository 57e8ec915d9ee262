"""Each finding of the format's table, word for word, and which of several is told."""

import json

import pytest


def tampered(path, old, new, *, times=1):
    """Replace text in a file of a written record."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, times).encode())


@pytest.fixture
def finding(run, tmp_path):
    """The one line told of a record in the making, or of a written one."""

    def told(book):
        folder = book.write(tmp_path / "record") if hasattr(book, "write") else book
        code, out, err = run(folder)
        assert (code, err, out.count("\n"), out[-1]) == (int(out != "PASS\n"), "", 1, "\n")
        return out[:-1]

    return told


@pytest.mark.parametrize(
    "name", ["manifest.json", "parts.csv", "ledger.jsonl", "openings.jsonl", "result.json"]
)
def test_a_file_is_missing(handmade, finding, tmp_path, name):
    folder = handmade.write(tmp_path / "record")
    (folder / name).unlink()
    assert finding(folder) == f"missing file {name}"
    (folder / name).mkdir()
    assert finding(folder) == f"missing file {name}"


def test_the_first_of_several_missing_files_is_told(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    (folder / "openings.jsonl").unlink()
    (folder / "ledger.jsonl").unlink()
    assert finding(folder) == "missing file ledger.jsonl"


def test_the_parts_are_not_those_of_the_manifest(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    tampered(folder / "parts.csv", "p4,v3,12000", "p4,v3,12001")
    assert finding(folder) == "parts.csv does not match its hash"


def test_a_changed_manifest_breaks_the_chain_at_its_first_event(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    tampered(folder / "manifest.json", '"duplicate":"first"', '"duplicate":"last"')
    assert finding(folder) == "broken chain at seq 1"


def ledger_lines(folder):
    return (folder / "ledger.jsonl").read_text("utf-8").splitlines(keepends=True)


def rewrite(folder, lines):
    (folder / "ledger.jsonl").write_bytes("".join(lines).encode())


def test_an_event_that_was_changed_breaks_the_chain_there(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    tampered(folder / "ledger.jsonl", '"voter":"v3"', '"voter":"v5"')
    assert finding(folder) == "broken chain at seq 5"


def test_an_event_that_was_taken_out_is_missed_where_it_stood(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    lines = ledger_lines(folder)
    rewrite(folder, lines[:4] + lines[5:])
    assert finding(folder) == "broken chain at seq 5"


def test_events_that_changed_places_break_the_chain(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    lines = ledger_lines(folder)
    lines[5], lines[6] = lines[6], lines[5]
    rewrite(folder, lines)
    assert finding(folder) == "broken chain at seq 6"


def test_an_event_told_twice_breaks_the_chain(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    lines = ledger_lines(folder)
    rewrite(folder, [*lines, lines[-1]])
    assert finding(folder) == f"broken chain at seq {len(lines) + 1}"


def test_a_changed_event_with_its_own_hash_put_right_breaks_the_next(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    lines, handmade.events[2]["at"] = ledger_lines(folder), "2026-10-06T00:00:00Z"
    lines[2] = handmade.ledger().splitlines(keepends=True)[2]
    rewrite(folder, lines)
    assert finding(folder) == "broken chain at seq 4"


def test_a_hash_in_capitals_is_another_hash(handmade, finding, tmp_path):
    folder = handmade.write(tmp_path / "record")
    lines = ledger_lines(folder)
    hashed = json.loads(lines[-1])["hash"]
    rewrite(folder, [*lines[:-1], lines[-1].replace(hashed, hashed.upper())])
    assert finding(folder) == f"broken chain at seq {len(lines)}"


def test_voting_never_closed(handmade, finding):
    del handmade.events[9:]
    assert finding(handmade) == "broken chain at seq 10"


def test_voting_opened_or_closed_twice(handmade, finding):
    handmade.event("closed")
    assert finding(handmade) == "broken chain at seq 12"
    handmade.events[0] = {"type": "opened", "at": "2026-10-01T00:00:00Z", "body": {}}
    assert finding(handmade) == "broken chain at seq 2"


def test_an_empty_ledger_lacks_its_first_event(record, make_decision, finding):
    book = record([make_decision()], [100])
    book.result = {"matters": []}
    assert finding(book) == "broken chain at seq 1"


@pytest.mark.parametrize("steps", [["closed"], ["closed", "opened"], ["opened"]])
def test_opening_and_closing_stand_in_order_even_without_a_ballot(
    record, make_decision, finding, steps
):
    book = record([make_decision()], [100])
    book.result = {"matters": []}
    for step in steps:
        book.event(step)
    assert finding(book) == f"broken chain at seq {len(steps) + 1}"


def test_a_ballot_before_opening(handmade, finding):
    handmade.events[1], handmade.events[2] = handmade.events[2], handmade.events[1]
    assert finding(handmade) == "ballot at seq 2 before opening"


def test_voting_never_opened(handmade, finding):
    handmade.events[1] = {
        "type": "refused",
        "at": "2026-10-01T00:00:00Z",
        "body": {"voter": "v1", "reason": "尚未开始"},
    }
    assert finding(handmade) == "ballot at seq 3 before opening"


def test_a_ballot_after_closing(handmade, finding):
    handmade.events.insert(7, handmade.events.pop(9))
    assert finding(handmade) == "ballot at seq 9 after closing"


def test_even_a_voided_ballot_may_not_come_after_closing(handmade, finding):
    handmade.events.insert(8, handmade.events.pop(9))
    handmade.events[-1]["body"]["seq"] = 10
    assert finding(handmade) == "ballot at seq 10 after closing"


def test_a_ballot_of_an_unknown_voter(handmade, finding):
    handmade.events[4]["body"]["voter"] = "v7"
    assert finding(handmade) == "ballot at seq 5 of an unknown voter"


@pytest.mark.parametrize("changes", [{"channel": "fax"}, {"scheme": "sealed-2"}])
def test_a_ballot_of_an_unknown_channel_or_scheme_is_malformed(handmade, finding, changes):
    handmade.events[4]["body"] |= changes
    assert finding(handmade) == "ballot at seq 5 is malformed"


@pytest.mark.parametrize(
    "choices",
    [
        {"m1": [2, 0, 0, 0]},
        {"m1": [-1, 1, 1, 0]},
        {"m1": [1, 0, 0]},
        {"m1": [1, 0, 0, 0, 0]},
        {"m1": []},
        {"m9": [1]},
    ],
)
def test_choices_that_do_not_fit_the_manifest_make_a_malformed_ballot(handmade, finding, choices):
    del handmade.events[8:], handmade.openings[-1]
    handmade.ballot("v5", **choices)
    handmade.event("closed")
    assert finding(handmade) == "ballot at seq 9 is malformed"
    handmade.event("voided", seq=9, reason="无效")
    assert finding(handmade) == "ballot at seq 9 is malformed"


@pytest.mark.parametrize("seq", [0, 1, 2, 10, 11, 12, 99, -3, 10**40])
def test_a_voided_that_names_no_ballot(handmade, finding, seq):
    handmade.events[-1]["body"]["seq"] = seq
    assert finding(handmade) == "voided at seq 11 names no ballot"


def test_a_ballot_that_is_yet_to_come_cannot_be_voided(handmade, finding):
    handmade.events[0] = {
        "type": "voided",
        "at": "2026-10-01T00:00:00Z",
        "body": {"seq": 3, "reason": "x"},
    }
    assert finding(handmade) == "voided at seq 1 names no ballot"


@pytest.mark.parametrize("seq", [-5, 0, 2, 10, 12])
def test_an_opening_that_fits_no_ballot(handmade, finding, seq):
    handmade.openings[1]["seq"] = seq
    handmade.openings.sort(key=lambda opening: opening["seq"])
    assert finding(handmade) == f"opening at seq {seq} fits no ballot"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("choices", {"m1": [0, 1, 0, 0], "m2": [1, 1, 0], "m3": [1, 0, 0]}),
        ("nonce", "0" * 32),
        ("nonce", "no nonce"),
    ],
)
def test_an_opening_that_does_not_match_its_seal(handmade, finding, key, value):
    handmade.openings[0][key] = value
    assert finding(handmade) == "opening at seq 3 does not match its seal"


def test_a_ballot_cannot_be_turned_into_another_voters(handmade, finding):
    handmade.events[5]["body"]["voter"] = "v5"
    assert finding(handmade) == "opening at seq 6 does not match its seal"


def test_the_opening_of_a_voided_ballot_must_match_too(handmade, finding):
    handmade.openings[-1]["nonce"] = "f" * 32
    assert finding(handmade) == "opening at seq 9 does not match its seal"


def test_a_missing_opening(handmade, finding):
    del handmade.openings[2]
    assert finding(handmade) == "opening at seq 5 is missing"


def test_an_unopenable_ballot_has_no_opening(handmade, finding):
    handmade.openings = [one for one in handmade.openings if one["seq"] != 9]
    handmade.events[-1]["body"]["reason"] = "unopenable"
    assert finding(handmade) == "PASS"


def test_the_opening_of_an_unopenable_ballot_fits_none(handmade, finding):
    handmade.events[-1]["body"]["reason"] = "unopenable"
    assert finding(handmade) == "opening at seq 9 fits no ballot"


def test_a_voided_ballot_needs_no_opening(handmade, finding):
    handmade.openings.pop()
    assert finding(handmade) == "PASS"


def change(result, path, value):
    for key in path[:-1]:
        result = result[key]
    result[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ((0, "eligible", "heads"), 6, "m1 eligible heads 6, recounted 5"),
        ((0, "participated", "area"), 44001, "m1 participated area 44001, recounted 44000"),
        ((0, "options", 0, "heads"), 3, "m1 options agree heads 3, recounted 2"),
        ((0, "options", 3, "area"), 0, "m1 options follow area 0, recounted 12000"),
        ((0, "options"), [], "m1 options [], recounted [0,1,2,3]"),
        ((0, "participation", "heads"), False, "m1 participation heads false, recounted true"),
        ((0, "agreement", "area"), False, "m1 agreement area false, recounted true"),
        ((0, "passed"), False, "m1 passed false, recounted true"),
        ((0, "id"), "m4", 'matters ["m4","m2","m3"], recounted ["m1","m2","m3"]'),
        ((1, "candidates", 2, "heads"), 2, "m2 candidates c3 heads 2, recounted 1"),
        (
            (1, "candidates", 0, "qualified"),
            False,
            "m2 candidates c1 qualified false, recounted true",
        ),
        (
            (1, "candidates", 0, "id"),
            "c9",
            'm2 candidates ["c9","c2","c3"], recounted ["c1","c2","c3"]',
        ),
        ((1, "elected"), ["c1", "c2"], 'm2 elected ["c1","c2"], recounted ["c2","c1"]'),
        ((1, "elected"), [], 'm2 elected [], recounted ["c2","c1"]'),
        ((1, "alternates"), ["c3"], 'm2 alternates ["c3"], recounted []'),
        ((1, "tied"), ["c3"], 'm2 tied ["c3"], recounted []'),
        ((1, "open_seats"), 1, "m2 open_seats 1, recounted 0"),
        ((1, "party", "members"), 3, "m2 party members 3, recounted 2"),
        ((1, "party", "party_members"), 2, "m2 party party_members 2, recounted 1"),
        ((1, "party", "met"), True, "m2 party met true, recounted false"),
        ((2, "passed"), True, "m3 passed true, recounted false"),
        ((2, "note"), {"by": 1}, 'm3 note {"by":1}, recounted nothing'),
    ],
)
def test_a_result_that_differs(handmade, finding, path, value, line):
    change(handmade.result["matters"], path, value)
    assert finding(handmade) == f"result differs: {line}"


def test_a_verdict_without_a_target_differs(handmade, finding):
    del handmade.rules["party_target"]
    line = "result differs: m2 party met false, recounted nothing"
    assert finding(handmade) == line
    del handmade.result["matters"][1]["party"]["met"]
    assert finding(handmade) == "PASS"


def test_a_matter_too_few_or_too_many(handmade, finding):
    removed = handmade.result["matters"].pop()
    assert finding(handmade) == 'result differs: matters ["m1","m2"], recounted ["m1","m2","m3"]'
    handmade.result["matters"] += [removed, removed | {"id": "m4"}]
    listed = 'matters ["m1","m2","m3","m4"], recounted ["m1","m2","m3"]'
    assert finding(handmade) == f"result differs: {listed}"


def test_a_word_the_format_does_not_know_beside_the_matters(handmade, finding):
    handmade.result["note"] = [{"id": 5}]
    assert finding(handmade) == "result differs: note [5], recounted nothing"


def test_the_first_difference_follows_the_order_of_the_format(handmade, finding):
    matters = handmade.result["matters"]
    matters[1]["alternates"] = ["c3"]
    matters[1]["candidates"][2]["area"] = 1
    assert finding(handmade) == "result differs: m2 candidates c3 area 1, recounted 12000"
    matters[0]["agreement"]["heads"] = False
    matters[0]["options"][1]["area"] = 1
    assert finding(handmade) == "result differs: m1 options against area 1, recounted 8000"


def test_a_finding_is_one_line_whatever_the_ids_hold(record, make_decision, finding):
    book = record([make_decision("m\n1\u2028")], [100])
    book.event("opened")
    book.event("closed")
    nothing, failed = {"heads": 0, "area": 0}, {"heads": False, "area": False}
    book.result = {
        "matters": [
            {
                "id": "m\n1\u2028",
                "eligible": {"heads": 2, "area": 100},
                "participated": nothing,
                "options": [nothing] * 4,
                "participation": failed,
                "agreement": failed,
                "passed": False,
            }
        ]
    }
    assert finding(book) == "result differs: m 1  eligible heads 2, recounted 1"


def test_of_several_findings_the_first_of_the_table_is_told(handmade, finding, tmp_path):
    book = handmade
    book.result["matters"][0]["passed"] = False
    assert finding(book) == "result differs: m1 passed false, recounted true"
    del book.openings[1]
    assert finding(book) == "opening at seq 4 is missing"
    book.openings[2]["nonce"] = "0" * 32
    assert finding(book) == "opening at seq 6 does not match its seal"
    book.openings.append({"seq": 50, "choices": {}, "nonce": "0" * 32})
    assert finding(book) == "opening at seq 50 fits no ballot"
    book.events[-1]["body"]["seq"] = 1
    assert finding(book) == "voided at seq 11 names no ballot"
    book.events[6]["body"]["channel"] = "fax"
    assert finding(book) == "ballot at seq 7 is malformed"
    book.events[7]["body"]["voter"] = "v9"
    assert finding(book) == "ballot at seq 8 of an unknown voter"
    book.events.insert(8, book.events.pop(9))
    assert finding(book) == "ballot at seq 10 after closing"
    book.events[1], book.events[2] = book.events[2], book.events[1]
    assert finding(book) == "ballot at seq 2 before opening"

    folder = book.write(tmp_path / "record")
    tampered(folder / "ledger.jsonl", '"reason":"代签"', '"reason":"代签。"')
    assert finding(folder) == "broken chain at seq 11"
    tampered(folder / "parts.csv", "p4,v3,12000", "p4,v3,12001")
    assert finding(folder) == "parts.csv does not match its hash"
    tampered(folder / "result.json", '"passed":false', '"passed":0')
    assert finding(folder) == "result.json is not canonical at line 1"
    tampered(folder / "openings.jsonl", '"nonce"', '"none"')
    assert finding(folder) == "openings.jsonl is not canonical at line 1"
    tampered(folder / "parts.csv", "p3,v2", "p0,v2")
    assert finding(folder) == "parts.csv is not canonical at line 4"
    (folder / "result.json").unlink()
    assert finding(folder) == "missing file result.json"


def test_within_a_row_the_lower_seq_is_told(handmade, finding):
    handmade.events[6]["body"]["channel"] = "fax"
    handmade.openings[2]["choices"]["m1"] = [1]
    assert finding(handmade) == "ballot at seq 5 is malformed"
    handmade.events[3]["body"]["scheme"] = "open"
    assert finding(handmade) == "ballot at seq 4 is malformed"
