"""HAProxy’s weights: each server is due at places on a line (`lb_fwrr.c`, `balance roundrobin`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.machines.balancers.haproxy import HAProxy

SCALE = 16
"""HAProxy counts in sixteenths of a weight."""


@dataclass
class Seat:
    """HAProxy: the place at which a server is due next, and the remainder of its step."""

    due: int = 0
    rest: int = 0
    row: str = ""
    """Where it waits: fresh, due, later; empty: nowhere."""
    since: int = 0
    """Order of arrival in its row."""


class Places(HAProxy):
    """Each is due at a place on a line, one step of total / weight after its last; the first one due is taken."""

    rule = "places on a line"

    def __init__(self, below: Callable[[int], int]) -> None:
        super().__init__(below)
        self.seats: dict[str, Seat] = {}
        self.place = self.width = self.next_width = 0
        self.arrivals = 0
        self.begun = False

    def begin(self) -> None:
        self.begun = True

    def weight(self, name: str) -> int:
        return self.peers[name].weight * SCALE

    def join(self, name: str, weight: int) -> None:
        super().join(name, weight)
        self.seats[name] = Seat()
        self.next_width += self.weight(name)
        if self.begun:
            self.enter(name)
        else:
            # fwrr_init_server_groups: the first line is as long as all weights of the configuration.
            self.place = self.width = self.next_width
            self.sit(name, "fresh")

    def leave(self, name: str) -> None:
        if not self.peers[name].out:
            super().leave(name)
            self.next_width -= self.weight(name)
            self.seats[name].row = ""

    def come_back(self, name: str) -> None:
        if self.peers[name].out:
            super().come_back(name)
            self.next_width += self.weight(name)
            self.enter(name)

    def enter(self, name: str) -> None:
        """One that joins while the others run: somewhere in what is left of the line.

        `fwrr_set_server_status_up`. Where less than nothing is left, that is beyond the end, on the next line.
        """
        left = self.next_width + self.width - self.place
        self.seats[name].due = self.place + left // self.weight(name)
        self.queue(name)

    def sit(self, name: str, row: str) -> None:
        self.arrivals += 1
        self.seats[name].row, self.seats[name].since = row, self.arrivals

    def queue(self, name: str) -> None:
        """Into the row of those due on this line, or on the next one where the place is beyond its end."""
        seat = self.seats[name]
        if seat.due >= min(2 * self.width, self.width + self.next_width):
            seat.due -= self.width
            self.sit(name, "later")
        else:
            self.sit(name, "due")

    def first(self, row: str) -> str:
        """Who is first in a row: by weight, heavy ones first; among those due by place, then by what is left over."""

        def order(name: str) -> tuple[int, int]:
            seat, weight = self.seats[name], self.weight(name)
            key = 256 * seat.due + (256 * SCALE + seat.rest - weight) // SCALE if row == "due" else -weight
            return key, seat.since

        return min((name for name, seat in self.seats.items() if seat.row == row), key=order, default="")

    def take(self) -> str:
        """The first one due; one not yet placed where nobody is due; on a new line where nobody is left.

        `fwrr_get_server_from_group`, `fwrr_switch_trees`.
        """
        for _ in range(2):
            name, fresh = self.first("due"), self.first("fresh")
            if fresh and (not name or self.seats[name].due > self.place):
                self.seats[fresh].due = self.seats[fresh].rest = 0
                return fresh
            if name:
                return name
            for seat in self.seats.values():
                seat.row = {"later": "fresh", "fresh": "later"}.get(seat.row, seat.row)
            self.place = self.width = self.next_width
        return ""

    def pick(self, tried: set[str]) -> str:
        """`fwrr_get_next_server`: where nobody is in, nothing moves."""
        self.begun = True
        if not self.able(set()):
            return ""
        name = self.take()
        numbers = {name: "new" for name, seat in self.seats.items() if seat.row == "fresh"} | {
            name: seat.due - self.place for name, seat in self.seats.items() if seat.row == "due"
        }
        self.compare(numbers, "it is the first one due")
        self.step(name)
        return name

    def step(self, name: str) -> None:
        """`fwrr_update_position`: due again one step of total / weight later, and what is left over is kept."""
        seat, weight = self.seats[name], self.weight(name)
        seat.due = (seat.due or self.place) + self.next_width // weight
        seat.rest += self.next_width % weight
        if seat.rest >= weight:
            seat.rest -= weight
            seat.due += 1
        self.place += 1
        self.queue(name)
