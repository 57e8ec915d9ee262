"""What an administrator meets in Wagtail's administration."""

import pytest

from cms import actions
from cms.models import NoticePage


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


@pytest.mark.parametrize("who", ["chen", "li", "zhao"])
def test_nobody_else_gets_in(client, cast, site, noon, who):
    actions.sync_editors(on=noon.date())
    client.force_login(getattr(cast, who))
    assert client.get("/admin/pages/").status_code == 302
