"""Two boxes beside the text.

:::{aside} Where the name comes from
Something worth knowing that the lesson does without.
:::

:::{refresher}
What the usual refresher says, what holds, and which document says it.
:::
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mistune.util import escape

from lessons.markdown.lesson import Directive, Fault, Token, Told


class Aside(Directive):
    name = "aside"

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        if not token["attrs"]["told"]:
            yield Fault("The aside has no title.", "Write it after {aside}.")
        yield from empty(token)

    @staticmethod
    def render(renderer: Any, text: str, told: str) -> str:
        return box("note", escape(told), text)


class Refresher(Directive):
    name = "refresher"

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        if token["attrs"]["told"]:
            yield Fault("The refresher’s box has its own title.", "Leave the rest of the line after {refresher} empty.")
        yield from empty(token)

    @staticmethod
    def render(renderer: Any, text: str, told: str) -> str:
        return box("refresher", "What the refresher says", text)


def empty(token: Token) -> Iterator[Fault]:
    if not token["children"]:
        yield Fault(f"The {token['type']} is empty.", "Write its sentences before the closing “:::”.")


def box(kind: str, title: str, text: str) -> str:
    return f'<aside class="{kind}" aria-label="{title}">\n<p class="aside-title">{title}</p>\n{text}</aside>\n'
