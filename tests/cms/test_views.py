"""A clerk writes a notice, looks at it, publishes it."""

from uuid import uuid4

import pytest
import time_machine

from cms.models import NoticePage

WRITTEN = {"title": "停水通知", "body": "明日停水。\n\n请储水。"}


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def address(cast, site):
    return f"/notices/{cast.compound.code}/"


def written(**changes):
    return WRITTEN | {"request": str(uuid4())} | changes


def test_a_clerk_gets_an_empty_form(client, cast, address):
    client.force_login(cast.li)
    response = client.get(address + "new/")
    assert response.status_code == 200
    assert "以幸福花园的名义发布" in response.content.decode()


def test_the_preview_shows_the_words_and_keeps_nothing(client, cast, address):
    client.force_login(cast.li)
    response = client.post(address + "new/", written())
    html = response.content.decode()
    assert response.status_code == 200
    assert "这是预览，还没有发布。" in html
    assert "<p>明日停水。</p>\n\n<p>请储水。</p>" in html
    assert f'action="{address}publish/"' in html
    assert NoticePage.objects.count() == 0


def test_published_it_stands_at_its_own_address(client, cast, address):
    client.force_login(cast.li)
    response = client.post(address + "publish/", written())
    assert (response.status_code, response.url) == (302, f"/{cast.compound.code}/notice-1/")
    html = client.get(response.url).content.decode()
    assert "停水通知</h1>" in html
    assert "<p>明日停水。</p>" in html
    assert "2026年11月24日" in html


def test_published_twice_it_is_one_notice(client, cast, address):
    client.force_login(cast.li)
    form = written()
    first, again = (client.post(address + "publish/", form) for _ in range(2))
    assert first.url == again.url
    assert NoticePage.objects.count() == 1


@pytest.mark.parametrize("step", ["new/", "publish/"])
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": " "}, {"title"}),
        ({"title": "题" * 101}, {"title"}),
        ({"body": ""}, {"body"}),
        ({"body": "文" * 20_001}, {"body"}),
        ({"request": "1"}, {"request"}),
        ({"title": "", "body": "\x00"}, {"title", "body"}),
    ],
)
def test_what_is_wrong_is_said_all_at_once_and_nothing_is_published(
    client, cast, address, step, changes, wrong
):
    client.force_login(cast.li)
    response = client.post(address + step, written(**changes))
    assert (response.status_code, set(response.context["form"].errors)) == (422, wrong)
    assert NoticePage.objects.count() == 0


def test_hostile_words_are_printed_not_run_in_the_preview(client, cast, address):
    client.force_login(cast.li)
    hostile = "</textarea><script>alert(1)</script>"
    html = client.post(address + "new/", written(title=hostile, body=hostile)).content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize("who", ["chen", "wang", "zhao", "qian", "sun"])
@pytest.mark.parametrize("step", ["new/", "publish/"])
def test_others_may_not(client, cast, address, who, step):
    client.force_login(getattr(cast, who))
    assert client.post(address + step, written()).status_code == 403
    assert NoticePage.objects.count() == 0


def test_a_clerk_may_not_write_for_another_compound(client, cast, address):
    client.force_login(cast.li)
    elsewhere = f"/notices/{cast.other_compound.code}/"
    assert client.get(elsewhere + "new/").status_code == 403
    assert client.post(elsewhere + "publish/", written()).status_code == 403


@pytest.mark.parametrize("step", ["new/", "publish/"])
def test_who_is_not_signed_in_is_asked_to(client, address, step):
    response = client.post(address + step, written())
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_publishing_is_by_post_only(client, cast, address):
    client.force_login(cast.li)
    assert client.get(address + "publish/").status_code == 405
    assert client.put(address + "new/").status_code == 405


def test_an_unknown_compound_is_not_found(client, cast, site):
    client.force_login(cast.li)
    assert client.get("/notices/999/new/").status_code == 404


@pytest.mark.parametrize(("who", "offered"), [(None, False), ("chen", False), ("li", True)])
def test_the_compound_page_offers_writing_to_its_clerk(client, cast, address, who, offered):
    if who:
        client.force_login(getattr(cast, who))
    html = client.get(cast.compound.get_absolute_url()).content.decode()
    assert (f'href="{address}new/"' in html) == offered
