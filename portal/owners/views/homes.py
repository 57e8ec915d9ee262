"""One's own homes: those bound, and those on a roll that wait to be."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.access import asks
from portal.accounts.models import User

from .. import actions, permissions, queries
from ..forms import BindForm
from ..models import Owner


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
        if owner is None:  # bound meanwhile, by the first of two presses or by another
            messages.info(request, _("这套房屋不再等待确认。如有疑问，请向小区会务处查询。"))
            return redirect("owners:homes")
        if _bound(request, owner, request.user.pk, form):
            return redirect("owners:homes")
    context = {
        "homes": queries.homes_of(request.user),
        "ended": queries.ended_for(request.user),
        "to_bind": [(one, _form_for(one.pk, form)) for one in waiting],
        "form": form,
    }
    return render(request, "owners/homes.html", context, status=422 if form.errors else 200)


def _bound(request: HttpRequest, owner: Owner, user: UUID, form: BindForm) -> bool:
    """Try the name that was given; False, and said at the form, where it was not the roll's."""
    try:
        tried = actions.try_name(owner, user, name=form.cleaned_data["name"], at=timezone.now())
    except actions.BoundAlready:
        messages.error(request, _("这套房屋刚被另一账号绑定。如有疑问，请向小区会务处查询。"))
        return True
    if tried.binding is not None:
        messages.success(request, _("房屋已绑定。"))
        return True
    if tried.left:
        words = _("与名册上的姓名不一致。请核对，或到小区会务处更正名册。还可以再试 %s 次。")
        form.add_error("name", words % tried.left)
    else:
        form.add_error(
            "name",
            _("姓名填错的次数已满，不能再在网上绑定。请带证件到小区会务处或社区现场绑定。"),
        )
    return False


def _form_for(owner: object, sent: BindForm) -> BindForm:
    """The form of one owner: what was typed stays in the one that was sent."""
    if sent.is_bound and sent.data.get("owner") == str(owner):
        return sent
    return BindForm(initial={"owner": owner}, auto_id=f"{owner}_%s")
