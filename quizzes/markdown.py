"""Markdown that instructors type, as HTML that is safe in everybody's page.

Bold, emphasis, code, blocks of code, lists and links to http(s): nothing else comes out, whatever goes in. What is
typed as HTML is shown as it was typed. mistune escapes, and nh3, which knows HTML as browsers do, lets a short list of
tags through; neither is trusted alone. Rendered where it is shown, from the source, so that a rule that was too wide
is too wide for nothing that is kept.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import mistune
import nh3
from django.utils.safestring import SafeString, mark_safe

INLINE = {"strong", "em", "code", "a"}
BLOCK = INLINE | {"p", "br", "pre", "ul", "ol", "li"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https"}
REL = "noopener noreferrer nofollow"
WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
"""How an address begins that a link may have; one without a host leads into our own pages."""


class Renderer(mistune.HTMLRenderer):
    """Links elsewhere alone; a picture is its words, a heading a line in bold, a quotation its paragraphs."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="{mistune.escape(url)}">{text}</a>' if WEB.match(url) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f"<p><strong>{text}</strong></p>\n"

    def block_quote(self, text: str) -> str:
        return text

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{mistune.escape(code)}</code></pre>\n"


RENDERER = Renderer(escape=True)
WHOLE = mistune.Markdown(RENDERER)


def block(text: str) -> SafeString:
    """A text of several paragraphs."""
    return _safe(str(WHOLE(text)), BLOCK)


def inline(text: str) -> SafeString:
    """One line, for where a paragraph cannot stand: “1. C” is no list there, and “# C” no heading."""
    # Blocks are what the other parser knows; this one is asked alone.
    tokens = WHOLE.inline(" ".join(text.split()), {"ref_links": {}})
    return _safe(str(RENDERER(tokens, mistune.BlockState())), INLINE)


def plain(text: str) -> str:
    """The words alone, in one line, as they are read aloud."""
    return " ".join(unescape(nh3.clean(str(WHOLE(text)), tags=set())).split())


def plain_line(text: str) -> str:
    """The same of what `inline` shows."""
    return " ".join(unescape(nh3.clean(inline(text), tags=set())).split())


def _safe(html: str, tags: set[str]) -> SafeString:
    attributes = {tag: names for tag, names in ATTRIBUTES.items() if tag in tags}
    cleaned = nh3.clean(html, tags=tags, attributes=attributes, url_schemes=SCHEMES, url_relative="deny", link_rel=REL)
    return mark_safe(cleaned.strip())  # noqa: S308 - nh3 has let nothing through but the tags above
