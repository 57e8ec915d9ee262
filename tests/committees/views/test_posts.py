"""The clerk records chair and vice chairs; everybody reads them and how they were chosen."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from committees.models import Member, PostsChosen
from tests.costs import page_cost
from tests.factories import committees, people, rulebook


@pytest.fixture
def term(cast):
    rulebook.load()
    owners = [people.owner(cast.compound, name=name) for name in ("甲", "乙", "丙")]
    alternate = people.owner(cast.compound, name="丁")
    return committees.term(cast.compound, owners, alternates=[alternate])


@pytest.fixture
def clerk(client, cast, noon):
    client.force_login(cast.li)
    with time_machine.travel(noon, tick=False):
        yield client


def form_of(cast, number=1):
    return reverse("committees:posts", args=[cast.compound.code, number])


def page_of(cast):
    return reverse("committees:committee", args=[cast.compound.code])


def key(name):
    member = next(one for one in Member.objects.all() if one.owner.name == name)
    return str(member.pk)


def typed(chair="乙", vices=("丙",), since="2026-11-03", basis="首次会议纪要"):
    return {
        "chair": key(chair) if chair else "vacant",
        "vices": [key(one) for one in vices],
        "since": since,
        "basis": basis,
    }


def test_the_page_begins_with_the_posts_as_they_are(clerk, cast, term):
    assert form_of(cast) in clerk.get(page_of(cast)).content.decode()
    page = clerk.get(form_of(cast))
    text = page.content.decode()
    assert page.context["form"]["chair"].value() == key("甲")
    assert "丁" not in text
    assert "指导规则" in text


def test_a_choice_is_put_down_and_shown_with_its_history(clerk, cast, term):
    assert clerk.post(form_of(cast), typed())["Location"] == page_of(cast)
    page = clerk.get(page_of(cast))
    (facts,) = page.context["terms"]
    assert [(one.name, one.post) for one in facts.seated] == [
        ("乙", "chair"),
        ("丙", "vice"),
        ("甲", "member"),
        ("丁", "alternate"),
    ]
    clerk.post(form_of(cast), typed("丙", (), "2026-11-20", "改选纪要"))
    (facts,) = clerk.get(page_of(cast)).context["terms"]
    told = [(one.chair, one.vices, one.chosen.since, one.chosen.basis) for one in facts.chosen]
    assert told == [
        ("丙", (), date(2026, 11, 20), "改选纪要"),
        ("乙", ("丙",), date(2026, 11, 3), "首次会议纪要"),
    ]


def test_everything_wrong_is_told_at_once_and_stays_typed(clerk, cast, term):
    page = clerk.post(form_of(cast), {"since": "2026-02-31", "basis": "", "vices": [key("乙")]})
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["basis", "chair", "since"]
    assert page.content.decode().count("checked") == 1
    wrong = typed("乙", ("乙", "丙"), "2023-12-31")
    page = clerk.post(form_of(cast), wrong)
    assert sorted(page.context["form"].errors) == ["since", "vices"]
    assert "这一届从 2024年1月1日 开始。" in page.content.decode()
    assert (
        "这一届到 2028年12月31日 为止。"
        in clerk.post(form_of(cast), typed(since="2029-01-01")).content.decode()
    )
    assert not PostsChosen.objects.exists()


def test_who_was_no_member_that_day_is_told_in_words(clerk, cast, term):
    Member.objects.filter(pk=key("乙")).update(since=date(2026, 11, 10))
    page = clerk.post(form_of(cast), typed())
    assert "所选的人在这一天不都是委员" in page.content.decode()


def test_an_alternate_or_an_invented_member_is_no_choice(clerk, cast, term):
    for chair in (key("丁"), "01234567-89ab-7def-8123-456789abcdef", "x"):
        assert clerk.post(form_of(cast), typed() | {"chair": chair}).status_code == 422
    assert not PostsChosen.objects.exists()


def test_sent_twice_it_is_one_choice(clerk, cast, term):
    answers = [clerk.post(form_of(cast), typed()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert PostsChosen.objects.count() == 1


def test_a_vacant_chair_is_said(clerk, cast, term):
    assert clerk.post(form_of(cast), typed(None)).status_code == 302
    assert "还没有记录。" in clerk.get(page_of(cast)).content.decode()


def test_a_term_that_is_followed_or_that_there_is_not_has_no_such_page(clerk, cast, term):
    committees.term(
        cast.compound,
        committees.owners(cast.compound, 2),
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 1, 1),
    )
    assert clerk.get(form_of(cast, 1)).status_code == 404
    assert clerk.get(form_of(cast, 2)).status_code == 200
    assert clerk.get(form_of(cast, 3)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("li", 200), ("zhao", 200), ("sun", 200), ("chen", 403), ("wang", 403), ("qian", 403)],
)
def test_the_clerk_and_with_whom_it_is_filed_record_posts(client, cast, term, noon, who, status):
    client.force_login(getattr(cast, who))
    with time_machine.travel(noon, tick=False):
        assert client.get(form_of(cast)).status_code == status
        sent = client.post(form_of(cast), typed())
        assert sent.status_code == (302 if status == 200 else 403)
        shown = client.get(page_of(cast)).content.decode()
    assert (form_of(cast) in shown) is (status == 200)


def test_a_visitor_is_led_to_sign_in(client, cast, term):
    assert client.get(form_of(cast))["Location"].startswith("/account/login/")
    assert client.post(form_of(cast), typed())["Location"].startswith("/account/login/")
    assert form_of(cast) not in client.get(page_of(cast)).content.decode()


def test_three_choices_cost_what_one_costs(clerk, cast, term):
    clerk.post(form_of(cast), typed())
    one = page_cost(clerk, page_of(cast))
    for day in ("2026-11-10", "2026-11-20"):
        clerk.post(form_of(cast), typed(since=day))
    assert page_cost(clerk, page_of(cast)) == one
