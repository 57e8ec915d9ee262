"""Seat the elected: when their term begins and ends."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees import actions, permissions, queries
from committees.actions.refusals import Refusal
from committees.forms.committee import TermForm
from committees.models import Matter
from portal.accounts.access import asks
from portal.tools.timekeeping.periods import add_years

from . import wording
from .console import _user
from .loading import meeting_for


@asks(permissions.may_run)
@login_required
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, code: str, number: str, position: int) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_run)
    matter = get_object_or_404(
        Matter,
        compound_id=meeting.compound_id,
        meeting=meeting,
        position=position,
        kind=Matter.Kind.ELECTION,
        elects=Matter.Body.COMMITTEE,
    )
    least, most = queries.term_years(meeting.compound, timezone.now())
    today = timezone.localdate()
    usual = {"starts_on": today, "ends_on": add_years(today, most) - timedelta(days=1)}
    form = TermForm(request.POST or None, least=least, most=most, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            actions.seat_committee(
                matter, **form.cleaned_data, by=_user(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal)))
        else:
            messages.success(request, _("新一届业主委员会已就任，小区页已更新。"))
            return redirect("committees:console", code=code, number=number)
    context = {"meeting": meeting, "compound": meeting.compound, "matter": matter, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "committees/seat.html", context, status=status)
