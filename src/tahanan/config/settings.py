"""Django's settings, made from `Environment`, which reads the environment once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO

from tahanan.config import environment

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

# What the installation says of itself.
VAR_DIR = ENV.var_dir.resolve()
KEYS_DIR = ENV.keys_dir.resolve()
BACKUP_DIR = ENV.backup_dir.resolve() if ENV.backup_dir else None
# The ledger's signed heads go to these; without a setting, beside the database (`check` says so).
WITNESSES = [path.resolve() for path in ENV.witnesses] or [
    VAR_DIR / "witnesses" / "first",
    VAR_DIR / "witnesses" / "second",
]
DEMONSTRATION = ENV.demonstration
TESTS = ENV.tests
ARGON_COST = ENV.argon_cost
DATABASE_ROLE = ENV.role

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key()
SECRET_KEY_FILE = (ENV.secret_key_file or ENV.keys_dir / "django-secret").resolve()
ALLOWED_HOSTS = list(ENV.hosts)
ROOT_URLCONF = "tahanan.config.urls"
WSGI_APPLICATION = "tahanan.config.wsgi.application"

# An account needs no e-mail address.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
INSTALLED_APPS = [
    "tahanan.records.apps.Records",
    # What the second factor stands on. The three below it are empty: allauth imports their models.
    "tahanan.records.apps.Factors",
    "tahanan.records.apps.Accounts",
    "tahanan.records.apps.Permissions",
    "tahanan.records.apps.ContentTypes",
]
AUTH_USER_MODEL = "records.Account"
MFA_ADAPTER = "tahanan.casework.entry.factors.SealingAdapter"
MFA_TOTP_ISSUER = "Tahanan"
MFA_TOTP_TOLERANCE = 1
# For tables of libraries alone: ours name their UUID keys.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Outermost first. A middleware is listed here once it exists.
MIDDLEWARE = [
    "tahanan.web.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tahanan.web.middleware.Language",
    # In the tests a thread of its own would read a database that is taken away under it.
    *([] if ENV.tests else ["tahanan.web.middleware.Warm"]),
    "tahanan.web.session.Gate",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tahanan.web.middleware.Refusals",
]
CSRF_FAILURE_VIEW = "tahanan.web.errors.stale_form"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "environment": "tahanan.web.jinja.environment",
            "context_processors": ["tahanan.web.held.tokens"],
        },
    },
]


def _postgres(role: environment.Role) -> dict[str, Any]:
    given = environment.database(ENV.url(role))
    options = {
        **given["OPTIONS"],
        # Values travel beside the statement, never inside its text, so no log of statements
        # (and no log of a failed one) can hold a name or a key.
        "server_side_binding": True,
        "application_name": f"tahanan-{role}",
        # jit: a page's statements take milliseconds; compiling one first took a hundred.
        "options": (
            "-c log_parameter_max_length_on_error=0 -c idle_in_transaction_session_timeout=60s "
            "-c jit=off"
        ),
    }
    if role == "app" and not ENV.tests:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {**given, "OPTIONS": options, "CONN_MAX_AGE": 0, "ROLE": role}


def _sqlite() -> dict[str, Any]:
    return {
        **environment.database(ENV.url("app")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a power cut takes back nothing that was confirmed. secure_delete: a deleted
            # wrapped key is overwritten (security.md §6). temp_store: sorting spills to memory,
            # not to a file outside the wall.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000"
            ),
        },
    }


def _of_role(role: environment.Role) -> dict[str, Any]:
    return _postgres(role) if ENV.postgres else _sqlite()


# One connection per process, made as one of three roles; `records.walls.roles` can change it.
DATABASE_ROLES = {role: _of_role(role) for role in ("app", "owner", "steward") if ENV.url(role)}
DATABASES = {"default": DATABASE_ROLES[ENV.role]}

USE_TZ = True
TIME_ZONE = "Asia/Manila"
USE_I18N = True
# Django knows neither language (stack.md §3).
LANG_INFO.setdefault(
    "fil", {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"}
)
LANG_INFO.setdefault(
    "ceb", {"bidi": False, "code": "ceb", "name": "Cebuano", "name_local": "Binisaya"}
)
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fil", "Filipino"), ("ceb", "Cebuano")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "web" / "static" / "dist"
# The set-up put the hash of its content into each file's name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\."
# No page of another site loads anything of ours.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# No page takes a file. One sent all the same is held in memory up to 2.5 MB and dropped above:
# Django's own second handler would write what it holds into the folder for temporary files.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# `__Host-` cookies: this site only, https only (loopback counts), whole path.
_HOST = "__Host-" if ENV.secure_cookies else ""
CSRF_COOKIE_NAME = f"{_HOST}csrf"
CSRF_COOKIE_SECURE = ENV.secure_cookies
CSRF_COOKIE_HTTPONLY = True
# It ends with the browser, as the session does; Django would keep it on the phone for a year.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENV.hosts] if ENV.proxies else []
SESSION_COOKIE_NAME = f"{_HOST}session"
SESSION_COOKIE_SECURE = ENV.secure_cookies
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
# The session's row is found by the first, opened by the second; the third says “here before”.
UNLOCK_COOKIE_NAME = f"{_HOST}unlock"
DEVICE_COOKIE_NAME = f"{_HOST}device"
PROXIES = ENV.proxies
LANGUAGE_COOKIE_NAME = f"{_HOST}language"
LANGUAGE_COOKIE_SECURE = ENV.secure_cookies
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
if ENV.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": _SELF,
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "manifest-src": _SELF,
        "worker-src": _SELF,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }
}
