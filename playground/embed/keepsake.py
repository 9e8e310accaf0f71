"""A run as one HTML file: page, run and player. It opens from a disk, without a network, for as long as browsers do."""

from __future__ import annotations

import base64
import gzip
import hashlib
from functools import cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.assets import kept_css, kept_js
from playground.asking.request import Asked
from playground.engine.trace import compact, trace
from playground.page.player import Player


class Inline(NamedTuple):
    """A text that stands in the page itself, and the digest by which the page's own policy lets it."""

    text: SafeString
    hash: str


def keepsake(asked: Asked, origin: str, theme: str) -> str:
    """The file."""
    player = Player(asked)
    context = {
        "player": player,
        "entry": asked.entry,
        "origin": origin,
        "theme": theme,
        "style": inline(kept_css()),
        "script": inline(kept_js()),
        "traces": [(layout, packed(asked, layout)) for layout in player.drawings.layouts],
    }
    return render_to_string("playground/file.html", context)


@cache  # kept: one for each static file that is inlined
def inline(text: str) -> Inline:
    """Raises ValueError where the text would end its own tag."""
    if "</" in text:
        raise ValueError("a text with an end tag cannot stand inline")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inline(mark_safe(text), f"sha256-{digest}")  # noqa: S308 - our own files, and nothing in them ends the tag


def packed(asked: Asked, layout: str) -> str:
    """The run for a layout, compressed; the player unpacks it."""
    told = compact(trace(asked.entry.slug, asked.entry.version, asked.run, layout))
    return base64.b64encode(gzip.compress(told.encode(), mtime=0)).decode()
