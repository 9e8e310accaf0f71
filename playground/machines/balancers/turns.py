"""Rules that take turns: nginx’s smooth weights, a fixed list, everybody, and a cookie before that.

nginx: `ngx_http_upstream_round_robin.c`. HAProxy: `lb_map.c` (`balance static-rr`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import gcd

from playground.machines.balancers.base import Asked, toward_zero
from playground.machines.balancers.haproxy import HAProxy
from playground.machines.balancers.nginx import Nginx


class Smooth(Nginx):
    """Each adds its weight to what it has saved up; the richest is chosen, and pays what all have added."""

    rule = "smooth weights"

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        added = sum(peer.effective for peer in able)
        for peer in able:
            peer.current += peer.effective
            peer.effective += peer.effective < peer.weight
        best = max(able, key=lambda peer: peer.current)  # the first of equals
        self.compare({peer.name: peer.current for peer in able}, f"it has saved up {best.current}, the most")
        best.current -= added
        return best.name

    def standing(self) -> tuple[tuple[str, str], ...]:
        """What each has saved up: the one that was chosen has paid."""
        return self.spelled({peer.name: peer.current for peer in self.able(set())}) if self.compared else ()


class StaticTurns(HAProxy):
    """A fixed list in which each server stands as often as its weight, and an index that moves by one."""

    rule = "fixed list"

    def __init__(self, below: Callable[[int], int]) -> None:
        super().__init__(below)
        self.list: list[str] = []
        self.next = 0

    def join(self, name: str, weight: int) -> None:
        super().join(name, weight)
        self.write()

    def leave(self, name: str) -> None:
        super().leave(name)
        self.write()

    def come_back(self, name: str) -> None:
        super().come_back(name)
        self.write()

    def write(self) -> None:
        """Write the list once more: at each place, the server that has waited longest for its share."""
        able = self.able(set())
        common = gcd(*(peer.weight for peer in self.peers.values()))
        weight = {peer.name: peer.weight // common for peer in able}
        total = sum(weight.values())
        score = dict.fromkeys(weight, 0)
        self.list = []
        for _ in range(total):
            for name in score:
                score[name] += weight[name]
            # Whole shares only, so that near ties go to the one named first.
            best = max(score, key=lambda name: toward_zero(score[name] + total, total))
            score[best] -= total
            self.list.append(best)

    def pick(self, tried: set[str]) -> str:
        size = len(self.list)
        if not size:
            return ""
        at = self.next if self.next < size else 0
        order = self.list[at:] + self.list[:at]
        self.next = at + 1
        turns = {name: order.index(name) + 1 for name in set(order)}
        self.compare(turns, "it is its turn")
        return order[0]


class RoundRobin(StaticTurns):
    """Everybody in turn, whatever the weights."""

    rule = "everybody in turn"

    def join(self, name: str, weight: int) -> None:
        super().join(name, 1)


class Sticky(RoundRobin):
    """In turn for a client's first request; later ones follow its cookie, as long as no check has its server out."""

    rule = "cookie, or in turn"

    def choices(self, asked: Asked) -> Iterator[str]:
        if asked.cookie in self.peers and self.serves(asked.cookie):
            self.compare({asked.cookie: "✓"}, "the cookie says so")
            yield asked.cookie
        else:
            yield from super().choices(asked)
