"""What sensible people believe of the ring instead."""

from playground.engine import WrongModel
from playground.machines.fleet import FAILED, LIVE
from playground.machines.ketama import CIRCLE, successor
from playground.miniatures.data.hash_ring.model import HashRing

# Who answers for a key.


class Modulo(WrongModel, HashRing):
    belief = "a key’s hash modulo the number of servers picks its server"

    def owner(self, key: str) -> str:
        return self.modulo_owner(key)


class Anticlockwise(WrongModel, HashRing):
    belief = "a key belongs to the point before it, anticlockwise"

    def owner(self, key: str) -> str:
        ring = self.answering
        return ring[successor(ring, self.hash(key)) - 1].server if ring else ""


class SkipsOne(WrongModel, HashRing):
    belief = "a key skips the first point clockwise and takes the second"

    def owner(self, key: str) -> str:
        ring = self.answering
        return ring[(successor(ring, self.hash(key)) + 1) % len(ring)].server if ring else ""


class StillThere(WrongModel, HashRing):
    belief = "a failed server’s keys stay its own until it is taken off the ring"

    def owner(self, key: str) -> str:
        everyone = self.place(LIVE, FAILED)
        return everyone[successor(everyone, self.hash(key))].server if everyone else ""


# How many keys move.


class EqualShares(WrongModel, HashRing):
    belief = "every server holds equally many keys, so a change moves just one server’s share"

    def moved(self) -> int:
        return len(self.held) // max(len(self.living()), len(self.before_servers), 1)


class AllAgain(WrongModel, HashRing):
    belief = "every key is placed again whenever the ring changes"

    def moved(self) -> int:
        return len(self.held)


class AsModulo(WrongModel, HashRing):
    belief = "a key’s hash modulo the number of servers picks its server"

    def moved(self) -> int:
        return self.moved_modulo()


class Chain(WrongModel, HashRing):
    belief = "whoever takes the keys over hands its own on to the next"

    def moved(self) -> int:
        heirs = {self.held[key] for key, owner in self.before.items() if self.held[key] != owner}
        return sum(owner in heirs or self.held[key] != owner for key, owner in self.before.items())


class NoneMove(WrongModel, HashRing):
    belief = "a key stays where it was placed, whatever comes or goes"

    def moved(self) -> int:
        return 0


# How full the fullest server is.


class Evenly(WrongModel, HashRing):
    belief = "what the failed server held spreads evenly over all others"

    def fullest(self) -> int:
        names = self.living()
        lost = sum(self.held[key] != owner for key, owner in self.before.items())
        return max(self.load(self.before)[name] for name in names) + lost // len(names)


class OneHeir(WrongModel, HashRing):
    belief = "one neighbour takes everything that the failed server held"

    def fullest(self) -> int:
        before, now = self.load(self.before), self.load(self.held)
        heir = max(self.living(), key=lambda name: now[name] - before[name])
        return before[heir] + sum(now[name] - before[name] for name in self.living())


class Level(WrongModel, HashRing):
    belief = "consistent hashing keeps the load level, also after a failure"

    def fullest(self) -> int:
        return -(-len(self.held) // len(self.living()))


class NobodyMore(WrongModel, HashRing):
    belief = "the failed server’s keys are missing until it is back, and nobody else gets them"

    def fullest(self) -> int:
        return max(self.load(self.before)[name] for name in self.living())


class ToTheFullest(WrongModel, HashRing):
    belief = "the server that is fullest before takes the failed one’s keys too"

    def fullest(self) -> int:
        before = self.load(self.before)
        return max(before[name] for name in self.living()) + len(self.before) - sum(before[n] for n in self.living())


# What reaches the server of a hot key.


class Cured(WrongModel, HashRing):
    belief = "the points of all servers share the requests for one key"

    def hot_percent(self, key: str, owner: str) -> int:
        return 100 // len(self.living())


class NothingElse(WrongModel, HashRing):
    belief = "its server gets the requests for the hot key and no others"

    def hot_percent(self, key: str, owner: str) -> int:
        return 50


class OnTop(WrongModel, HashRing):
    belief = "the hot half comes on top of all that its server got before"

    def hot_percent(self, key: str, owner: str) -> int:
        return 50 + 100 * self.load(self.held)[owner] // len(self.held)


class ByItsArcs(WrongModel, HashRing):
    belief = "a server gets as many requests as it owns of the circle, whatever is asked for"

    def hot_percent(self, key: str, owner: str) -> int:
        return self.shares[owner] * 100 // CIRCLE


class OnTheFullest(WrongModel, HashRing):
    belief = "the hot key makes its server the fullest in every other way too"

    def hot_percent(self, key: str, owner: str) -> int:
        return 50 + 50 * self.fullest() // len(self.held)
