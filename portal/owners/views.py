"""The pages of the roll: read it, and bind one's own home."""

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
from portal.places.models import Compound

from . import actions, permissions, queries
from .forms import BindForm
from .models import Binding

ROWS = 100


@asks(permissions.may_read_roll)
@login_required
@require_safe
def roll(request: HttpRequest, code: str) -> HttpResponse:
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(permissions.may_read_roll(request.user, compound))
    page = Paginator(queries.parts_with_owners(compound), ROWS).get_page(request.GET.get("page"))
    context = {
        "compound": compound,
        "page": page,
        "totals": queries.totals(compound),
        "versions": queries.versions(compound),
    }
    return render(request, "owners/roll.html", context)


@asks(permissions.may_bind_own_home)
@login_required
@require_http_methods(["GET", "POST"])
def homes(request: HttpRequest) -> HttpResponse:
    """The user's homes, and those on a roll with the user's phone, to be bound by name."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    waiting = list(queries.homes_to_bind(request.user))
    form = BindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = next((one for one in waiting if one.pk == form.cleaned_data["owner"]), None)
        if owner is not None and queries.plain_name(owner.name) == queries.plain_name(
            form.cleaned_data["name"]
        ):
            actions.bind(owner, request.user.pk, basis=Binding.Basis.PHONE, at=timezone.now())
            messages.success(request, _("房屋已绑定。"))
            return redirect("owners:homes")
        form.add_error("name", _("与名册上的姓名不一致。请核对，或到小区会务处现场核验。"))
    context = {
        "homes": queries.homes_of(request.user),
        "to_bind": [(one, _form_for(one.pk, form)) for one in waiting],
        "form": form,
    }
    return render(request, "owners/homes.html", context, status=422 if form.errors else 200)


def _form_for(owner: object, sent: BindForm) -> BindForm:
    """The form of one owner: what was typed stays in the one that was sent."""
    if sent.is_bound and sent.data.get("owner") == str(owner):
        return sent
    return BindForm(initial={"owner": owner}, auto_id=f"{owner}_%s")
