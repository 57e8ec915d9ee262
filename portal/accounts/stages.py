"""The steps of signing in that differ from allauth's."""

from allauth.account import stages
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.http import HttpResponseBase
from django.shortcuts import redirect

Step = tuple[HttpResponseBase | None, bool]


class LoginByCodeStage(stages.LoginByCodeStage):
    """Asks the field's officers for a code after the password, by SMS: allauth would send it to an
    e-mail, which opens in any browser."""

    def handle(self) -> Step:
        user = self.login.user
        asks = not self.state and get_adapter().is_login_by_code_required(self.login)
        if user is None or not asks or self._is_trusted():
            step: Step = super().handle()
            return step
        LoginCodeVerificationProcess.initiate(
            request=self.request, user=user, phone=user.phone, stage=self
        )
        self.state["login_by_code_required"] = True
        return redirect("account_confirm_login_code"), True


class PhoneVerificationStage(stages.PhoneVerificationStage):
    """Asks for the proof of a phone, but lets in who has none: allauth would turn away the
    accounts that were opened at the desk with an e-mail only."""

    def handle(self) -> Step:
        user = self.login.user
        if user is not None and not user.phone:
            return None, True
        step: Step = super().handle()
        return step
