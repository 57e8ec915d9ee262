"""The second factor: its secrets encrypted, its names ours."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from portal.tools.privacy import cipher
from portal.tools.privacy.rotation import Tally

from .models import User

PLACE = "mfa_authenticator.data"
SECRETS = ("secret", "seed")


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's adapter with encrypted secrets; a person is shown by name, never by phone."""

    def encrypt(self, text: str) -> str:
        return cipher.encrypt(text, place=PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return cipher.decrypt(encrypted_text, place=PLACE)

    def get_totp_label(self, user: User) -> str:
        return user.name or user.code

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.WAGTAIL_SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        named: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return named | {"name": user.code, "display_name": user.name or user.code}


def rotate_secrets(batch: int) -> Tally:
    """Renew the secrets of authenticators and recovery codes with the newest key."""
    renewed = unreadable = 0
    keys = list(Authenticator.objects.exclude(type="webauthn").values_list("pk", flat=True))
    for start in range(0, len(keys), batch):
        with transaction.atomic():
            chosen = Authenticator.objects.select_for_update(no_key=True).filter(
                pk__in=keys[start : start + batch]
            )
            for row in chosen:
                try:
                    renewed += _renew(row)
                except cipher.CannotOpen:
                    unreadable += 1
    return Tally(PLACE, renewed, unreadable)


def _renew(row: Authenticator) -> int:
    stale = [
        name
        for name in SECRETS
        if name in row.data and not row.data[name].startswith(cipher.current_prefix())
    ]
    for name in stale:
        opened = cipher.decrypt(row.data[name], place=PLACE)
        row.data[name] = cipher.encrypt(opened, place=PLACE)
    if stale:
        row.save(update_fields=["data"])
    return len(stale)
