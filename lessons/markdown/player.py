"""A player: a run to operate, opened at a step.

    :::{player} do=remove:cleo&step=22
    What to do with it, in a sentence.
    :::

The query is that of the run's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from lessons.markdown.lesson import Directive, Fault, Token, Told, query_faults
from playground.asking.request import ask
from playground.engine.registry import Entry
from playground.page.player import Player as Shown


class Player(Directive):
    name = "player"

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        yield from query_faults(lesson.entry, token["attrs"]["told"])
        yield from caption_faults(token)

    @staticmethod
    def render(renderer: Any, text: str, told: str, number: int = 0) -> str:
        entry = renderer.lesson.entry
        return figure("player", entry, Shown(ask(entry, told)), text, f"model-{number}")


def caption_faults(token: Token) -> Iterator[Fault]:
    if not token["children"]:
        yield Fault(
            f"The {token['type']} has no caption.", "Write what to do with it, in a sentence, before the closing “:::”."
        )


def figure(kind: str, entry: Entry, shown: Shown, caption: str, name: str = "") -> str:
    """A player in the text, wider than the column. Links of the text know it by its name."""
    context = {"name": name, "kind": kind, "entry": entry, "player": shown, "caption": mark_safe(caption)}  # noqa: S308 - escaped by mistune
    return render_to_string("lessons/_figure.html", context)
