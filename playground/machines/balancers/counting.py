"""Rules that look at how busy the servers are: nginx’s `least_conn` and `random two`, and least response time."""

from __future__ import annotations

from collections.abc import Iterator

from playground.machines.balancers.base import Asked, Peer
from playground.machines.balancers.hashing import TRIES, Fallback
from playground.machines.balancers.nginx import Nginx
from playground.machines.balancers.turns import Smooth


class LeastOpen(Smooth):
    """The fewest open requests for its weight; equals take turns by smooth weights."""

    rule = "fewest open"

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        best = able[0]
        for peer in able:
            if peer.open * best.weight < best.open * peer.weight:
                best = peer
        equal = [peer for peer in able if peer.open * best.weight == best.open * peer.weight]
        numbers = {peer.name: peer.open if peer.weight == 1 else f"{peer.open}/{peer.weight}" for peer in able}
        why = f"it has {best.open} open, the fewest" + (" for its weight" if best.weight > 1 else "")
        if len(equal) > 1:
            why = f"{len(equal)} have the fewest open, and it is its turn"
            added = sum(peer.effective for peer in equal)
            for peer in equal:
                peer.current += peer.effective
                peer.effective += peer.effective < peer.weight
                if peer.current > best.current:
                    best = peer
            best.current -= added
        self.compare(numbers, why)
        return best.name


class LeastTime(Nginx):
    """The smallest product of mean answer time and requests open with this one. A model: no program is followed."""

    rule = "least time"

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        costs = {peer.name: peer.average * (peer.open + 1) // peer.weight for peer in able}
        best = min(able, key=lambda peer: (costs[peer.name], peer.open, -peer.weight))
        numbers = {name: -(-cost // 1000) if cost else "?" for name, cost in costs.items()}
        known = f"{numbers[best.name]} ms is the least to expect"
        self.compare(numbers, known if costs[best.name] else "nothing is known of its speed yet")
        return best.name


class TwoChoices(Fallback):
    """nginx's random two: draw two different ones by weight, and take the one with fewer open requests."""

    rule = "two at random"

    def places(self, asked: Asked) -> Iterator[str]:
        return iter(())

    def choices(self, asked: Asked) -> Iterator[str]:
        tried: set[str] = set()
        missed = 0
        first: Peer | None = None
        while missed <= TRIES and self.able(tried):
            peer = self.drawn()
            if not self.usable(peer, tried) or peer is first:
                missed += 1
            elif first is None:
                first = peer
            else:
                fuller = peer.open * first.weight > first.open * peer.weight
                best = first if fuller else peer
                numbers = {one.name: one.open for one in (first, peer)}
                self.compare(numbers, f"of {first.name} and {peer.name}, drawn at random, it has no more open")
                tried.add(best.name)
                self.taken(best.name)
                first = None
                yield best.name
        while name := self.pick(tried):
            tried.add(name)
            self.taken(name)
            yield name

    def drawn(self) -> Peer:
        rest = self.below(sum(peer.weight for peer in self.peers.values()))
        for peer in self.peers.values():
            rest -= peer.weight
            if rest < 0:
                break
        return peer
