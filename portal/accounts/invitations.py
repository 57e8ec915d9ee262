"""Who is to have an account and stands on no roll is invited first: a phone that messages go to."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.tools.audit.actions import note

from . import permissions
from .access import SignedInRequest, asks, refuse_unless
from .fields import PhoneField
from .models import Invitation, User, phone_hash

OPEN_FOR = timedelta(days=14)


class InvitationForm(forms.Form):
    """The phone of who is invited."""

    phone = PhoneField()


@transaction.atomic
def invite(phone: str, *, by: User, at: datetime) -> Invitation:
    """Let messages go to this phone (E.164) for two weeks; a second time begins them anew."""
    invitation, _made = Invitation.objects.update_or_create(
        phone_hash=phone_hash(phone), defaults={"by": by, "until": at + OPEN_FOR}
    )
    note("accounts.invited", invitation, by=by.pk, at=at)
    return invitation


@asks(permissions.may_invite)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite_somebody(request: SignedInRequest) -> HttpResponse:
    """Invite a phone to sign up."""
    refuse_unless(permissions.may_invite(request.user))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invite(form.cleaned_data["phone"], by=request.user, at=timezone.now())
        messages.success(request, _("已邀请。请让对方在14天内用这个手机号注册。"))
        return redirect("accounts:home")
    return render(request, "accounts/invite.html", {"form": form})
