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
    """The last painting of each scene of a run in each layout, and what it says: gone with the run."""

    def __init__(self) -> None:
        # By identity, which is cheaper to tell than equality; the scene is kept, so that no other takes its place.
        self._kept: dict[tuple[int, str], tuple[Scene, Painting]] = {}
        self._said: dict[int, tuple[Scene, Words]] = {}

    def of(self, scene: Scene, layout: str, room: Room) -> Picture:
        """A scene, painted, unless it has been before for this layout and room."""
        checkpoint()
        _, painting = self._kept.get((id(scene), layout), (scene, None))
        if painting is None or painting.room != room:
            painting = Painting(room, paint(scene, layout, room))
            self._kept[id(scene), layout] = scene, painting
        return painting.picture

    def words(self, scene: Scene) -> Words:
        """A scene in words, told once."""
        _, said = self._said.get(id(scene), (scene, None))
        if said is None:
            said = scene.words()
            self._said[id(scene)] = scene, said
        return said

    def forget(self) -> None:
        """Nobody will look at the pictures of this run."""
        self._kept.clear()
        self._said.clear()
