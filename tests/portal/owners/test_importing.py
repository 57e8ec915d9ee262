"""A file of the roll taken in: once, whole, and nothing where it cannot be read."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from portal.owners import actions, queries, running
from portal.owners.models import Holding, Owner, RollImport, RollUpload
from portal.owners.rules.scopes import BY_DEFAULT
from portal.places.models import Part
from portal.tools.audit.models import AuditEntry

HEADER = "房号,面积,业主,电话\n"
ROWS = "1-2-301,89.32,张三,13800000001\n1幢2单元302室,112.46,李四、王五,13800000002\n"
BAD = "1-2-303,八十,赵六,13800000003\n"


def roll(*rows: str) -> bytes:
    return (HEADER + "".join(rows)).encode()


@pytest.fixture
def take(cast, noon):
    def take_in(data: bytes):
        return actions.import_roll(
            cast.other_compound, data, file_name="名册.csv", by=cast.qian.pk, at=noon
        )

    return take_in


def test_good_rows_are_taken_in_and_bad_ones_left(take, cast):
    report = take(roll(ROWS, BAD)).as_json()
    assert report["rows"] == {"read": 3, "new": 2, "changed": 0, "same": 0, "bad": 1}
    parts = Part.objects.filter(compound=cast.other_compound).order_by("key")
    assert [(part.key, part.area) for part in parts] == [
        ("1-1-101", 8932),
        ("1-2-301", 8932),
        ("1-2-302", 11246),
    ]


def test_the_same_file_again_changes_nothing(take, cast):
    take(roll(ROWS))
    before = sorted(Owner.objects.values_list("pk", flat=True))
    report = take(roll(ROWS)).as_json()
    assert report["rows"] == {"read": 2, "new": 0, "changed": 0, "same": 2, "bad": 0}
    assert sorted(Owner.objects.values_list("pk", flat=True)) == before
    assert RollImport.objects.count() == 2


def test_a_changed_owner_takes_the_place_of_the_former(take, cast):
    take(roll(ROWS))
    report = take(roll("1-2-301,89.32,钱七,13800000009\n")).as_json()
    assert report["rows"]["changed"] == 1
    holders = Holding.objects.current().filter(part__key="1-2-301")
    assert [holding.owner.name for holding in holders] == ["钱七"]


def test_while_a_meeting_runs_an_import_changes_no_phone_of_the_roll(take, cast, monkeypatch):
    """A clerk's own number on the roll would have bound the home without a second person."""
    take(roll(ROWS))
    owner = Owner.objects.get(holdings__part__key="1-2-301")
    monkeypatch.setattr(running, "asked", [lambda compound: compound == cast.other_compound.pk])
    take(roll(ROWS.replace("13800000001", "13900000009").replace("89.32", "89.50")))
    holder = Owner.objects.get(holdings__part__key="1-2-301", holdings__until__isnull=True)
    assert (holder.pk, holder.phone, holder.phone_hash) == (owner.pk, owner.phone, owner.phone_hash)
    assert Part.objects.get(compound=cast.other_compound, key="1-2-301").area == 8950
    (kept,) = AuditEntry.objects.get(act="owners.kept_phones").facts["kept"]
    assert kept == {"owner": str(owner.pk), "before": "138****0001", "after": "139****0009"}
    monkeypatch.setattr(running, "asked", [])
    take(roll(ROWS.replace("13800000001", "13900000009")))
    assert Owner.objects.get(pk=owner.pk).phone == "+8613900000009"


def test_the_registry_after_the_import_is_what_the_report_says(take, cast):
    report = take(roll(ROWS)).as_json()
    parts, area = queries.totals(cast.other_compound, BY_DEFAULT)
    assert (report["roll"]["parts"], report["roll"]["area"]) == (parts, f"{area / 100:.2f}")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", "没有,表头\n1,2\n".encode(), HEADER.encode()])
def test_what_is_no_roll_is_refused_in_one_line(take, data):
    with pytest.raises(actions.RollNotReadable) as refused:
        take(data)
    assert str(refused.value).count("\n") == 0
    assert not RollImport.objects.exists()


def test_nothing_personal_is_written_in_the_clear(take, db):
    from django.db import connection

    take(roll(ROWS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT owners_owner::text FROM owners_owner")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert "张三" not in stored
    assert "13800000001" not in stored


@pytest.mark.parametrize(
    ("rows", "status", "written"), [(ROWS, 0, 3), (ROWS + BAD, 1, 3), ("", 2, 1)]
)
def test_the_command_says_by_its_status_how_it_went(cast, tmp_path, capsys, rows, status, written):
    file = tmp_path / "roll.csv"
    file.write_bytes(roll(rows))
    with pytest.raises(SystemExit) as ended:
        call_command("import_roll", cast.other_compound.code, str(file), "--json")
    assert ended.value.code == status
    out = capsys.readouterr().out
    assert (json.loads(out)["format"] if status < 2 else out) == (
        "roll-report/1" if status < 2 else ""
    )
    assert Part.objects.filter(compound=cast.other_compound).count() == written


def test_a_dry_run_writes_nothing_and_takes_an_unknown_compound_for_an_empty_one(
    cast, tmp_path, capsys
):
    file = tmp_path / "roll.csv"
    file.write_bytes(roll(ROWS))
    with pytest.raises(SystemExit) as ended:
        call_command("import_roll", "nowhere", str(file), "--dry-run", "--json")
    assert ended.value.code == 0
    report = json.loads(capsys.readouterr().out)
    assert report["roll"] == {"parts": 2, "heads": 2, "area": "201.78"}
    assert not RollImport.objects.exists()


def test_the_page_shows_what_will_be_and_takes_it_in_once(cast, client, letters):
    client.force_login(cast.qian)
    page_address = reverse("owners:import", kwargs={"code": cast.other_compound.code})
    file = SimpleUploadedFile("名册.csv", roll(ROWS, BAD))
    page = client.post(page_address, {"file": file})
    assert "不是数字" in page.content.decode() or "八十" in page.content.decode()
    assert not RollImport.objects.exists()
    upload = RollUpload.objects.get()
    address = reverse(
        "owners:take-in", kwargs={"code": cast.other_compound.code, "upload": upload.pk}
    )
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    letters.deliver()
    assert RollImport.objects.count() == 1
    assert RollUpload.objects.get().is_left_over


def test_another_compounds_clerk_may_not(cast, client):
    client.force_login(cast.qian)
    address = reverse("owners:import", kwargs={"code": cast.compound.code})
    assert client.get(address).status_code == 403
