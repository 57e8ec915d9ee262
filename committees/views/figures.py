"""Do the published figures of a vote bear out its result?  Anybody may ask; nothing is kept."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from committees import permissions
from committees.documents.figures import checked
from committees.queries.laws import law_of
from committees.rules.figures import judge
from committees.typed_figures import FiguresFileForm, FiguresForm, figures_of
from portal.accounts.access import asks, refuse_unless
from portal.tools.frontdoor.bodies import takes


@asks(permissions.may_anyone_check_figures)
@require_http_methods(["GET", "POST"])
@takes(5)
def check_figures(request: HttpRequest) -> HttpResponse:
    refuse_unless(permissions.may_anyone_check_figures(request.user))
    is_sent = request.method == "POST"
    has_file = is_sent and ("hand-in" in request.POST or _is_file_alone(request))
    typed = (
        FiguresForm(initial=request.POST.dict())  # stays as it stood beside the file
        if has_file
        else FiguresForm(request.POST if is_sent else None)
    )
    handed = FiguresFileForm(
        request.POST if has_file else None, request.FILES if has_file else None
    )
    sent: forms.Form = handed if has_file else typed
    context: dict[str, object] = {"typed": typed, "handed": handed}
    if sent.is_valid():
        figures = figures_of(sent)
        of_the_day = law_of(figures.decided_on, figures.bar)
        context["checked"] = checked(figures, judge(figures, of_the_day.law), of_the_day)
    status = 422 if sent.is_bound and sent.errors else 200
    return render(request, "committees/check_figures.html", context, status=status)


def _is_file_alone(request: HttpRequest) -> bool:
    """A file was chosen, no day was typed, and the button of what is typed was pressed."""
    return "file" in request.FILES and not request.POST.get("decided_on")
