"""What the first reader waits for, once a server says that it is ready: a fresh server for each that is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from time import monotonic, sleep
from urllib.parse import urlsplit

from tests.bench.pages import run_page, trace_of
from tests.bench.report import Row, Section, Target
from tests.bench.timing import WALL, once
from tests.browser.server import serving

MODELS = ("load-balancing", "tcp-ip-encapsulation", "hash-ring")
MOST = Target(150)
PATIENCE = 30.0
"""Seconds in which a server that answers is to be ready."""
ASKED: dict[str, Callable[[str], str]] = {"page": run_page, "trace": trace_of}


@contextmanager
def ready_server() -> Iterator[str]:
    """The host and port of a server that has answered nothing but that it is ready."""
    with serving() as site:
        place = urlsplit(site.origin).netloc
        end = monotonic() + PATIENCE
        while answered(place, "/readyz") != 200:
            if monotonic() > end:
                raise AssertionError(f"the server is not ready:\n{site.log}")
            sleep(0.02)
        yield place


def answered(place: str, path: str, line: HTTPConnection | None = None) -> int:
    """The status of one answer, read to its end, on a connection of its own where none is given."""
    asked = line or HTTPConnection(place, timeout=60)
    asked.request("GET", path, headers={"Accept-Encoding": "br"})
    answer = asked.getresponse()
    answer.read()
    if line is None:
        asked.close()
    return answer.status


def section() -> Section:
    """The first page and the first trace, each of a process that has answered neither; each again, beside it."""
    found = Section("The first run after a start: milliseconds on the wall")
    for slug in MODELS:
        for kind, address in ASKED.items():
            with ready_server() as place:
                # One connection: the second time it is the same process.
                line = HTTPConnection(place, timeout=60)
                work = partial(fetch, place, address(slug), line)
                first, again = once(work, WALL), once(work, WALL)
                line.close()
            beside = f"again {again:.1f} ms"
            found.rows.append(Row(f"start: first {kind}, {slug}", first, "ms", beside, first / again, MOST))
    found.notes.append("A fresh server for each row, as it is served, asked as soon as /readyz answers 200.")
    return found


def fetch(place: str, path: str, line: HTTPConnection) -> None:
    """Raises AssertionError where it is not answered 200: a refusal is quick."""
    status = answered(place, path, line)
    if status != 200:
        raise AssertionError(f"{path} was answered {status}")
