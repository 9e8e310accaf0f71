"""Consistent hashing on a ring of 2^32 positions, placed as libketama or as nginx places it."""

from functools import cache, lru_cache
from math import isqrt

from playground.engine import Choice, Decision, Miniature, Name, Names, Refused, Say, Steps, Text, Whole, action, decide
from playground.engine.schema import TEXT, WHOLE, described, listed, mapped, maybe, record
from playground.machines.fleet import FAILED, GONE, LIVE, Fleet, HasFleet
from playground.machines.ketama import CIRCLE, SCHEMES, Point, place, successor
from playground.miniatures.data.hash_ring import words
from playground.scenes.many import many
from playground.scenes.ring import Way

MOST_SERVERS = 16
MOST_KEYS = 400
MOST_POINTS = 2560  # sixteen servers as libketama places them
SERVER = "row point arc ticks"  # in the picture: what shows a server, or what is its
STAY = ", and all other points stay where they are"
SHOWN = 16  # keys placed one step each at the start
MOVES = 8  # keys moved one step each after a change
STATE = described(TEXT, "live, failed or gone")
HOT = described(WHOLE, "percent of all requests that its server gets, if half of them are for this key")
SHARE = described(WHOLE, "part of the circle, in millionths")
placed = lru_cache(16)(place)  # a server that fails and comes back leads to a circle that was there before


class HashRing(HasFleet, Miniature):
    """Servers and keys share one circle; a key belongs to the first server clockwise.

    Add or remove a server and only the arcs next to its points change owner. `hash % n` is run beside
    the ring on the same keys and the same hash, and counts how many keys it would have moved.
    """

    title = "The hash ring"
    question = "A cache server dies. How few keys can you move?"
    knobs = ("points", "placement")
    opening = "An empty circle of 2³² positions: 0 is at the top, and they grow clockwise."
    grows_with = "keys"

    nodes = Names(
        "ada bob cleo dee",
        most=MOST_SERVERS,
        weights=10,
        label="Servers",
        help="Names, with weights if you like: ada*2 bob",
    )
    points = Whole(
        3,
        least=1,
        most=160,
        label="Points a server",
        help="Virtual nodes: of a server on average (libketama), or for each unit of weight (nginx)",
    )
    keys = Whole(24, least=0, most=200, help="user:1, user:2 and so on")
    placement = Choice(
        "libketama",
        {"libketama": "libketama (MD5)", "nginx": "nginx (CRC-32)"},
        help="The hash that places servers and keys",
    )

    def rules(self) -> list[tuple[str, str]]:
        weight = sum(node.weight for node in self.nodes)
        if self.placement == "nginx" and weight * self.points > MOST_POINTS:
            together = f"Together that makes {weight * self.points:,} points; at most {MOST_POINTS:,} are drawn."
            return [("points", f"{together} Lower it to {MOST_POINTS // weight}.")]
        return []

    # The rule.

    def owner(self, key: str) -> str:
        """The server of a key: the first point at or after its position, clockwise. Empty: nobody."""
        ring = self.answering
        return ring[successor(ring, self.hash(key))].server if ring else ""

    def modulo_owner(self, key: str) -> str:
        """What the naive rule would choose: position modulo the number of servers."""
        names = self.living()
        return names[self.hash(key) % len(names)] if names else ""

    # What can happen.

    def set_up(self) -> None:
        position_of, self.positions, self.counted = SCHEMES[self.placement]
        self.hash = cache(position_of)  # kept: as long as the run
        self.fleet = Fleet()
        self.counts: dict[str, int] = {}
        self.held: dict[str, str] = {}
        self.history: list[tuple[int, int]] = []
        self.found: dict[str, str | int] | None = None
        self.way: Way | None = None
        self.before: dict[str, str] = {}
        self.rebuild()
        self.ring_before = self.ring
        self.before_servers = self.living()

    def start(self) -> Steps:
        self.counts = self.counted({node.name: node.weight for node in self.nodes}, self.points)
        for node in self.nodes:
            self.fleet.join(node.name, node.weight)
            self.rebuild(node.name)
            yield f"{node.name} takes {self.count(node.name)}: {words.hashes(self.points_of(node.name))}."
        yield from self.place_keys([f"user:{number}" for number in range(1, self.keys + 1)])
        self.ring_before = self.ring

    def place_keys(self, keys: list[str]) -> Steps:
        """Hash new keys onto the circle; the first ones step by step."""
        shown = SHOWN + (len(keys) == SHOWN + 1)
        for key in keys[:shown]:
            owner = self.give(key)
            next_point = f"the first point clockwise is {owner}’s" if owner else "nobody answers there"
            text = f"{key} hashes to {self.hash(key):08x}; {next_point}."
            yield decide(text, key, owner or "nobody", stop=len(self.held) == 1)
        if rest := keys[shown:]:
            yield Say(f"The other {len(rest)} keys are placed by the same rule.", self.give_all(rest))

    @action(
        "Add a server",
        on="track",
        node=Name(label="New server", suggest="fresh"),
        weight=Whole(1, least=1, most=10, help="More weight, more points"),
    )
    def add(self, node: str, weight: int) -> Steps:
        present = self.present()
        if node in present:
            raise Refused("node", f"{node} is already on the ring. Take another name, such as {self.fresh()}.")
        if len(present) >= MOST_SERVERS:
            raise Refused("node", f"There are {MOST_SERVERS} servers, as many as the picture shows. Remove one first.")
        self.must_have_room(weight)
        self.begin()
        self.fleet.join(node, weight)
        self.recount()
        self.rebuild(node)
        yield f"{node} joins with {self.count(node)}. It takes the arcs that end at them{self.others(node) or STAY}."
        yield from self.move_keys()

    @action("Remove a server", thrown="row point", node=Name(label="Server", among="present", on=SERVER))
    def remove(self, node: str) -> Steps:
        self.must_be_present(node)
        self.begin()
        self.turn(node, GONE)
        yield f"{node} leaves the ring. Each of its arcs passes to the next point clockwise{self.others(node)}."
        yield from self.move_keys()

    @action(
        "Fail a server",
        node=Name(label="Server", among="living", on=SERVER),
        help="It stays on the ring but does not answer",
    )
    def fail(self, node: str) -> Steps:
        self.must_be_present(node)
        if self.fleet.is_(node, FAILED):
            raise Refused("node", f"{node} has failed already. These answer: {', '.join(self.living()) or 'nobody'}.")
        self.begin()
        self.turn(node, FAILED)
        yield f"{node} stops answering. Its points stay, and look-ups walk past them to the next server that answers."
        yield from self.move_keys()

    @action("Revive a server", node=Name(label="Server", among="failed", on=SERVER), help="It answers again")
    def revive(self, node: str) -> Steps:
        if not self.fleet.is_(node, FAILED):
            raise Refused("node", f"{node} has not failed. Failed: {', '.join(self.failed()) or 'nobody'}.")
        self.begin()
        self.turn(node, LIVE)
        yield f"{node} answers again, at the points it had before."
        yield from self.move_keys()

    @action(
        "Set a weight",
        turned="{node} has weight {weight}",
        node=Name(label="Server", among="present", on=SERVER),
        weight=Whole(3, least=1, most=10, now="weights", help="More weight, more points"),
    )
    def weight(self, node: str, weight: int) -> Steps:
        self.must_be_present(node)
        was = self.fleet.weight[node]
        if weight == was:
            raise Refused("weight", f"{node} has weight {weight} already. Take another one.")
        self.must_have_room(weight - was)
        self.begin()
        self.fleet.weight[node] = weight
        self.recount()
        self.rebuild(node)
        yield f"{words.weighed(node, self.counts_before[node], self.counts[node])}{self.others(node) or STAY}."
        yield from self.move_keys()

    @action("Look up a key", key=Text("user:7", least=1, most=40, on="key", help="Any text: it need not be stored"))
    def look_up(self, key: str) -> Steps:
        self.begin()
        position, owner = self.hash(key), self.owner(key)
        self.found = {"key": key, "position": position, "server": owner, "hot_percent": 0}
        yield f"{words.told_apart(key)} hashes to {position:08x}, {position * 100 // CIRCLE} % of the way round."
        if not owner:
            yield "No server answers, so nobody owns this key."
            return
        everyone = self.place(LIVE, FAILED) if self.failed() else self.answering
        first = everyone[successor(everyone, position)]
        if self.fleet.is_(first.server, FAILED):
            yield f"The first point clockwise, {first.position:08x}, is {first.server}’s, which does not answer."
        self.way = way = self.way_to(key, owner)
        self.found["hot_percent"] = hot = self.hot_percent(key, owner)
        where = f"its point {way.point:08x} is the first clockwise that is alive" if way else "it has no point"
        text = f"{owner} answers for {key}: {where}."
        yield Say(text, (Decision(f"look-up of {key}", owner), Decision(f"requests where {key} is hot", f"{hot} %")))

    @action("Add keys", on="dial", count=Whole(12, least=1, most=100, label="How many"))
    def add_keys(self, count: int) -> Steps:
        room = MOST_KEYS - len(self.held)
        if count > room:
            raise Refused("count", f"There are {len(self.held)} keys already. Add at most {room}.")
        self.begin()
        arrive = "1 key arrives. It" if count == 1 else f"{count} keys arrive. Each"
        yield f"{arrive} is hashed to its own place on the circle."
        first = len(self.held) + 1
        yield from self.place_keys([f"user:{number}" for number in range(first, first + count)])

    def move_keys(self) -> Steps:
        """After a change, give every key whose first point is now another to its new owner."""
        movers = [key for key in self.held if self.owner(key) != self.held[key]]
        # A long run or a full circle is told change by change, not key by key.
        shown = MOVES if len(self.history) < MOVES and len(self.held) <= 60 else 0
        # One key more is shown by itself rather than as "1 more".
        shown += len(movers) == shown + 1
        for key in movers[:shown]:
            old, new = self.held[key], self.give(key)
            yield decide(words.move(key, old, new), key, new or "nobody")
        if rest := movers[shown:]:
            given = self.give_all(rest)
            where = "each goes to the next point clockwise" if any(map(self.held.get, rest)) else "no server is left"
            yield Say(f"{words.changing(len(rest), more=bool(shown))}: {where}.", given)
        self.way, self.changed = None, ""
        naive = self.moved_modulo()
        self.history.append((self.moved(), naive))
        text = f"Done: {self.moved()} of {many(len(self.held), 'key')} moved. With hash % n it would have been {naive}."
        told = Decision("keys moved", str(self.moved())), Decision("keys on the fullest server", str(self.fullest()))
        yield Say(text, told, stop=True)

    # Small parts.

    def begin(self) -> None:
        """Remember how things stand before an action; what left before it is forgotten."""
        self.fleet.forget_gone()
        self.before = dict(self.held)
        self.ring_before = self.ring
        self.before_servers = self.living()
        self.counts_before = dict(self.counts)
        self.way, self.changed = None, ""

    def turn(self, node: str, state: str) -> None:
        self.fleet.turn(node, state)
        self.recount()
        self.rebuild(node)

    def others(self, node: str) -> str:
        """What becomes of the points of all servers but this one, as the end of a sentence."""
        change = {name: self.counts[name] - self.counts_before[name] for name in self.present() if name != node}
        gained, lost = [name for name in change if change[name] > 0], [name for name in change if change[name] < 0]
        return words.others(gained, lost)

    def recount(self) -> None:
        """How many points each server has; one that has just left keeps its own, for the picture."""
        self.counts |= self.counted(self.weights(), self.points)

    def rebuild(self, changed: str = "") -> None:
        """The points of the servers that answer, sorted; what part of the circle each owns."""
        self.answering = self.place(LIVE)
        self.ring = tuple(self.answering)
        self.shares = dict.fromkeys(self.living(), 0)
        for index, point in enumerate(self.ring):
            self.shares[point.server] += (point.position - self.ring[index - 1].position) % CIRCLE or CIRCLE
        self.changed = changed

    def place(self, *states: str) -> list[Point]:
        return placed(tuple((name, self.points_of(name)) for name in self.fleet.named(*states)))

    def points_of(self, name: str) -> tuple[int, ...]:
        return self.positions(name, self.counts[name])

    def give(self, key: str) -> str:
        """Hand a key to its owner, and show the way to it."""
        self.held[key] = owner = self.owner(key)
        self.way = self.way_to(key, owner) if owner else None
        self.changed = ""
        return owner

    def give_all(self, keys: list[str]) -> tuple[Decision, ...]:
        for key in keys:
            self.held[key] = self.owner(key)
        self.way = None
        return tuple(Decision(key, self.held[key] or "nobody") for key in keys)

    def way_to(self, key: str, owner: str) -> Way | None:
        """None where the owner has no point: by another rule, and with little weight."""
        position, points = self.hash(key), self.points_of(owner)
        if not points:
            return None
        return Way(key, position, owner, min([point for point in points if point >= position] or points))

    def must_have_room(self, more: int) -> None:
        weight = sum(self.weights().values()) + more
        if self.placement == "nginx" and weight * self.points > MOST_POINTS:
            raise Refused("weight", f"That makes more than {MOST_POINTS:,} points. Take a smaller weight.")

    def must_be_present(self, node: str) -> None:
        if node not in self.present():
            raise Refused("node", f"There is no server {node}. On the ring: {', '.join(self.present()) or 'nobody'}.")

    def count(self, name: str) -> str:
        return words.of_points(self.counts[name])

    def moved(self) -> int:
        """Keys that another server holds than before this action."""
        return sum(1 for key, owner in self.before.items() if self.held[key] != owner)

    def fullest(self) -> int:
        """Keys of the fullest server that answers."""
        load = self.load(self.held)
        return max((load[name] for name in self.living()), default=0)

    def hot_percent(self, key: str, owner: str) -> int:
        """Percent of all requests that reach the owner of a key to which half of them go; the other half is spread
        evenly over the other keys."""
        others = [held for other, held in self.held.items() if other != key]
        return 50 + 50 * others.count(owner) // max(len(others), 1)

    def moved_modulo(self) -> int:
        """Keys that `hash % n` would hold elsewhere than before this action."""
        was, now = self.before_servers, self.living()
        if was == now:
            return 0
        positions = [self.hash(key) for key in self.before]
        if not was or not now:
            return len(positions)
        return sum(1 for position in positions if was[position % len(was)] != now[position % len(now)])

    def load(self, held: dict[str, str]) -> dict[str, int]:
        """Keys of each server on the page, also of one that has just left."""
        return self.fleet.shares(held.values())

    def deviation(self) -> int:
        """Standard deviation of the keys held by the live servers, in thousandths of a key."""
        load = self.load(self.held)
        counts = [load[name] for name in self.living()]
        if not counts:
            return 0
        variance = len(counts) * sum(count * count for count in counts) - sum(counts) ** 2
        return isqrt(variance * 1_000_000) // len(counts)

    # What it answers.

    outcome_schema = record(
        owners=described(mapped(TEXT), "key -> server; empty: nobody"),
        servers=listed(record(name=TEXT, weight=WHOLE, state=STATE, points=WHOLE, keys=WHOLE, share_ppm=SHARE)),
        keys=WHOLE,
        moved=described(WHOLE, "keys moved by the last action"),
        moved_modulo=described(WHOLE, "keys that hash % n would have moved in it"),
        fullest=described(WHOLE, "keys of the fullest server that answers"),
        deviation_milli=described(WHOLE, "standard deviation of keys a server, in thousandths of a key"),
        history=described(listed(listed(WHOLE)), "for each change of the ring: keys moved, and by hash % n"),
        found=described(maybe(record(key=TEXT, position=WHOLE, server=TEXT, hot_percent=HOT)), "the last look-up"),
    )

    def outcome(self) -> dict[str, object]:
        """Who owns what, and what the last action moved."""
        return {
            "owners": dict(self.held),
            "servers": [self.server_told(name, state) for name, state in self.fleet.state.items()],
            "keys": len(self.held),
            "moved": self.moved(),
            "moved_modulo": self.moved_modulo(),
            "fullest": self.fullest(),
            "deviation_milli": self.deviation(),
            "history": [list(pair) for pair in self.history],
            "found": self.found,
        }

    def server_told(self, name: str, state: str) -> dict[str, object]:
        """One server of the outcome."""
        return {
            "name": name,
            "weight": self.fleet.weight[name],
            "state": state,
            "points": len(self.points_of(name)),
            "keys": self.load(self.held)[name] if state == LIVE else 0,
            "share_ppm": self.shares.get(name, 0) * 1_000_000 // CIRCLE,
        }
