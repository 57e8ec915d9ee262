"""The steps of signing in that differ from allauth's."""

from allauth.account import stages
from django.http import HttpResponseBase


class PhoneVerificationStage(stages.PhoneVerificationStage):
    """Asks for the proof of a phone, but lets in who has none: allauth would turn away the
    accounts that were opened at the desk with an e-mail only."""

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        user = self.login.user
        if user is not None and not user.phone:
            return None, True
        step: tuple[HttpResponseBase | None, bool] = super().handle()
        return step
