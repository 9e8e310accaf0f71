"""A challenge of the miniature: operate it until the conditions hold.

    :::{challenge} even-after-a-failure
    A hint, in a sentence.
    :::

The player stands at the end of the run that the challenge starts from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lessons.front import near
from lessons.markdown.lesson import Directive, Fault, Token, Told
from lessons.markdown.player import caption_faults, figure
from playground.asking.request import ask
from playground.page.player import Player as Shown


class Challenge(Directive):
    name = "challenge"

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        yield from caption_faults(token)
        known = [one.name for one in lesson.entry.challenges]
        if (told := token["attrs"]["told"]) not in known:
            yield Fault(f"{lesson.entry.slug} has no challenge {told!r}.", near(told, known))

    @staticmethod
    def render(renderer: Any, text: str, told: str) -> str:
        entry = renderer.lesson.entry
        challenge = next(one for one in entry.challenges if one.name == told)
        asked = ask(entry, "", challenge)
        return figure("challenge", entry, Shown(asked.at(asked.run.last)), text)
