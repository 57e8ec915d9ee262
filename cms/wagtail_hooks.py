"""What Wagtail's administration does otherwise here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from . import actions
from .models import NoticePage
from .registry import Registry


@hooks.register("before_edit_page")
def keep_the_frozen_text(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page that carries a 公示 has nothing to edit: its text and title stand elsewhere."""
    if not isinstance(page, NoticePage) or page.publicity is None:
        return None
    messages.warning(request, _("该页面承载一份公示，正文和标题已经固定，不能修改。"))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("after_publish_page")
def keep_what_was_posted(request: HttpRequest, page: Page) -> None:
    """What an editor changes of a plain notice stays readable as it was."""
    notice = page.specific
    if isinstance(notice, NoticePage) and notice.is_plain:
        actions.keep_edited_text(notice, by=request.user.pk, at=timezone.now())


@hooks.register("register_admin_viewset")
def keep_the_registry() -> Registry:
    """Places, firms and contracts, entered by administrators."""
    return Registry()
