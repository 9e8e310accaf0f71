"""What lies beside the site is not of the site: its history, its secret, its database, its source."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.server import Site, serving
from tests.deploy.wire import Line

pytestmark = pytest.mark.deploy

PRIVATE = (
    ".git/config", ".git/HEAD", ".gitignore", ".local/secret-key", ".local/db.sqlite3", ".env", ".venv/pyvenv.cfg",
    "manage.py", "pyproject.toml", "config/settings.py", "requirements.lock", "staticfiles.json", ".ci/serve",
)  # fmt: skip
WAYS_UP = (
    "", "static/../", "static/../../", "static/%2e%2e/", "static/%2e%2e/%2e%2e/", "static/..%2f..%2f", "static//../",
    "static/.%5c..%5c", "static/css/../../../", "lessons/../", "static../", "playground/..%2f..%2f",
)  # fmt: skip
OURS = re.compile(rb"\[core\]|refs/heads|SQLite format|DJANGO_SETTINGS|ORIGIN|build-system|--hash=sha256|#!/bin/sh")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.mark.asvs("13.4.1", "5.3.2")
@pytest.mark.parametrize("up", WAYS_UP)
def test_no_address_leads_to_it(site, up):
    with Line(site.origin) as line:
        for file in PRIVATE:
            answer = line.ask("GET", f"/{up}{file}")
            assert answer.status in (400, 404), f"/{up}{file}"
            assert not OURS.search(answer.body), f"/{up}{file}"


@pytest.mark.asvs("5.3.2")
def test_what_is_served_from_there_is_served(site):
    """So that it is not the server that is silent about everything."""
    with Line(site.origin) as line:
        assert line.ask("GET", "/static/css/tokens.css").status == 200
        assert line.ask("GET", "/static/").status == 404, "no list of files"
