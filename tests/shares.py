"""What each miniature costs in a run of the tests, in seconds of the processor: with the servers and browsers that
work for it. Printed and warned of, never red: how long it takes is the machine's affair."""

from __future__ import annotations

from collections.abc import Iterable

import psutil
import pytest

from playground.engine.registry import entries

SAMPLED, WHOLE = 15, 40
"""Seconds that a miniature may take: tested by a sample, and tested whole."""

APART = ("tests/browser/", "tests/deploy/", "tests/fidelity/")
"""Tests whose work is done by other processes; to look for these takes milliseconds, so it is done for these alone."""

SPENT = "seconds of the processor"
"""The name under which a report carries them."""


def spent(*, apart: bool) -> float:
    """Seconds of the processor that this process has taken so far; `apart`: and all that it has started."""
    own = psutil.Process()
    total = 0.0
    for process in (own, *(own.children(recursive=True) if apart else ())):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # its parent knows what it took
        total += times.user + times.system + times.children_user + times.children_system
    return total


def shares(reports: Iterable[pytest.TestReport]) -> dict[str, float]:
    """Seconds by miniature: of all tests in whose name or file it stands, with what was made ready for them."""
    names = {slug: (slug, slug.replace("-", "_")) for slug in entries()}
    found: dict[str, float] = {}
    for report in reports:
        seconds = sum(value for name, value in report.user_properties if name == SPENT and isinstance(value, float))
        for slug, spellings in names.items():
            if any(spelling in report.nodeid for spelling in spellings):
                found[slug] = found.get(slug, 0) + seconds
    return found


def told(found: dict[str, float], whole: Iterable[str]) -> list[str]:
    """A line for each, the dearest first."""
    lines = []
    for slug, seconds in sorted(found.items(), key=lambda pair: -pair[1]):
        how, most = ("whole", WHOLE) if slug in whole else ("by a sample", SAMPLED)
        over = f", over the {most} that it may take" if seconds > most else ""
        lines.append(f"{seconds:6.1f}s {slug}, tested {how}{over}")
    return lines
