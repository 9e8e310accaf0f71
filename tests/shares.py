"""What each miniature costs in a run of the tests: at most 6 s on two cores, which is 12 s of tests."""

from collections.abc import Iterable

import pytest

from playground.engine.registry import entries

MOST = 12


def shares(reports: Iterable[pytest.TestReport]) -> dict[str, float]:
    """Seconds by miniature: of all tests in whose name or file it stands, with what was made ready for them."""
    names = {slug: (slug, slug.replace("-", "_")) for slug in entries()}
    found: dict[str, float] = {}
    for report in reports:
        for slug, spellings in names.items():
            if any(spelling in report.nodeid for spelling in spellings):
                found[slug] = found.get(slug, 0) + report.duration
    return found


def told(found: dict[str, float]) -> list[str]:
    """A line for each, the dearest first."""
    return [
        f"{seconds:6.1f}s {slug}{f', over the {MOST} that it may take' if seconds > MOST else ''}"
        for slug, seconds in sorted(found.items(), key=lambda pair: -pair[1])
    ]
