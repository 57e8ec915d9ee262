"""People who can sign in: with a password, an address, an authenticator."""

import base64
import hmac
import struct
import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from portal.accounts.models import User

from . import people

PASSWORD = "一个好记的长密码-2026"
SEED = b"twenty bytes of seed"
SECRET = base64.b32encode(SEED).decode()


def somebody(name: str = "陈一", **fields) -> User:
    return people.user(name, password=fields.pop("password", PASSWORD), **fields)


def with_email(user: User, email: str, *, proved: bool = True) -> User:
    EmailAddress.objects.create(user=user, email=email, verified=proved, primary=True)
    user.email = email
    user.save(update_fields=["email"])
    return user


def with_authenticator(user: User) -> Authenticator:
    """Give `user` a TOTP authenticator with SECRET, and recovery codes."""
    RecoveryCodes.activate(user)
    return TOTP.activate(user, SECRET).instance


def totp(seed: bytes = SEED) -> str:
    """The authenticator's code of the moment (RFC 6238), worked out without allauth."""
    counter = int(time.time() // 30)
    digest = hmac.new(seed, struct.pack(">Q", counter), "sha1").digest()
    offset = digest[-1] & 0x0F
    value = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{value % 1_000_000:06}"


def answered(form) -> dict[str, str]:
    """The answer to the small sum that a form asks, as a person reads it; empty if it asks none."""
    if "answer" not in form.fields:
        return {}
    figures = "一二三四五六七八九"
    total = sum(
        figures.index(word) + 1 for word in str(form.fields["answer"].label)[:5] if word in figures
    )
    return {"question": form.fields["question"].initial, "answer": str(total)}
