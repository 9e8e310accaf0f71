"""References to sources: `[^dynamo]` in a sentence names a source of the front matter."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match
from typing import Any

from lessons.front import near
from lessons.markdown.lesson import Fault, Token, Told

PATTERN = r"\[\^(?P<source_id>[a-z0-9-]+)\]"


def parse_reference(inline: Any, m: Match[str], state: Any) -> int:
    state.append_token({"type": "reference", "attrs": {"source": m.group("source_id")}})
    return m.end()


def faults(token: Token, lesson: Told) -> Iterator[Fault]:
    """Whether the source exists."""
    source = token["attrs"]["source"]
    if source not in lesson.sources:
        yield Fault(f"There is no source {source!r}.", f"{near(source, lesson.sources)} Or add it to the front matter.")


def render_reference(renderer: Any, source: str) -> str:
    found = renderer.lesson.sources[source]
    return f'<a class="source-ref" href="#source-{found.id}" aria-label="Source {found.number}">{found.number}</a>'


def references(md: Any) -> None:
    """A mistune plugin: `[^id]` becomes the number of the source, linked to the list at the end."""
    md.inline.register("reference", PATTERN, parse_reference, before="link")
    if md.renderer:
        md.renderer.register("reference", render_reference)
