"""How much a run has to say: the bytes of its trace, weighed while it runs."""

from __future__ import annotations

from playground.engine import limits
from playground.engine.paintings import Paintings, Room
from playground.engine.patches import Marks, Table, compact, difference, marks_of, rows_changed, table_of
from playground.engine.step import Step
from playground.scenes.marks import NARROW, WIDE, Picture
from playground.scenes.paint import paint
from playground.scenes.scene import Scene

FREE = 60
"""Steps that are not weighed: a run so short is never too heavy (a contract test holds every miniature to it)."""

LISTED = 18
"""Bytes that a mark takes in the list of all marks, beside its key: tag, parent, and what stands between them."""

NARROWER = {"topology": 130}
"""Kind of picture -> hundredths of its patch in the wide layout that the narrow one takes, where it takes more."""


class Scale:
    """Weighs a run step by step, by painting it; the paintings are kept. Up to FREE steps it costs nothing.

    What each scene needs at most is not known before the end, and one layout is weighed for both: the weight is close,
    not exact, and a part of the limit is kept in reserve.
    """

    def __init__(self, paintings: Paintings) -> None:
        self.bytes = 0
        self._paintings = paintings
        self._weighed = 0
        self._last: list[tuple[Scene | None, Room, Picture | None, Marks]] = []
        self._indexes: list[dict[str, int]] = []
        self._table: Table = ()

    def too_heavy(self, steps: list[Step]) -> bool:
        """True when the steps so far fill the limit."""
        if len(steps) <= FREE:
            return False
        for step in steps[self._weighed :]:
            self.bytes += self.weigh(step)
            self._weighed += 1
        return self.bytes > limits.TRACE * 0.9

    def weigh(self, step: Step) -> int:
        """Bytes that a step adds: its words, its figures, its patches."""
        size = 120 + len(step.text.encode()) + sum(len("".join(metric)) + 9 for metric in step.metrics)
        said = [self._paintings.words(self._weighed, place, scene) for place, scene in enumerate(step.scenes)]
        size += sum(len(words.sentence) + 3 for words in said)
        table = table_of(said[0])
        size += len(compact(rows_changed(self._table, table)).encode())
        self._table = table
        return size + sum(self.patch(place, scene) for place, scene in enumerate(step.scenes))

    def patch(self, place: int, scene: Scene) -> int:
        """Bytes of the patch that leads to a scene, and of the marks that it is the first to show.

        The room that it is painted for is the most that was needed so far.
        """
        if place == len(self._last):
            self._last.append((None, scene.room(), None, {}))
            self._indexes.append({})
        seen, most, picture, before = self._last[place]
        room, layout = tuple(map(max, most, scene.room())), NARROW if place else WIDE
        if picture is None or room != most or scene != seen:
            picture = paint(scene, layout, room)
        self._paintings.keep(self._weighed, place, layout, room, picture)
        after = marks_of(picture)
        index, listed = self._indexes[place], 0
        for key in after:
            if key not in index:
                index[key] = len(index)
                listed += len(key.encode()) + LISTED
        self._last[place] = scene, room, picture, after
        return listed + len(compact(difference(before, after, index)).encode()) * NARROWER.get(picture.kind, 100) // 100
