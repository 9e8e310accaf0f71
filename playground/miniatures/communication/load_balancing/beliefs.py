"""What sensible people believe of a balancer instead: each is a model that is wrong in one place."""

from __future__ import annotations

from playground.engine import Rng, Steps, WrongModel
from playground.machines.balancers import RULES, Balancer, RoundRobin
from playground.machines.balancers.nginx import Nginx
from playground.machines.balancers.turns import Smooth
from playground.machines.lanes import Flight
from playground.miniatures.communication.load_balancing.model import LoadBalancing, decision


class HeaviestFirst(Nginx):
    """The heaviest until its share is used up, then the next."""

    def pick(self, tried: set[str]) -> str:
        able = sorted(self.able(tried), key=lambda peer: -peer.weight)
        if not able:
            return ""
        for peer in able:
            if peer.current < peer.weight:
                peer.current += 1
                return peer.name
        for peer in able:
            peer.current = 0
        able[0].current = 1
        return able[0].name


class HeaviestIdle(Nginx):
    """The heaviest of those with the fewest open."""

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        return min(able, key=lambda peer: (peer.open, -peer.weight)).name if able else ""


class FewestForWeight(Nginx):
    """The one that has had the fewest so far for its weight; the first of equals."""

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        best = min(able, key=lambda peer: peer.current / peer.weight)
        best.current += 1
        return best.name


class IdleFirst(Nginx):
    """The first in the list with nothing open; a slow one, named last, only when all others are busy."""

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        idle = [peer.name for peer in able if not peer.open]
        return idle[0] if idle else able[0].name if able else ""


class IdleCatchesUp(Nginx):
    """Of those with the fewest open, the one that has had the fewest so far."""

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        best = min(able, key=lambda peer: (peer.open, peer.current))
        best.current += 1
        return best.name


class BySpeed(Smooth):
    """Shares in proportion to speed: the last one is five times slower."""

    def join(self, name: str, weight: int) -> None:
        for peer in self.peers.values():
            peer.weight = peer.effective = 5
        super().join(name, 1)


class TakesTurns(WrongModel, LoadBalancing):
    belief = "everybody gets a turn, whoever asks and whatever the weights"

    def rule(self, name: str) -> Balancer:
        return RoundRobin(Rng(1).below)


class SharesInBlocks(WrongModel, LoadBalancing):
    belief = "the heaviest server gets its whole share first"

    def rule(self, name: str) -> Balancer:
        return HeaviestFirst(Rng(1).below)


class HadTheFewest(WrongModel, LoadBalancing):
    belief = "the next is always the one that has had the fewest for its weight"

    def rule(self, name: str) -> Balancer:
        return FewestForWeight(Rng(1).below)


class HeaviestAlways(WrongModel, LoadBalancing):
    belief = "a request goes to the heaviest server, and to another one only when that is busy"

    def rule(self, name: str) -> Balancer:
        return HeaviestIdle(Rng(1).below)


class SlowIsSpared(WrongModel, LoadBalancing):
    belief = "a slow server gets something only when all others are busy"

    def rule(self, name: str) -> Balancer:
        return IdleFirst(Rng(1).below)


class InProportion(WrongModel, LoadBalancing):
    belief = "a server that is five times slower gets a fifth of what the others get"

    def rule(self, name: str) -> Balancer:
        return BySpeed(Rng(1).below)


class CatchesUp(WrongModel, LoadBalancing):
    belief = "a server that is free again gets the next request, because it has had the fewest"

    def rule(self, name: str) -> Balancer:
        return IdleCatchesUp(Rng(1).below)


class NoticedAtOnce(WrongModel, LoadBalancing):
    belief = "a balancer knows at once which server is dead"

    def chosen(self, flight: Flight) -> str:
        for host in self.lane.hosts.values():
            if host.dead:
                flight.balancer.leave(host.name)
        return super().chosen(flight)


class ThreeFailures(WrongModel, LoadBalancing):
    belief = "a server is left out after three failures"

    def return_to_balancer(self, flight: Flight, how: str) -> Steps:
        yield from self.on_wire(flight, "lost", back=True)
        failed, balancer = flight.server, flight.balancer
        balancer.closed(failed)
        if self.lane.hosts[failed].given >= 3:
            balancer.leave(failed)
        self.lane.goes_to(flight, balancer.pick({failed}) if self.nginx() else "", self.now)
        self.untold.append(decision(flight))
        if flight.server:
            self.spawn(self.travel(flight))
        else:
            self.rest()


class NeverNoticed(WrongModel, LoadBalancing):
    belief = "without a health check nobody notices, and a dead server keeps every turn that it has"

    def chosen(self, flight: Flight) -> str:
        for peer in flight.balancer.peers.values():
            peer.fails, peer.effective = 0, peer.weight
        return super().chosen(flight)


class RestsAfterOne(WrongModel, LoadBalancing):
    belief = "one request that fails is enough for every balancer to leave a server out for a while"

    def chosen(self, flight: Flight) -> str:
        for host in self.lane.hosts.values():
            if host.dead and host.given:
                flight.balancer.leave(host.name)
        return super().chosen(flight)


class LooksIdle(WrongModel, LoadBalancing):
    belief = "a dead server has nothing open, and so it is given everything"

    def chosen(self, flight: Flight) -> str:
        dead = [host.name for host in self.lane.hosts.values() if host.dead]
        return dead[0] if dead and not flight.tries else super().chosen(flight)


class TheOtherHash(WrongModel, LoadBalancing):
    belief = "the hash ring did what the hash divided by the number of servers does, and the other way round"

    def rule(self, name: str) -> Balancer:
        other = {"ketama": "url-hash", "url-hash": "ketama"}.get(name, name)
        return RULES[other](Rng(self.seed + 1).below)


class TheNewOneCatchesUp(WrongModel, LoadBalancing):
    belief = "a new server is empty, so it gets everything until it has had as much as the others"

    def rule(self, name: str) -> Balancer:
        return FewestForWeight(Rng(1).below)


class NobodyMoves(WrongModel, LoadBalancing):
    belief = "a client stays where it was, as with a cookie"

    def rule(self, name: str) -> Balancer:
        return RULES["sticky"](Rng(1).below)
