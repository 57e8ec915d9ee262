"""What a visitor's phone shows of a counted election: who was elected first, and why nobody was."""

import re

from committees import actions
from tests.factories.meetings import CLOSED


def shown(client, held) -> str:
    page = client.get(held.address("meeting")).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_who_is_elected_stands_above_the_votes_in_the_order_of_the_votes(client, counted):
    """业主1 has the votes of all seven, 业主0 of six, 业主2 of one."""
    page = shown(client, counted)
    assert page.index("</strong>业主1、业主0</p>") < page.index("得票人数")
    rows = re.findall(r'<th scope="row">(业主\d)</th>', page)
    assert rows == ["业主1", "业主0", "业主2"]
    assert "参与表决未达到法定标准" not in page
    assert "当选人中中共党员 1 人，占 1/2（50.00%）" in page


def test_where_too_few_took_part_it_is_said_and_no_share_of_nobody(client, opened):
    for place in range(2):
        opened.cast(place, {"m1": [1, 0, 0, 0], "m2": [1, 1, 0]})
    opened.meeting = actions.close_voting(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    actions.count_ballots(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    page = shown(client, opened)
    assert "参与表决未达到法定标准，本次选举无人当选。" in page
    assert "空缺 2 席" in page
    assert "当选人中中共党员" not in page
