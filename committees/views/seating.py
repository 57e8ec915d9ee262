"""Seat the elected: when their term begins and ends, or since when they fill a vacancy."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees import actions, documents, permissions, queries
from committees.actions.refusals import Refusal
from committees.documents.counted import Counted
from committees.forms.committee import TermForm, VacancyForm
from committees.models import Matter, Meeting
from portal.accounts.access import asks
from portal.tools.timekeeping.periods import add_years

from . import wording
from .console import _user
from .loading import meeting_for


@asks(permissions.may_run)
@login_required
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, code: str, number: str, position: int) -> HttpResponse:
    """Begin a term of the elected, or seat those elected into vacancies of the term that runs."""
    meeting = meeting_for(request, code, number, permissions.may_run)
    matter = get_object_or_404(
        Matter.objects.exclude(elects=Matter.Body.OTHER),
        compound_id=meeting.compound_id,
        meeting=meeting,
        position=position,
        kind=Matter.Kind.ELECTION,
    )
    fills = matter.elects == Matter.Body.VACANCIES
    form = _vacancy_form(request) if fills else _term_form(request, meeting)
    if request.method == "POST" and form.is_valid():
        act = actions.fill_vacancies if fills else actions.seat_committee
        try:
            act(matter, **form.cleaned_data, by=_user(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal)))
        else:
            messages.success(request, _done(fills=fills))
            return redirect("committees:console", code=code, number=number)
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "matter": matter,
        "form": form,
        "fills": fills,
        "elected": _elected(meeting, matter),
    }
    status = 422 if form.is_bound else 200
    return render(request, "committees/seat.html", context, status=status)


def _elected(meeting: Meeting, matter: Matter) -> Counted | None:
    """What came of the election, None before the count."""
    found = documents.counted_of(meeting)
    return next((one for one in found if one.matter.pk == matter.pk), None)


def _term_form(request: HttpRequest, meeting: Meeting) -> Form:
    least, most = queries.term_years(meeting.compound, timezone.now())
    today = timezone.localdate()
    usual = {"starts_on": today, "ends_on": add_years(today, most) - timedelta(days=1)}
    return TermForm(request.POST or None, least=least, most=most, initial=usual)


def _vacancy_form(request: HttpRequest) -> Form:
    return VacancyForm(request.POST or None, initial={"since": timezone.localdate()})


def _done(*, fills: bool) -> str:
    if fills:
        return _("补选的委员已就任，小区页已更新。")
    return _("新一届业主委员会已就任，小区页已更新。")
