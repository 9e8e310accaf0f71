"""What has been painted of a run, so that a long one, which is painted to be weighed, is not painted again."""

from __future__ import annotations

from typing import NamedTuple

from playground.engine.turns import checkpoint
from playground.scenes.marks import Picture
from playground.scenes.paint import paint
from playground.scenes.scene import Scene, Words

Room = tuple[int, ...]


class Painting(NamedTuple):
    """A picture, and for which room it was painted."""

    room: Room
    picture: Picture


class Paintings:
    """The last painting of each scene of each step in each layout, and what it says: gone with the run."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, str], Painting] = {}
        self._said: dict[tuple[int, int], Words] = {}

    def of(self, step: int, place: int, scene: Scene, layout: str, room: Room) -> Picture:
        """A scene, painted, unless it has been before for this layout and room."""
        kept = self._kept.get((step, place, layout))
        if kept and kept.room == room:
            return kept.picture
        picture = paint(scene, layout, room)
        self.keep(step, place, layout, room, picture)
        return picture

    def keep(self, step: int, place: int, layout: str, room: Room, picture: Picture) -> None:
        checkpoint()
        self._kept[step, place, layout] = Painting(room, picture)

    def words(self, step: int, place: int, scene: Scene) -> Words:
        """A scene in words, told once."""
        said = self._said.get((step, place))
        if said is None:
            said = self._said[step, place] = scene.words()
        return said

    def forget(self) -> None:
        """Nobody will look at the pictures of this run."""
        self._kept.clear()
        self._said.clear()
