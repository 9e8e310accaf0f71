"""A lesson is a row of chapters: a stage, and the prose that sets it.

A chapter has one stage: a player, a question or a challenge. Its lead begins at the last heading before the stage, or
where the stage before it has said everything; what follows the stage belongs to it up to the next chapter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lessons.markdown.lesson import Token, text_of

STAGES = frozenset({"player", "predict", "challenge"})
"""Directives that are a stage."""


@dataclass(frozen=True)
class Chapter:
    """The blocks of one chapter. Only prose without any stage, such as a lesson that is begun, has no `stage`."""

    lead: Sequence[Token]
    stage: Token | None = None
    rest: Sequence[Token] = ()

    @property
    def heading(self) -> str:
        """The words of the heading under which its stage stands; empty where that is one of the chapter before."""
        return next((text_of(token) for token in reversed(self.lead) if token["type"] == "heading"), "")


def chapters(tokens: Sequence[Token]) -> list[Chapter]:
    """Every block of a lesson, in order, by chapters."""
    stages = [place for place, token in enumerate(tokens) if token["type"] in STAGES]
    if not stages:
        return [Chapter(tokens)]
    starts = [0, *(start(tokens, before + 1, stage) for before, stage in pairwise(stages))]
    ends = [*starts[1:], len(tokens)]
    return [
        Chapter(tokens[first:stage], tokens[stage], tokens[stage + 1 : end])
        for first, stage, end in zip(starts, stages, ends, strict=True)
    ]


def start(tokens: Sequence[Token], first: int, stage: int) -> int:
    """Where the chapter of a stage begins: at the last heading after `first`, else at the stage itself."""
    headings = [place for place in range(first, stage) if tokens[place]["type"] == "heading"]
    return headings[-1] if headings else stage
