"""`python -m tests.bench.memory <requests> [seed]`: how much a process grows by what strangers send.

A process of its own, through the whole site as the server calls it. Prints JSON: megabytes when everything has been
asked for once, and at the end.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from urllib.parse import unquote
from wsgiref.util import setup_testing_defaults

import psutil

from tests.bench.report import Row, Section, Target
from tests.bench.strangers import requests

REQUESTS = 30_000
WARM = 1_000
"""Requests after which every page has been made once, and every cache has begun to fill."""
MOST = Target(40)
MEGABYTE = 1024 * 1024


def megabytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss / MEGABYTE)


def grown(count: int, seed: int) -> tuple[float, float]:
    """Megabytes after the first thousand requests, and after `count` more."""
    drawn = requests(seed)
    before = 0.0
    for number, (path, headers) in enumerate(islice(drawn, WARM + count)):
        if number == WARM:
            before = megabytes()
        status = answered(path, headers)
        if status.startswith("5") and not status.startswith("501"):
            raise AssertionError(f"{status}: {path}")
    return before, megabytes()


def answered(path: str, headers: dict[str, str]) -> str:
    """The status that the site answers a GET with, through WSGI, as a server asks it."""
    # Loaded where it is measured alone: it takes files that a fresh clone has not built.
    from config.wsgi import application  # noqa: PLC0415 - see above

    before, _, query = path.partition("?")
    environ: dict[str, object] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": unquote(before, "latin-1"), "QUERY_STRING": query}
    told: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], failed: object = None, /) -> Callable[[bytes], object]:
        told.append(status)
        return bytes

    body = application(environ, start)
    try:
        for _ in body:
            pass
    finally:
        body.close()
    return told[0]


def apart(count: int, seed: int = 1) -> tuple[float, float]:
    """The same from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.memory", str(count), str(seed)]
    before, after = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return before, after


def section() -> Section:
    """Megabytes that a worker grows by."""
    found = Section("Memory of a process, by what strangers send")
    before, after = apart(REQUESTS)
    found.rows.append(
        Row(f"grown by {REQUESTS:,} random requests", after - before, "MB", f"{before:.0f} MB", None, MOST)
    )
    return found


def main() -> None:
    print(json.dumps(grown(int(sys.argv[1]), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
