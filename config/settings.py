"""Settings. Everything that differs between one place and another comes from the environment:

ORIGIN        https://… of a public site; unset, the site serves this machine only
DATABASE_URL  postgres://… or sqlite:///…; unset, .local/db.sqlite3
REDIS_URL     redis://…, rediss://… or unix://…, where processes on several machines share what they have made
SECRET_KEY    unset, made once and kept in .local/secret-key
LOGS          plain or json; json where ORIGIN is set
EMAIL_URL     smtp+tls://user:password@host:587, a server for mails that reset passwords; unset, none are sent
RETENTION_DAYS  how long an archived class is kept before `manage.py forget` erases it; 730
CONTACT       mailto:… or https://… of who is told of a hole (security.txt); unset, nobody is named
DEBUG         1 for Django's own error pages; off by default, refused on a public site
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import environment, policy, secret

BASE_DIR = Path(__file__).resolve().parent.parent
# All that a run writes; git ignores it.
LOCAL_DIR = BASE_DIR / ".local"
if not os.environ.get("DATABASE_URL"):
    # SQLite makes its file, but not the folder around it.
    LOCAL_DIR.mkdir(0o711, exist_ok=True)

ORIGIN = environment.origin(os.environ)
CONTACT = environment.contact(os.environ)
DEBUG = environment.flag(os.environ, "DEBUG")
if DEBUG and ORIGIN:
    raise ImproperlyConfigured("DEBUG shows settings on error pages: unset it where ORIGIN is set.")
SECRET_KEY = environment.secret_key(os.environ) or secret.read_or_make(LOCAL_DIR / "secret-key")

# ------------------------------------------------------------- the site

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "config",
    "playground",
    "lessons",
    "quizzes",
]
MIDDLEWARE = [
    # Before everything: a supervisor asks, and is to be told whatever else is wrong.
    "config.health.HealthMiddleware",
    "config.logs.RequestLogMiddleware",
    # Early, so that static files, redirects and error pages carry the policy too.
    "config.policy.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.origin.OriginMiddleware",
    # Before the static files: it says in which encoding they are wanted.
    "config.compress.CompressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Both look at nothing until a view asks who is there; what the public reads never does.
    "config.cookies.AskedSessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Sets its cookie only where a form asks for a token; what readers see never does.
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.cookies.UnaskedCookieMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Next to the views: it holds the one dear run of this process.
    "playground.asking.turns.TurnsMiddleware",
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
    },
    # The parts of a player: compiled, for a page of a run says some hundred values.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "player",
        "DIRS": [BASE_DIR / "templates" / "player"],
        "OPTIONS": {"environment": "playground.page.parts.environment"},
    },
]

DATABASES = {"default": environment.database(os.environ, str(LOCAL_DIR / "db.sqlite3"))}
CACHES = {"default": environment.cache(os.environ)}

# --------------------------------------------------------------- people

AUTH_USER_MODEL = "quizzes.User"
PASSWORD_HASHERS = [
    # Argon2id, as RFC 9106 recommends it where memory is scarce; the parameters are argon2-cffi's.
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # What is random already: recovery codes.
    "quizzes.hashers.CodeHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60

# In our own table, which knows whose they are.
SESSION_ENGINE = "quizzes.sessions"
# Seconds after which a session ends that nobody has used, and after which each ends whatever is done: a class goes
# on for months, and its learners come back once a week.
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
SESSION_LONGEST = 180 * 24 * 60 * 60

RETENTION_DAYS = environment.days(os.environ, "RETENTION_DAYS", 730)

MAIL = environment.mail(os.environ, ORIGIN)
if MAIL is None:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
    DEFAULT_FROM_EMAIL = MAIL.sender
    # Less than the time after which the web server in front would give up.
    EMAIL_TIMEOUT = 5

LANGUAGE_CODE = "en-gb"
# One language: nothing is looked up to be translated, for every address and every figure.
USE_I18N = False
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
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}
WHITENOISE_ADD_HEADERS_FUNCTION = policy.of_static

# --------------------------------------------------------------- safety

# The longest form is the list of a class: 20,000 signs, of up to nine bytes each as a form sends them. The one with the
# most fields is the table of its quizzes, four for each.
DATA_UPLOAD_MAX_MEMORY_SIZE = 192 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 0

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

if ORIGIN is None:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
else:
    ALLOWED_HOSTS = [ORIGIN.host]
    CSRF_TRUSTED_ORIGINS = [ORIGIN.url]
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    # Browsers take these from this very host alone, over https, and for all of its paths (RFC 6265bis, 4.1.3.2).
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_NAME = "__Host-sessionid"
    SECURE_SSL_REDIRECT = True
    SECURE_SSL_HOST = ORIGIN.netloc
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
    "filters": {"faults": {"()": "config.logs.Faults"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOGS}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers write mail and colours; ours is enough.
    "loggers": {
        "orrery.access": {"level": "INFO" if LOGS == "json" else "WARNING"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Somebody may be woken by an error. A mistyped address, a scanner's made-up host, a form from elsewhere are
        # no faults of ours; and what Django would say of them holds the path, which may be anything.
        "django.request": {"level": "ERROR", "filters": ["faults"]},
        "django.security": {"level": "CRITICAL"},
    },
}
