"""What is new to somebody who has acted: the steps of the run from where it is another than the one before."""

from __future__ import annotations

from playground.asking.recent import recent
from playground.asking.request import Asked
from playground.engine.query import Parsed
from playground.engine.run import Run
from playground.engine.step import Step


def after(asked: Asked, parsed: Parsed) -> int:
    """The first step that is to be told: the one after `after=`, where all up to it are those of the run before.

    Else 0, the whole run: what was not acted on, a pair, a step that is none, a run that has become another before it.
    """
    text = parsed.options.get("after", "")
    if not parsed.form or asked.versus or not (text.isascii() and text.isdigit() and len(text) < 6):
        return 0
    before = recent.run(asked.entry.cls, parsed.query, draw=False)
    return int(text) + 1 if same(before, asked.run, int(text) + 1) else 0


def same(before: Run, now: Run, steps: int) -> bool:
    """Whether both have begun with the same so many steps, and there are more."""
    if not 0 < steps <= min(before.last + 1, now.last):
        return False
    return all(map(alike, before.steps[:steps], now.steps[:steps]))


def alike(one: Step, other: Step) -> bool:
    """Whether both tell the same, at the same instant, at the same line."""
    return (one.text, one.clock, one.act, one.line) == (other.text, other.clock, other.act, other.line)
