"""The manager's register: places, equipment, labels to print."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import asks
from portal.fire import actions, permissions
from portal.fire.actions import refusals
from portal.fire.forms import EquipmentForm, PlaceForm
from portal.fire.models import Check, FirePlace
from portal.fire.queries import pages
from portal.fire.wording import sentence
from portal.tools.keys import new_key

from .loading import compound_for, equipment_for, place_for, user_of

PLACE_FIELDS = ("name", "building", "stairwell", "storey", "use")
EQUIPMENT_FIELDS = (
    "kind",
    "code",
    "model",
    "quantity",
    "agent",
    "made_on",
    "installed_on",
    "serviced_on",
)


@asks(permissions.may_read_fire)
@login_required
@require_safe
def places(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_read_fire)
    times, on = pages.clocks_at(compound, on=timezone.localdate()), timezone.localdate()
    rows = [
        (place, [(one, times.of(one)) for one in place.equipment.all()])
        for place in pages.places_of(compound)
    ]
    context = {
        "compound": compound,
        "rows": rows,
        "on": on,
        "may_keep": permissions.may_keep_register(request.user, compound),
    }
    return render(request, "fire/places.html", context)


@asks(permissions.may_keep_register)
@login_required
@require_safe
def labels(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of labels for the places in use; only what they lead to counts as scanned."""
    compound = compound_for(request, code, permissions.may_keep_register)
    found = FirePlace.objects.standing(timezone.localdate()).filter(compound=compound)
    rows = [
        (place, f"{place.get_absolute_url()}?opened={Check.Opened.SCAN}")
        for place in found.select_related("compound").order_by("code")
    ]
    return render(request, "fire/labels.html", {"compound": compound, "rows": rows})


@asks(permissions.may_keep_register)
@login_required
@require_http_methods(["GET", "POST"])
def new_place(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_keep_register)
    form = PlaceForm(request.POST or None, compound=compound)
    if form.is_valid():
        try:
            made = actions.register_place(
                compound,
                form.facts(),
                by=user_of(request),
                at=timezone.now(),
                key=form.cleaned_data["key"],
            )
        except refusals.PageSpent:
            form = PlaceForm(_renewed(request), compound=compound)
            form.add_error(None, _spent())
        except refusals.Refusal as refusal:
            form.add_error("stairwell", sentence(refusal))
        else:
            messages.success(request, _("点位已登记，四位数字是 %s。") % made.code)
            return redirect("fire:new-equipment", code=code, digits=made.code)
    context = {"compound": compound, "form": form, "place": None}
    return render(request, "fire/place_form.html", context, status=422 if form.errors else 200)


@asks(permissions.may_keep_register)
@login_required
@require_http_methods(["GET", "POST"])
def change_place(request: HttpRequest, code: str, digits: str) -> HttpResponse:
    place = place_for(request, code, permissions.may_keep_register, Q(code=digits))
    known = {name: getattr(place, name) for name in PLACE_FIELDS}
    form = PlaceForm(request.POST or None, compound=place.compound, initial=known)
    if form.is_valid():
        try:
            actions.change_place(place, form.facts(), by=user_of(request), at=timezone.now())
        except refusals.Refusal as refusal:
            form.add_error("stairwell", sentence(refusal))
        else:
            messages.success(request, _("点位已修改。"))
            return redirect("fire:places", code=code)
    context = {"compound": place.compound, "form": form, "place": place}
    return render(request, "fire/place_form.html", context, status=422 if form.errors else 200)


@asks(permissions.may_keep_register)
@login_required
@require_http_methods(["GET", "POST"])
def retire_place(request: HttpRequest, code: str, digits: str) -> HttpResponse:
    """Asked once more before it is done: nothing takes a place up again."""
    place = place_for(request, code, permissions.may_keep_register, Q(code=digits))
    if request.method == "GET":
        context = {"compound": place.compound, "place": place}
        return render(request, "fire/retire_place.html", context)
    try:
        actions.retire_place(place, by=user_of(request), at=timezone.now())
    except refusals.Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("点位已停用。"))
    return redirect("fire:places", code=code)


@asks(permissions.may_keep_register)
@login_required
@require_http_methods(["GET", "POST"])
def new_equipment(request: HttpRequest, code: str, digits: str) -> HttpResponse:
    place = place_for(request, code, permissions.may_keep_register, Q(code=digits))
    form = EquipmentForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.register_equipment(
                place,
                form.facts(),
                by=user_of(request),
                at=timezone.now(),
                key=form.cleaned_data["key"],
            )
        except refusals.PageSpent:
            form = EquipmentForm(_renewed(request), today=timezone.localdate())
            form.add_error(None, _spent())
        except refusals.Refusal as refusal:
            form.add_error("code", sentence(refusal))
        else:
            messages.success(request, _("设备已登记。"))
            return redirect("fire:places", code=code)
    context = {"compound": place.compound, "form": form, "place": place, "equipment": None}
    return render(request, "fire/equipment_form.html", context, status=422 if form.errors else 200)


@asks(permissions.may_keep_register)
@login_required
@require_http_methods(["GET", "POST"])
def change_equipment(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    equipment = equipment_for(request, code, permissions.may_keep_register, pk)
    known = {name: getattr(equipment, name) for name in EQUIPMENT_FIELDS}
    form = EquipmentForm(request.POST or None, initial=known, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.change_equipment(
                equipment, form.facts(), by=user_of(request), at=timezone.now()
            )
        except refusals.Refusal as refusal:
            form.add_error("code", sentence(refusal))
        else:
            messages.success(request, _("设备已修改。"))
            return redirect("fire:places", code=code)
    place = equipment.place
    context = {"compound": equipment.compound, "form": form, "place": place, "equipment": equipment}
    return render(request, "fire/equipment_form.html", context, status=422 if form.errors else 200)


def _renewed(request: HttpRequest) -> QueryDict:
    """What was sent, as of a new page: pressed once more, it enters another one."""
    data = request.POST.copy()
    data["key"] = str(new_key())
    return data


def _spent() -> str:
    return _("这一页已经登记过一次。要再登记一个，请再按一次；要改登记过的，请从“点位与设备”修改。")
