"""A plain notice is corrected with its old text kept, and withdrawn; a 公示 never is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms import actions, queries
from cms.models import NoticePage, NoticeText, NoticeWithdrawn, PlainPage
from portal.tools.audit.models import AuditEntry
from portal.tools.ui.typed import visible
from tests.factories.cast import make_cast
from tests.racing import at_once

FEATURES = ["h2", "h3", "bold", "ul", "ol", "link"]


def draft(title="停水通知", body="明日停水。\n请储水。"):
    return actions.Draft(title, body, uuid4())


@pytest.fixture
def page(cast, site, noon):
    return actions.publish_notice(cast.compound, draft(), by=cast.li.pk, at=noon)


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    return client


def address(page, cast, name):
    return reverse(f"cms:{name}", kwargs={"code": cast.compound.code, "page": page.pk})


def texts():
    return list(NoticeText.objects.order_by("number").values_list("number", "title"))


def main_of(client, page):
    html = client.get(page.url).content.decode()
    return html[html.index("<main") : html.index("</main>")]


# ---- the editor opens what any form writes


@given(st.text())
def test_whatever_is_typed_opens_in_the_editor_with_its_words(typed):
    body = actions.rich_text(visible(typed))
    converter = ContentstateConverter(FEATURES)
    again = converter.to_database_format(converter.from_database_format(body))
    said = lambda html: "".join(queries.plain_text_of(NoticePage(body=html))["body"].split())  # noqa: E731
    assert said(again) == said(body) == "".join(visible(typed).split())


def test_a_notice_with_a_line_break_opens_in_the_editor(client, cast, page):
    cast.sun.is_superuser = True
    cast.sun.save()
    client.force_login(cast.sun)
    assert page.body == "<p>明日停水。<br/>请储水。</p>"
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_the_pages_that_come_with_the_site_open_too(client, cast, site):
    cast.sun.is_superuser = True
    cast.sun.save()
    client.force_login(cast.sun)
    pages = list(PlainPage.objects.all())
    assert len(pages) == 2
    assert {client.get(f"/admin/pages/{one.pk}/edit/").status_code for one in pages} == {200}


# ---- correcting


def test_a_correction_is_shown_and_the_old_text_kept(clerk, cast, page, noon):
    form = clerk.get(address(page, cast, "correct-notice"))
    assert form.context["form"].initial == {"title": "停水通知", "body": "明日停水。\n请储水。"}
    sent = {"title": "停水通知", "body": "后日停水。", "request": str(uuid4())}
    preview = clerk.post(address(page, cast, "correct-notice"), sent)
    assert "发布更正" in preview.content.decode()
    assert texts() == [(1, "停水通知")]
    answers = [clerk.post(address(page, cast, "publish-correction"), sent) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {page.url}
    assert texts() == [(1, "停水通知"), (2, "停水通知")]
    shown = main_of(clerk, page)
    assert (
        shown.index("后日停水。")
        < shown.index("更正，以上是更正后的文字")
        < shown.index("明日停水。")
    )
    assert AuditEntry.objects.get(act="cms.correct_notice").actor == cast.li.pk


def test_the_same_words_again_are_no_correction(cast, page, noon):
    actions.correct_notice(page, draft(), by=cast.li.pk, at=noon)
    assert texts() == [(1, "停水通知")]


def test_two_corrections_at_once_are_two_texts(own_database, noon, letters):
    cast = make_cast()
    actions.build_site("永嘉县")
    page = actions.publish_notice(cast.compound, draft(), by=cast.li.pk, at=noon)
    correct = lambda body: actions.correct_notice(  # noqa: E731
        page, draft(body=body), by=cast.li.pk, at=noon
    )
    at_once(lambda: correct("一"), lambda: correct("二"))
    assert [number for number, _ in texts()] == [1, 2, 3]
    last = NoticeText.objects.order_by("number").last()
    assert NoticePage.objects.get().body == last.body


def test_what_an_editor_publishes_is_kept_as_well(cast, page, noon):
    page.title = "停水通知（改期）"
    actions.keep_edited_text(
        NoticePage.objects.get(), by=cast.sun.pk, at=NoticeText.objects.get().at
    )
    assert texts() == [(1, "停水通知")]
    page.save_revision().publish()
    actions.keep_edited_text(page, by=cast.sun.pk, at=NoticeText.objects.get().at)
    assert texts() == [(1, "停水通知"), (2, "停水通知（改期）")]


# ---- withdrawing


def test_a_withdrawn_notice_says_so_and_shows_its_words_no_more(clerk, cast, page, noon):
    later = actions.publish_notice(
        cast.compound, draft("检修通知"), by=cast.li.pk, at=noon + timedelta(days=1)
    )
    refused = clerk.post(address(page, cast, "withdraw-notice"), {"reason": " "})
    assert refused.status_code == 422
    for reason in ("写错了小区", "再点一次"):
        clerk.post(address(page, cast, "withdraw-notice"), {"reason": reason})
    assert NoticeWithdrawn.objects.get().reason == "写错了小区"
    shown = main_of(clerk, page)
    assert "这份公告已经撤回" in shown and "写错了小区" in shown
    assert "明日停水" not in shown and "更正" not in shown
    assert queries.notices_of(cast.compound.pk) == [later]
    assert [line.page for line in queries.newest_notices()] == [later]


def test_a_withdrawn_notice_is_not_corrected(clerk, cast, page, noon):
    actions.withdraw_notice(page, reason="错", by=cast.li.pk, at=noon)
    sent = {"title": "停水", "body": "又停。", "request": str(uuid4())}
    clerk.post(address(page, cast, "publish-correction"), sent)
    assert texts() == [(1, "停水通知")]
    with pytest.raises(actions.NoticeIsWithdrawn):
        actions.correct_notice(page, draft(body="又停"), by=cast.li.pk, at=noon)


# ---- what nobody changes


@pytest.mark.parametrize("name", ["correct-notice", "publish-correction", "withdraw-notice"])
def test_a_publicity_is_neither_corrected_nor_withdrawn(clerk, cast, site, announce, letters, name):
    announce(cast.compound)
    letters.deliver()
    carrying = NoticePage.objects.get()
    sent = {"title": "改", "body": "改", "reason": "改", "request": str(uuid4())}
    assert clerk.post(address(carrying, cast, name), sent).status_code == 404
    assert (NoticeText.objects.count(), NoticeWithdrawn.objects.count()) == (0, 0)


def test_the_action_refuses_a_publicity_too(cast, site, announce, letters, noon):
    announce(cast.compound)
    letters.deliver()
    carrying = NoticePage.objects.get()
    with pytest.raises(actions.NotPlain):
        actions.correct_notice(carrying, draft(), by=cast.li.pk, at=noon)
    with pytest.raises(actions.NotPlain):
        actions.withdraw_notice(carrying, reason="改", by=cast.li.pk, at=noon)


def test_another_compounds_clerk_changes_nothing(client, cast, page):
    client.force_login(cast.qian)
    sent = {"title": "改", "body": "改", "reason": "改", "request": str(uuid4())}
    for name in ("correct-notice", "publish-correction", "withdraw-notice"):
        assert client.post(address(page, cast, name), sent).status_code == 403
        theirs = {"code": cast.other_compound.code, "page": page.pk}
        assert client.post(reverse(f"cms:{name}", kwargs=theirs), sent).status_code == 404
    assert texts() == [(1, "停水通知")]
