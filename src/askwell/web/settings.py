"""Settings, all from the environment; a local notebook needs none of it.

ASKWELL_DATA      the data folder (default: the user's XDG data folder)
DATABASE_URL      postgres://... or sqlite:///...; default: askwell.sqlite3 in the data folder
ASKWELL_URL       where it is reached from outside (https://askwell.school.example), for links it sends
ASKWELL_MAIL_CA   a file of certificates to trust for mail servers
ASKWELL_SEAL_KEYS what passwords of mailboxes are sealed with, where the system keeps none
ASKWELL_GOOGLE_CLIENT, ASKWELL_GOOGLE_CLIENT_SECRET, ASKWELL_MICROSOFT_CLIENT, ..._SECRET, ..._TENANT
                  what these know this Askwell as, to sign in on their pages (docs/connecting-mail.md)
ASKWELL_KEYRING   0: the system's keyring is not asked; passwords are sealed
ASKWELL_SECRET_KEY, ASKWELL_HOSTS, ASKWELL_DEBUG, ASKWELL_NOW (for demonstrations and tests)
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
import platformdirs

HERE = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("ASKWELL_DATA") or platformdirs.user_data_path("askwell"))


def _secret_key() -> str:
    """Read the key of this notebook, made once, readable by its user alone."""
    if key := os.environ.get("ASKWELL_SECRET_KEY"):
        return key
    path = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'askwell.sqlite3'}"
    # Kept open: a new connection begins with an empty cache, and on SQLite reads the schema again.
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if config["ENGINE"].endswith("sqlite3"):
        # A file: tests run threads and backups.  The models make its tables; a test holds migrations to them.
        config["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3"), "MIGRATE": False}
        config["OPTIONS"] = {
            # IMMEDIATE: a transaction that will write takes the lock at once, so two writers wait
            # for each other instead of failing in the middle.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        }
    return config


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("ASKWELL_DEBUG") == "1"
LOCAL = os.environ.get("ASKWELL_LOCAL", "1") == "1"  # one user, loopback, opened by a one-time link
ALLOWED_HOSTS = os.environ.get("ASKWELL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
NOW = os.environ.get("ASKWELL_NOW", "")
ADDRESS = os.environ.get("ASKWELL_URL", "")  # empty: links name this machine (``address``)
# Whom mail servers are trusted by, beside the system's own; for a school with certificates of its own.
MAIL_AUTHORITIES = Path(os.environ["ASKWELL_MAIL_CA"]) if os.environ.get("ASKWELL_MAIL_CA") else None

# What signs in to mailboxes on the pages of these (docs/connecting-mail.md); the house registers it.
OAUTH_CLIENTS = {
    key: {
        "id": os.environ[f"ASKWELL_{key.upper()}_CLIENT"],
        "secret": os.environ.get(f"ASKWELL_{key.upper()}_CLIENT_SECRET", ""),
        "tenant": os.environ.get(f"ASKWELL_{key.upper()}_TENANT", ""),
    }
    for key in ("google", "microsoft")
    if os.environ.get(f"ASKWELL_{key.upper()}_CLIENT")
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "askwell.web.accounts",
    "askwell.people",
    "askwell.mailroom",
    "askwell.outreach",
    "askwell.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "askwell.web.compress.CompressAssets",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "askwell.web.middleware.LocalDoor",
    "askwell.web.middleware.SeekerClock",
    "askwell.web.middleware.Kindly",
]
ROOT_URLCONF = "askwell.web.urls"
WSGI_APPLICATION = "askwell.web.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "askwell.web.context.shell",
            ],
        },
    },
]

FORM_RENDERER = "askwell.web.forms.render.StationeryRenderer"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS: list[Path] = []
# A local notebook serves its files where they lie; a school collects them once.
STATIC_ROOT = None if LOCAL else DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_COOKIE_NAME = "askwell_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict" if LOCAL else "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "askwell.web.views.errors.csrf_failed"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = False  # read by static/js/app.js to send the token with htmx requests
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

# An upload is bounded before it is read: formats.limits bounds what is inside.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["askwell.web.uploads.BoundedUpload"]
UPLOAD_MAX_BYTES = 512 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
