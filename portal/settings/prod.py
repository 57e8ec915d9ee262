"""Production: all of it is set, or nothing starts.  docs/operators.md explains every name."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from portal.tools.privacy.keyring import Keyring

from . import readers
from .base import *  # noqa: F403
from .base import (
    BASE_DIR,
    CHANNELS,
    DATABASES,
    HOST_CSRF_COOKIE,
    HOST_SESSION_COOKIE,
    PRIVATE_FILES,
)

SMS_TEMPLATES = {
    "sign-in-code",
    "account-exists",
    "no-account-yet",
    "approval-asked",
    "approval-ended",
    "ballot-voided",
    "home-bound",
}
environment = readers.Environment()
need, take = environment.need, environment.take

DEBUG = False
SECRET_KEY = need("SECRET_KEY", readers.SECRET)
ALLOWED_HOSTS = need("ALLOWED_HOSTS", readers.HOSTS)
base_url = need("XINGFULI_BASE_URL", readers.SITE_URL)
if base_url and urlsplit(base_url).hostname not in ALLOWED_HOSTS:
    environment.refuse("XINGFULI_BASE_URL names a host that is not in ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = base_url
CSRF_TRUSTED_ORIGINS = [base_url]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# The application's login and the owner's, who migrates: two, so that what is evidence stays so.
logins = [
    urlsplit(need(name, readers.DATABASE_URL)) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
]
if logins[0].username == logins[1].username and not environment.faults:
    environment.refuse("DATABASE_URL and DATABASE_OWNER_URL log in as the same user")
DATABASES["default"]["OPTIONS"].setdefault("tcp_user_timeout", 5000)  # milliseconds

KEYRING_FILE = take("XINGFULI_KEYRING_FILE", readers.CLOSED_FILE, BASE_DIR / "missing")
KEYRING_MAY_BE_MADE = False
keyring = take("XINGFULI_KEYRING", readers.TEXT, "")
if not keyring and not environment.has("XINGFULI_KEYRING_FILE"):
    environment.refuse("XINGFULI_KEYRING or XINGFULI_KEYRING_FILE is not set")
elif keyring or KEYRING_FILE.is_file():
    try:
        Keyring.parse(keyring or KEYRING_FILE.read_text())
    except ImproperlyConfigured as trouble:
        environment.refuse(f"XINGFULI_KEYRING: {trouble}")

CHANNELS["sms"] = {
    "provider": "http",
    "endpoint": need("XINGFULI_SMS_URL", readers.HTTPS_URL),
    "account": need("XINGFULI_SMS_ACCOUNT", readers.TEXT),
    "key": need("XINGFULI_SMS_KEY", readers.TEXT),
    "templates": need("XINGFULI_SMS_TEMPLATES", readers.TABLE),
}
if CHANNELS["sms"]["templates"] and SMS_TEMPLATES - CHANNELS["sms"]["templates"].keys():
    lacking = ", ".join(sorted(SMS_TEMPLATES - CHANNELS["sms"]["templates"].keys()))
    environment.refuse(f"XINGFULI_SMS_TEMPLATES lacks {lacking}")
del CHANNELS["wechat"]
if environment.has("XINGFULI_WECHAT_APP_ID"):
    CHANNELS["wechat"] = {
        "provider": "wechat",
        "app_id": need("XINGFULI_WECHAT_APP_ID", readers.TEXT),
        "secret": need("XINGFULI_WECHAT_SECRET", readers.TEXT),
        "templates": need("XINGFULI_WECHAT_TEMPLATES", readers.TABLE),
    }
if mail := need("EMAIL_URL", readers.MAIL_URL):
    globals().update(environ.Env.email_url_config(mail))
DEFAULT_FROM_EMAIL = need("DEFAULT_FROM_EMAIL", readers.ADDRESS)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MEDIA_ROOT = Path(take("XINGFULI_MEDIA_ROOT", readers.TEXT, str(BASE_DIR / "var" / "media")))
PRIVATE_FILES["OPTIONS"]["location"] = Path(
    take("XINGFULI_FILES_ROOT", readers.TEXT, str(BASE_DIR / "var" / "files"))
)
SMS_PER_HOUR = take("XINGFULI_SMS_PER_HOUR", readers.WHOLE, 2_000)
SMS_PER_DAY = take("XINGFULI_SMS_PER_DAY", readers.WHOLE, 10_000)
take("XINGFULI_LOG_LEVEL", readers.LEVEL, "INFO")

# The proxy in front ends TLS, says so in this header, and takes the header away from visitors.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = take("XINGFULI_PROXIES", readers.WHOLE, 1)
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is the county's to join
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = HOST_SESSION_COOKIE
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = HOST_CSRF_COOKIE
MFA_TRUST_COOKIE_NAME = "__Host-trusted"
DEVICE_COOKIE_NAME = "__Host-device"
LANGUAGE_COOKIE_SECURE = True

MAY_BE_A_DEMONSTRATION = False
environment.refuse_faults()
