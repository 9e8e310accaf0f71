"""One set of settings for every place; the environment says which place it is."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests.conftest import ROOT

KEY = "a-key-that-is-made-up-for-tests-0123456789-ABCDEFGHIJ-abcdefghij"


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter with only the given variables, as an operator would start it."""
    base = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "SECRET_KEY": KEY}
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=ROOT, env=base | environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def settings(*names: str, **environment: str) -> dict[str, Any]:
    program = (
        "import json\nfrom config import settings\n"
        f"print(json.dumps({{n: getattr(settings, n, None) for n in {names!r}}}, default=str))"
    )
    done = python("-c", program, **environment)
    assert done.returncode == 0, done.stderr
    values: dict[str, Any] = json.loads(done.stdout)
    return values


def test_a_public_site_passes_djangos_deployment_check():
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", ORIGIN="https://orrery.example")
    assert done.returncode == 0, done.stderr


def test_the_deployment_check_would_have_found_something():
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 1
    assert "security.W008" in done.stderr


@pytest.mark.asvs("13.4.2")
def test_without_an_origin_the_site_is_local_and_plain_http():
    assert settings("ALLOWED_HOSTS", "DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "CSRF_COOKIE_SECURE") == {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": None,
        "SECURE_HSTS_SECONDS": None,
        "CSRF_COOKIE_SECURE": None,
    }


@pytest.mark.asvs("3.4.1", "12.2.1")
def test_with_an_origin_only_that_host_over_https():
    assert settings(
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_SECURE",
        ORIGIN="https://orrery.example:8443",
    ) == {
        "ALLOWED_HOSTS": ["orrery.example"],
        "CSRF_TRUSTED_ORIGINS": ["https://orrery.example:8443"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_SECURE": True,
    }


@pytest.mark.asvs("3.3.1")
def test_on_a_public_site_cookies_are_for_this_host_alone_and_scripts_do_not_see_them():
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
             "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE")  # fmt: skip
    assert settings(*names, ORIGIN="https://orrery.example") == dict(
        zip(names, ("__Host-sessionid", "__Host-csrftoken", True, True, "Lax", "Lax"), strict=True)
    )


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "starttls", "tls", "sender"),
    [
        ("smtp+tls://me:pass%40word@mail.example:2587", "mail.example", 2587, "me", "pass@word", True, False,
         "orrery@orrery.example"),
        ("smtp+tls://mail.example?from=quiz@orrery.example", "mail.example", 587, "", "", True, False,
         "quiz@orrery.example"),
        ("smtps://me:secret@mail.example", "mail.example", 465, "me", "secret", False, True, "orrery@orrery.example"),
        ("smtp://localhost:1025", "localhost", 1025, "", "", False, False, "orrery@orrery.example"),
    ],
)  # fmt: skip
def test_a_mail_server_is_read(url, host, port, user, password, starttls, tls, sender):
    origin = environment.origin({"ORIGIN": "https://orrery.example"})
    found = environment.mail({"EMAIL_URL": url}, origin)
    assert found == environment.Mail(host, port, user, password, starttls, tls, sender)
    assert environment.mail({}, origin) is None


@pytest.mark.parametrize(
    "url",
    ["mail.example", "smtp://mail.example", "smtp+tls://me:s3cret/word@mail.example", "smtp+tls://me:s3cret@a b",
     "smtp+tls://me@mail.example", "smtp+tls://mail.example:99999", "smtps://mail.example?from=a@b.example\nBcc: c",
     "http://me:s3cret@mail.example"],
)  # fmt: skip
def test_a_mail_server_that_cannot_be_read_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.mail({"EMAIL_URL": url}, None)
    assert "EMAIL_URL" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_days_are_a_number_of_days():
    assert environment.days({}, "RETENTION_DAYS", 730) == 730
    assert environment.days({"RETENTION_DAYS": "90"}, "RETENTION_DAYS", 730) == 90
    for wrong in ("0", "-1", "many", "36501", "1.5", "٣"):
        with pytest.raises(ImproperlyConfigured):
            environment.days({"RETENTION_DAYS": wrong}, "RETENTION_DAYS", 730)


def test_sqlite_takes_its_write_lock_at_the_start_of_a_transaction():
    database = settings("DATABASES")["DATABASES"]["default"]
    assert database["NAME"] == str(ROOT / ".local" / "db.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_how_long_a_writer_of_sqlite_waits_may_be_said():
    for end, seconds in (("", 20), ("?timeout=5", 5)):
        found: dict[str, Any] = environment.database({"DATABASE_URL": f"sqlite:////srv/db.sqlite3{end}"}, "")
        assert (found["NAME"], found["OPTIONS"]["timeout"]) == ("/srv/db.sqlite3", seconds)
    for wrong in ("timeout=0", "timeout=21", "timeout=1.5", "timeout=long", "timeout=-1", "cache=shared"):
        with pytest.raises(ImproperlyConfigured, match="may end in"):
            environment.database({"DATABASE_URL": f"sqlite:////srv/db.sqlite3?{wrong}"}, "")


@pytest.mark.parametrize(
    "url", ["sqlite:////tmp/a@b/d@e.sqlite3", "postgres://h/n?application_name=a@b", "postgres://u%40x:p%2Fq@h/n"]
)
def test_an_at_sign_elsewhere_is_no_password(url: str):
    assert settings("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]["NAME"]


def test_database_url_names_another_database():
    url = "postgres://reader:pw@db.example:5433/orrery"
    database = settings("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "orrery")
    assert "transaction_mode" not in database.get("OPTIONS", {})


@pytest.mark.asvs("13.4.2")
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ORIGIN": "http://orrery.example"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://orrery.example/site"}, "ORIGIN must be https://"),
        ({"ORIGIN": "orrery.example"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://*"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://orrery..example"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://orrery-.example"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://orrery.example:0"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://orrery.example:70000"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://u:hush@orrery.example"}, "ORIGIN must be https://"),
        ({"ORIGIN": "https://Orrery.example"}, "ORIGIN must be https://"),
        ({"LOGS": "loud"}, "LOGS must be plain or json, not 'loud'."),
        ({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0, not 'perhaps'."),
        ({"DEBUG": "1", "ORIGIN": "https://orrery.example"}, "unset it where ORIGIN is set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 50 random characters"),
        ({"SECRET_KEY": "abcd" * 15}, "SECRET_KEY must be at least 50 random characters"),
        ({"SECRET_KEY": "\udcff" + KEY}, "SECRET_KEY must be at least 50 random characters"),
        ({"DATABASE_URL": "mysql://u:hush@h/n"}, "DATABASE_URL must begin with sqlite:// or postgres://"),
        ({"DATABASE_URL": "postgres://u:hush@h:port/n"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://u:s/hush@h/n"}, "@ is written %40"),
        ({"DATABASE_URL": "postgres://u:s@hush@h/n"}, "@ is written %40"),
        ({"DATABASE_URL": "postgres://u:s#hush@h/n"}, "@ is written %40"),
        ({"DATABASE_URL": "postgres://u:s?hush@h/n"}, "@ is written %40"),
        ({"DATABASE_URL": "postgres://u:hush@h"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "hush"}, "DATABASE_URL must begin with sqlite:// or postgres://."),
        ({"DATABASE_URL": "sqlite"}, "DATABASE_URL must begin with sqlite:// or postgres://."),
        ({"DATABASE_URL": "postgres:hush@h/n"}, "DATABASE_URL must begin with sqlite:// or postgres://."),
        ({"DATABASE_URL": "postgres://u:hush@h:99999/n"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://u:hush@[::1/n"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://u:hush@h/n%00"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL must name a file"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "DATABASE_URL must name a file"),
        ({"DATABASE_URL": "sqlite://folder/db.sqlite3"}, "DATABASE_URL must name a file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_a_value_that_cannot_be_used_is_refused_in_a_sentence(environment: dict[str, str], sentence: str):
    done = python("-c", "from config import settings", **environment)
    assert done.returncode == 1
    last_line = done.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert sentence in last_line
    assert "hush" not in done.stderr, "a password must not reach a log"


@pytest.mark.parametrize(("key", "taken"), [("abcde" * 10, True), ("abcd" * 13, False), ("abcde" * 9 + "abcd", False)])
def test_a_secret_has_fifty_signs_and_five_different_ones(key: str, taken: bool):
    assert (python("-c", "from config import settings", SECRET_KEY=key).returncode == 0) == taken
