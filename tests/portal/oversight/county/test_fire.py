"""Fire safety on the county's page: each number and the rows it leads to."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine

from tests.factories import fire

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def rows(client, county):
    """`rows(name, **asked)`: the lines of a list without heads and sum, as the county's officer."""
    client.force_login(county.officer)

    def rows_(name, **asked):
        with time_machine.travel(NOON, tick=False):
            response = client.get(f"/county/{name}/", asked | {"as": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
        return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)][:-1]

    return rows_


@pytest.fixture
def kit(county, letters):
    """A micro station that is looked at once a month, since October: missed, now overdue."""
    where = fire.place(county.compound(0, name="东城花园"), at=NOON, name="一号岗亭")
    return fire.equipment(where, at=NOON, kind="F20", starts_on=date(2026, 10, 5))


def test_a_compound_stands_with_its_figures(kit, rows):
    place = ["东城花园", "东城街道", "东城社区"]
    assert rows("fire") == [[*place, 1, 1, 1, 0, 0, 0, None]]
    fire.log(kit, at=NOON, duty="kit", radio="没电")
    (row,) = rows("fire")
    assert row[3:9] == [1, 0, 1, 0, 1, 0]
    assert row[9].date() == NOON.date()


def test_an_overdue_duty_is_listed_with_its_place_and_the_days_that_passed(kit, rows):
    (row,) = rows("duties")
    assert row[3:5] == ["一号岗亭", str(kit)]
    assert [row[6].date(), row[7].date()] == [date(2026, 10, 1), date(2026, 10, 31)]
    assert row[8:] == ["逾期", None]


def test_a_missed_duty_stays_missed_though_it_was_made_up(kit, rows):
    assert [row[8:] for row in rows("duties", show="missed")] == [["漏检", None]]
    fire.log(kit, at=NOON, duty="kit")
    (late,) = rows("duties", show="missed")
    assert (late[8], late[9].date()) == ("漏检，已补做", NOON.date())
    assert rows("duties") == []


def test_a_past_day_lists_what_was_so_on_that_day(kit, rows):
    assert rows("duties", on="2026-10-31") == []
    assert rows("duties", show="missed", on="2026-10-31") == []
    assert len(rows("duties", on="2026-11-01")) == 1


def test_an_open_defect_is_listed_with_grade_deadline_and_days_over(kit, rows):
    raised = NOON - timedelta(days=40)
    fire.log(kit, at=raised, duty="kit", radio="没电")
    (row,) = rows("defects")
    assert row[:1] + row[5:7] == ["东城花园", "一号岗亭", "没电"]
    due = row[8].date()
    assert row[9] == (NOON.date() - due).days
    assert rows("defects", show="overdue") == [row]
    (on_the_last_day,) = rows("defects", on=due.isoformat())
    assert on_the_last_day[9] is None
    assert rows("defects", show="overdue", on=due.isoformat()) == []
    assert rows("defects", on=(raised - timedelta(days=1)).date().isoformat()) == []


def test_a_deadline_in_hours_passes_at_its_hour_on_every_page(client, county, rows):
    hydrant = fire.hydrant(county.compound(0), at=NOON)
    defect = fire.defect(hydrant, at=NOON - timedelta(hours=25))
    (row,) = rows("defects", show="overdue")
    assert row[9] == 1
    with time_machine.travel(NOON, tick=False):
        board = client.get(f"/fire/{hydrant.compound.code}/defects/").content.decode()
    assert "已逾期" in board
    assert rows("defects", show="overdue", on=defect.raised_at.date().isoformat()) == []


@pytest.mark.parametrize("on", ["2026-10-31", "2026-11-01", "2026-11-24"])
def test_each_number_is_the_number_of_its_rows(county, kit, rows, on):
    other = fire.hydrant(county.compound(1), at=NOON, starts_on=date(2026, 9, 1))
    fire.log(kit, at=NOON - timedelta(days=20), duty="kit", radio="没电")
    fire.defect(other, at=NOON - timedelta(days=55))
    sums = [sum(row[place] for row in rows("fire", on=on)) for place in range(4, 9)]
    assert sums == [
        len(rows("duties", on=on)),
        len(rows("duties", show="missed", on=on)),
        len(rows("duties", show="empty", on=on)),
        len(rows("defects", on=on)),
        len(rows("defects", show="overdue", on=on)),
    ]


@pytest.mark.parametrize("who", ["officer", "zhao", "sun"])
def test_rows_lead_to_the_compounds_own_fire_pages(client, county, kit, who):
    made = fire.log(kit, at=NOON, duty="kit", radio="没电").defects.get()
    client.force_login(getattr(county, who))
    code = kit.compound.code
    with time_machine.travel(NOON, tick=False):
        for name, address in [
            ("defects/", made.get_absolute_url()),
            ("duties/?show=missed", f"/fire/{code}/"),
            ("fire/", f"/fire/{code}/checks/"),
        ]:
            assert f'href="{address}"' in client.get(f"/county/{name}").content.decode()
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["fire", "duties", "defects"])
def test_the_lists_cost_the_same_at_one_and_three_pieces(
    client, county, kit, name, django_assert_num_queries
):
    with time_machine.travel(NOON, tick=False):
        client.force_login(county.officer)
        client.get(f"/county/{name}/")
        fire.log(kit, at=NOON, duty="kit", radio="没电")
        with django_assert_num_queries(COSTS[name]):
            client.get(f"/county/{name}/")
        for street in (1, 2):
            piece = fire.hydrant(county.compound(street), at=NOON)
            fire.defect(piece, at=NOON)
        with django_assert_num_queries(COSTS[name]):
            client.get(f"/county/{name}/")


COSTS = {"fire": 32, "duties": 36, "defects": 22}
