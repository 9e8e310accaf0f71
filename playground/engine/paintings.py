"""What has been painted of a run, so that a long one, which is painted to be weighed, is not painted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from playground.engine.step import Step
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
    """The last painting of each scene of a run in each layout, what it says and what it needs: gone with the run."""

    def __init__(self) -> None:
        # By identity, which is cheaper to tell than equality; the scene is kept, so that no other takes its place.
        self._kept: dict[tuple[int, str], tuple[Scene, Painting]] = {}
        self._said: dict[int, tuple[Scene, Words]] = {}
        self._needs: dict[int, tuple[Scene, Room]] = {}

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

    def need(self, scene: Scene) -> Room:
        """The room that a scene needs, asked once."""
        _, room = self._needs.get(id(scene), (scene, None))
        if room is None:
            room = scene.room()
            self._needs[id(scene)] = scene, room
        return room

    def take(self, others: Paintings, steps: Sequence[Step]) -> None:
        """What is known of these steps of another run."""
        scenes = {id(scene) for step in steps for scene in step.scenes}
        self._kept |= {key: kept for key, kept in others._kept.copy().items() if key[0] in scenes}
        self._said |= {key: said for key, said in others._said.copy().items() if key in scenes}
        self._needs |= {key: need for key, need in others._needs.copy().items() if key in scenes}

    def forget(self) -> None:
        """Nobody will look at the pictures of this run."""
        self._kept.clear()
        self._said.clear()
        self._needs.clear()
