"""A compound's own numbers: read by all, written by the clerk, inside the law's room."""

import pytest
from django.urls import reverse

from portal.rulebook.models import CompoundRule
from portal.rulebook.queries import rule_for
from tests.factories import rulebook

pytestmark = pytest.mark.django_db
KEY = "meeting.notice.days"
TITLES = ("选举产生至备案", "会议召开前通知全体业主")
CLAUSE = "2025年6月业主大会通过的《议事规则》第十二条"


@pytest.fixture
def book(cast):
    rulebook.load()


@pytest.fixture
def listed(cast, book):
    return reverse("committees:own-rules", args=[cast.compound.code])


@pytest.fixture
def form(cast, book):
    return reverse("committees:own-rule", args=[cast.compound.code, KEY])


def test_anybody_reads_what_holds_here(client, cast, listed):
    page = client.get(listed).content.decode()
    assert "还没有自定的数值，全部按法定数值。" in page
    assert f"{listed}{KEY}/" not in page


def test_the_clerk_writes_down_what_the_owners_adopted(client, cast, listed, form, noon):
    client.force_login(cast.li)
    assert client.post(form, {"value": "20", "clause": CLAUSE}).status_code == 302
    rule = rule_for(KEY, at_compound=cast.compound, on=CompoundRule.objects.get().effective_from)
    assert (rule.value, rule.set_by, rule.source) == (20, "compound", CLAUSE)
    assert CLAUSE in client.get(listed).content.decode()


def test_sent_twice_it_is_one_rule(client, cast, form):
    client.force_login(cast.li)
    for _again in range(2):
        client.post(form, {"value": "20", "clause": CLAUSE})
    assert CompoundRule.objects.count() == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("14", "不能低于法定的 15。"),
        ("十五天", "请填数字，如 15、2/3 或 20%。"),
        ("15.5", "须是整数。"),
        ("0", "须大于零"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_and_stays_typed(client, cast, form, value, words):
    client.force_login(cast.li)
    answer = client.post(form, {"value": value, "clause": CLAUSE})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{value}"' in page
    assert not CompoundRule.objects.exists()


def test_a_number_without_its_clause_is_refused(client, cast, form):
    client.force_login(cast.li)
    assert client.post(form, {"value": "20", "clause": ""}).status_code == 422
    assert not CompoundRule.objects.exists()


def test_an_unknown_rule_is_not_found(client, cast, book):
    client.force_login(cast.li)
    address = reverse("committees:own-rule", args=[cast.compound.code, "no.such.rule"])
    assert client.get(address).status_code == 404


def test_the_clerk_of_another_compound_is_refused(client, cast, form):
    client.force_login(cast.qian)
    assert client.post(form, {"value": "20", "clause": CLAUSE}).status_code == 403


def test_the_list_costs_the_same_with_one_own_number_and_with_three(
    client, cast, listed, book, django_assert_max_num_queries
):
    client.force_login(cast.li)

    def write(*keys):
        for key in keys:
            address = reverse("committees:own-rule", args=[cast.compound.code, key])
            assert client.post(address, {"value": "30", "clause": CLAUSE}).status_code == 302

    write(KEY)
    client.get(listed)
    with django_assert_max_num_queries(30) as one:
        client.get(listed)
    write("publicity.candidates.days", "publicity.result.days")
    client.get(listed)
    with django_assert_max_num_queries(30) as three:
        client.get(listed)
    assert len(one) == len(three)


def test_a_rule_that_nothing_obeys_says_so_where_it_is_listed_and_where_it_is_set(
    client, cast, listed, book
):
    client.force_login(cast.li)
    for key, is_reference in (("committee.filing.days", True), (KEY, False)):
        page = client.get(reverse("committees:own-rule", args=[cast.compound.code, key]))
        assert ("本站目前不按这个数值判断" in page.content.decode()) is is_reference
    rows = client.get(listed).content.decode().split("<tr>")
    told = {title: "仅供参考" in row for row in rows for title in TITLES if title in row}
    assert told == {TITLES[0]: True, TITLES[1]: False}
