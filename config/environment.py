"""What may be said from outside, read strictly: a value we cannot use is refused in one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_ORIGIN = re.compile(r"https://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?P<port>:[0-9]{1,5})?")
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_ENGINES = {"sqlite", "postgres", "postgresql"}


@dataclass(frozen=True)
class Origin:
    """The one address at which a public site is reached."""

    url: str
    host: str


def flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in _TRUE


def origin(environ: Mapping[str, str]) -> Origin | None:
    """The public origin, or None where the site serves this machine only."""
    value = environ.get("ORIGIN", "").strip()
    if not value:
        return None
    match = _ORIGIN.fullmatch(value)
    if match is None:
        raise ImproperlyConfigured(
            f"ORIGIN must be https:// and a host name in small letters, without a path, "
            f"for example https://orrery.example; it is {value!r}."
        )
    return Origin(value, match["host"])


def choice(environ: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of a few words. Raises ImproperlyConfigured for another."""
    value = environ.get(name, "").strip() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(allowed)}, not {value[:20]!r}.")
    return value


def secret_key(environ: Mapping[str, str]) -> str | None:
    """The secret handed in, or None where the site keeps its own."""
    value = environ.get("SECRET_KEY", "")
    if not value:
        return None
    if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
        # The value itself stays out of the message: messages end up in logs.
        raise ImproperlyConfigured(
            "SECRET_KEY must be at least 50 random characters; leave it unset and Orrery makes one."
        )
    return value


def database(environ: Mapping[str, str], default_path: str) -> dict[str, object]:
    """Django's description of the database: an SQLite file, unless DATABASE_URL says otherwise."""
    url = environ.get("DATABASE_URL", "").strip() or f"sqlite:///{default_path}"
    scheme = url.partition("://")[0]
    if scheme not in _ENGINES:
        # Not the whole value: it may hold a password.
        raise ImproperlyConfigured(f"DATABASE_URL must begin with sqlite:// or postgres://, not {scheme[:20]!r}.")
    try:
        found = dict(dj_database_url.parse(url))
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; it has the form postgres://user:password@host:port/name."
        ) from None
    if not found["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL names no database: its last part is missing.")
    return found | (_sqlite() if scheme == "sqlite" else _postgres())


def _sqlite() -> dict[str, object]:
    """Settings under which 32 writers at once saw no "database is locked".

    IMMEDIATE takes the write lock at the start of a transaction. With SQLite's own default a transaction
    that reads and then writes fails at once when another wrote in between, however long the timeout.
    """
    return {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgres() -> dict[str, object]:
    return {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
