"""The reader's pages: what is due, the log, photos."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.access import asks
from portal.fire import permissions, queries
from portal.fire.forms import RESULTS, DigitsForm
from portal.fire.models import Defect, Recheck, Repair, Retirement
from portal.fire.queries import pages
from portal.fire.queries.retirements import is_photo_of_a_request
from portal.tools.files.models import StoredFile
from portal.tools.files.responses import send

from .loading import compound_for

ROWS = 50


@asks(permissions.may_see_fire_status)
@login_required
@require_safe
def status(request: HttpRequest, code: str) -> HttpResponse:
    """The figures in plain words; for those who read the rest, today's list as well."""
    compound = compound_for(request, code, permissions.may_see_fire_status)
    at = timezone.now()
    on = timezone.localdate(at)
    may_read = permissions.may_read_fire(request.user, compound)
    context = {
        "compound": compound,
        "on": on,
        "standing": queries.standing(compound, at=at),
        "today": pages.today(compound, on=on) if may_read else None,
        "may_read": may_read,
        "may_log": permissions.may_log(request.user, compound),
        "may_keep": permissions.may_keep_register(request.user, compound),
        "form": DigitsForm(),
    }
    return render(request, "fire/status.html", context)


@asks(permissions.may_read_fire)
@login_required
@require_safe
def log_list(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_read_fire)
    page = Paginator(pages.checks_of(compound), ROWS).get_page(request.GET.get("page"))
    names = pages.names_of({check.by for check in page})
    rows = [(check, names.get(check.by, "")) for check in page]
    context = {"compound": compound, "page": page, "rows": rows}
    return render(request, "fire/checks.html", context)


@asks(permissions.may_read_fire)
@login_required
@require_safe
def check(request: HttpRequest, code: str, seq: int) -> HttpResponse:
    """One check, item by item, with what it raised and its place in the chain."""
    compound = compound_for(request, code, permissions.may_read_fire)
    found = get_object_or_404(pages.checks_of(compound), seq=seq)
    words = {item.code: item.words for item in found.asked.items}
    labels = dict(RESULTS)
    answers = [
        (words[answer["item"]], answer, labels[answer["result"]]) for answer in found.answers
    ]
    context = {
        "compound": compound,
        "check": found,
        "answers": answers,
        "name": pages.names_of({found.by}).get(found.by, ""),
        "defects": Defect.objects.filter(compound=compound, check_made=found).select_related(
            "compound"
        ),
    }
    return render(request, "fire/check.html", context)


@asks(permissions.may_read_fire)
@login_required
@require_safe
def photo(request: HttpRequest, code: str, pk: UUID) -> HttpResponseBase:
    """A photo of a defect, a repair, a recheck or a retirement of this compound."""
    compound = compound_for(request, code, permissions.may_read_fire)
    shown = Q()
    for model in (Defect, Repair, Recheck, Retirement):
        shown |= Q(Exists(model.objects.filter(compound=compound, photo=OuterRef("pk"))))
    if is_photo_of_a_request(compound, pk):
        shown |= Q(pk=pk)
    return send(get_object_or_404(StoredFile, shown, compound=compound.pk, pk=pk))
