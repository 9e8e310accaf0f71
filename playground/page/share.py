"""What one pastes elsewhere to show a run: a frame, a picture that leads to it, an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

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


FILES = {
    "picture, SVG": "svg",
    "picture, PNG": "png",
    "data, JSON": "json",
    "the run and its scenarios, one HTML file": "html",
}


def files(entry: Entry, query: str) -> list[tuple[str, str]]:
    """(name, pattern of an address) of everything that can be kept of a state."""
    return [(name, address("", f"/playground/{entry.slug}.{kind}", query)) for name, kind in FILES.items()]


FORMS = {
    "html": "HTML",
    "mdx": "MDX, JSX (Docusaurus, Astro)",
    "hugo": "Hugo, a shortcode",
    "rst": "reStructuredText (Sphinx)",
    "jupyter": "Jupyter, a cell of Python",
    "reveal": "reveal.js, a slide",
    "wordpress": "WordPress, an address",
}
"""The hosts that take a widget in a form of their own, and what they are called."""


@dataclass(frozen=True)
class Pasted:
    """What goes into a page of somebody else: addresses as patterns, and the title."""

    widget: str
    page: str
    picture: str
    title: str


def snippet(origin: str, entry: Entry, query: str, options: str = "", form: str = "html", challenge: str = "") -> str:
    """A pattern: a frame with the widget, under it a small picture and a sentence that lead to the run.

    They stand behind the frame, not in it: what sanitizers leave of a page without frames is these. The box keeps the
    frame in the middle of a column, also in themes that set the width of frames themselves; the height is fixed, for a
    widget gets higher where it gets narrower.

    `options` are the widget's own, as they stand in its address; `form` is one of FORMS; `challenge` is the
    name of the exercise that the run is for, if it is for one.
    """
    own, leads, _ = paths(entry, challenge)
    pasted = Pasted(
        widget=address(origin, own, with_options(query, options)),
        page=address(origin, leads, query),
        picture=f"{origin}{paths(entry)[1]}thumb.svg",
        title=f"{entry.cls.title}: a working model",
    )
    return WRITTEN[form](pasted)


def in_html(one: Pasted) -> str:
    return (
        f'<div style="max-width:{WIDTH}px;margin:1em auto">{frame_in_html(one)}'
        f'<p><a href="{escape(one.page)}"><img src="{one.picture}" alt="" width="72" style="vertical-align:middle" />'
        f"{escape(one.title)}</a> on Orrery</p></div>"
    )


def frame_in_html(one: Pasted) -> str:
    return (
        f'<iframe src="{escape(one.widget)}" title="{escape(one.title)}" width="100%" height="{HEIGHT}"'
        f' loading="lazy" allow="fullscreen" style="border:0;width:100%;height:{HEIGHT}px"></iframe>'
    )


def in_mdx(one: Pasted) -> str:
    """JSX has styles as objects, and every element closed."""
    return (
        f'<div style={{{{ maxWidth: {WIDTH}, margin: "1em auto" }}}}>\n'
        f'  <iframe src="{escape(one.widget)}" title="{escape(one.title)}" loading="lazy" allow="fullscreen"'
        f' style={{{{ border: 0, width: "100%", height: {HEIGHT} }}}} />\n'
        f'  <a href="{escape(one.page)}"><img src="{one.picture}" alt="" width="72"'
        f' style={{{{ verticalAlign: "middle" }}}} />{escape(one.title)}</a> on Orrery\n'
        f"</div>"
    )


def in_hugo(one: Pasted) -> str:
    """Hugo leaves out raw HTML, but not what a shortcode of the site writes."""
    shortcode = in_html(
        Pasted('{{ .Get "widget" }}', '{{ .Get "page" }}', '{{ .Get "picture" }}', '{{ .Get "title" }}')
    )
    return (
        f"<!-- once, as layouts/shortcodes/orrery.html -->\n{unescape(shortcode)}\n\n"
        f"<!-- in the text -->\n"
        f'{{{{< orrery widget="{one.widget}" page="{one.page}" picture="{one.picture}" title="{one.title}" >}}}}'
    )


def in_rst(one: Pasted) -> str:
    return f".. raw:: html\n\n   {in_html(one)}"


def in_jupyter(one: Pasted) -> str:
    return f'from IPython.display import IFrame\n\nIFrame("{one.widget}", width="100%", height={HEIGHT})'


def in_reveal(one: Pasted) -> str:
    """A slide has 700 px of height at most; its frame is loaded when the slide comes near."""
    return (
        f'<section>\n  <iframe data-src="{escape(one.widget)}" title="{escape(one.title)}" width="{WIDTH}"'
        f' height="{HEIGHT}" allow="fullscreen" style="border:0"></iframe>\n</section>'
    )


def in_wordpress(one: Pasted) -> str:
    """On a line of its own; WordPress asks for the rest (oEmbed)."""
    return one.widget


WRITTEN: dict[str, Callable[[Pasted], str]] = {
    "html": in_html,
    "mdx": in_mdx,
    "hugo": in_hugo,
    "rst": in_rst,
    "jupyter": in_jupyter,
    "reveal": in_reveal,
    "wordpress": in_wordpress,
}


def with_options(query: str, options: str) -> str:
    return "&".join(part for part in (query, options) if part)


def paths(entry: Entry, challenge: str = "") -> tuple[str, str, str]:
    """Widget, page, picture; of a challenge its widget and page."""
    below = f"challenge/{challenge}/" if challenge else ""
    return f"/embed/{entry.slug}/{below}", f"/playground/{entry.slug}/{below}", f"/playground/{entry.slug}.svg"


def address(origin: str, path: str, query: str) -> str:
    return f"{origin}{path}?{query}{{&step}}" if query else f"{origin}{path}{{?step}}"
