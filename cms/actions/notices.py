"""Publish notices, correct and withdraw plain ones; carry publicities."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.html import linebreaks

from portal.places.actions import next_number
from portal.places.models import Compound
from portal.publicity import actions as publicity_actions
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note
from portal.tools.keys import new_key

from ..models import CompoundPage, NoticePage, NoticeText, NoticeWithdrawn
from .site import ensure_compound_page, publish


class NotPlain(Exception):
    """The page carries a 公示, whose text nobody changes or takes away."""


class NoticeIsWithdrawn(Exception):
    """A withdrawn notice is not corrected: a new one is written."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as its form sends it; `body` is plain text, `request` the form's own id."""

    title: str
    body: str
    request: UUID


@transaction.atomic
def post_notice(publicity: Publicity, *, at: datetime) -> NoticePage:
    """Publish the page that carries `publicity` and start its clock, both or neither.

    Twice, or two at once, makes one page.  A page that an editor has unpublished since stays
    so: the text stands at its own address.
    """
    parent = _alone(ensure_compound_page(publicity.compound))
    page: NoticePage | None = NoticePage.objects.filter(publicity=publicity.pk).first()
    if page is None:
        page = NoticePage(
            title=publicity.title,
            slug=f"publicity-{publicity.number}",
            compound=publicity.compound_id,
            publicity=publicity.pk,
            posted_on=timezone.localdate(at),
            live=False,
        )
        publish(parent, page)
    publicity_actions.start_clock(publicity, at=at)
    return page


@transaction.atomic
def publish_notice(
    compound: Compound, draft: Draft, *, by: UUID | None, at: datetime
) -> NoticePage:
    """Publish a notice written by hand; the same form sent again gives the same page."""
    parent = _alone(ensure_compound_page(compound))
    if (sent := _sent_before(compound.pk, draft)) is not None:
        return sent
    number = next_number(compound, "notice")
    page = NoticePage(
        title=draft.title,
        slug=f"notice-{number}",
        compound=compound.pk,
        body=rich_text(draft.body),
        posted_on=timezone.localdate(at),
        live=False,
    )
    publish(parent, page)
    _keep_text(page, draft.request, by=by, at=at)
    note("cms.publish_notice", compound, by=by, at=at, facts={"notice": number})
    return page


@transaction.atomic
def correct_notice(page: NoticePage, draft: Draft, *, by: UUID, at: datetime) -> NoticePage:
    """Publish another text of a plain notice; the earlier ones stay and are shown with it.

    The same form sent again, or a text that says the same, changes nothing.  Refuses NotPlain and
    NoticeIsWithdrawn.
    """
    page = _plain(page)
    if _is_withdrawn(page):
        raise NoticeIsWithdrawn
    if _sent_before(page.compound, draft) is not None:
        return page
    body = rich_text(draft.body)
    if (page.title, page.body) == (draft.title, body):
        return page
    page.title, page.body = draft.title, body
    page.save_revision().publish()
    text = _keep_text(page, draft.request, by=by, at=at)
    facts = {"page": page.pk, "number": text.number}
    note("cms.correct_notice", text, by=by, at=at, facts=facts)
    return page


@transaction.atomic
def withdraw_notice(page: NoticePage, *, reason: str, by: UUID, at: datetime) -> NoticeWithdrawn:
    """Show the words of a plain notice no more, but that it was withdrawn and why.

    Withdrawn already, it stays as it was.  Refuses NotPlain.
    """
    page = _plain(page)
    here = {"compound": page.compound, "page": page.pk}
    withdrawn, is_new = NoticeWithdrawn.objects.get_or_create(
        **here, defaults={"reason": reason.strip(), "by": by, "at": at}
    )
    if is_new:
        note("cms.withdraw_notice", withdrawn, by=by, at=at, facts={"page": page.pk})
    return withdrawn


@transaction.atomic
def keep_edited_text(page: NoticePage, *, by: UUID | None, at: datetime) -> None:
    """Keep the text that an editor published in Wagtail's administration."""
    page = _plain(page)
    last = NoticeText.objects.filter(compound=page.compound, page=page.pk).order_by("number").last()
    if last is None or (last.title, last.body) != (page.title, page.body):
        _keep_text(page, new_key(), by=by, at=at)


def rich_text(plain: str) -> str:
    """Plain text as Wagtail keeps it: paragraphs, and line breaks closed as its editor asks."""
    return linebreaks(plain, autoescape=True).replace("<br>", "<br/>")


def _alone(page: CompoundPage) -> CompoundPage:
    """The page, locked: what is added below it is added one at a time (paths in the tree)."""
    locked: CompoundPage = CompoundPage.objects.select_for_update(no_key=True).get(pk=page.pk)
    return locked


def _plain(page: NoticePage) -> NoticePage:
    locked: NoticePage = NoticePage.objects.select_for_update(of=("self",), no_key=True).get(
        pk=page.pk
    )
    if not locked.is_plain:
        raise NotPlain
    return locked


def _is_withdrawn(page: NoticePage) -> bool:
    return NoticeWithdrawn.objects.filter(compound=page.compound, page=page.pk).exists()


def _sent_before(compound: UUID, draft: Draft) -> NoticePage | None:
    """The page that this very form published or corrected, if it did."""
    text = NoticeText.objects.filter(compound=compound, request=draft.request).first()
    return None if text is None else NoticePage.objects.get(pk=text.page)


def _keep_text(page: NoticePage, request: UUID, *, by: UUID | None, at: datetime) -> NoticeText:
    texts = NoticeText.objects.filter(compound=page.compound, page=page.pk)
    return NoticeText.objects.create(
        compound=page.compound,
        page=page.pk,
        number=texts.count() + 1,
        title=page.title,
        body=page.body,
        request=request,
        by=by,
        at=at,
    )
