"""What anybody may read of a 公示: the list, one frozen text with its clock, the hashed bytes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.access import asks, refuse_unless

from . import permissions, queries

RECENT = 30


@asks(permissions.may_anyone_read_publicity)
@require_safe
def publicities(request: HttpRequest) -> HttpResponse:
    refuse_unless(permissions.may_anyone_read_publicity(request.user))
    at = timezone.now()
    shown = {
        "running": queries.running(at),
        "waiting": queries.waiting(at),
        "over": queries.over(at, limit=RECENT),
    }
    return render(request, "publicity/publicities.html", shown)


@asks(permissions.may_anyone_read_publicity)
@require_safe
def publicity(request: HttpRequest, code: str, number: int) -> HttpResponse:
    posted = _posted_for(request, code, number)
    shown = {
        "posted": posted,
        "days_rule": queries.rule_of(posted.publicity),
        "is_intact": queries.is_intact(posted.publicity),
        "address": request.build_absolute_uri(posted.publicity.get_absolute_url()),
    }
    return render(request, "publicity/publicity.html", shown)


@asks(permissions.may_anyone_read_publicity)
@require_safe
def publicity_text(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The canonical bytes: their SHA-256 is the hash at the foot of the page."""
    posted = _posted_for(request, code, number)
    return HttpResponse(posted.document.canonical(), content_type="application/json")


def _posted_for(request: HttpRequest, code: str, number: int) -> queries.Posted:
    refuse_unless(permissions.may_anyone_read_publicity(request.user))
    posted = queries.numbered(code, number, timezone.now())
    if posted is None:
        raise Http404
    return posted
