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


class Places:
    """The places of one painting."""

    def __init__(self, layout: str, room: tuple[int, ...], clock: Clock) -> None:
        self.clock = clock
        self.wide = layout == WIDE
        groups, lanes, last, high, everywhere, within = room
        self.left, self.right = (100, 690) if self.wide else (62, 334)
        self.margin = 18 if self.wide else 12
        self.pitch = 26.0 if high else 15.0 if lanes <= ROOMY else 7.5 if lanes <= 20 else 5.5
        self.high = 18.0 if high else 9.0 if lanes <= ROOMY else 5.0 if lanes <= 20 else 4.0
        self.roomy = lanes <= ROOMY
        self.apart = groups * lanes <= APART
        units = max(-(-(last - clock.first) // clock.per), 1)
        self.step = step_for(units, 8 if self.wide else 4)
        self.units = -(-units // self.step) * self.step
        self.top: float = 10 + 18 * everywhere
        self.head = (28 if self.wide else 45) + 17 * within
        self.slot = self.head + self.pitch * max(lanes, 1) + 10
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
