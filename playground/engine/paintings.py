"""What has been painted of a run, so that a long one, which is painted to be weighed, is not painted again."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import Picture
from playground.scenes.scene import Scene

Room = tuple[int, ...]


class Painting(NamedTuple):
    """A picture, and for which layout and room it was painted."""

    layout: str
    room: Room
    picture: Picture


class Paintings:
    """The last painting of each scene of each step: as many as the run has scenes, and gone with it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], Painting] = {}

    def of(self, step: int, place: int, scene: Scene, layout: str, room: Room) -> Picture:
        """A scene, painted, unless it has been before for this layout and room."""
        kept = self._kept.get((step, place))
        return kept.picture if kept and kept[:2] == (layout, room) else scene.paint(layout, room)

    def keep(self, step: int, place: int, layout: str, room: Room, picture: Picture) -> None:
        self._kept[step, place] = Painting(layout, room, picture)

    def forget(self) -> None:
        """Nobody will look at the pictures of this run."""
        self._kept.clear()
