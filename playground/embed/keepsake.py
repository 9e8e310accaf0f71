"""Runs as one HTML file: page, runs and player. It opens from a disk, without a network, for as long as browsers do.

A file carries the run that was asked for and the scenarios of the model, as far as they have room in it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from bisect import bisect_left
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.assets import kept_css, kept_js
from playground.asking.request import Asked, ask
from playground.embed.repeats import Repeats
from playground.engine.clock import Line
from playground.engine.patches import compact
from playground.engine.registry import Entry, entries
from playground.engine.trace import trace
from playground.page.parts import part
from playground.page.player import Player
from playground.page.share import filled
from playground.page.source import excerpts

MOST = 300_000
"""Bytes of a file. Scenarios that would make it larger are left out, the last ones first, and it says which."""
PLAIN = str.maketrans("&<>", ".,:")
"""Of the signs of base 85, those that mean something in HTML, and what stands for them."""


class Inline(NamedTuple):
    """A text that stands in the page itself, and the digest by which the page's own policy lets it."""

    text: SafeString
    hash: str


class Verb(NamedTuple):
    """What can be done on the site: where the live run is acted on, and the same with a place for the step."""

    label: str
    address: str
    pattern: str


class Carried(NamedTuple):
    """A run in a file: ready to be shown, but for its steps and pictures, which the player takes from its trace."""

    title: str
    shows: str
    address: str
    """Of its page, with its step."""
    page: str
    """The same without a step."""
    step: int
    html: str
    lines: tuple[Line, ...]
    """Of the code, where it narrates."""


class Packed(NamedTuple):
    """The trace of a run, with references to what it and the ones before it tell; they tell `values` in all."""

    text: str
    values: int


class Shelf(NamedTuple):
    """The scenarios of a model, and their traces by page: the same in every file that this site makes."""

    runs: tuple[Carried, ...]
    traces: dict[str, Packed]
    """In the order in which they refer to each other."""
    numbers: dict[bytes, int]
    """What they tell, by digest (`repeats.py`)."""

    def first(self, pages: set[str]) -> dict[str, Packed]:
        """The traces of these pages and what they refer to."""
        needed = max((place + 1 for place, page in enumerate(self.traces) if page in pages), default=0)
        return dict(list(self.traces.items())[:needed])


def keepsake(asked: Asked, origin: str, theme: str) -> str:
    """The file, with as many scenarios as have room."""
    file = File(asked, origin, theme)
    most = len(file.scenarios)
    # A file is dear to make: how many have room is looked for by halves.
    left_out = 0 if file.fits(most) else bisect_left(range(most), True, lo=1, key=lambda out: file.fits(most - out))
    return file.rendered(most - left_out)


class File:
    """A file with the run that was asked for, its own, and the first scenarios."""

    def __init__(self, asked: Asked, origin: str, theme: str) -> None:
        self.asked, self.origin, self.theme = asked, origin, theme
        self.entry, self.shelf = asked.entry, carried(asked.entry.slug, origin)
        same = next((one for one in self.entry.scenarios if page_of(self.entry, one.address) == asked.address()), None)
        self.own = carry(asked, origin, same.title if same else "This run", same.shows if same else "")
        self.scenarios = [one for one in self.shelf.runs if one.address != self.own.address]
        self.made: dict[int, str] = {}

    def fits(self, count: int) -> bool:
        return len(self.rendered(count).encode()) <= MOST

    def rendered(self, count: int) -> str:
        """The file with so many scenarios; the others are named."""
        if count not in self.made:
            self.made[count] = render_to_string("playground/file.html", self.context(count))
        return self.made[count]

    def context(self, count: int) -> dict[str, object]:
        """What the template needs."""
        own, scenarios = self.own, self.scenarios[:count]
        order = {page_of(self.entry, one.address): place for place, one in enumerate(self.entry.scenarios)}
        # A run of its own comes first; a scenario stands where the site has it.
        runs = sorted([own, *scenarios], key=lambda one: order.get(one.address, -1))
        traces = self.traces(scenarios)
        names = {page: f"run-{number}" for number, page in enumerate(traces)}
        told = [
            {
                "page": self.origin + one.page,
                "step": one.step,
                "trace": names[one.page],
                "shows": one.shows,
                "html": one.html,
            }
            for one in runs
        ]
        return {
            **shown(self.asked, self.origin),
            "theme": self.theme,
            "style": inline(kept_css()),
            "script": inline(kept_js()),
            "runs": runs if scenarios else [],
            "left_out": self.scenarios[count:],
            "current": runs.index(own),
            "shows": own.shows,
            "told": packed(compact(told)),
            "trace": names[own.page],
            "traces": {names[page]: text for page, text in traces.items()},
            "sources": excerpts(line for one in [own, *scenarios] for line in one.lines),
        }

    def traces(self, scenarios: list[Carried]) -> dict[str, str]:
        """The traces of the file by page, each after those that it refers to."""
        first = self.shelf.first({one.page for one in scenarios})
        found = {page: one.text for page, one in first.items()}
        if self.own.page not in found:
            told = max((one.values for one in first.values()), default=0)
            known = {digest: number for digest, number in self.shelf.numbers.items() if number < told}
            (mine,) = Repeats(known).told([self.trace])
            found[self.own.page] = packed(compact(mine._asdict()))
        return found

    @cached_property
    def trace(self) -> dict[str, Any]:
        """Of its own run."""
        return whole_trace(self.asked)


@lru_cache(32)
def carried(slug: str, origin: str) -> Shelf:
    """The scenarios of a model."""
    entry = entries()[slug]
    posed = [(one, ask(entry, one.address)) for one in entry.scenarios]
    runs = tuple(carry(asked, origin, one.title, one.shows) for one, asked in posed)
    # Two scenarios may be one run at two steps.
    by_page = {run.page: asked for run, (_, asked) in zip(runs, posed, strict=True)}
    repeats, traces, values = Repeats(), {}, 0
    for page, told in zip(by_page, repeats.told(whole_trace(asked) for asked in by_page.values()), strict=True):
        values += len(told.values)
        traces[page] = Packed(packed(compact(told._asdict())), values)
    return Shelf(runs, traces, repeats.numbers)


def carry(asked: Asked, origin: str, title: str, shows: str) -> Carried:
    """A run, made ready."""
    html = part("kept", shown(asked, origin) | {"undrawn": True})
    lines = tuple(dict.fromkeys(step.line for step in asked.run.steps))
    return Carried(title, shows, asked.address(), asked.address("run", 0), asked.step, html, lines)


def whole_trace(asked: Asked) -> dict[str, Any]:
    """The trace of a run in all layouts. At whatever step it is opened, it is the same run."""
    entry, start = asked.entry, {"query": asked.printed_at(0)}
    return together(
        {
            layout: trace(entry.slug, entry.version, asked.run, layout) | start
            for layout in Player(asked).drawings.layouts
        }
    )


def shown(asked: Asked, origin: str) -> dict[str, object]:
    """What the template of a run needs."""
    return {"player": Player(asked), "entry": asked.entry, "origin": origin, "verbs": verbs(asked, origin)}


def verbs(asked: Asked, origin: str) -> list[Verb]:
    """Where the site does what the file cannot: the live run at the step that is shown, with the form of the verb.

    Two runs side by side have steps of their own: there it is the first one alone, at its end.
    """
    page = origin + replace(asked, versus=None).address("run", 0)
    sign = "&" if "?" in page else "?"
    step = f"{sign}step=last" if asked.versus else f"{{{sign}step}}"
    patterns = {one.label: f"{page}{step}#do={one.name}" for one in asked.entry.cls.actions().values()}
    return [Verb(label, filled(pattern, asked.step), pattern) for label, pattern in patterns.items()]


def page_of(entry: Entry, query: str) -> str:
    """The address of a scenario's page."""
    return f"/playground/{entry.slug}/{'?' * bool(query)}{query}"


def together(traces: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The traces of a run in its layouts as one: what they have in common is told once, of each step too."""
    steps = zip(*(one["steps"] for one in traces.values()), strict=True)
    whole = {layout: {name: told for name, told in one.items() if name != "steps"} for layout, one in traces.items()}
    return common(whole) | {"steps": [common(dict(zip(traces, step, strict=True))) for step in steps]}


def common(parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What all of them say, under `all`, and what each says besides."""
    first, *others = parts.values()
    said = {name for name, told in first.items() if all(name in one and one[name] == told for one in others)}
    rest = {layout: {name: told for name, told in one.items() if name not in said} for layout, one in parts.items()}
    return {"all": {name: first[name] for name in first if name in said}, **rest}


@cache  # kept: one for each static file that is inlined
def inline(text: str) -> Inline:
    """Raises ValueError where the text would end its own tag."""
    if "</" in text:
        raise ValueError("a text with an end tag cannot stand inline")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inline(mark_safe(text), f"sha256-{digest}")  # noqa: S308 - our own files, and nothing in them ends the tag


def packed(text: str) -> str:
    """A text, compressed and written in 85 signs; the file unpacks it (keep.js)."""
    return base64.b85encode(gzip.compress(text.encode(), mtime=0)).decode().translate(PLAIN)
