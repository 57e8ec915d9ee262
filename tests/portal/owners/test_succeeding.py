"""What an import changes is shown before, and who owned a home before stays known after."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.owners import actions, queries
from portal.places.models import Part

HEADER = "房号,面积,业主,电话,份额\n"
BEFORE = "1-2-301,89.32,张三,13800000001,\n1-2-302,112.46,李四、王五,13800000002、13800000003,\n"
SOLD = "1-2-301,89.32,钱七,13800000009,\n"
ONE_LEFT = "1-2-302,112.46,李四、赵六,13800000002、13800000004,1/3、2/3\n"


@pytest.fixture
def take(cast, noon):
    def take_in(rows: str):
        data = (HEADER + rows).encode()
        by = cast.qian.pk
        return actions.import_roll(cast.other_compound, data, file_name="a.csv", by=by, at=noon)

    return take_in


def facts(cast, key):
    return queries.part_facts(Part.objects.get(compound=cast.other_compound, key=key))


def test_who_sold_is_kept_as_the_owner_before(take, cast, noon):
    take(BEFORE)
    take(SOLD)
    told = facts(cast, "1-2-301")
    assert [row.owner.name for row in told.current] == ["钱七"]
    assert [(row.owner.name, row.until) for row in told.past] == [("张三", noon.date())]


def test_who_stays_keeps_his_row_and_takes_his_new_share(take, cast):
    take(BEFORE)
    stays = next(row for row in facts(cast, "1-2-302").current if row.owner.name == "李四")
    take(ONE_LEFT)
    told = facts(cast, "1-2-302")
    shares = {row.owner.name: (row.share_num, row.share_den) for row in told.current}
    assert shares == {"李四": (1, 3), "赵六": (2, 3)}
    assert stays.pk in {row.pk for row in told.current}
    assert [row.owner.name for row in told.past] == ["王五"]


def test_a_home_bought_back_has_both_in_its_past(take, cast):
    for rows in (BEFORE, SOLD, BEFORE):
        take(rows)
    told = facts(cast, "1-2-301")
    assert [row.owner.name for row in told.current] == ["张三"]
    assert sorted(row.owner.name for row in told.past) == ["张三", "钱七"]


def test_the_page_shows_each_change_before_it_is_taken_in(take, cast, client):
    take(BEFORE)
    client.force_login(cast.qian)
    address = reverse("owners:import", args=[cast.other_compound.code])
    rows = HEADER + SOLD + ONE_LEFT.replace("112.46", "112.50")
    page = client.post(address, {"file": SimpleUploadedFile("十二月.csv", rows.encode())})
    shown = {part.key: changed for part, changed in page.context["changes"]}
    assert shown == {
        "1-2-301": [("张*", "钱七")],
        "1-2-302": [("112.46 ㎡", "112.50 ㎡"), ("李*、王*", "李四（1/3）、赵六（2/3）")],
    }
    assert "十二月.csv" in page.content.decode()


def test_what_stays_the_same_is_not_shown_as_a_change(take, cast, client):
    take(BEFORE)
    client.force_login(cast.qian)
    address = reverse("owners:import", args=[cast.other_compound.code])
    page = client.post(address, {"file": SimpleUploadedFile("a.csv", (HEADER + BEFORE).encode())})
    assert page.context["changes"] == []
    assert "会变更的房屋" not in page.content.decode()
