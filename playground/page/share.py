"""What one pastes elsewhere to show a run: a frame, a picture that leads to it, an address."""

from __future__ import annotations

import re

from django.utils.html import escape

from playground.engine.registry import Entry

WIDTH, HEIGHT = 720, 640
"""The size of a widget where nothing tells its host a better one, in CSS pixels."""


STEP = re.compile(r"\{([^{}]*)step\}")
"""Where a pattern takes a step: `{&step}` becomes `&step=7`, and nothing for step 0."""


def filled(pattern: str, step: int) -> str:
    return STEP.sub(lambda place: f"{place[1]}step={step}" if step else "", pattern)


def codes(origin: str, entry: Entry, query: str) -> list[tuple[str, str]]:
    """(name, pattern) for each way; `filled` puts a step into a pattern."""
    page, picture = (address(origin, path, query) for path in paths(entry)[1:])
    # With the model's version, so that a page of a later one can say what has changed.
    versioned = f"{query}&v={entry.version}" if query else f"v={entry.version}"
    return [
        ("Link", address(origin, paths(entry)[1], versioned)),
        ("HTML, a widget", snippet(origin, entry, query)),
        ("Markdown, a picture that leads here", f"[![{entry.cls.title}]({picture})]({page})"),
        ("The picture alone", picture),
    ]


FILES = {"picture, SVG": "svg", "picture, PNG": "png", "data, JSON": "json", "the whole run, one HTML file": "html"}


def files(entry: Entry, query: str) -> list[tuple[str, str]]:
    """(name, pattern of an address) of everything that can be kept of a state."""
    return [(name, address("", f"/playground/{entry.slug}.{kind}", query)) for name, kind in FILES.items()]


def snippet(origin: str, entry: Entry, query: str, options: str = "") -> str:
    """A pattern: a frame with the widget, under it a small picture and a sentence that lead to the run.

    They stand behind the frame, not in it: what sanitizers leave of a page without frames is these. The box keeps the
    frame in the middle of a column, also in themes that set the width of frames themselves; the height is fixed, for a
    widget gets higher where it gets narrower.

    `options` are the widget's own, as they stand in its address.
    """
    shown = with_options(query, options)
    own, leads, _ = paths(entry)
    widget, page = escape(address(origin, own, shown)), escape(address(origin, leads, query))
    picture = f"{origin}{leads}thumb.svg"
    title = escape(entry.cls.title)
    return (
        f'<div style="max-width:{WIDTH}px;margin:1em auto"><iframe src="{widget}" title="{title}: a working model"'
        f' width="{WIDTH}" height="{HEIGHT}" loading="lazy"'
        f' style="border:0;width:100%;height:{HEIGHT}px"></iframe>'
        f'<p><a href="{page}"><img src="{picture}" alt="" width="72" style="vertical-align:middle">'
        f" {title}: a working model</a> on Orrery</p></div>"
    )


def with_options(query: str, options: str) -> str:
    return "&".join(part for part in (query, options) if part)


def paths(entry: Entry) -> tuple[str, str, str]:
    """Widget, page, picture."""
    return f"/embed/{entry.slug}/", f"/playground/{entry.slug}/", f"/playground/{entry.slug}.svg"


def address(origin: str, path: str, query: str) -> str:
    return f"{origin}{path}?{query}{{&step}}" if query else f"{origin}{path}{{?step}}"
