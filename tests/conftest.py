"""What all tests share."""

import os
from collections.abc import Generator, Iterator

import pytest
from django.test import override_settings

from config.collector import look_rarely
from lessons.catalogue import lessons
from lessons.problems import Unsound
from playground.asking.once import answers
from playground.asking.recent import recent
from playground.engine.registry import entries
from tests import tiers
from tests.longest import longest_first
from tests.shares import APART, SPENT, shares, spent, told

ROOT = tiers.ROOT
AGAIN = frozenset({"browser", "deploy", "fidelity", "long"})
"""Marks of tests that wait for browsers and servers, which wait for a processor."""
BEFORE = pytest.StashKey[float]()
"""What the processor had done when a test, or a part of it, began."""


@pytest.fixture(autouse=True)
def nothing_has_been_asked() -> None:
    """No test finds what another one's requests have left."""
    answers.forget()
    recent.forget()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--miniature", metavar="SLUG", help="know this miniature alone: collecting takes a second")


def pytest_configure(config: pytest.Config) -> None:
    """As in the server; with one miniature alone, if asked for."""
    look_rarely()
    if alone := config.getoption("--miniature"):
        known = entries()
        if alone not in known:
            raise pytest.UsageError(f"There is no miniature {alone}. There are {', '.join(known)}.")
        for all_of_them in (lessons(), known):
            for slug in [slug for slug in all_of_them if slug != alone]:
                del all_of_them[slug]


@pytest.fixture(autouse=True, scope="session")
def static_files_as_they_lie() -> Iterator[None]:
    """Tests inside this process need no static build; those against the real server make the real one."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first. In CI, a test that waits for real programs gets a second try, and the summary
    names it (`rerun`).

    Such a machine may be busy with others, and a wrong minute of it says nothing about a change. A fault of ours fails
    twice; on a laptop, where somebody looks, once is enough. Tests inside this process are never tried twice.
    """
    longest_first(items)
    if os.environ.get("CI") == "true":
        for item in items:
            if not AGAIN.isdisjoint(mark.name for mark in item.iter_markers()):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """What may run on another core."""
    from tests.dealt import ByFile  # noqa: PLC0415 - only where xdist is: it cannot be loaded where it is switched off

    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What it took of the processor is noted. With CI=true a skipped test is a failed one."""
    report = yield
    # What is wrong with a lesson is told once, by its own test; whoever wanted its page leaves it at that.
    if call.excinfo and isinstance(call.excinfo.value, Unsound):
        files = ", ".join(sorted({problem.file for problem in call.excinfo.value.problems}))
        why = f"{files} is not sound: tests/lessons/test_content.py says what is wrong with it"
        report.outcome, report.longrepr, report.sections = "skipped", (item.path.as_posix(), 0, why), []
    now = spent(apart=item.nodeid.startswith(APART))
    report.user_properties.append((SPENT, max(now - item.stash.get(BEFORE, now), 0.0)))
    item.stash[BEFORE] = now
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped, and with CI=true nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[BEFORE] = spent(apart=item.nodeid.startswith(APART))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each miniature has cost, and how to repeat a sample."""
    reports = [one for found in terminalreporter.stats.values() for one in found if isinstance(one, pytest.TestReport)]
    lines = told(shares(reports), tiers.whole())
    if lines and not terminalreporter.no_summary and terminalreporter.verbosity >= 0:
        terminalreporter.section("seconds of the processor by miniature")
        terminalreporter.write_line("\n".join(lines))
        terminalreporter.write_line(tiers.told())
