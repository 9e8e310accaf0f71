"""`make bench`: every measure, as one table. Nothing fails on speed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from time import perf_counter

from config.collector import look_rarely
from tests.bench import (
    acts,
    classroom,
    crowd,
    endpoints,
    growth,
    memory,
    processes,
    queue,
    ring,
    runs,
    screen,
    sizes,
    start,
    throughput,
)
from tests.bench.report import Section, missed, table
from tests.browser.server import serving

ALONE: dict[str, Callable[[], Section]] = {
    "runs": runs.section,
    "growth": growth.section,
    "ring": ring.section,
    "queue": queue.section,
    "acts": acts.section,
    "requests": endpoints.section,
    "memory": memory.section,
    "start": start.section,
}
SERVED = ("sizes", "load", "crowd", "class", "screen")


def measures(names: list[str]) -> Iterator[tuple[str, Section]]:
    """The named sections, one after the other; those of the real server last."""
    for name, section in ALONE.items():
        if name in names:
            yield name, section()
    if not set(names) & set(SERVED):
        return
    with serving() as site:
        pids = processes.children()
        if "sizes" in names:
            yield "sizes", sizes.section(site.origin)
        if "load" in names:
            yield "load", throughput.section(site.origin, pids)
        if "crowd" in names:
            yield "crowd", crowd.section(site.origin)
        if "class" in names:
            yield "class", classroom.section(site)
        if "screen" in names:
            yield "screen", screen.section(site.origin)


def main() -> int:
    every = [*ALONE, *SERVED]
    names = sys.argv[1:] or every
    if unknown := [name for name in names if name not in every]:
        print(f"There is no section {', '.join(unknown)}; there are {', '.join(every)}.", file=sys.stderr)
        return 2
    look_rarely()  # as the server does
    sections, start = [], perf_counter()
    for name, section in measures(names):
        print(f"  {perf_counter() - start:5.1f} s  {name}", file=sys.stderr)
        sections.append(section)
    print(table(sections))
    print(missed(sections))
    return 0


if __name__ == "__main__":
    sys.exit(main())
