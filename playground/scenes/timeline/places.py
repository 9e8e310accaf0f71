"""Where things stand in a timeline: the place of a time, and the heights of groups and lanes."""

from __future__ import annotations

from playground.scenes.chart import step_for
from playground.scenes.marks import WIDE
from playground.scenes.timeline.clock import Clock
from playground.scenes.timeline.value import Group

ROOMY = 10
"""Lanes a group that stand at the full pitch; more are drawn closer, named as far as names fit."""

APART = 12
"""Lanes in the whole picture whose spans are marks of their own; with more, a group has one mark a kind."""
BY_HAND = 18
"""Lanes in the whole picture whose bars are things of their own, which a hand can take."""

CROWDED = 24
"""With more, a note makes room for a remark, and there are no bricks."""

LEAST = 112
"""On a wide poster, the least height of a group: a name, two lines of a note, three of a remark."""


class Places:
    """The places of one painting."""

    def __init__(self, layout: str, room: tuple[int, ...], clock: Clock) -> None:
        self.clock = clock
        self.wide = layout == WIDE
        groups, lanes, last, high, everywhere, within, poster = room
        self.poster = bool(poster)
        self.left, self.right = (62, 334) if not self.wide else (228, 690) if poster else (100, 690)
        self.margin = 18 if self.wide else 12
        full = 13.0 if poster else 15.0
        self.pitch = 26.0 if high else full if lanes <= ROOMY else 7.5 if lanes <= 20 else 5.5
        thick = 8.0 if poster else 9.0
        self.high = 18.0 if high else thick if lanes <= ROOMY else 5.0 if lanes <= 20 else 4.0
        self.roomy = lanes <= ROOMY
        self.apart = groups * lanes <= APART
        self.by_hand = self.roomy and groups * lanes <= BY_HAND
        self.crowded = groups * lanes > CROWDED
        units = max(-(-(last - clock.first) // clock.per), 1)
        self.step = step_for(units, 8 if self.wide else 4)
        self.units = -(-units // self.step) * self.step
        self.top: float = 10 + 18 * everywhere + 20 * poster
        self.head = (28 if self.wide else 45) + (0 if poster else 17 * within)
        self.deep = self.pitch * max(lanes, 1)
        self.slot = self.head + self.deep + 10
        if poster:
            # What a loss came to stands under the lanes, and on a wide sheet what is said of a group beside them.
            self.slot = max(self.slot + 8, LEAST if self.wide else 0)
        self.bottom = self.top + self.slot * max(groups, 1)

    def x(self, time: int) -> float:
        """The place of a time."""
        share = (time - self.clock.first) / (self.units * self.clock.per)
        return self.left + (self.right - self.left) * min(max(share, 0), 1)

    def group(self, at: int) -> float:
        """The upper edge of a group, by its number."""
        return self.top + self.slot * at

    def lanes(self, groups: tuple[Group, ...]) -> dict[tuple[str, str], float]:
        """The middle of each lane, by its group's key and its name."""
        return {
            (group.key, lane.name): self.first_lane(self.group(at)) + self.pitch * row
            for at, group in enumerate(groups)
            for row, lane in enumerate(group.lanes)
        }

    def first_lane(self, top: float) -> float:
        """The middle of the first lane of a group."""
        return top + self.head + self.pitch / 2 - 4
