"""Forms of passkeys: allauth's, which break on an answer that no browser gives."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth_forms
from django import forms

SENSELESS = (KeyError, ValueError, RecursionError)  # parts missing or not text, too large, too deep


class Answer(forms.Form):
    """What a passkey answered; one that makes no sense is a wrong one."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except SENSELESS:
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddWebAuthnForm(Answer, allauth_forms.AddWebAuthnForm):
    """A new passkey."""


class AuthenticateWebAuthnForm(Answer, allauth_forms.AuthenticateWebAuthnForm):
    """A passkey as the second factor."""


class LoginWebAuthnForm(Answer, allauth_forms.LoginWebAuthnForm):
    """A passkey alone."""


class ReauthenticateWebAuthnForm(Answer, allauth_forms.ReauthenticateWebAuthnForm):
    """A passkey once more, before what is delicate."""
