"""A step: what a run consists of."""

from __future__ import annotations

from typing import NamedTuple

from playground.engine.clock import Decision, Line
from playground.engine.miniature import Metric
from playground.scenes.scene import Scene


class Step(NamedTuple):
    """One state of a run, and what led to it."""

    text: str
    scenes: tuple[Scene, ...]
    metrics: tuple[Metric, ...]
    decisions: tuple[Decision, ...]
    clock: int
    """Microseconds of virtual time."""
    line: Line
    """File (relative to `playground`), function and line that narrate; empty for step 0."""
    act: int
    """Number of the action under way, -1 for the set-up."""
    stop: bool = False
    """Whether it tells a surprise: play rests there, and an action is followed up to there."""
