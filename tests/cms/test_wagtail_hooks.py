"""What an administrator meets in Wagtail's administration."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms import actions
from cms.models import NoticePage
from portal.accounts.models import RegionOffice


@pytest.fixture
def administrator(client, cast, site, noon):
    actions.sync_editors(on=noon.date())
    client.force_login(cast.sun)
    return client


def test_a_page_that_carries_a_publicity_is_not_edited(administrator, cast, announce, letters):
    announce(cast.compound)
    letters.deliver()
    page = NoticePage.objects.get()
    response = administrator.get(f"/admin/pages/{page.pk}/edit/")
    assert (response.status_code, response.url) == (302, f"/admin/pages/{page.get_parent().pk}/")


def test_a_written_notice_can_be_edited(administrator, cast, noon):
    draft = actions.Draft("通知", "文", "01926b1e-8d3c-7e4a-b5b5-1d2a3b4c5d6e")
    page = actions.publish_notice(cast.compound, draft, by=None, at=noon)
    assert administrator.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_the_way_in_ends_with_the_office(administrator, cast):
    """At once, whenever the editors' group is next brought up to date."""
    assert administrator.get("/admin/pages/", follow=True).status_code == 200
    ended = timezone.localdate() - timedelta(days=1)
    RegionOffice.objects.filter(user=cast.sun).update(until=ended)
    for address in ("/admin/", "/admin/pages/"):
        response = administrator.get(address)
        assert (response.status_code, response.url) == (302, "/my/")


def test_who_may_not_edit_is_told_so_and_not_led_in_a_circle(client, cast, site):
    client.force_login(cast.chen)
    shown = client.get("/admin/", follow=True)
    assert shown.redirect_chain == [("/my/", 302)]
    assert "以“陈一”登录，这个账号没有相应的职务或身份" in shown.content.decode()


@pytest.mark.parametrize("who", ["chen", "li", "zhao"])
def test_nobody_else_gets_in(client, cast, site, noon, who):
    actions.sync_editors(on=noon.date())
    client.force_login(getattr(cast, who))
    assert client.get("/admin/pages/").status_code == 302
