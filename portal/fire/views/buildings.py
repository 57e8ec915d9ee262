"""How tall the buildings are: what decides whether patrols are daily."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import asks
from portal.fire import permissions
from portal.fire.forms import BuildingForm, NewBuildingForm
from portal.fire.queries.register import tall_limit
from portal.places.actions import BuildingTaken, add_building, change_building
from portal.places.models import Building

from .loading import compound_for, user_of


@asks(permissions.may_keep_buildings)
@login_required
@require_safe
def buildings(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_keep_buildings)
    limit = tall_limit(compound, timezone.localdate())
    found = Building.objects.filter(compound=compound).order_by("code")
    rows = [(one, limit is not None and (one.height or 0) > limit.value) for one in found]
    return render(
        request, "fire/buildings.html", {"compound": compound, "rows": rows, "limit": limit}
    )


@asks(permissions.may_keep_buildings)
@login_required
@require_http_methods(["GET", "POST"])
def new_building(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_keep_buildings)
    form = NewBuildingForm(request.POST or None)
    if form.is_valid():
        facts, by = form.facts(), user_of(request)
        try:
            add_building(compound, form.cleaned_data["code"], facts, by=by, at=timezone.now())
        except BuildingTaken:
            form.add_error("code", _("本小区已有这一幢，请从列表里修改。"))
        else:
            messages.success(request, _("已登记。"))
            return redirect("fire:buildings", code=code)
    context = {"compound": compound, "form": form, "building": None}
    return render(request, "fire/building_form.html", context, status=422 if form.errors else 200)


@asks(permissions.may_keep_buildings)
@login_required
@require_http_methods(["GET", "POST"])
def change_building_page(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """What is set acts from today: checks whose time has begun keep their period."""
    compound = compound_for(request, code, permissions.may_keep_buildings)
    building = get_object_or_404(Building, compound=compound, pk=pk)
    known = {name: getattr(building, name) for name in Building.HISTORY}
    form = BuildingForm(request.POST or None, initial=known)
    if form.is_valid():
        change_building(building, form.facts(), by=user_of(request), at=timezone.now())
        messages.success(request, _("已修改，自今天起生效；已经开始的检查期不变。"))
        return redirect("fire:buildings", code=code)
    context = {"compound": compound, "form": form, "building": building}
    return render(request, "fire/building_form.html", context, status=422 if form.errors else 200)
