"""Valid on D, known by K: what is entered late is told, left out by K, and absence is no nought."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
import time_machine

from portal.fire.actions import retire_equipment
from portal.oversight.documents.county import overview
from portal.oversight.queries.county import compound_rows
from portal.oversight.queries.fire import with_fire
from portal.oversight.queries.scope import children_of, compounds_of, scope_on
from portal.places.models import Compound
from portal.tools.history.actions import keep, said_by
from tests.factories import fire, places
from tests.factories.county import NOON

D = date(2026, 11, 10)
BEFORE = NOON - timedelta(days=30)


@pytest.fixture
def asked(client, county):
    client.force_login(county.officer)

    def asked_(page="", **query):
        with time_machine.travel(NOON, tick=False):
            return client.get(f"/county/{page}", query)

    return asked_


@pytest.fixture
def kit(county):
    """A micro station registered in time; October was missed."""
    where = fire.place(county.compound(0, name="东城花园"), at=BEFORE)
    return fire.equipment(where, at=BEFORE, kind="F20", starts_on=date(2026, 10, 5))


def text(response):
    return response.content.decode()


def sheet(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_a_late_retirement_is_told_and_left_out_by_an_earlier_knowledge(asked, kit):
    before = sheet(asked("fire/", on="2026-11-10", **{"as": "xlsx"}))[2:]
    retire_equipment(kit, by=None, at=NOON - timedelta(hours=1), on=date(2026, 11, 1))
    page = text(asked(on="2026-11-10"))
    assert "之后补录" in page and "停用设备 1" in page
    assert "known=2026-11-10" in page
    now = sheet(asked("fire/", on="2026-11-10", **{"as": "xlsx"}))
    then = sheet(asked("fire/", on="2026-11-10", known="2026-11-10", **{"as": "xlsx"}))
    assert then[2:] == before
    assert (before[0][3], now[2][3]) == (1, 0)
    assert "已知至2026年11月10日" in then[0][0] and "已知至2026年11月24日" in now[0][0]
    known = text(asked(on="2026-11-10", known="2026-11-10"))
    assert "之后补录、已计入" not in known and "没有计入" in known


def test_links_keep_the_day_of_knowledge(asked, kit):
    page = text(asked(on="2026-11-10", known="2026-11-12")).replace("&amp;", "&")
    links = [part.split('"')[0] for part in page.split('href="/county/')[1:] if "on=" in part]
    assert links and all("known=2026-11-12" in link for link in links)


@pytest.mark.parametrize("known", ["2026-11-09", "2999-01-01", "昨天", "1999-01-01"])
def test_a_day_of_knowledge_that_cannot_be_is_refused_in_words(asked, county, known):
    answer = asked(on="2026-11-10", known=known)
    assert answer.status_code == 422 and "known" in answer.context["form"].errors


def test_today_nothing_is_late(asked, kit):
    assert "之后补录" not in text(asked())


def figures(county, region=None, known_on=None):
    scope = scope_on(region or county.region, D, NOON, known_on=known_on)
    shown = overview(
        scope, with_fire(compound_rows(scope), scope), children_of(region or county.region)
    )
    return {tile.words: tile.number for _words, tiles in shown.groups for tile in tiles}


def test_a_compound_that_never_registered_anything_is_no_nought(asked, county, kit):
    county.compound(1, name="南城花园")
    told = figures(county, county.streets[1])
    absent = {words for words, number in told.items() if number is None}
    assert absent == {
        "已登记业主名册",
        "业主委员会",
        "达到党员占比目标",
        "任期将满或已满",
        "近十二个月换届",
        "新进党员委员",
        "消防设备",
        "逾期未查",
        "近三十天漏检",
        "近三十天全部不适用",
        "未闭环隐患",
        "超期隐患",
    }
    assert told["未登记消防设备的小区"] == 1
    whole = figures(county)
    assert (whole["消防设备"], whole["逾期未查"]) == (1, 1)
    page = text(asked())
    assert "另有 1 个小区未登记" in page
    rows = sheet(asked("fire/", **{"as": "xlsx"}))
    assert [row[3:8] for row in rows if row[0] == "南城花园"] == [["未登记"] * 5]
    unregistered = sheet(asked("fire/", show="unregistered", **{"as": "xlsx"}))
    assert [row[0] for row in unregistered[2:-1]] == ["南城花园"]


def test_a_compound_entered_since_is_not_there_on_the_day(county):
    old = county.compound(0)
    new = places.compound(county.communities[0], entered_at=NOON)
    assert compounds_of(scope_on(county.region, D, NOON)) == [old]
    assert compounds_of(scope_on(county.region, NOON.date(), NOON)) == sorted(
        [old, new], key=lambda one: one.name
    )


def test_a_compound_moved_since_is_counted_where_it_lay(county):
    moved = county.compound(0)
    before = said_by(moved, Compound.HISTORY)
    moved.region, moved.registered_parts = county.communities[1], 300
    moved.save()
    keep(moved, before, acts_from=NOON.date(), by=None, at=NOON)

    def found(street, on):
        return [
            (one.pk, one.region.name, one.registered_parts)
            for one in compounds_of(scope_on(county.streets[street], on, NOON))
        ]

    assert (found(0, D), found(1, D)) == ([(moved.pk, "东城社区", None)], [])
    today = NOON.date()
    assert (found(0, today), found(1, today)) == ([], [(moved.pk, "南城社区", 300)])
