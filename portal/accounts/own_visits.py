"""The page on which one sees where one is signed in, and ends it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from . import permissions, visits
from .access import SignedInRequest, asks


@asks(permissions.may_end_own_visits)
@require_safe
@login_required
def own_visits(request: SignedInRequest) -> HttpResponse:
    """Every browser in which the reader is signed in."""
    listed = [
        {"visit": visit, "device": visits.device_words(visit.device), "is_here": is_here}
        for visit, is_here in visits.visits_of(request.user, request.session)
    ]
    others = sum(not line["is_here"] for line in listed)
    return render(request, "accounts/visits.html", {"listed": listed, "others": others})


@asks(permissions.may_end_own_visits)
@require_POST
@login_required
def end_visit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End one of the reader's own; nobody else's is found."""
    if not visits.end(request.user, pk, at=timezone.now()):
        raise Http404
    messages.success(request, _("已退出那台设备。"))
    return redirect("accounts:visits")


@asks(permissions.may_end_own_visits)
@require_POST
@login_required
def end_other_visits(request: SignedInRequest) -> HttpResponse:
    """End all but this one."""
    visits.end_others(request.user, request.session, at=timezone.now())
    messages.success(request, _("已退出其他所有设备。"))
    return redirect("accounts:visits")
