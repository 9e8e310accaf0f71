"""What one pastes elsewhere to show a run: a frame, a picture that leads to it, an address."""

from __future__ import annotations

from django.utils.html import escape

from playground.engine.registry import Entry

WIDTH, HEIGHT = 720, 640
"""The size of a widget where nothing tells its host a better one, in CSS pixels."""


def codes(origin: str, entry: Entry, query: str, step: str = "") -> list[tuple[str, str]]:
    """(name, text) for each way. `step` is what follows the query: the step, or a place for one."""
    page, picture = (address(origin, path, query, step) for path in paths(entry)[1:])
    return [
        ("HTML, a widget", snippet(origin, entry, query, step)),
        ("Markdown, a picture that leads here", f"[![{entry.cls.title}]({picture})]({page})"),
        ("The picture alone", picture),
    ]


def snippet(origin: str, entry: Entry, query: str, step: str = "") -> str:
    """A frame with the widget, and a picture that leads to the run where frames are refused."""
    widget, page, picture = (escape(address(origin, path, query, step)) for path in paths(entry))
    title = escape(entry.cls.title)
    style = f"border:0;width:100%;max-width:{WIDTH}px;aspect-ratio:{WIDTH}/{HEIGHT};height:auto"
    return (
        f'<iframe src="{widget}" title="{title}: a working model" width="{WIDTH}" height="{HEIGHT}" loading="lazy"'
        f' style="{style}"><a href="{page}"><img src="{picture}" alt="{title}"></a></iframe>'
    )


def paths(entry: Entry) -> tuple[str, str, str]:
    """Widget, page, picture."""
    return f"/embed/{entry.slug}/", f"/playground/{entry.slug}/", f"/playground/{entry.slug}.svg"


def address(origin: str, path: str, query: str, step: str) -> str:
    return f"{origin}{path}{f'?{query}' if query else ''}{step}"
