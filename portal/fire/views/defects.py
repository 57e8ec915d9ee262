"""The board of defects, and one defect with its steps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.access import asks
from portal.accounts.models import User
from portal.fire import actions, permissions
from portal.fire.actions import refusals
from portal.fire.forms import RecheckForm, RepairForm
from portal.fire.models import Defect, Recheck, Repair
from portal.fire.queries import pages
from portal.fire.wording import sentence
from portal.rulebook.queries import rules_for
from portal.tools.frontdoor.bodies import takes

from .loading import compound_for, defect_for, user_of

ROWS = 50


@asks(permissions.may_read_fire)
@login_required
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Open defects by deadline, then those closed."""
    compound = compound_for(request, code, permissions.may_read_fire)
    page = Paginator(pages.defects_of(compound), ROWS).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [(one, pages.state_of(one), pages.is_overdue(one, at)) for one in page]
    context = {"compound": compound, "page": page, "rows": rows}
    return render(request, "fire/defects.html", context)


@asks(permissions.may_read_fire)
@login_required
@require_safe
def defect(request: HttpRequest, code: str, number: str) -> HttpResponse:
    found = defect_for(request, code, permissions.may_read_fire, number)
    return _page(request, found)


@asks(permissions.may_repair)
@login_required
@require_POST
@takes(16)
def repair(request: HttpRequest, code: str, number: str) -> HttpResponse:
    found = defect_for(request, code, permissions.may_repair, number)
    form = RepairForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.repair_defect(
                found, **form.cleaned_data, by=user_of(request), at=timezone.now()
            )
        except refusals.Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("整改已登记，请由另一人复查。"))
            return redirect(found)
    return _page(request, found, repair_form=form)


@asks(permissions.may_recheck)
@login_required
@require_POST
@takes(16)
def recheck(request: HttpRequest, code: str, number: str) -> HttpResponse:
    found = defect_for(request, code, permissions.may_recheck, number)
    form = RecheckForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data | {"passed": form.cleaned_data["passed"] == "yes"}
        try:
            actions.recheck_defect(found, **said, by=user_of(request), at=timezone.now())
        except refusals.Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            passed, sent_back = _("复查通过，隐患已闭环。"), _("已退回整改。")
            messages.success(request, passed if said["passed"] else sent_back)
            return redirect(found)
    return _page(request, found, recheck_form=form)


def _page(request: HttpRequest, found: Defect, **sent: forms.Form) -> HttpResponse:
    """The defect's page; a form that was sent comes back with what is wrong."""
    steps = _steps(found)
    state, last = pages.state_of(found), steps[-1][0] if steps else None
    may_repair = permissions.may_repair(request.user, found.compound)
    may_recheck = permissions.may_recheck(request.user, found.compound)
    mine = last is not None and isinstance(request.user, User) and last.by == request.user.pk
    on = timezone.localdate(found.raised_at)
    context: dict[str, Any] = {
        "compound": found.compound,
        "defect": found,
        "state": state,
        "steps": steps,
        "last": last,
        "names": pages.names_of({found.by, *(p for step in steps for p in _people(step))}),
        "rule": rules_for([found.rule_key], at_compound=found.compound, on=on).get(found.rule_key),
        "may_repair": may_repair and state in {Defect.State.OPEN, Defect.State.SENT_BACK},
        "may_recheck": may_recheck and state == Defect.State.REPAIRED and not mine,
        "waits_for_another": may_repair and state == Defect.State.REPAIRED and mine,
        "repair_form": RepairForm(auto_id="repair_%s"),
        "recheck_form": RecheckForm(auto_id="recheck_%s"),
        "is_overdue": pages.is_overdue(found, timezone.now()),
    }
    return render(request, "fire/defect.html", context | sent, status=422 if sent else 200)


Step = tuple[Repair, Recheck | None]


def _steps(found: Defect) -> list[Step]:
    of_defect = {"compound": found.compound_id, "defect": found}
    rechecks = {one.attempt: one for one in Recheck.objects.filter(**of_defect)}
    repairs = Repair.objects.filter(**of_defect).order_by("attempt")
    return [(repair, rechecks.get(repair.attempt)) for repair in repairs]


def _people(step: Step) -> list[Any]:
    return [one.by for one in step if one is not None]
