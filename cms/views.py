"""Write a notice, look at it, publish it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.access import asks, refuse_unless
from portal.places.models import Compound

from . import actions, permissions
from .forms.notices import NoticeForm


@asks(permissions.may_write_notices)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write_notice(request: HttpRequest, code: str) -> HttpResponse:
    """The form; posted, a preview above it that can be published as it is seen."""
    compound = _compound_for(request, code)
    form = NoticeForm(request.POST or None)
    return _form_page(request, compound, form)


@asks(permissions.may_write_notices)
@require_POST
@login_required
def publish_notice(request: HttpRequest, code: str) -> HttpResponse:
    compound = _compound_for(request, code)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _form_page(request, compound, form)
    page = actions.publish_notice(compound, form.draft(), by=request.user.pk, at=timezone.now())
    messages.success(request, _("公告已发布。"))
    return redirect(page.get_url(request))


def _compound_for(request: HttpRequest, code: str) -> Compound:
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(permissions.may_write_notices(request.user, compound))
    return compound


def _form_page(request: HttpRequest, compound: Compound, form: NoticeForm) -> HttpResponse:
    shown: dict[str, object] = {"compound": compound, "form": form}
    if form.is_bound and form.is_valid():
        # what is published is what was looked at, whatever is typed below since
        seen = NoticeForm(request.POST, auto_id=False)
        shown |= {"draft": form.draft(), "seen": seen, "today": timezone.localdate()}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "cms/write_notice.html", shown, status=status)
