"""In which order the things of a picture are read: as a text is, and round a circle clockwise from the top."""

from __future__ import annotations

from playground.scenes import reach
from playground.scenes.marks import Mark, Picture
from playground.scenes.ring import Ring
from playground.scenes.scene import Scene


def picks(scene: Scene, picture: Picture) -> tuple[str, ...]:
    """What can be picked on the picture of a scene, in reading order, each once."""
    found = sorted((place_of(mark), dict(mark.attrs)["data-pick"]) for mark in picture.marks if is_picked(mark))
    return tuple(dict.fromkeys((*round_the_circle(scene), *(pick for _, pick in found))))


def is_picked(mark: Mark) -> bool:
    return any(name == "data-pick" for name, _ in mark.attrs)


def place_of(mark: Mark) -> tuple[float, float]:
    """How far down and how far to the right a mark stands; what has no place of its own comes first."""
    attrs = dict(mark.attrs)
    if moved := reach.place_of(attrs):
        return moved[1], moved[0]
    return float(attrs.get("y", 0)), float(attrs.get("x", 0))


def round_the_circle(scene: Scene) -> list[str]:
    """The servers of a ring that answer, clockwise; of any other scene nothing."""
    return [server for _, server in scene.ring] if isinstance(scene, Ring) else []
