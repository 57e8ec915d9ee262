"""The pages of the roll: read it, name who votes for a home."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import asks, refuse_unless
from portal.accounts.models import User
from portal.places.models import Compound, Part

from .. import actions, permissions, queries, wording
from ..forms import NOBODY, DelegateForm, RoomForm
from ..rules.rooms import read_room

ROWS = 100


@asks(permissions.may_read_roll)
@login_required
@require_safe
def roll(request: HttpRequest, code: str) -> HttpResponse:
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(permissions.may_read_roll(request.user, compound))
    form = RoomForm(request.GET if "room" in request.GET else None)
    found = _part_in(compound, form) if form.is_bound else None
    if found is not None:
        return redirect("owners:part", code=code, pk=found.pk)
    counting = queries.counting_of(compound, on=timezone.localdate())
    page = Paginator(queries.parts_with_owners(compound), ROWS).get_page(request.GET.get("page"))
    context = {
        "compound": compound,
        "page": page,
        "totals": queries.totals(compound, counting),
        "counting": counting,
        "versions": queries.versions(compound),
        "form": form,
        "may_import": permissions.may_import_roll(request.user, compound),
    }
    return render(request, "owners/roll.html", context)


def _part_in(compound: Compound, form: RoomForm) -> Part | None:
    """The part of the room that the form names; None, and said, if there is none."""
    if not form.is_valid():
        return None
    room = read_room(form.cleaned_data["room"])
    found = Part.objects.filter(compound=compound, key=room.key).first() if room else None
    if found is None:
        form.add_error("room", _("名册上没有这个房号。请核对，例如 1-2-301。"))
    return found


@asks(permissions.may_read_roll, permissions.may_name_delegate)
@login_required
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """A part with its owners; the roll's keeper says who of several votes for it."""
    shown = get_object_or_404(
        Part.objects.select_related("compound__region", "building", "stairwell"),
        compound__code=code,
        pk=pk,
    )
    refuse_unless(permissions.may_read_roll(request.user, shown.compound))
    may_name = permissions.may_name_delegate(request.user, shown.compound)
    refuse_unless(may_name or request.method == "GET")
    facts = queries.part_facts(shown)
    form = DelegateForm(
        wording.owners_to_choose(facts.current),
        request.POST if request.method == "POST" else None,
        initial={"owner": str(facts.delegate or NOBODY)},
    )
    if request.method == "POST" and form.is_valid() and _named(request, facts, form):
        return redirect("owners:part", code=code, pk=pk)
    context = {
        "facts": facts,
        "compound": shown.compound,
        "form": form,
        "may_name": may_name,
        "may_bind": permissions.may_bind_at_desk(request.user, shown.compound),
    }
    return render(request, "owners/part.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, facts: queries.PartFacts, form: DelegateForm) -> bool:
    """Name whom the form names; False, and said, if the owners changed meanwhile."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    chosen = form.cleaned_data["owner"]
    owner = next((row.owner for row in facts.current if str(row.owner_id) == chosen), None)
    try:
        actions.name_delegate(facts.part, owner, by=request.user.pk, at=timezone.now())
    except actions.NotAnOwner:
        form.add_error("owner", _("此人已不是该房屋的业主，请重新选择。"))
        return False
    messages.success(request, _("已记录，从下一次冻结名册起生效。"))
    return True
