"""Ask to void the ballots that do not open, so that the count can go on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees import actions, permissions
from committees.actions.refusals import Refusal
from committees.forms.meetings import UnopenableForm
from portal.accounts.access import asks
from portal.accounts.models import User
from portal.approvals.actions import Refusal as NotAsked
from portal.approvals.wording import refusal as not_asked

from . import wording
from .loading import meeting_for


@asks(permissions.may_ask_to_void_unopenable)
@login_required
@require_http_methods(["GET", "POST"])
def unopenable(request: HttpRequest, code: str, number: str) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_ask_to_void_unopenable)
    form = UnopenableForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
        reason, at = form.cleaned_data["reason"], timezone.now()
        try:
            asked = actions.ask_to_void_unopenable(meeting, reason=reason, by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal)))
        except NotAsked as refusal:
            form.add_error(None, " ".join(not_asked(refusal)))
        else:
            messages.success(request, _("已申请。另一职务的人同意后，再到控制台计票。"))
            return redirect(asked)
    context = {"meeting": meeting, "compound": meeting.compound, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "committees/unopenable.html", context, status=status)
