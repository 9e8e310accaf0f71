"""A state without its brass: nothing in it says “look here”, so that a question’s own mark is the only one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.scenes.marks import Picture
from playground.scenes.paint import paint, paints, thumb
from playground.scenes.scene import Scene, Words

BRASS = frozenset(("brass", "brass-line"))
"""The roles that are kept for what has just changed."""


@dataclass(frozen=True)
class Quiet:
    """A scene, painted without what its step has changed. In words it says the same."""

    scene: Scene

    @property
    def kind(self) -> str:
        return self.scene.kind

    def room(self) -> tuple[int, ...]:
        return self.scene.room()

    def blank(self) -> bool:
        return self.scene.blank()

    def words(self) -> Words:
        return self.scene.words()


def painted(quiet: Quiet, layout: str, room: tuple[int, ...]) -> Picture:
    picture = paint(quiet.scene, layout, room)
    marks = tuple(mark for mark in picture.marks if BRASS.isdisjoint(value for _, value in mark.attrs))
    return replace(picture, marks=marks)


def small(quiet: Quiet) -> Picture:
    return thumb(quiet.scene)


paints(Quiet, painted, small)


def bare(scene: Scene) -> Scene:
    """The scene itself, as loud as it is."""
    return scene.scene if isinstance(scene, Quiet) else scene
