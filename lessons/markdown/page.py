"""mistune with our directives: text to tokens, tokens to HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import mistune
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from mistune.directives import FencedDirective
from mistune.plugins.table import table

from lessons.markdown.aside import Aside, Refresher
from lessons.markdown.challenge import Challenge
from lessons.markdown.compare import Compare
from lessons.markdown.driven import drive
from lessons.markdown.figures import render_link
from lessons.markdown.lesson import Directive, Token, Told
from lessons.markdown.places import Placed
from lessons.markdown.player import Player
from lessons.markdown.predict import Predict
from lessons.markdown.references import references
from lessons.markdown.waiting import name_of

DIRECTIVES: dict[str, type[Directive]] = {
    kind.name: kind for kind in (Player, Predict, Challenge, Aside, Refresher, Compare)
}


def plugins() -> list[Any]:
    return [FencedDirective([kind() for kind in DIRECTIVES.values()], ":"), table, references]


class LessonRenderer(mistune.HTMLRenderer):
    """HTML of a lesson. Raw HTML is escaped; headings can be linked to."""

    def __init__(self, lesson: Told) -> None:
        super().__init__(escape=True)
        self.lesson = lesson

    def codespan(self, text: str) -> str:
        return f'<code translate="no">{mistune.escape(text)}</code>'

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre translate="no">{super().block_code(code, info)[len("<pre>") :]}'

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<h{level} id="{anchor(mistune.util.striptags(text))}">{text}</h{level}>\n'

    def waits(self, text: str, question: int) -> str:
        return f'<div class="after" data-after="{name_of(question)}">\n{text}</div>\n'

    def link(self, text: str, url: str, title: str | None = None, model: int = 0) -> str:
        return render_link(self, text, url, model)


def anchor(heading: str) -> str:
    """The id of a heading, by its words."""
    return slugify(heading)


def read(text: str, first_line: int = 1) -> list[Token]:
    """The tokens of a lesson's prose. Every block knows its `line` in the file."""
    reader = mistune.Markdown(renderer=None, plugins=plugins())
    parsed, _ = reader.parse(text, Placed(first=first_line))
    tokens = cast("list[Token]", parsed)  # a string only where there is a renderer
    drive(tokens)
    return tokens


def render(tokens: Iterable[Token], lesson: Told) -> SafeString:
    """The HTML of tokens that have been checked."""
    renderer = LessonRenderer(lesson)
    mistune.Markdown(renderer, plugins=plugins())  # the plugins teach the renderer their tokens
    # Text and attributes are escaped by mistune and by the directives; players by their templates.
    return mark_safe(renderer(tokens, Placed()))  # noqa: S308 - escaped by mistune
