"""A question about a run, asked before the step that answers it.

    :::{predict} how-many-move do=add:eve:1
    What to look at before answering, in a sentence.
    :::

The name is that of one of the miniature's questions; its wrong answers are what its wrong models answer
for the same run. The player stands at the last step that does not give the answer away, and knows none that comes
after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lessons.front import near
from lessons.markdown.lesson import Directive, Fault, Token, Told, query_faults, query_of
from lessons.markdown.player import caption_faults, figure
from lessons.markdown.waiting import name_of
from playground.asking.request import ask
from playground.engine.questions import Posed, pose_about
from playground.engine.registry import Entry
from playground.page.answered import unanswered
from playground.page.player import Player as Shown


class Predict(Directive):
    name = "predict"

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        question, _, query = token["attrs"]["told"].partition(" ")
        known = {one.name: one for one in lesson.entry.questions}
        yield from caption_faults(token)
        if question not in known:
            yield Fault(f"{lesson.entry.slug} has no question {question!r}.", near(question, known))
            return
        broken = list(query_faults(lesson.entry, query))
        yield from broken
        if not broken and not posed_about(lesson.entry, question, query):
            yield Fault(f"{question} cannot be asked about {query!r}.", known[question].needed())

    @staticmethod
    def render(renderer: Any, text: str, told: str, number: int = 0) -> str:
        question, _, query = told.partition(" ")
        entry = renderer.lesson.entry
        return figure("predict", entry, posed(entry, question, query), text, name_of(number))


@lru_cache(64)
def posed_about(entry: Entry, question: str, query: str) -> Posed | None:
    """The question, posed once: when the lesson is checked. Then it is rendered."""
    kind = next(one for one in entry.questions if one.name == question)
    return pose_about(entry.cls, kind, query_of(entry, query))


def posed(entry: Entry, question: str, query: str) -> Shown:
    """The player with the question, at the step where it is asked."""
    found = posed_about(entry, question, query)
    # Always, in prose that has been checked.
    return Shown(unanswered(entry, found), found) if found else Shown(ask(entry, query))
