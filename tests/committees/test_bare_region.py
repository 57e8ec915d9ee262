"""Where a county names no profile only national law holds; every step and page works there."""

import json

import pytest
from django.urls import reverse

from committees import actions, recount
from committees.models import Member
from committees.queries import record_files
from portal.accounts.models import RegionOffice
from portal.publicity.models import Publicity
from portal.rulebook.models import Rule
from portal.rulebook.rules.regions import COUNTRY
from tests.factories import campaigns, fire, meetings, people, rulebook
from tests.factories.meetings import CLOSED

NO_TARGET = "规则库中没有适用于本小区的党员占比引导目标。"


@pytest.fixture
def bare(cast):
    """The cast's county without a profile, and no rule of a place in the book."""
    county = cast.compound.region.parent.parent
    county.profile = ""
    county.save(update_fields=["profile"])
    return cast


@pytest.fixture
def counted(bare, letters):
    held = meetings.counted(bare.compound, bare.li)
    assert not held.meeting.sources.keys() & {"party_target"}
    return held


def posted(held, kind):
    return Publicity.objects.get(compound=held.compound, kind=kind)


def test_the_record_leaves_the_target_out_and_its_result_says_no_verdict(counted):
    files = {name: b"".join(pieces) for name, pieces in record_files(counted.meeting).items()}
    assert "party_target" not in json.loads(files["manifest.json"])["rules"]
    election = json.loads(files["result.json"])["matters"][1]
    assert election["party"] == {"members": 2, "party_members": 1}


def test_the_record_is_recounted(counted, tmp_path, capfd):
    for name, pieces in record_files(counted.meeting).items():
        (tmp_path / name).write_bytes(b"".join(pieces))
    assert recount.main([str(tmp_path)]) == 0
    assert capfd.readouterr().out == "PASS\n"


def test_the_papers_tell_the_share_and_that_there_is_no_target(counted):
    for kind, share in (
        (Publicity.Kind.CANDIDATES, "候选人中中共党员 2 人，占 2/3（66.67%）；"),
        (Publicity.Kind.RESULT, "当选人中中共党员 1 人，占 1/2（50.00%）；"),
    ):
        assert share + NO_TARGET in json.dumps(posted(counted, kind).body, ensure_ascii=False)


def test_every_page_of_the_meeting_works(client, counted, bare):
    client.force_login(bare.li)
    code, number = counted.compound.code, counted.meeting.number
    said = {}
    for name, args in {
        "meetings": [code],
        "own-rules": [code],
        "committee": [code],
        "meeting": [code, number],
        "console": [code, number],
        "nominate": [code, number, 2],
        "seat": [code, number, 2],
        "result-json": [code, number],
    }.items():
        response = client.get(reverse(f"committees:{name}", args=args))
        assert (name, response.status_code) == (name, 200)
        said[name] = b"".join(response).decode(errors="ignore")
    assert NO_TARGET in said["meeting"]
    assert NO_TARGET in said["nominate"]
    assert "任期不超过 5 年" in said["seat"]


def test_the_elected_are_seated(client, counted, bare):
    client.force_login(bare.li)
    address = reverse("committees:seat", args=[bare.compound.code, counted.meeting.number, 2])
    assert client.post(address, {"starts_on": "2026-12-20", "ends_on": "2027-06-19"}).url
    assert Member.objects.filter(compound=bare.compound).count() == 2


def test_the_county_sees_shares_without_a_target(client, counted, bare):
    actions.seat_committee(
        counted.matter(2),
        starts_on=CLOSED.date(),
        ends_on=CLOSED.date().replace(year=CLOSED.year + 3),
        by=bare.li.pk,
        at=CLOSED,
    )
    county = bare.compound.region.parent.parent
    officer = people.user()
    people.region_office(officer, county, RegionOffice.Role.COUNTY)
    client.force_login(officer)
    for name in ("home", "committees", "re-elections", "meetings", "fire", "campaigns"):
        response = client.get(reverse(f"county:{name}"))
        assert (name, response.status_code) == (name, 200)
    home = client.get(reverse("county:home")).content.decode()
    assert "规则库中没有适用于这里的党员占比引导目标，只列占比。" in home
    assert "达标率" not in home


def test_fire_pages_work_and_a_failed_check_raises_its_defect(client, bare, noon):
    rulebook.load()
    where = fire.place(bare.compound, at=noon)
    piece = fire.equipment(where, at=noon)
    fire.defect(piece, at=noon)
    client.force_login(bare.wang)
    for name in ("status", "checks", "defects", "places"):
        response = client.get(reverse(f"fire:{name}", args=[bare.compound.code]))
        assert (name, response.status_code) == (name, 200)


def test_a_campaign_is_posted(client, bare, letters):
    run = campaigns.scored(bare.compound, bare.wang)
    Rule.objects.exclude(region=COUNTRY).delete()
    by = next(iter(run.officers.values())).pk
    run.campaign = campaigns.actions.publish_results(run.campaign, by=by, at=campaigns.ENTRY_CLOSED)
    for name in ("campaign",):
        response = client.get(reverse(f"campaigns:{name}", args=[run.campaign.code]))
        assert (name, response.status_code) == (name, 200)
