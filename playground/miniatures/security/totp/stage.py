"""The picture on stage: bytes while a code is computed, phone and server while time passes and codes are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.scenes import bytes as bytes_
from playground.scenes import codes
from playground.scenes.bytes import Bytes
from playground.scenes.codes import Codes
from playground.scenes.marks import Picture
from playground.scenes.motion import Motion
from playground.scenes.paint import paint, paints, thumb
from playground.scenes.scene import Scene, Words


@dataclass(frozen=True)
class Stage:
    """Two scenes that take turns in one place, as high as the higher one, so that nothing below them jumps."""

    codes: Codes
    bytes: Bytes
    computing: bool
    """Whether the bytes are seen."""

    @property
    def seen(self) -> Scene:
        return self.bytes if self.computing else self.codes

    @property
    def kind(self) -> str:
        return self.seen.kind

    def room(self) -> tuple[int, ...]:
        """What both need: first the codes, then the bytes."""
        return (*self.codes.room(), *self.bytes.room())

    def blank(self) -> bool:
        return False

    def words(self) -> Words:
        return self.seen.words()


def painted(stage: Stage, layout: str, room: tuple[int, ...]) -> Picture:
    own = len(stage.codes.room())
    sent, made = paint(stage.codes, layout, room[:own]), paint(stage.bytes, layout, room[own:])
    return replace(made if stage.computing else sent, height=max(sent.height, made.height))


def small(stage: Stage) -> Picture:
    return thumb(stage.seen)


MOTION = Motion(codes.MOTION.said, (*codes.MOTION.comes, *bytes_.MOTION.comes))

paints(Stage, painted, small, motion=MOTION)
