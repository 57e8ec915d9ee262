"""Run a command under production's settings with an invented, complete environment.

    python .ci/full_environment.py manage.py check --deploy --fail-level WARNING

Secrets are made anew each time, so that none can be copied from here.
"""

import base64
import json
import os
import secrets
import subprocess
import sys

TEMPLATES = [
    "sign-in-code",
    "account-exists",
    "no-account-yet",
    "approval-asked",
    "approval-ended",
    "ballot-voided",
    "home-bound",
]


def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def environment() -> dict[str, str]:
    templates = dict.fromkeys(TEMPLATES, "SMS_1")
    return {
        "PATH": os.environ.get("PATH", ""),
        "DJANGO_SETTINGS_MODULE": "portal.settings.prod",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "xingfuli.example.cn",
        "XINGFULI_BASE_URL": "https://xingfuli.example.cn",
        "DATABASE_URL": "postgresql://xingfuli_app:x@db.example.cn/xingfuli",
        "DATABASE_OWNER_URL": "postgresql://xingfuli_owner:x@db.example.cn/xingfuli",
        "XINGFULI_KEYRING": json.dumps({"encrypt": {"k1": key()}, "search": key()}),
        "XINGFULI_SMS_URL": "https://sms.example.cn/send",
        "XINGFULI_SMS_ACCOUNT": "county",
        "XINGFULI_SMS_KEY": secrets.token_urlsafe(20),
        "XINGFULI_SMS_TEMPLATES": json.dumps(templates),
        "EMAIL_URL": "smtp+tls://portal:x@mail.example.cn:587",
        "DEFAULT_FROM_EMAIL": "portal@example.cn",
    }


if __name__ == "__main__":
    command = [sys.executable, *sys.argv[1:]]
    sys.exit(subprocess.run(command, env=environment(), check=False).returncode)  # noqa: S603
