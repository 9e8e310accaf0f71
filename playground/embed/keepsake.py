"""Runs as one HTML file: page, runs and player. It opens from a disk, without a network, for as long as browsers do.

A file carries the run that was asked for and the scenarios of the model, as far as they have room in it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.assets import kept_css, kept_js
from playground.asking.request import Asked, ask
from playground.engine.clock import Line
from playground.engine.patches import compact
from playground.engine.registry import Entry, entries
from playground.engine.trace import trace
from playground.page.parts import part
from playground.page.player import Player
from playground.page.share import filled
from playground.page.source import excerpts

MOST = 350_000
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
    """A run in a file: ready to be shown, but for its pictures, which the player draws."""

    title: str
    shows: str
    address: str
    """Of its page, with its step."""
    page: str
    """The same without a step."""
    step: int
    html: str
    packed: str
    lines: tuple[Line, ...]
    """Of the code, where it narrates."""


def keepsake(asked: Asked, origin: str, theme: str) -> str:
    """The file, with as many scenarios as have room."""
    same = next((one for one in asked.entry.scenarios if page_of(asked.entry, one.address) == asked.address()), None)
    own = carry(asked, origin, same.title if same else "This run", same.shows if same else "")
    scenarios = [one for one in carried(asked.entry.slug, origin) if one.address != own.address]
    for count in range(len(scenarios), 0, -1):
        file = rendered(asked, origin, theme, own, scenarios[:count], scenarios[count:])
        if len(file.encode()) <= MOST:
            return file
    return rendered(asked, origin, theme, own, [], scenarios)


def rendered(
    asked: Asked, origin: str, theme: str, own: Carried, scenarios: list[Carried], left_out: list[Carried]
) -> str:
    """A file with the run that was asked for, its own, and these scenarios."""
    entry = asked.entry
    order = {page_of(entry, one.address): place for place, one in enumerate(entry.scenarios)}
    # A run of its own comes first; a scenario stands where the site has it.
    runs = sorted([own, *scenarios], key=lambda one: order.get(one.address, -1))
    names = {page: f"run-{number}" for number, page in enumerate(dict.fromkeys(one.page for one in runs))}
    told = [
        {"page": origin + one.page, "step": one.step, "trace": names[one.page], "shows": one.shows, "html": one.html}
        for one in runs
    ]
    context = {
        **shown(asked, origin),
        "theme": theme,
        "style": inline(kept_css()),
        "script": inline(kept_js()),
        "runs": runs if scenarios else [],
        "left_out": left_out,
        "current": runs.index(own),
        "shows": own.shows,
        "told": packed(compact(told)),
        "trace": names[own.page],
        "traces": {names[one.page]: one.packed for one in runs},
        "sources": excerpts(line for one in [own, *scenarios] for line in one.lines),
    }
    return render_to_string("playground/file.html", context)


@lru_cache(32)
def carried(slug: str, origin: str) -> tuple[Carried, ...]:
    """The scenarios of a model. They are the same in every file that this site makes."""
    entry = entries()[slug]
    return tuple(carry(ask(entry, one.address), origin, one.title, one.shows) for one in entry.scenarios)


def carry(asked: Asked, origin: str, title: str, shows: str) -> Carried:
    """A run, made ready."""
    entry, layouts = asked.entry, Player(asked).drawings.layouts
    # At whatever step it is opened, it is the same run.
    start = {"query": asked.printed_at(0)}
    traces = {layout: trace(entry.slug, entry.version, asked.run, layout) | start for layout in layouts}
    html = part("kept", shown(asked, origin) | {"undrawn": True})
    lines = tuple(dict.fromkeys(step.line for step in asked.run.steps))
    page = asked.address("run", 0)
    return Carried(title, shows, asked.address(), page, asked.step, html, packed(compact(together(traces))), lines)


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
