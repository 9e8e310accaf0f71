"""How much a run has to say: the bytes of its trace, weighed while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.engine import limits
from playground.engine.patches import State, compact, difference, rows_changed, state_of
from playground.scenes.marks import NARROW, WIDE

if TYPE_CHECKING:
    from playground.engine.run import Step

FREE = 60
"""Steps that are not weighed: a run so short is never too heavy (a contract test holds every miniature to it)."""


class Scale:
    """Weighs a run step by step, by painting it. Up to FREE steps it costs nothing.

    What each scene needs at most is not known before the end, so the weight is close, not exact; a part of
    the limit is kept in reserve.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._rooms: list[tuple[int, ...]] = []
        self._states: list[State] = []
        self._index: dict[str, int] = {}
        self._table: list[list[str]] = []

    def too_heavy(self, steps: list[Step]) -> bool:
        """True when the steps so far fill the limit."""
        if len(steps) <= FREE:
            return False
        for step in steps if not self.bytes else steps[-1:]:
            self.bytes += self.weigh(step)
        return self.bytes > limits.TRACE * 0.9

    def weigh(self, step: Step) -> int:
        """Bytes that a step adds: its words, its figures, its patches."""
        size = 120 + len(step.text.encode()) + sum(len("".join(metric)) + 9 for metric in step.metrics)
        size += sum(len(scene.words().sentence) + 3 for scene in step.scenes)
        words = step.scenes[0].words()
        table = [list(words.head), *map(list, words.rows)]
        size += len(compact(rows_changed(self._table, table)).encode())
        self._table = table
        rooms = [scene.room() for scene in step.scenes]
        grown = zip(self._rooms or rooms, rooms, strict=True)
        self._rooms = [tuple(map(max, most, room)) for most, room in grown]
        states = []
        for place, (scene, room) in enumerate(zip(step.scenes, self._rooms, strict=True)):
            state = state_of(scene.paint(NARROW if place else WIDE, room))
            for key in state:
                self._index.setdefault(key, len(self._index))
            before = self._states[place] if self._states else {}
            size += len(compact(difference(before, state, self._index)).encode())
            states.append(state)
        self._states = states
        return size
