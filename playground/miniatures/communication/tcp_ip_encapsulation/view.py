"""What the picture is about while a segment is on its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from playground.machines.packets.ipv4 import Packet
from playground.scenes.fields import Fields
from playground.scenes.layers import Move

NO_HEADER = Fields("", "", (), empty="no header yet")


@dataclass(frozen=True)
class Seen:
    """What the picture is about: where it stands, which layers hold something, and the header beside it."""

    at: int = 0
    filled: tuple[int, ...] = ()
    chips: tuple[str, ...] = ()
    move: Move | None = None
    header: Fields = NO_HEADER
    lost: bool = False
    text: int = 0
    segment: int = 0
    sequence: int | None = None
    """Not until it has been numbered."""
    packet: Packet | None = None


class View:
    """What is seen now. A step says what is different; the rest stays."""

    def __init__(self) -> None:
        self.seen = Seen()

    def show(self, **seen: Any) -> None:
        self.seen = replace(self.seen, **seen)

    def calm(self) -> Fields:
        """The header beside the picture, with nothing in brass: this step is not about it."""
        return replace(self.seen.header, changed=())
