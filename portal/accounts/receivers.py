"""What allauth tells us, written into the audit: who signed in, whose protection changed."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import update_session_auth_hash
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from portal.tools.audit.actions import note

from . import actions, failures
from .models import User


@receiver(account.user_logged_in)
def note_sign_in(user: User, **_: Any) -> None:
    note("accounts.signed_in", user, by=user.pk, at=timezone.now())


@receiver(account.login_code_rejected)
def note_wrong_code(user: User, **_: Any) -> None:
    failures.put_down(user, "code", at=timezone.now())


@receiver([account.password_changed, account.password_set, account.password_reset])
def note_password(user: User, **_: Any) -> None:
    note("accounts.changed_password", user, by=user.pk, at=timezone.now())


@receiver([mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset])
def note_second_factor(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """Also ends the user's other sessions: they began without this factor."""
    actions.end_other_sessions(user)
    if request.user == user:
        update_session_auth_hash(request, user)
    facts = {"type": str(authenticator.type)}
    note("accounts.changed_second_factor", user, by=user.pk, at=timezone.now(), facts=facts)
