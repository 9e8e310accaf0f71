"""Settings. Everything that differs between one place and another comes from the environment:

ORIGIN        https://… of a public site; unset, the site serves this machine only
DATABASE_URL  postgres://… or sqlite:///…; unset, .local/db.sqlite3
SECRET_KEY    unset, made once and kept in .local/secret-key
LOGS          plain or json; json where ORIGIN is set
DEBUG         1 for Django's own error pages; off by default, refused on a public site
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import environment, secret

BASE_DIR = Path(__file__).resolve().parent.parent
# All that a run writes; git ignores it.
LOCAL_DIR = BASE_DIR / ".local"
if not os.environ.get("DATABASE_URL"):
    # SQLite makes its file, but not the folder around it.
    LOCAL_DIR.mkdir(exist_ok=True)

ORIGIN = environment.origin(os.environ)
DEBUG = environment.flag(os.environ, "DEBUG")
if DEBUG and ORIGIN:
    raise ImproperlyConfigured("DEBUG shows settings on error pages: unset it where ORIGIN is set.")
SECRET_KEY = environment.secret_key(os.environ) or secret.read_or_make(LOCAL_DIR / "secret-key")

# ------------------------------------------------------------- the site

INSTALLED_APPS = [
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "config",
    "playground",
    "lessons",
]
MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    # Early, so that static files, redirects and error pages carry the policy too.
    "config.policy.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compress.CompressMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Sets its cookie only where a form asks for a token; what readers see never does.
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": environment.database(os.environ, str(LOCAL_DIR / "db.sqlite3"))}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --------------------------------------------------------- static files

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
# The web font is made by `python -m config.assets`; before the first build there is none.
GENERATED_DIR = LOCAL_DIR / "generated"
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "static", GENERATED_DIR) if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.statics.ServedStorage"},
}
# Off: `Access-Control-Allow-Origin: *` on every file is more than a page needs.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --------------------------------------------------------------- safety

# A run's query is at most 4 kB and no form here is long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 0

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

if ORIGIN is None:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
else:
    ALLOWED_HOSTS = [ORIGIN.host]
    CSRF_TRUSTED_ORIGINS = [ORIGIN.url]
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # A probe from beside the server speaks plain http.
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    # The proxy in front ends TLS and must set this header itself, whatever the client sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SILENCED_SYSTEM_CHECKS = [
        # The operator's other subdomains are not ours to bind to https …
        "security.W005",
        # … nor is a browser's preload list, which takes months to leave.
        "security.W021",
    ]

# -------------------------------------------------------------- logging

# As JSON, with a line for every request, where somebody else's program reads them.
LOGS = environment.choice(os.environ, "LOGS", ("plain", "json"), "json" if ORIGIN else "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOGS}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers write mail and colours; ours is enough.
    "loggers": {
        "orrery.access": {"level": "INFO" if LOGS == "json" else "WARNING"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # A mistyped address or a scanner's made-up host is not our fault and would fill the log.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
