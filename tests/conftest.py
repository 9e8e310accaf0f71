"""What all tests share."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from config.collector import look_rarely
from tests.shares import shares, told

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """As in the server."""
    look_rarely()


@pytest.fixture(autouse=True, scope="session")
def static_files_as_they_lie() -> Iterator[None]:
    """Tests inside this process need no static build; those against the real server make the real one."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped, and with CI=true nothing may be: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each miniature has cost."""
    reports = [one for found in terminalreporter.stats.values() for one in found if isinstance(one, pytest.TestReport)]
    lines = told(shares(reports))
    if lines and not terminalreporter.no_summary and terminalreporter.verbosity >= 0:
        terminalreporter.section("seconds of tests by miniature")
        terminalreporter.write_line("\n".join(lines))
