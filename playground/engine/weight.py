"""How much a run has to say: the bytes of its trace, weighed while it runs."""

from __future__ import annotations

from typing import NamedTuple

from playground.engine import limits
from playground.engine.paintings import Paintings, Room
from playground.engine.patches import Marks, Table, compact, difference, marks_of, rows_changed, table_of
from playground.engine.step import Step
from playground.scenes.marks import NARROW, WIDE, Picture
from playground.scenes.scene import Scene

FREE = 60
"""Steps that are not weighed: a run so short is never too heavy (a contract test holds every miniature to it)."""

LISTED = 18
"""Bytes that a mark takes in the list of all marks, beside its key: tag, parent, and what stands between them."""

NARROWER = {"topology": 130}
"""Kind of picture -> hundredths of its patch in the wide layout that the narrow one takes, where it takes more."""

MOST = limits.TRACE * 0.9
"""Bytes at which a run is too heavy. The weight is close, not exact: what each scene needs at most is not known before
the end, and one layout is weighed for both. So a part of the limit is kept in reserve."""


class Seen(NamedTuple):
    """A scene as it was painted last, and for which room."""

    scene: Scene
    room: Room
    picture: Picture
    marks: Marks


class Column:
    """The pictures of one scene, one after the other, and the marks that a trace lists of them."""

    def __init__(self, paintings: Paintings, place: int) -> None:
        self.last: Seen | None = None
        self._paintings = paintings
        # The layout that is weighed for both is that of a desk, but for what is always narrow.
        self._layout = NARROW if place else WIDE
        self._index: dict[str, int] = {}

    def see(self, scene: Scene, room: Room) -> tuple[Seen, int]:
        """The scene, painted for that room; and the bytes of the marks that it is the first to show."""
        last = self.last
        if last and room == last.room and (scene is last.scene or scene == last.scene):
            return last, 0
        picture = self._paintings.of(scene, self._layout, room)
        self.last = Seen(scene, room, picture, marks_of(picture))
        new = [key for key in self.last.marks if key not in self._index]
        for key in new:
            self._index[key] = len(self._index)
        return self.last, sum(len(key.encode()) + LISTED for key in new)

    def patch(self, before: Seen | None, after: Seen) -> int:
        """Bytes of the patch that leads from one to the other."""
        if before is after:
            return len("{}")
        changed = difference(before.marks if before else {}, after.marks, self._index)
        return spelled(changed) * NARROWER.get(after.picture.kind, 100) // 100


def told(step: Step) -> int:
    """Bytes of what a step says and counts."""
    return 120 + len(step.text.encode()) + sum(len("".join(metric)) + 9 for metric in step.metrics)


def spelled(value: object) -> int:
    """Bytes of JSON."""
    return len(compact(value).encode())


class Scale:
    """Weighs a run by painting it; the paintings are kept. Up to FREE steps it costs nothing.

    Every step is weighed. One in seven, for all seven, would do for most runs; but what is done again and again in
    sevens may show a seventh of itself, or all of it (0.28 of its weight, in the worst that was found).
    """

    def __init__(self, paintings: Paintings) -> None:
        self.bytes = 0
        self._paintings = paintings
        self._weighed = 0
        self._rooms: list[Room] = []
        self._columns: list[Column] = []
        self._table: Table = ()

    def too_heavy(self, steps: list[Step]) -> bool:
        """True when the steps so far fill the limit."""
        if len(steps) <= FREE:
            return False
        for step in steps[self._weighed :]:
            self.bytes += self.weigh(step)
        self._weighed = len(steps)
        return self.bytes > MOST

    def weigh(self, step: Step) -> int:
        """Bytes that a step adds: its words, its figures, its patches. The room is the most that was needed so far."""
        needs = [self._paintings.need(scene) for scene in step.scenes]
        if not self._rooms:
            self._rooms, self._columns = needs, [Column(self._paintings, place) for place in range(len(needs))]
        self._rooms = [tuple(map(max, *both)) for both in zip(self._rooms, needs, strict=True)]
        words = [self._paintings.words(scene) for scene in step.scenes]
        table = table_of(words[0])
        size = told(step) + sum(len(one.sentence) + 3 for one in words) + spelled(rows_changed(self._table, table))
        self._table = table
        for column, scene, room in zip(self._columns, step.scenes, self._rooms, strict=True):
            was = column.last
            now, new = column.see(scene, room)
            size += new + column.patch(was, now)
        return size
