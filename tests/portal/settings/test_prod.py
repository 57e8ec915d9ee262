"""Production starts with everything set, and with nothing less."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
FULL = runpy.run_path(str(PROJECT / ".ci" / "full_environment.py"))["environment"]
TELL = """
import json
from portal.settings import prod
names = [name for name in vars(prod) if name.isupper()]
shown = {name: vars(prod)[name] for name in names}
print(json.dumps(shown, default=lambda thing: type(thing).__name__))
"""


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


def told(environment: dict[str, str]) -> list[str]:
    """The faults that production tells, without the traceback above them."""
    done = run(environment, "-c", "import portal.settings.prod")
    assert done.returncode == 1
    return [
        line.strip()
        for line in done.stderr.partition("The environment is not complete:")[2].splitlines()
        if line.strip()
    ]


def test_the_deployment_checks_find_nothing():
    done = run(FULL(), "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, "no issues" in done.stdout + done.stderr) == (0, True), done.stderr


def test_with_nothing_set_every_name_is_told():
    assert told({"PATH": os.environ["PATH"]}) == [
        "SECRET_KEY is not set",
        "ALLOWED_HOSTS is not set",
        "XINGFULI_BASE_URL is not set",
        "DATABASE_URL is not set",
        "DATABASE_OWNER_URL is not set",
        "XINGFULI_KEYRING or XINGFULI_KEYRING_FILE is not set",
        "XINGFULI_SMS_URL is not set",
        "XINGFULI_SMS_ACCOUNT is not set",
        "XINGFULI_SMS_KEY is not set",
        "XINGFULI_SMS_TEMPLATES is not set",
        "EMAIL_URL is not set",
        "DEFAULT_FROM_EMAIL is not set",
    ]


OWNER = "postgresql://xingfuli_app:y@db.example.cn/xingfuli"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"DATABASE_OWNER_URL": OWNER},
            "DATABASE_URL and DATABASE_OWNER_URL log in as the same user",
        ),
        ({"DATABASE_URL": "xingfuli"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "mysql://h/x"}, "DATABASE_URL must begin with postgresql://"),
        (
            {"XINGFULI_BASE_URL": "https://other.example.cn"},
            "XINGFULI_BASE_URL names a host that is not in ALLOWED_HOSTS",
        ),
        (
            {"XINGFULI_BASE_URL": "http://xingfuli.example.cn"},
            "XINGFULI_BASE_URL must be an address beginning with https://",
        ),
        (
            {"XINGFULI_KEYRING": '{"encrypt": {}, "search": ""}'},
            "XINGFULI_KEYRING: A keyring needs keys of 32 bytes each.",
        ),
        (
            {"XINGFULI_SMS_TEMPLATES": '{"sign-in-code": "SMS_1"}'},
            "XINGFULI_SMS_TEMPLATES lacks account-exists, approval-asked, "
            "approval-ended, ballot-voided, home-bound, no-account-yet",
        ),
        ({"XINGFULI_WECHAT_APP_ID": "wx1"}, "XINGFULI_WECHAT_SECRET is not set"),
        (
            {"XINGFULI_LOG_LEVEL": "LOUD"},
            "XINGFULI_LOG_LEVEL is none of DEBUG, INFO, WARNING, ERROR",
        ),
    ],
)
def test_a_fault_is_told_by_name(changed, expected):
    assert expected in told(FULL() | changed)


def test_a_secret_is_never_told():
    environment = FULL() | {"SECRET_KEY": "hunter2", "EMAIL_URL": "consolemail://u:hunter2@h"}
    assert "hunter2" not in "".join(told(environment))


def test_every_template_that_is_sent_needs_an_operators_number():
    named = {path.stem for path in PROJECT.glob("*/**/templates/messages/*.txt")}
    source = (PROJECT / "portal" / "settings" / "prod.py").read_text()
    assert [name for name in named if f'"{name}"' not in source] == []


@pytest.fixture(scope="module")
def prod() -> dict:
    done = run(FULL(), "-c", TELL)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_is_hardened(prod):
    expected = {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "MAY_BE_A_DEMONSTRATION": False,
        "KEYRING_MAY_BE_MADE": False,
        "DJANGO_STRUCTLOG_IP_LOGGING_ENABLED": False,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    }
    assert {name: prod[name] for name in expected} == expected


def test_nothing_but_the_database_and_the_gateways_is_another_host(prod):
    assert prod["WAGTAIL_ENABLE_UPDATE_CHECK"] is False
    assert prod["WAGTAIL_GRAVATAR_PROVIDER_URL"] is None
    assert prod["CHANNELS"].keys() == {"sms", "mail"}
