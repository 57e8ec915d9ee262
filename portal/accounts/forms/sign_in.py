"""Forms of signing in and signing up: allauth's, where ours ask more or less."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as mfa_forms
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import failures, limits
from ..challenge import AsksWhenNear
from ..models import User


class SignupForm(AsksWhenNear, allauth_forms.SignupForm):
    """Signing up by phone: name and phone, a password for who wants one."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=40,
        help_text=_("请填写真实姓名，与产权登记一致，便于核对房屋。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "phone", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("密码")
        self.fields["password1"].help_text = _("不设密码时，每次用短信验证码登录。至少10位。")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def custom_signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists and self.cleaned_data.get("password1"):
            User().set_password(self.cleaned_data["password1"])  # takes as long as a new account
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class RequestLoginCodeForm(AsksWhenNear, allauth_forms.RequestLoginCodeForm):
    """A code for a phone or an e-mail; an address that is entered but not proved opens nothing:
    anybody may have typed somebody else's into an account of their own."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        unproved = EmailAddress.objects.filter(email=email, verified=False).values("user")
        if email:
            known = filter_users_by_email(
                email, is_active=True, prefer_verified=True, for_login=True
            )
            proved = [user for user in known if not unproved.filter(user=user.pk).exists()]
            self._user = proved[0] if proved else None
            if not limits.ask_message(context.request, email.lower(), self._user):
                raise get_adapter().validation_error("rate_limited")
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not cleaned.get("phone") and not cleaned.get("email"):
            raise forms.ValidationError(_("请填写手机号或电子邮箱。"))
        return cleaned


class _CountsGuesses:
    """allauth counts wrong codes in the session, where guesses sent at the same moment do not see
    each other; this count is taken under a lock."""

    def clean_code(self) -> str:
        key = str(context.request.session.session_key)
        if not ratelimit.consume(context.request, action="confirm_code", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class ConfirmLoginCodeForm(_CountsGuesses, allauth_forms.ConfirmLoginCodeForm):
    """The code by which one signs in."""


class VerifyPhoneForm(_CountsGuesses, allauth_forms.VerifyPhoneForm):
    """The code by which one proves a phone."""


class AuthenticateForm(mfa_forms.AuthenticateForm):
    """The second factor; a wrong one is put down."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except forms.ValidationError:
            failures.put_down(self.user, "second-factor", at=timezone.now())
            raise
        return code
