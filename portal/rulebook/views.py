"""What anybody may read of the rulebook: the book as of a day, and one rule with its history."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import permissions, queries
from .forms import EVERYWHERE, LookingForm
from .rules.regions import HOME, chain, name_of


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    _admit(request)
    today = timezone.localdate(timezone.now())
    form = LookingForm(request.GET.dict(), today)
    word, region, on = form.looked_for()
    everywhere = region == EVERYWHERE
    sections = queries.book(word=word, region=None if everywhere else region, on=on)
    shown = {
        "form": form,
        "sections": sections,
        "count": sum(len(section.lines) for section in sections),
        "on": on,
        "everywhere": everywhere,
        "place": name_of(chain(region)[-1]),
    }
    return render(request, "rulebook/rules.html", shown)


@require_safe
def rule(request: HttpRequest, key: str) -> HttpResponse:
    _admit(request)
    today = timezone.localdate(timezone.now())
    history = queries.history(key, region=HOME, on=today)
    if history is None:
        raise Http404
    shown = {"history": history, "today": today, "home": name_of(HOME)}
    return render(request, "rulebook/rule.html", shown)


def _admit(request: HttpRequest) -> None:
    if not permissions.may_anyone_read_rules(request.user):
        raise PermissionDenied


for view in (rules, rule):
    # What portal.accounts.access.asks() records; accounts stands above this storey.
    view.rules = (permissions.may_anyone_read_rules,)  # type: ignore[union-attr]
