"""Where device, verifier and rival stand: side by side (wide) or under each other (narrow), and the ways between them.

The verifier's slots are an axis of time: a slot is a time step, and both clocks point into them.
"""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.circle import Circle
from playground.scenes.marks import WIDE

Place = tuple[float, float]


class Box(NamedTuple):
    """Left, top, width, height."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        return self.y + self.high

    @property
    def middle(self) -> Place:
        return self.x + self.wide / 2, self.y + self.high / 2


class Way(NamedTuple):
    """A way between two of them: its line, where something stands on it, and the part that is seen at rest."""

    line: str
    at: Place
    rests: str = ""


class Places(NamedTuple):
    """The places of a layout."""

    high: int
    device: Box
    ring: Circle
    step_y: float
    rival: Place
    panel: Box
    head: Place
    """Where the verifier's name begins."""
    field: Box
    """Where a code is typed into."""
    verdict: Place
    sign_y: float
    """How high the sign of a comparison stands."""
    slots: Box
    account_y: float
    sends: Way
    """From the device to the field."""
    rival_sends: Way
    """From the rival; at rest up to the device's way, which it joins."""
    fooled: Way
    """From the device to the rival."""


WIDE_PLACES = Places(
    high=334,
    device=Box(20, 12, 184, 308),
    ring=Circle(112, 150, 72),
    step_y=256,
    rival=(271, 240),
    panel=Box(330, 12, 376, 308),
    head=(346, 37),
    field=Box(346, 50, 118, 30),
    verdict=(478, 65),
    sign_y=100,
    slots=Box(343, 118, 350, 60),
    account_y=262,
    sends=Way("M204 65H346", (267, 65)),
    rival_sends=Way("M284 222V65H346", (272, 128), "M284 222V65"),
    fooled=Way("M204 196H258V222", (237, 196)),
)
NARROW_PLACES = Places(
    high=470,
    device=Box(10, 8, 156, 190),
    ring=Circle(88, 104, 58),
    step_y=184,
    rival=(290, 66),
    panel=Box(10, 226, 340, 236),
    head=(152, 248),
    field=Box(22, 236, 118, 28),
    verdict=(158, 264),
    sign_y=283,
    slots=Box(20, 298, 320, 54),
    account_y=416,
    sends=Way("M81 198V236", (81, 211)),
    rival_sends=Way("M290 106V211H81V236", (236, 211), "M290 106V211H81"),
    fooled=Way("M166 70H276", (222, 70)),
)


def places(layout: str) -> Places:
    return WIDE_PLACES if layout == WIDE else NARROW_PLACES
