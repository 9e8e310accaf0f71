"""Names of the versions, times and lists in words."""

from collections.abc import Sequence

from playground.scenes.rounding import nearest

VERSIONS = {
    "1.0": "HTTP/1.0",
    "1.1": "HTTP/1.1",
    "1.1-pipelined": "HTTP/1.1, pipelined",
    "1.1-six": "HTTP/1.1, six connections",
    "2": "HTTP/2",
    "3": "HTTP/3",
}

PAIRS = {"1.1-and-2": "HTTP/1.1, then HTTP/2"}
"""Two versions that are loaded one after the other, before the one that is looked at."""


def spelled(microseconds: int) -> str:
    """Whole milliseconds; below ten with one decimal. To the nearest."""
    tenths = nearest(microseconds, 100)
    if tenths >= 100 or tenths % 10 == 0:
        return f"{nearest(microseconds, 1000):,} ms"
    return f"{tenths // 10}.{tenths % 10} ms"


def listed_in_words(names: Sequence[str], most: int = 4) -> str:
    """html, css and js; of many the first ones."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "nothing"
