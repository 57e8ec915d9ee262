"""How allauth meets our accounts: phones, codes by SMS, and words for what goes wrong."""

import contextlib
import smtplib
from datetime import timedelta
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import Login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.internal.flows.trust import is_trusted_browser
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.tools.channels.contract import NotSent

from . import actions, challenge, codes, devices, failures, known_phones, limits, visits
from .fields import PhoneField
from .hashers import TooManyAtOnce
from .models import User
from .queries import needs_a_code, standing_of

OWN_STAGE = "portal.accounts.stages.PhoneVerificationStage"
STAGES = {
    "allauth.account.stages.PhoneVerificationStage": OWN_STAGE,
    "allauth.account.stages.LoginByCodeStage": "portal.accounts.stages.LoginByCodeStage",
}
LONGEST_SESSION = timedelta(days=30)
OFFICERS_SESSION = timedelta(hours=12)
OFFICERS_IDLE = timedelta(hours=1)
SESSION_ENDS = "session_ends"
IDLE = "idle_seconds"  # how long this session may rest; not set: as long as it lasts
SEEN = "seen"
GAVE_CODE = "gave_code"
WANTS_SECOND_FACTOR = _(
    "您的职务需要第二重验证。请先设置通行密钥或验证器，设置完成后职务权限才生效。"
)
TOO_MANY_SMS = _(
    "这个手机号刚才要过多次短信，请过一会儿再试。也可以用密码或电子邮箱登录，或到社区居委会办理。"
)
NO_MORE_SMS = _("短信暂时发完了，请过一小时再试。也可以用密码或电子邮箱登录，或到社区居委会办理。")
WANTS_CODE = _("您的职务需要短信验证。请退出后重新登录，登录时会向您的手机发送验证码。")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "phone_password_mismatch": _("手机号或密码不正确。"),
        "email_password_mismatch": _("电子邮箱或密码不正确。"),
        "username_password_mismatch": _("手机号、电子邮箱或密码不正确。请核对后再试。"),
        "incorrect_code": _("验证码不正确。"),
        "phone_taken": _("这个手机号已属于另一个账户。"),
        "too_many_login_attempts": _(
            "在这台设备上试错的次数太多，请过5分钟再试。账号没有被锁定："
            "可以改用短信验证码登录，或到社区居委会办理。"
        ),
        "rate_limited": _("操作太频繁，请稍等再试。"),
    }

    # phones

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        if verified:
            self.set_phone_verified(user, phone)
        else:
            actions.set_unproved_phone(user, phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        try:
            actions.prove_phone(user, phone, at=timezone.now())
        except actions.PhoneIsTaken:
            self._turn_back(self.error_messages["phone_taken"])

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.by_phone(self.phone_form_field().clean(phone))
        except ValidationError:
            return None

    # messages

    def send_verification_code_sms(
        self,
        user: User,  # noqa: ARG002 - the names are allauth's
        phone: str,
        code: str,
        **_kwargs: Any,
    ) -> None:
        self._send_sms(phone, "sign-in-code", code=code)

    def send_unknown_account_sms(self, phone: str, **_kwargs: Any) -> None:
        self._send_sms(phone, "no-account-yet")

    def send_account_already_exists_sms(self, phone: str) -> None:
        self._send_sms(phone, "account-exists")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (smtplib.SMTPException, OSError) as trouble:
            codes.logger.warning("mail not sent: %s %s", template_prefix, type(trouble).__name__)
            self._turn_back(_("邮件没有发出去，请稍后再试，或换一种方式登录。"))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        # what is notified has happened already; that the mail failed stands in the log
        with contextlib.suppress(ImmediateHttpResponse):
            super().send_notification_mail(*args, **kwargs)

    def _send_sms(self, phone: str, template: str, **values: str) -> None:
        """Send it within the limits and only to who is known here; of that nothing shows."""
        request = context.request
        user = self.get_user_by_phone(phone)
        is_bare = request.user.is_anonymous and not self._has_proved(request, user)
        if is_bare and not devices.device_of(request, user) and not challenge.is_passed(request):
            self._turn_back(_("现在要短信的人很多：请取消，重新获取验证码，并回答一个小问题。"))
        if not limits.ask_message(request, phone, user):
            self._turn_back(TOO_MANY_SMS)
        if request.user.is_anonymous and not known_phones.is_known(phone):
            return
        if not limits.spend_sms():
            codes.logger.error("sign-in message not sent: the budget of messages is used up")
            self._turn_back(NO_MORE_SMS)
        try:
            codes.send_sms(phone, template, **values)
        except NotSent:
            self._turn_back(_("短信没有发出去，请稍后再试，或用密码、电子邮箱登录。"))

    def _has_proved(self, request: HttpRequest, user: User | None) -> bool:
        """Has somebody just given this user's password?"""
        return bool(get_authentication_records(request, user))

    def _turn_back(self, words: Promise | str) -> NoReturn:
        """Show the same page again with what went wrong."""
        request = context.request
        messages.error(request, str(words))
        raise ImmediateHttpResponse(HttpResponseRedirect(request.get_full_path()))

    # signing in

    def get_login_stages(self) -> list[str]:
        return [STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try by device, or by address and whom it is for: allauth counts by e-mail or
        user name alone, so that a stranger bars the owner."""
        login = self._login_of(credentials)
        usage = limits.try_password(request, login, self._known(credentials))
        self._login_failed_rl_usage = usage
        if usage is None:
            failures.refused("password")
            raise self.validation_error("too_many_login_attempts")

    def _login_of(self, credentials: dict[str, Any]) -> str:
        """The phone normalised, so that blanks do not make it another one; else the e-mail."""
        try:
            return self.phone_form_field().clean(credentials.get("phone", ""))
        except ValidationError:
            return str(credentials.get("phone") or credentials.get("email") or "").lower()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        try:
            user: User | None = super().authenticate(request, **credentials)
        except TooManyAtOnce:
            self._rollback_login_failed_rl_usage()  # nobody looked at it: it is no failed try
            raise
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        user = self._known(credentials)
        failures.put_down(user, "password", at=timezone.now())

    def _known(self, credentials: dict[str, Any]) -> User | None:
        if credentials.get("phone"):
            return self.get_user_by_phone(credentials["phone"])
        found = filter_users_by_email(credentials.get("email", ""), prefer_verified=True)
        return found[0] if found else None

    def is_login_by_code_required(self, login: Login) -> bool:
        user = login.user
        if user is None or _gave_code(self.request, user):
            return False
        return needs_a_code(user, timezone.localdate())

    def login(self, request: HttpRequest, user: User) -> None:
        user.gave_code = _gave_code(request, user) or is_trusted_browser(request, user)
        super().login(request, user)
        now, standing = timezone.now(), standing_of(user, timezone.localdate())
        longest = OFFICERS_SESSION if standing.is_strict else LONGEST_SESSION
        session = request.session
        session[SESSION_ENDS], session[SEEN] = (now + longest).timestamp(), now.timestamp()
        session[GAVE_CODE] = user.gave_code
        if standing.is_strict:
            session[IDLE] = OFFICERS_IDLE.total_seconds()
        devices.learn(request, user)
        visits.begin(user, session, device=request.headers.get("User-Agent", ""), at=now)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        if standing_of(user, timezone.localdate()).lacks_second_factor:
            messages.warning(request, WANTS_SECOND_FACTOR)
            kwargs["redirect_url"] = reverse("mfa_index")
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


def _gave_code(request: HttpRequest, user: User) -> bool:
    """Has `user` just read a code that was sent to the phone?  One by e-mail is none."""
    records = get_authentication_records(request, user)
    return any(record["method"] == "code" and record.get("phone") for record in records)
