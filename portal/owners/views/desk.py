"""The desk: bind an account to an owner who came with papers, and end a binding."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.access import SignedInRequest, asks, refuse_unless
from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals import wording as approving
from portal.places.models import Part

from .. import actions, permissions
from ..forms import DeskForm, EndBindingForm
from ..models import Binding, Holding, Owner
from ..running import is_in_use


@asks(permissions.may_bind_at_desk)
@login_required
@require_http_methods(["GET", "POST"])
def bind(request: SignedInRequest, code: str, pk: UUID, owner: UUID) -> HttpResponse:
    """Bind the account of an owner whose papers were seen; twice, it is one binding."""
    part = _part_for(request, code, pk)
    held = get_object_or_404(
        Holding.objects.current().select_related("owner"),
        compound_id=part.compound_id,
        part=part,
        owner=owner,
    )
    form = DeskForm(request.POST if request.method == "POST" else None, owner=held.owner)
    if form.is_bound and form.is_valid():
        then = _bound_or_asked(request, held.owner, form, part)
        if then is not None:
            return then
    context = {"compound": part.compound, "part": part, "held": held, "form": form}
    return render(request, "owners/desk.html", context, status=422 if form.is_bound else 200)


def _bound_or_asked(
    request: SignedInRequest, owner: Owner, form: DeskForm, part: Part
) -> HttpResponse | None:
    """Bind whom the form names, or ask another while a meeting runs; None, and said, where that
    cannot be."""
    user: User = form.cleaned_data["user"]
    papers, at = form.cleaned_data["papers"], timezone.now()
    try:
        if is_in_use(owner.compound_id):
            asked = actions.ask_to_bind(owner, user.pk, papers=papers, by=request.user, at=at)
            messages.success(request, _("会议正在进行，已提出申请，另一人核对同意后绑定。"))
            return redirect(asked)
        actions.bind_at_desk(owner, user.pk, papers=papers, by=request.user.pk, at=at)
    except actions.BoundAlready:
        form.add_error(None, _("这位业主已绑定另一个账户。确有错误的，先解除原来的绑定。"))
    except actions.Oneself:
        form.add_error(None, _("不能为自己的账户办理，请由另一位工作人员核验。"))
    except approvals.Refusal as refusal:
        for sentence in approving.refusal(refusal):
            form.add_error(None, sentence)
    else:
        messages.success(request, _("已绑定，本人现在可以在“我的事项”里看到这套房屋。"))
        return redirect("owners:part", code=part.compound.code, pk=part.pk)
    return None


@asks(permissions.may_bind_at_desk)
@login_required
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, code: str, pk: UUID, binding: UUID) -> HttpResponse:
    """End a binding with a reason; ended before, it stays as it was."""
    part = _part_for(request, code, pk)
    found = get_object_or_404(
        Binding.objects.select_related("owner"),
        compound_id=part.compound_id,
        pk=binding,
        owner__holdings__part=part,
        owner__holdings__until__isnull=True,
    )
    form = EndBindingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.end_binding(found, reason=reason, by=request.user.pk, at=timezone.now())
        messages.success(request, _("绑定已解除，该账户不能再为这位业主投票。"))
        return redirect("owners:part", code=code, pk=pk)
    user = User.objects.filter(pk=found.user).first()
    context = {"compound": part.compound, "part": part, "found": found, "user": user, "form": form}
    return render(request, "owners/end_binding.html", context, status=422 if form.is_bound else 200)


def _part_for(request: HttpRequest, code: str, pk: UUID) -> Part:
    part = get_object_or_404(
        Part.objects.select_related("compound__region"), compound__code=code, pk=pk
    )
    refuse_unless(permissions.may_bind_at_desk(request.user, part.compound))
    return part
