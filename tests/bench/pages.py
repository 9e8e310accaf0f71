"""The addresses that are measured, and what the server answers there."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin

from lessons.catalogue import CONTENT
from playground.engine.registry import entries
from tests.bench.queries import stored


class Answer(NamedTuple):
    """What came over the wire: the bytes as sent, how they were encoded, their name."""

    body: bytes
    encoding: str
    etag: str


def ask(address: str, accept: str = "identity") -> Answer:
    """One GET of our own server."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": accept})  # noqa: S310 - our own loopback
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - our own loopback
        headers = response.headers
        return Answer(response.read(), headers.get("Content-Encoding", ""), headers.get("ETag", ""))


def lesson_slugs() -> list[str]:
    return sorted(path.stem for path in CONTENT.glob("*/*.md"))


def lesson_page(slug: str) -> str:
    return f"/lessons/{slug}/"


def run_page(slug: str, query: str = "") -> str:
    return f"/playground/{slug}/{'?' if query else ''}{query}"


def fragment(slug: str) -> str:
    return f"/playground/{slug}/player"


def trace_of(slug: str, query: str = "") -> str:
    return f"/playground/{slug}/trace?{query}{'&' if query else ''}layout=wide"


def widget_trace(slug: str) -> str:
    return f"/playground/{slug}/trace?hide=beside&layout=wide"


def heavy(slug: str) -> str:
    """The stored query with the most bytes; the default run where none is stored."""
    return stored().get(slug, {}).get("heavy", "")


def slugs() -> Iterable[str]:
    return entries()


class Loaded(HTMLParser):
    """The scripts, with the modules that they import, and the style sheets that a page loads."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.scripts: list[str] = []
        self.sheets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" in given:
            self.scripts.append(urljoin(self.base, given["src"]))
        if tag == "link" and given.get("rel") == "modulepreload":
            self.scripts.append(urljoin(self.base, given["href"]))
        if tag == "link" and given.get("rel") == "stylesheet":
            self.sheets.append(urljoin(self.base, given["href"]))


def loaded(address: str) -> Loaded:
    found = Loaded(address)
    found.feed(ask(address).body.decode())
    return found
