"""The site is built once, pages are made once, and no notice goes without its clock."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Page, Site

from cms import actions
from cms.actions.site import EDITORS
from cms.models import CompoundPage, HomePage, NoticePage, PlainPage
from portal.accounts.models import RegionOffice
from portal.publicity.models import PublicityStart
from portal.tools.audit.models import AuditEntry
from tests.factories import places

DRAFT = actions.Draft("停水通知", "各位业主：\n\n明日停水。\n请储水。", uuid4())


@pytest.fixture
def compound(own_database):
    """A compound with its page, in a database where threads can commit."""
    actions.build_site("永嘉县")
    made = places.compound()
    actions.ensure_compound_page(made)
    return made


def at_once(*jobs):
    """Run these in threads that start together, each on its own connection."""
    gate, troubles = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait()
            job()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def test_the_home_page_is_the_sites_root_in_chinese(db):
    site = actions.build_site("永嘉县")
    home = HomePage.objects.get()
    assert (site.root_page_id, site.site_name, site.is_default_site) == (home.pk, "永嘉县", True)
    assert (home.title, home.locale.language_code, home.live) == ("永嘉县住宅小区", "zh-hans", True)
    assert [page.slug for page in Page.objects.filter(depth=2)] == ["xingfuli"]


def test_the_plain_pages_stand_and_speak_of_this_county(db, client):
    actions.build_site("永嘉县")
    for slug in ("privacy", "help"):
        assert client.get(f"/{slug}/").status_code == 200
    assert "永嘉县的物业管理与业主自治平台" in client.get("/privacy/").content.decode()


def test_building_twice_changes_no_text(db):
    actions.build_site("永嘉县")
    page = PlainPage.objects.get(slug="help")
    page.body = "<p>改过的帮助</p>"
    page.save_revision().publish()
    pages = list(Page.objects.order_by("path").values_list("path", "slug"))
    assert actions.build_site("永嘉县") == Site.objects.get()
    assert list(Page.objects.order_by("path").values_list("path", "slug")) == pages
    assert PlainPage.objects.get(slug="help").body == "<p>改过的帮助</p>"


def test_a_compounds_page_stands_at_its_code(cast, site, client):
    page = CompoundPage.objects.get(compound=cast.compound.pk)
    assert page.url == cast.compound.get_absolute_url() == f"/{cast.compound.code}/"
    assert client.get(cast.compound.get_absolute_url()).status_code == 200
    assert actions.ensure_compound_page(cast.compound) == page


def test_two_at_once_make_one_compound_page(own_database):
    actions.build_site("永嘉县")
    compound = places.compound()
    at_once(*[lambda: actions.ensure_compound_page(compound)] * 2)
    assert CompoundPage.objects.get().compound == compound.pk


def test_no_page_without_a_site(cast):
    with pytest.raises(actions.SiteNotBuilt):
        actions.ensure_compound_page(cast.compound)


def test_posting_makes_the_page_and_starts_the_clock(cast, site, announce, noon):
    publicity = announce(cast.compound)
    page = actions.post_notice(publicity, at=noon)
    assert (page.title, page.live, page.publicity) == (publicity.title, True, publicity.pk)
    assert (page.posted_on, page.url) == (
        date(2026, 11, 24),
        f"/{cast.compound.code}/publicity-1/",
    )
    assert PublicityStart.objects.get().live_at == noon


def test_posting_makes_the_compounds_page_if_it_has_none(cast, announce, noon):
    actions.build_site("永嘉县")
    actions.post_notice(announce(cast.compound), at=noon)
    assert CompoundPage.objects.get().compound == cast.compound.pk


def test_posting_twice_is_posting_once(cast, site, announce, noon):
    publicity = announce(cast.compound)
    first = actions.post_notice(publicity, at=noon)
    again = actions.post_notice(publicity, at=noon + timedelta(days=2))
    assert again == first
    assert PublicityStart.objects.get().live_at == noon


def test_a_page_that_was_unpublished_stays_so_and_its_text_stays_readable(
    cast, site, announce, noon, client
):
    publicity = announce(cast.compound)
    page = actions.post_notice(publicity, at=noon)
    page.unpublish()
    again = actions.post_notice(publicity, at=noon)
    assert (again.pk, again.live) == (page.pk, False)
    assert client.get(f"/{cast.compound.code}/publicity-1/").status_code == 404
    assert publicity.sha256 in client.get(publicity.get_absolute_url()).content.decode()


def test_deleting_a_page_takes_nothing_away(cast, site, announce, noon, client):
    publicity = announce(cast.compound)
    actions.post_notice(publicity, at=noon).delete()
    assert publicity.sha256 in client.get(publicity.get_absolute_url()).content.decode()
    assert PublicityStart.objects.get().live_at == noon


def test_page_and_clock_stand_or_fall_together(cast, site, announce, noon, monkeypatch):
    publicity = announce(cast.compound)

    def fail(*args, **facts):
        raise RuntimeError("the clock fails")

    monkeypatch.setattr("portal.publicity.actions.start_clock", fail)
    with pytest.raises(RuntimeError, match="the clock fails"), transaction.atomic():
        actions.post_notice(publicity, at=noon)
    assert (NoticePage.objects.count(), PublicityStart.objects.count()) == (0, 0)


def test_two_runs_at_once_make_one_page(compound, announce, noon):
    publicity = announce(compound)
    at_once(*[lambda: actions.post_notice(publicity, at=noon)] * 2)
    assert (NoticePage.objects.count(), PublicityStart.objects.count()) == (1, 1)


def test_pages_made_at_once_below_one_parent_all_stand(compound, announce, noon):
    publicities = [announce(compound) for _ in range(3)]
    at_once(*[lambda one=one: actions.post_notice(one, at=noon) for one in publicities])
    assert sorted(NoticePage.objects.values_list("slug", flat=True)) == [
        "publicity-1",
        "publicity-2",
        "publicity-3",
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_written_notice_is_published_with_its_words_escaped(cast, site, noon):
    draft = actions.Draft("<b>题</b>", "一<script>\n二\n\n三", uuid4())
    page = actions.publish_notice(cast.compound, draft, by=cast.li.pk, at=noon)
    assert (page.title, page.live, page.publicity) == ("<b>题</b>", True, None)
    assert page.body == "<p>一&lt;script&gt;<br/>二</p>\n\n<p>三</p>"
    assert page.url == f"/{cast.compound.code}/notice-1/"
    entry = AuditEntry.objects.get(act="cms.publish_notice")
    assert (entry.compound, entry.actor, entry.facts) == (
        cast.compound.pk,
        cast.li.pk,
        {"notice": 1},
    )


def test_the_same_form_sent_twice_is_one_notice(cast, site, noon):
    first = actions.publish_notice(cast.compound, DRAFT, by=cast.li.pk, at=noon)
    again = actions.publish_notice(cast.compound, DRAFT, by=cast.li.pk, at=noon)
    assert (again, NoticePage.objects.count()) == (first, 1)
    assert AuditEntry.objects.filter(act="cms.publish_notice").count() == 1


def test_the_same_form_sent_twice_at_once_is_one_notice(compound, noon):
    at_once(*[lambda: actions.publish_notice(compound, DRAFT, by=None, at=noon)] * 2)
    assert NoticePage.objects.count() == 1


def in_wagtail(user):
    return type(user).objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


def test_only_todays_administrators_may_enter_wagtail(cast, site, noon):
    actions.sync_editors(on=noon.date())
    assert [who for who in ("chen", "li", "zhao", "sun") if in_wagtail(getattr(cast, who))] == [
        "sun"
    ]
    RegionOffice.objects.filter(user=cast.sun).update(until=noon.date())
    actions.sync_editors(on=noon.date())
    assert in_wagtail(cast.sun)
    actions.sync_editors(on=noon.date() + timedelta(days=1))
    assert not in_wagtail(cast.sun)


def test_a_closed_account_may_not_enter_wagtail(cast, site, noon):
    type(cast.sun).objects.filter(pk=cast.sun.pk).update(is_active=False)
    actions.sync_editors(on=noon.date())
    assert list(Group.objects.get(name=EDITORS).user_set.all()) == []


def test_before_the_site_is_built_there_are_no_editors_to_sync(cast, noon):
    actions.sync_editors(on=noon.date())
    assert not in_wagtail(cast.sun)
