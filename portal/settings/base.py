"""Settings that hold everywhere; dev, test and prod say only what differs."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from portal.tools import logs

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEBUG = False
INSTALLED_APPS = [
    "portal.tools.evidence",
    "portal.tools.audit",
    "portal.tools.history",
    "portal.tools.privacy",
    "portal.tools.cache",
    "portal.tools.channels",
    "portal.tools.failures",
    "portal.tools.files",
    "portal.tools.backup",
    "portal.tools.ui",
    "portal.places",
    "portal.rulebook",
    "portal.firms",
    "portal.accounts",
    "portal.approvals",
    "portal.owners",
    "portal.publicity",
    "portal.fire",
    "committees",
    "portal.campaigns",
    "cms",
    "portal.oversight",
    "portal.demo",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.embeds",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]
# What looks at a roll and writes nothing starts with the roll and what lies below it, which takes a
# third of the time (manage.py): our packages up to the roll, and these of others.
UNDER_THE_ROLL = [
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
if os.environ.get("XINGFULI_APPS") == "roll":
    below = INSTALLED_APPS[: INSTALLED_APPS.index("portal.owners") + 1]
    INSTALLED_APPS = [*below, *UNDER_THE_ROLL]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.tools.frontdoor.requests.NamedRequests",
    "csp.middleware.CSPMiddleware",
    "portal.tools.frontdoor.policies.editors_policy",
    "portal.tools.ui.type_size.type_size_middleware",
    "portal.tools.frontdoor.time_limit.time_limit",
    "portal.tools.frontdoor.visitors.visitors_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.tools.frontdoor.bodies.BoundedBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.tools.frontdoor.keeping.kept_by_no_browser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SignInMiddleware",
    "portal.tools.frontdoor.methods.wrong_methods",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.tools.ui.context.page_frame",
                "portal.places.context.installation",
            ],
        },
    },
]
FORM_RENDERER = "portal.tools.ui.rendering.FormRenderer"


DATABASE_APP_ROLE = "xingfuli_app"
REQUEST_SECONDS = 20  # the server gives up on a process after 30 (portal/serving.py)
WEB_LIMITS = f"-c statement_timeout={REQUEST_SECONDS}s -c lock_timeout=10s"  # jobs have none


def database(role: str) -> dict[str, Any]:
    """The connection of one of the two roles: the application's, or the owner's who migrates.

    With DATABASE_URL alone, both log in by it and the application steps down to its role as
    the session starts; with DATABASE_OWNER_URL as well, they are two logins.
    """
    url, owner_url = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    chosen = owner_url if role == "owner" and owner_url else url
    config: dict[str, Any] = environ.Env.db_url_config(chosen or "postgresql:///xingfuli")
    config["OPTIONS"] = {"connect_timeout": 5} | config.get("OPTIONS", {})
    options = [config["OPTIONS"].get("options", "")]
    if role != "owner" and not owner_url and not options[0]:
        options.append(f"-c role={DATABASE_APP_ROLE}")
    if os.environ.get("XINGFULI_PROCESS") == "web":
        options.append(WEB_LIMITS)
    if any(options):
        config["OPTIONS"]["options"] = " ".join(filter(None, options))
    config["CONN_MAX_AGE"] = 60
    config["DISABLE_SERVER_SIDE_CURSORS"] = True  # a loop left early would leave one open
    config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASE_HAS_TWO_LOGINS = bool(os.environ.get("DATABASE_OWNER_URL"))
DATABASES = {"default": database(os.environ.get("XINGFULI_DATABASE_ROLE", "application"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "portal.tools.cache.backend.JsonCache"},
    # Wagtail would keep whole pictures' rows, which are no JSON; it asks its own table instead
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "visitors": {  # of each web process its own: a page is kept for half a second only
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "visitors",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
VISITORS_PAGES = {
    "wagtail_serve",
    "publicities",
    "publicity",
    "publicity_text",
    "committees:meetings",
    "committees:meeting",
    "campaigns:campaigns",
    "campaigns:campaign",
    "rulebook:rules",
    "rulebook:rule",
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.SignInBackend"]
PASSWORD_HASHERS = ["portal.accounts.hashers.BoundedPBKDF2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "portal.accounts.passwords.CommonWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"

# Signing in: by phone or e-mail, with a password, a one-time code or a passkey.
CODE = {"length": 6, "numeric": True, "dashed": False}
ALLAUTH_USER_CODE_FORMAT = CODE
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1"]
ACCOUNT_FORMS = {
    "signup": "portal.accounts.forms.sign_in.SignupForm",
    "request_login_code": "portal.accounts.forms.sign_in.RequestLoginCodeForm",
    "confirm_login_code": "portal.accounts.forms.sign_in.ConfirmLoginCodeForm",
    "verify_phone": "portal.accounts.forms.sign_in.VerifyPhoneForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True  # of the field's officers: a known device keeps it
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_TRUST_COOKIE_NAME = "trusted"
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【幸福里】"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# A compound stands behind one address of its carrier: by address the limits are wide.  How often a
# password is tried and an SMS asked for is counted in portal/accounts/limits.py.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": None,
    "signup": "600/m/ip",
    "request_login_code": "600/m/ip",
    "verify_phone": "600/m/ip",
    "confirm_code": "5/5m/key",
    "change_phone": "3/m/user",
    "reset_password": "600/m/ip,5/m/key",
    "reset_password_from_key": "600/m/ip",
}
SMS_PER_HOUR, SMS_PER_DAY = 2_000, 10_000  # a question is asked from half of it on
DEVICE_COOKIE_NAME = "device"
MFA_ADAPTER = "portal.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.sign_in.AuthenticateForm",
    "add_webauthn": "portal.accounts.forms.passkeys.AddWebAuthnForm",
    "authenticate_webauthn": "portal.accounts.forms.passkeys.AuthenticateWebAuthnForm",
    "login_webauthn": "portal.accounts.forms.passkeys.LoginWebAuthnForm",
    "reauthenticate_webauthn": "portal.accounts.forms.passkeys.ReauthenticateWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account hangs on its phone, proved before it exists
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "幸福里"
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
WAGTAILADMIN_LOGIN_URL = LOGIN_URL

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "wording"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = BASE_DIR / "var" / "media"
MEDIA_URL = "/media/"
PRIVATE_FILES: dict[str, Any] = {  # never below MEDIA_ROOT: read through a page that asks who may
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": BASE_DIR / "var" / "files",
        "base_url": None,
        "file_permissions_mode": 0o640,
        "directory_permissions_mode": 0o750,
    },
}
STORAGES: dict[str, dict[str, Any]] = {
    "private": PRIVATE_FILES,
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_SERIALIZER = "portal.tools.privacy.sessions.EncryptedJson"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Production's names: browsers keep a __Host- cookie only over https, for this host, for all paths.
HOST_SESSION_COOKIE = "__Host-session"
HOST_CSRF_COOKIE = "__Host-csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.tools.frontdoor.views.stale"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
EDITORS_POLICY: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-ancestors": [SELF],  # the editor shows its preview in a frame
}

# Personal data at rest: "aes" and "sha256", or "sm4" and "sm3" (the digest is chosen once).
PERSONAL_DATA_CIPHER = "aes"
PERSONAL_DATA_DIGEST = "sha256"
CHANNELS: dict[str, dict[str, Any]] = {
    "sms": {"provider": "console"},
    "mail": {"provider": "mail"},
    "wechat": {"provider": "console"},
}
EMAIL_TIMEOUT = 10

WAGTAIL_SITE_NAME = "幸福里"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.images.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]  # what can be looked at
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL

LOGGING = logs.configuration(os.environ.get("XINGFULI_LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_USER_ID_FIELD = "code"  # says nothing about the person
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # a request is told once, when it is done
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 20.0}

MAY_BE_A_DEMONSTRATION = True  # prod says no: there the demonstration's privileges do not exist
SERVES_MEDIA = False
