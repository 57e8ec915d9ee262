"""Open a place, by scan or by its digits, and log a check item by item."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import asks
from portal.accounts.queries import firms_under_contract
from portal.fire import actions, permissions
from portal.fire.actions import refusals
from portal.fire.forms import DigitsForm, LogForm
from portal.fire.models import Check, Equipment, FirePlace
from portal.fire.queries import pages
from portal.fire.rules.catalogue import Duty
from portal.fire.wording import sentence
from portal.tools.frontdoor.bodies import takes

from .loading import compound_for, equipment_for, place_for, user_of


@asks(permissions.may_anyone_find_a_place, permissions.may_log)
@require_safe
def place(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The page of a QR code: for the firm's people what is to check here, for all others the
    place's name and whom to tell."""
    found = place_for(request, code, permissions.may_anyone_find_a_place, Q(token=token))
    on = timezone.localdate()
    context = {"compound": found.compound, "place": found, "on": on}
    if not permissions.may_log(request.user, found.compound):
        context["firms"] = firms_under_contract(found.compound, on)
        return render(request, "fire/place_public.html", context)
    context |= {"pieces": pages.pieces_at(found, on=on), "opened": _opened(request)}
    return render(request, "fire/place.html", context)


@asks(permissions.may_log)
@login_required
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, code: str) -> HttpResponse:
    """Open a place by the four digits on its label."""
    compound = compound_for(request, code, permissions.may_log)
    form = DigitsForm(request.POST or None)
    if form.is_valid():
        digits = form.cleaned_data["digits"]
        found = FirePlace.objects.filter(compound=compound, code=digits).first()
        if found is not None:
            address = reverse("fire:place", args=[code, found.token])
            return redirect(f"{address}?opened={Check.Opened.TYPED}")
        form.add_error("digits", _("本小区没有这个数字的点位。请核对标签。"))
    context = {"compound": compound, "form": form}
    return render(request, "fire/find.html", context, status=422 if form.errors else 200)


@asks(permissions.may_log)
@login_required
@require_http_methods(["GET", "POST"])
@takes(80)
def log(request: HttpRequest, code: str, pk: UUID, duty: str) -> HttpResponse:
    """Nothing is chosen beforehand; sent twice, it counts once."""
    equipment = equipment_for(request, code, permissions.may_log, pk)
    asked = _asked(equipment, duty)
    form = LogForm(
        request.POST or None,
        request.FILES or None,
        duty=asked,
        initial={"opened": _opened(request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.log_check(_entry(request, equipment, form), at=timezone.now())
        except refusals.Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            _tell(request, done)
            return redirect(f"{equipment.place.get_absolute_url()}?opened={done.opened}")
    context = {
        "compound": equipment.compound,
        "equipment": equipment,
        "duty": asked,
        "form": form,
    }
    return render(request, "fire/log.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest) -> str:
    """How the page was come to: labels and digits say so in the address, links do not."""
    said = request.GET.get("opened", "")
    return said if said in Check.Opened.values else Check.Opened.LIST.value


def _asked(equipment: Equipment, duty: str) -> Duty:
    if duty not in equipment.what.duties:
        raise Http404
    return equipment.what.duties[duty]


def _entry(request: HttpRequest, equipment: Equipment, form: LogForm) -> actions.Entry:
    return actions.Entry(
        equipment=equipment,
        duty=form.duty.code,
        answers=form.answers(),
        by=user_of(request),
        form=form.cleaned_data["form"],
        opened=Check.Opened(form.cleaned_data["opened"]),
        device_at=form.cleaned_data["device_at"],
    )


def _tell(request: HttpRequest, done: Check) -> None:
    numbers = [defect.number for defect in done.defects.order_by("number")]
    if not done.is_done:
        words = _(
            "已登记（第 %s 号）。各项都不适用，不算检查过，仍待完成；物业经理和主管部门会看到。"
        )
        messages.warning(request, words % done.seq)
    elif numbers:
        words = _("检查已登记（第 %(seq)s 号），已生成隐患 %(numbers)s。")
        messages.success(request, words % {"seq": done.seq, "numbers": "、".join(numbers)})
    else:
        messages.success(request, _("检查已登记（第 %s 号），各项没有异常。") % done.seq)
