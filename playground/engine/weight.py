"""How much a run has to say: the bytes of its trace, weighed while it runs.

To weigh a run is to paint it, and most runs come nowhere near the limit. So one step in seven is weighed at first, for
all seven; only where that comes near the limit is the run weighed step by step, from its beginning.
"""

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

EVERY = 7
"""One step of so many is weighed at first: no model tells what it does in sevens, so that every kind of step has its
turn."""

MOST = limits.TRACE * 0.9
"""Bytes at which a run is too heavy. The weight is close, not exact: what each scene needs at most is not known before
the end, and one layout is weighed for both. So a part of the limit is kept in reserve."""

NEAR = 0.35
"""Part of MOST from which every step is weighed. Of 300 long runs that came to the limit, one step in seven said 0.5 to
1.6 of what the whole run did (tests/contract/test_weight.py)."""


class Scale:
    """Weighs a run by painting it; the paintings are kept. Up to FREE steps it costs nothing."""

    def __init__(self, paintings: Paintings) -> None:
        self._paintings = paintings
        self._sampled = Sampled(paintings)
        self._whole: Whole | None = None

    def too_heavy(self, steps: list[Step]) -> bool:
        """True when the steps so far fill the limit."""
        if len(steps) <= FREE:
            return False
        if self._whole is None and self._sampled.weigh(steps) > NEAR * MOST:
            self._whole = Whole(self._paintings)
        return self._whole is not None and self._whole.weigh(steps) > MOST


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


class Weighing:
    """What has been weighed of a run: bytes, and the room that each scene has needed so far, and before this step."""

    def __init__(self, paintings: Paintings) -> None:
        self.bytes = 0
        self.paintings = paintings
        self.rooms: list[Room] = []
        self.before: list[Room] = []
        self.columns: list[Column] = []
        self._seen = 0

    def weigh(self, steps: list[Step]) -> int:
        """Bytes of all steps so far."""
        for number in range(self._seen, len(steps)):
            step = steps[number]
            needs = [scene.room() for scene in step.scenes]
            if not self.rooms:
                self.rooms, self.columns = needs, [Column(self.paintings, place) for place in range(len(needs))]
            self.before = self.rooms
            self.rooms = [tuple(map(max, *both)) for both in zip(self.rooms, needs, strict=True)]
            self.bytes += told(step) + self.pictures(steps, number)
        self._seen = len(steps)
        return self.bytes

    def pictures(self, steps: list[Step], number: int) -> int:
        """Bytes of what a step shows, and of its words and table."""
        raise NotImplementedError

    def said(self, step: Step, table: Table) -> tuple[int, Table]:
        """Bytes of the words of a step after that table, and its own table."""
        words = [self.paintings.words(scene) for scene in step.scenes]
        own = table_of(words[0])
        return sum(len(one.sentence) + 3 for one in words) + spelled(rows_changed(table, own)), own


class Sampled(Weighing):
    """One step in EVERY, weighed for as many."""

    def pictures(self, steps: list[Step], number: int) -> int:
        if number % EVERY:
            return 0
        step, before = steps[number], steps[number - 1] if number else None
        times = EVERY if before else 1
        table = table_of(self.paintings.words(before.scenes[0])) if before else ()
        size = times * self.said(step, table)[0]
        for place, column in enumerate(self.columns):
            was, had = column.see(before.scenes[place], self.before[place]) if before else (None, 0)
            now, new = column.see(step.scenes[place], self.rooms[place])
            size += had + new + times * column.patch(was, now)
        return size


class Whole(Weighing):
    """Every step."""

    def __init__(self, paintings: Paintings) -> None:
        super().__init__(paintings)
        self._table: Table = ()

    def pictures(self, steps: list[Step], number: int) -> int:
        size, self._table = self.said(steps[number], self._table)
        for column, scene, room in zip(self.columns, steps[number].scenes, self.rooms, strict=True):
            was = column.last
            now, new = column.see(scene, room)
            size += new + column.patch(was, now)
        return size
