"""Take equipment out of use: say why, see what happens, ask another; and what was retired."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import asks
from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals import wording as approvals_wording
from portal.fire import actions, permissions
from portal.fire.actions import refusals
from portal.fire.forms import RetireForm
from portal.fire.kinds import retirement_lines
from portal.fire.models import Equipment
from portal.fire.queries import pages
from portal.fire.queries.retirements import (
    is_late,
    open_defects_of,
    request_for,
    retirements_of,
)
from portal.fire.wording import sentence
from portal.tools.files.actions import store
from portal.tools.files.models import StoredFile
from portal.tools.files.reading import Readied
from portal.tools.frontdoor.bodies import takes

from .loading import compound_for, equipment_for, user_of

ROWS = 50


@asks(permissions.may_keep_register)
@login_required
@require_http_methods(["GET", "POST"])
@takes(16)
def retire_equipment(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """First the day, the reason and a photo; then a page that says what will happen; then it is
    asked for, and stays in use until another confirms."""
    equipment = equipment_for(request, code, permissions.may_keep_register, pk)
    at = timezone.now()
    today = timezone.localdate(at)
    sent = request.POST if request.method == "POST" else None
    photos = _stored_before(request, equipment)
    form = RetireForm(sent, request.FILES or None, photos=photos, initial={"on": today})
    if form.is_valid():
        try:
            actions.refuse_unfit(equipment, form.cleaned_data["on"], today)
            photo = _photo(request, equipment, form)
            if not form.cleaned_data["seen"]:
                return _preview(request, equipment, form, photo)
            return _ask(request, equipment, actions.Retiring(*form.told(), photo))
        except refusals.Refusal as refusal:
            form.add_error("on", sentence(refusal))
        except approvals.Refusal as refusal:
            for words in approvals_wording.refusal(refusal):
                form.add_error(None, words)
    context = {
        "compound": equipment.compound,
        "equipment": equipment,
        "form": form,
        "waiting": request_for(equipment, at),
        "defects": open_defects_of(equipment, at),
    }
    return render(
        request, "fire/retire_equipment.html", context, status=422 if form.errors else 200
    )


@asks(permissions.may_read_fire)
@login_required
@require_safe
def retired(request: HttpRequest, code: str) -> HttpResponse:
    """What was taken out of use: when, why, who asked and who confirmed, with the photo."""
    compound = compound_for(request, code, permissions.may_read_fire)
    page = Paginator(retirements_of(compound), ROWS).get_page(request.GET.get("page"))
    rows = [(one, next(iter(one.retirements.all()), None)) for one in page]
    people = {by for _one, said in rows if said for by in (said.asked_by, said.confirmed_by)}
    names = pages.names_of(people)
    listed = [
        (one, said, names.get(said.asked_by, ""), names.get(said.confirmed_by, ""), is_late(said))
        if said
        else (one, None, "", "", False)
        for one, said in rows
    ]
    context = {"compound": compound, "page": page, "rows": listed}
    return render(request, "fire/retired.html", context)


def _stored_before(request: HttpRequest, equipment: Equipment) -> "dict[str, StoredFile]":
    """The photo that the page before this one has taken in, by its id."""
    kept = request.POST.get("kept", "")
    try:
        found = StoredFile.objects.filter(
            pk=UUID(kept), compound=equipment.compound_id, by=user_of(request)
        ).first()
    except ValueError:
        return {}
    return {kept: found} if found is not None else {}


def _photo(request: HttpRequest, equipment: Equipment, form: RetireForm) -> StoredFile:
    chosen: Readied | None = form.cleaned_data["photo"]
    if chosen is None:
        return form.kept_photo()
    by, at = user_of(request), timezone.now()
    return store(chosen, compound=equipment.compound_id, by=by, at=at)


def _preview(
    request: HttpRequest, equipment: Equipment, form: RetireForm, photo: StoredFile
) -> HttpResponse:
    context = {
        "compound": equipment.compound,
        "equipment": equipment,
        "on": form.cleaned_data["on"],
        "reason": form.cleaned_data["reason"],
        "photo": photo,
        "lines": retirement_lines(equipment, form.cleaned_data["on"]),
    }
    return render(request, "fire/retire_preview.html", context)


def _ask(request: HttpRequest, equipment: Equipment, retiring: actions.Retiring) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    asked = actions.ask_to_retire(equipment, retiring, by=request.user, at=timezone.now())
    messages.success(request, _("已申请停用。社区、街道或县级工作人员确认后才停用，此前照常检查。"))
    return redirect(asked)
