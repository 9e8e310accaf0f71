"""What may be said from outside, read strictly: a value we cannot use is refused in one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import unquote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"https://(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_CONTACT = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://[^\s]+")
_UNENCODED = re.compile(r"[^@/?#]*(?:[/?#][^@?]*@|@[^/?#]*@)")
"""A user or a password, after `://`, with a sign that ends them."""
SERVERS = "requirements-servers.lock"
"""Names what speaks to PostgreSQL and Redis; `make run` installs it where the variables name one."""
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_ENGINES = {"sqlite", "postgres", "postgresql"}
_LONGEST_WAIT = 20
"""Seconds for SQLite's lock: the web server in front gives up after 25."""
_MAIL = re.compile(
    r"(?P<scheme>smtp\+tls|smtps|smtp)://(?:(?P<user>[^\s/?#@:]+):(?P<password>[^\s/?#@:]+)@)?"
    rf"(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?(?:\?from=(?P<sender>[^\s@?&<>]+@[^\s@?&<>]+))?"
)
_MAIL_PORTS = {"smtp+tls": 587, "smtps": 465, "smtp": 25}
_HERE = {"localhost", "127.0.0.1"}
_REDIS = re.compile(
    r"(?:rediss?://(?:[^\s/?#@]*@)?(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[0-9]{0,3})?"
    r"|unix://(?:[^\s/?#@]*@)?/[^\s?#]+(?:\?db=[0-9]{1,3})?)"
)


@dataclass(frozen=True)
class Origin:
    """The one address at which a public site is reached."""

    url: str
    host: str
    netloc: str
    """The host, with its port where that is not the usual one: what `Host` says."""


@dataclass(frozen=True)
class Mail:
    """The server that takes our mails, and whom they come from."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool
    sender: str


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
    if match is None or int(match["port"] or 1) > 65535:
        raise ImproperlyConfigured(
            "ORIGIN must be https:// and a host name in small letters, without a path, "
            # What names a user may hold a password.
            f"for example https://orrery.example{'' if '@' in value else f'; it is {value!r}'}."
        )
    # A browser never says the usual port.
    url = value.removesuffix(":443")
    return Origin(url, match["host"], url.removeprefix("https://"))


def contact(environ: Mapping[str, str]) -> str:
    """Where to tell of a hole, as security.txt says it (RFC 9116, 2.5.3); empty where nobody is named."""
    value = environ.get("CONTACT", "").strip()
    if value and not _CONTACT.fullmatch(value):
        raise ImproperlyConfigured(
            f"CONTACT must be mailto:… or https://…, for example mailto:security@orrery.example; it is {value[:80]!r}."
        )
    return value


def mail(environ: Mapping[str, str], at: Origin | None) -> Mail | None:
    """The mail server, or None where no mails are sent. Without TLS only one on this machine is taken."""
    value = environ.get("EMAIL_URL", "").strip()
    if not value:
        return None
    match = _MAIL.fullmatch(value)
    if match is None or int(match["port"] or 1) > 65535:
        # Not the value: it may hold a password.
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; it has the form smtp+tls://user:password@host:587?from=quizzes@orrery.example, "
            "or smtps:// for TLS from the start; in a name or a password, @ is written %40, : %3A and / %2F."
        )
    if match["scheme"] == "smtp" and match["host"] not in _HERE:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp+tls:// or smtps:// where the host is another one.")
    return Mail(
        host=match["host"],
        port=int(match["port"] or _MAIL_PORTS[match["scheme"]]),
        user=unquote(match["user"] or ""),
        password=unquote(match["password"] or ""),
        starttls=match["scheme"] == "smtp+tls",
        tls=match["scheme"] == "smtps",
        sender=match["sender"] or f"orrery@{at.host if at else 'localhost'}",
    )


def days(environ: Mapping[str, str], name: str, default: int) -> int:
    """A number of days, from 1 to 36,500. Raises ImproperlyConfigured for another value."""
    value = environ.get(name, "").strip() or str(default)
    if not re.fullmatch("[0-9]{1,5}", value) or int(value) not in range(1, 36_501):
        raise ImproperlyConfigured(f"{name} must be a number of days from 1 to 36500, not {value[:20]!r}.")
    return int(value)


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
    weak = len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-")
    # Bytes that are no text arrive as signs that cannot be printed, and cannot be signed with.
    if weak or not value.isprintable():
        # The value itself stays out of the message: messages end up in logs.
        raise ImproperlyConfigured(
            "SECRET_KEY must be at least 50 random characters; leave it unset and Orrery makes one."
        )
    return value


def database(environ: Mapping[str, str], default_path: str) -> dict[str, object]:
    """Django's description of the database: an SQLite file, unless DATABASE_URL says otherwise."""
    url = environ.get("DATABASE_URL", "").strip() or f"sqlite:///{default_path}"
    # Not the whole value in what is said: it may hold a password, and without :// it may be one.
    scheme, parted, _ = url.partition("://")
    if scheme not in _ENGINES or not parted:
        said = f", not {scheme[:20]!r}" if parted else ""
        raise ImproperlyConfigured(f"DATABASE_URL must begin with sqlite:// or postgres://{said}.")
    if scheme != "sqlite" and _UNENCODED.match(url.partition("://")[2]):
        # Read as it stands, a part of the password would be taken for the host, and end up in a message.
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: in a name or a password, @ is written %40, : %3A, / %2F, ? %3F and # %23."
        )
    try:
        found = dict(dj_database_url.parse(url, engine="config.sqlite" if scheme == "sqlite" else None))
    except ValueError:
        found = {"NAME": "\0"}
    if "\0" in str(found["NAME"]):
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; it has the form postgres://user:password@host:port/name."
        )
    if not found["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL names no database: its last part is missing.")
    if scheme == "sqlite" and (found.get("HOST") or found["NAME"] == ":memory:"):
        # In memory, each process of the server would have another one.
        raise ImproperlyConfigured("DATABASE_URL must name a file, after three slashes: sqlite:///folder/db.sqlite3.")
    given = found.get("OPTIONS")
    told = dict(given) if isinstance(given, dict) else {}
    return found | (_sqlite(told) if scheme == "sqlite" else _postgres(told))


def _sqlite(told: dict[str, object]) -> dict[str, object]:
    """Settings under which 32 writers at once saw no "database is locked". `told`: what the URL says.

    IMMEDIATE takes the write lock at the start of a transaction. With SQLite's own default a transaction
    that reads and then writes fails at once when another wrote in between, however long the timeout.
    """
    timeout = told.get("timeout", 20)
    if set(told) - {"timeout"} or not isinstance(timeout, int) or not 0 < timeout <= _LONGEST_WAIT:
        raise ImproperlyConfigured(
            "DATABASE_URL of an SQLite file may end in ?timeout=20 and in nothing else: the seconds, 1 to "
            f"{_LONGEST_WAIT}, that who writes waits for others."
        )
    return {
        "CONN_MAX_AGE": None,
        # Said, because pytest-django takes it for granted of Django's own engine alone.
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": timeout,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgres(told: dict[str, object]) -> dict[str, object]:
    """A server that takes a connection and says nothing is away after three seconds, unless the URL says otherwise."""
    return {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"connect_timeout": 3} | told}


def cache(environ: Mapping[str, str]) -> dict[str, object]:
    """Django's description of the cache: each process has its own, unless REDIS_URL names one that all share."""
    url = environ.get("REDIS_URL", "").strip()
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    match = _REDIS.fullmatch(url)
    if match is None or int(match["port"] or 6379) not in range(1, 65536):
        # Not the value: it may hold a password.
        raise ImproperlyConfigured(
            "REDIS_URL cannot be read; it has the form redis://:password@host:port/number, "
            "rediss:// for the same over TLS, or unix:///path?db=number."
        )
    if find_spec("redis") is None:
        raise ImproperlyConfigured(f"REDIS_URL needs packages that are not installed; type: .ci/environment {SERVERS}")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        # A list: Django parts a text at commas, which a password may hold.
        "LOCATION": [url],
        "KEY_PREFIX": "orrery",
        "OPTIONS": {"pool_class": "config.redis.Pool", "serializer": "config.redis.Plain"},
    }
