"""Settings, read from the environment once. Everything has a default that works for one shop on one machine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

from django.utils.translation import gettext_lazy as _

from .folders import data_dir


def env_bool(name: str, default: bool) -> bool:
    """A yes/no from the environment: 1, true, yes, on."""
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def env_int(name: str, default: int) -> int:
    """A whole number from the environment."""
    return int(os.environ.get(name, default))


def kept_secret(folder: Path, name: str) -> str:
    """A random secret that is made once and kept beside the data, readable by its owner only."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """DATABASE_URL as Django wants it; without one, a SQLite file in the data folder."""
    if not url or url.startswith("sqlite"):
        path = urlparse(url).path if url else str(data_dir / "akinai.sqlite3")
        return {
            "ENGINE": "akinai.foundation.core.sqlite",
            "NAME": path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
            },
            "TEST": {"NAME": os.environ.get("AKINAI_TEST_SQLITE", str(data_dir / "test.sqlite3"))},
        }
    parts = urlparse(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query, **({"pool": True} if env_bool("AKINAI_DB_POOL", default=False) else {})},
    }


DATA_DIR = data_dir()
DEBUG = env_bool("AKINAI_DEBUG", default=False)
SECRET_KEY = os.environ.get("AKINAI_SECRET_KEY") or kept_secret(DATA_DIR, "secret.key")
# Behind TLS everything is locked to it; `akinai demo` and a shop on one machine speak plain HTTP on loopback.
HTTPS = env_bool("AKINAI_HTTPS", default=False)
ALLOWED_HOSTS = os.environ.get("AKINAI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("AKINAI_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "ninja",
    "akinai.foundation.core",
    "akinai.foundation.ui",
    "akinai.foundation.tabular",
    "akinai.foundation.documents",
    "akinai.foundation.jobs",
    "akinai.foundation.events",
    "akinai.foundation.audit",
    "akinai.foundation.accounts",
    "akinai.shop.stores",
    "akinai.shop.terms",
    "akinai.shop.catalog",
    "akinai.shop.customers",
    "akinai.shop.messaging",
    "akinai.backoffice.inventory",
    "akinai.backoffice.orders",
    "akinai.backoffice.fulfillment",
    "akinai.backoffice.payments",
    "akinai.backoffice.returns",
    "akinai.frontoffice.channels",
    "akinai.frontoffice.notifications",
    "akinai.overview.desk",
    "akinai.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "akinai.config.static.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "akinai.foundation.accounts.middleware.ActorMiddleware",
    "akinai.foundation.accounts.middleware.AccessMiddleware",
    "akinai.foundation.accounts.middleware.ErrorMiddleware",
    "akinai.overview.desk.middleware.EffortMiddleware",
]

ROOT_URLCONF = "akinai.config.urls"
ASGI_APPLICATION = "akinai.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# atomic() belongs to use cases, so that no transaction spans a page or a call to somebody's server
ATOMIC_REQUESTS = False

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # files come from the apps; whitenoise warns when the folder is missing
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

AUTH_USER_MODEL = "accounts.Staff"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "akinai.foundation.accounts.answers.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# A password stands alone here, so it is long (NIST SP 800-63B-4); nothing is asked about its composition or age.
AKINAI_PASSWORD_LENGTH = env_int("AKINAI_PASSWORD_LENGTH", 15)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": AKINAI_PASSWORD_LENGTH},
    },
    {"NAME": "akinai.foundation.accounts.passwords.BlocklistValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "display_name")},
    },
]
# A session ends when nobody touched it for a while, and in any case after a long working day.
AKINAI_SESSION_IDLE_SECONDS = env_int("AKINAI_SESSION_IDLE_MINUTES", 180) * 60
SESSION_COOKIE_AGE = env_int("AKINAI_SESSION_HOURS", 16) * 3600
# Wrong log-ins: how many cost nothing, and the longest wait in seconds after that.
AKINAI_LOGIN_PACES = {
    "both": (env_int("AKINAI_LOGIN_FREE", 5), env_int("AKINAI_LOGIN_WAIT", 300)),
    "account": (env_int("AKINAI_LOGIN_ACCOUNT_FREE", 10), env_int("AKINAI_LOGIN_ACCOUNT_WAIT", 60)),
    "address": (env_int("AKINAI_LOGIN_ADDRESS_FREE", 20), env_int("AKINAI_LOGIN_ADDRESS_WAIT", 300)),
}
AKINAI_LOGIN_FORGET_MINUTES = env_int("AKINAI_LOGIN_FORGET_MINUTES", 60)
# How many reverse proxies stand in front; only what they add to X-Forwarded-* is believed.
AKINAI_PROXIES = env_int("AKINAI_PROXIES", 0)
if AKINAI_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A route that does not say who it is for is refused; while developing and testing it raises.
AKINAI_STRICT_ROUTES = env_bool("AKINAI_STRICT_ROUTES", default=DEBUG)
AKINAI_SETUP_URL = "setup"
# "mailbox" keeps every mail in the built-in mailbox, whatever the shop has set: for demo, rehearsal and tests.
AKINAI_MAIL_TRANSPORT = os.environ.get("AKINAI_MAIL_TRANSPORT", "")
# API posts under a caller's key: how long an answer is kept, and when a call that died may be tried again.
AKINAI_IDEMPOTENCY_HOURS = env_int("AKINAI_IDEMPOTENCY_HOURS", 48)
AKINAI_IDEMPOTENCY_LEASE_SECONDS = env_int("AKINAI_IDEMPOTENCY_LEASE_SECONDS", 10)
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# A worker that has been silent so long is taken for dead and its jobs are given to others
JOB_LEASE_SECONDS = float(os.environ.get("AKINAI_JOB_LEASE_SECONDS", "60"))
JOB_KEEP_DAYS = int(os.environ.get("AKINAI_JOB_KEEP_DAYS", "14"))
