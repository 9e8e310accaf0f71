"""Consistent hashing on a ring of 2^32 positions, placed as libketama or as nginx places it."""

from functools import cache, lru_cache
from math import isqrt

from playground.engine.actions import Refused, action
from playground.engine.clock import Decision, Say, Steps, decide
from playground.engine.inputs import Choice, Name, Named, Names, Text, Whole
from playground.engine.miniature import Check, Metric, Miniature, Scenario, Source
from playground.engine.schema import TEXT, WHOLE, listed, mapped, maybe, record, told
from playground.machines.ketama import CIRCLE, SCHEMES, Point, place, successor
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.ring import Key, Ring, Server, Way
from playground.scenes.scene import Scene

MOST_SERVERS = 12
MOST_KEYS = 400
MOST_POINTS = 2560  # sixteen servers as libketama places them
key_at = lru_cache(8192)(Key)  # equal keys are one object from step to step

SHOWN = 16  # keys placed one step each at the start
MOVES = 8  # keys moved one step each after a change


class HashRing(Miniature):
    """Servers and keys share one circle; a key belongs to the first server clockwise.

    Add or remove a server and only the arcs next to its points change owner. `hash % n` is run beside
    the ring on the same keys and the same hash, and counts how many keys it would have moved.
    """

    title = "The hash ring"
    question = "A cache server dies. How few keys can you move?"
    opening = "An empty circle of 2³² positions: 0 is at the top, and they grow clockwise."
    sources = (
        Source(
            "Karger et al., Consistent Hashing and Random Trees, STOC 1997", "https://doi.org/10.1145/258533.258660"
        ),
        Source("libketama, ketama.c", "https://github.com/RJ/ketama/blob/master/libketama/ketama.c"),
        Source("nginx, hash … consistent", "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash"),
    )
    simplified = (
        "Each unit of weight has the same number of points, as in nginx; libketama scales them to a mean of 160.",
        "libketama takes points four at a time from one MD5 digest; here as many as asked for are used, in that order.",
        "Look-ups walk past failed servers as far as it takes; nginx gives up after 20 points, libketama never walks.",
        "Moving a key takes no time here: there is no data to copy and no cache to fill.",
    )
    checks = (
        Check("uhashring", "the owner of every key on the ring of libketama", "exact choice"),
        Check("nginx", "the owner of every key on the ring of nginx", "exact choice"),
    )
    scenarios = (
        # These names: dee's three points fall next to cleo's, so that dee begins nearly empty and inherits nearly all.
        Scenario(
            "a-server-leaves",
            "A server leaves",
            "do=remove:cleo&step=21",
            "Seven keys of 24 move, all of them cleo’s. hash % n moves 19.",
        ),
        # One point each: ada has 44 % of the circle, and bob is the only one to inherit it.
        Scenario(
            "one-point-each",
            "One point each",
            "points=1&keys=40&do=fail:ada&step=21",
            "All of ada’s load lands on one neighbour, which then holds 26 of 40 keys.",
        ),
        Scenario(
            "many-points",
            "Forty points each",
            "points=40&keys=120&do=fail:cleo&step=21",
            "The same failure is shared by everybody who is left.",
        ),
        Scenario(
            "a-bigger-machine",
            "A bigger machine",
            "nodes=ada*4+bob+cleo+dee&points=10&keys=120&step=21",
            "Four times the points, about four times the keys.",
        ),
        # user:5 is bob's: its look-up walks past bob's point to the next one that answers.
        Scenario(
            "down-and-back",
            "Down and back",
            "do=fail:bob&do=look_up:user:5&do=revive:bob&do=add_keys:12&step=21",
            "What bob lost comes back to him, and nobody else is disturbed.",
        ),
        # Five changes: enough for the two lines of the chart to part for good.
        Scenario(
            "a-growing-fleet",
            "A growing fleet",
            "do=add:eve:1&do=add:fay:1&do=add:gus:1&do=remove:ada&do=add:hal:1&step=21",
            "Four servers join and one leaves; the chart adds up what each rule moves.",
        ),
        Scenario(
            "the-ring-of-nginx",
            "The ring of nginx",
            "placement=nginx&do=remove:cleo&step=21",
            "Another hash, other places, the same rule.",
        ),
    )
    grows_with = "keys"

    nodes = Names(
        "ada bob cleo dee",
        most=MOST_SERVERS,
        weights=10,
        label="Servers",
        help="Names, with weights if you like: ada*2 bob",
    )
    points = Whole(3, least=1, most=160, label="Points a server", help="Virtual nodes for each unit of weight")
    keys = Whole(24, least=0, most=200, help="user:1, user:2 and so on")
    placement = Choice(
        "libketama",
        {"libketama": "MD5, as libketama", "nginx": "CRC-32, as nginx"},
        help="The hash that places servers and keys",
    )

    def rules(self) -> list[tuple[str, str]]:
        weight = sum(node.weight for node in self.nodes)
        if weight * self.points > MOST_POINTS:
            fits = MOST_POINTS // weight
            count = f"{weight * self.points:,}"
            return [
                (
                    "points",
                    f"Together that makes {count} points; at most {MOST_POINTS:,} are drawn. Lower it to {fits}.",
                )
            ]
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

    def start(self) -> Steps:
        position_of, self.positions = SCHEMES[self.placement]
        self.hash = cache(position_of)
        self.weights: dict[str, int] = {}
        self.order: dict[str, int] = {}
        self.state: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.answering: list[Point] = []
        self.ring: tuple[Point, ...] = ()
        self.ring_before: tuple[Point, ...] = ()
        self.shares: dict[str, int] = {}
        self.history: list[tuple[int, int]] = []
        self.found: dict[str, str | int] | None = None
        self.way: Way | None = None
        self.begin()
        for node in self.nodes:
            self.put(node)
            yield f"{node.name} takes {self.count(node.name)}: {self.hashes(node.name)}."
        yield from self.place_keys([f"user:{number}" for number in range(1, self.keys + 1)])
        self.ring_before = self.ring

    def place_keys(self, keys: list[str]) -> Steps:
        """Hash new keys onto the circle; the first ones step by step."""
        shown = SHOWN + 1 if len(keys) == SHOWN + 1 else SHOWN
        for key in keys[:shown]:
            self.hold(key)
            owner = self.held[key]
            next_point = f"the first point clockwise is {owner}’s" if owner else "nobody answers there"
            yield decide(f"{key} hashes to {self.hash(key):08x}; {next_point}.", key, owner or "nobody")
        if rest := keys[shown:]:
            for key in rest:
                self.hold(key)
            self.way = None
            yield Say(f"The other {len(rest)} keys are placed by the same rule.", self.decisions(rest))

    @action(
        "Add a server",
        node=Name(label="New server", suggest="fresh"),
        weight=Whole(1, least=1, most=10, help="Points are multiplied by it"),
    )
    def add(self, node: str, weight: int) -> Steps:
        if node in self.living() or self.state.get(node) == "failed":
            raise Refused(
                "node", f"{node} is already on the ring. A new server needs a new name, such as {self.fresh()}."
            )
        if len(self.present()) >= MOST_SERVERS:
            raise Refused(
                "node", f"There are {MOST_SERVERS} servers, which is as many as the picture can show. Remove one first."
            )
        if (sum(self.weights[name] for name in self.present()) + weight) * self.points > MOST_POINTS:
            raise Refused(
                "weight",
                f"That makes more than {MOST_POINTS:,} points. Give it a smaller weight, or lower the points a server.",
            )
        self.begin()
        self.put(Named(node, weight))
        yield f"{node} joins with {self.count(node)}. It takes the arcs that end at them, and nothing else changes."
        yield from self.move_keys()

    @action("Remove a server", node=Name(label="Server", among="present"))
    def remove(self, node: str) -> Steps:
        self.must_be_present(node)
        self.begin()
        self.state[node] = "gone"
        self.changed = node
        self.build()
        yield f"{node} leaves the ring. Each of its arcs passes to the next point clockwise."
        yield from self.move_keys()

    @action("Fail a server", node=Name(label="Server", among="living"), help="It stays on the ring but does not answer")
    def fail(self, node: str) -> Steps:
        self.must_be_present(node)
        if self.state[node] == "failed":
            raise Refused(
                "node",
                f"{node} has failed already. Revive it, or fail another: {', '.join(self.living()) or 'none is left'}.",
            )
        self.begin()
        self.state[node] = "failed"
        self.changed = node
        self.build()
        yield f"{node} stops answering. Its points stay, and look-ups walk past them to the next server that answers."
        yield from self.move_keys()

    @action("Revive a server", node=Name(label="Server", among="failed"), help="It answers again")
    def revive(self, node: str) -> Steps:
        if self.state.get(node) != "failed":
            raise Refused("node", f"{node} has not failed. {self.name_them('Failed', self.failed())}")
        self.begin()
        self.state[node] = "live"
        self.changed = node
        self.build()
        yield f"{node} answers again, at the points it had before."
        yield from self.move_keys()

    @action("Look up a key", key=Text("user:7", least=1, most=40, help="Any text: it need not be stored"))
    def look_up(self, key: str) -> Steps:
        self.begin()
        position = self.hash(key)
        nearest = successor(self.every_point(), position) if self.present() else 0
        self.found = {"key": key, "position": position, "server": self.owner(key)}
        yield f"{key} hashes to {position:08x}, {position * 100 // CIRCLE} % of the way round."
        if not self.answering:
            yield "No server answers, so nobody owns this key."
            return
        first = self.every_point()[nearest]
        if self.state[first.server] == "failed":
            yield f"The first point clockwise, {first.position:08x}, is {first.server}’s, which does not answer."
        owner = self.owner(key)
        self.way = way = self.way_to(key)
        yield decide(
            f"{owner} answers for {key}: its point {way.point:08x} is the first clockwise that is alive.",
            f"look-up of {key}",
            owner,
        )

    @action("Add keys", count=Whole(12, least=1, most=100, label="How many"))
    def add_keys(self, count: int) -> Steps:
        if len(self.held) + count > MOST_KEYS:
            raise Refused(
                "count",
                f"There are {len(self.held)} keys and room for {MOST_KEYS}. Add at most {MOST_KEYS - len(self.held)}.",
            )
        self.begin()
        first = len(self.held) + 1
        yield f"{count} keys arrive. Each is hashed to its own place on the circle."
        yield from self.place_keys([f"user:{number}" for number in range(first, first + count)])

    def move_keys(self) -> Steps:
        """After a change, give every key whose first point is now another to its new owner."""
        movers = [key for key in self.held if self.owner(key) != self.held[key]]
        # A long run or a full circle is told change by change, not key by key.
        shown = MOVES if len(self.history) < MOVES and len(self.held) <= 60 else 0
        # One key more is shown by itself rather than as "1 more".
        shown += len(movers) == shown + 1
        for key in movers[:shown]:
            old, new = self.held[key], self.owner(key)
            self.held[key] = new
            self.way = self.way_to(key) if new else None
            self.changed = ""
            yield decide(self.move_in_words(key, old, new), key, new or "nobody")
        if rest := movers[shown:]:
            for key in rest:
                self.held[key] = self.owner(key)
            self.way = None
            text = f"{len(rest)} {'more ' if shown else ''}keys change owner: each goes to the next point clockwise."
            yield Say(text, self.decisions(rest))
        self.way, self.changed = None, ""
        naive = self.moved_modulo()
        self.history.append((self.moved(), naive))
        text = f"Done: {self.moved()} of {len(self.held)} keys moved. With hash % n it would have been {naive}."
        yield decide(text, "keys moved", str(self.moved()))

    @staticmethod
    def move_in_words(key: str, old: str, new: str) -> str:
        if not new:
            return f"{key} has no server: nobody answers."
        return (
            f"{key} goes from {old} to {new}, the next point clockwise." if old else f"{key} has a server again: {new}."
        )

    # Small parts.

    def begin(self) -> None:
        """Remember how things stand before an action; what left before it is forgotten."""
        for name in [name for name, state in self.state.items() if state == "gone"]:
            del self.state[name], self.weights[name]
        self.before = dict(self.held)
        self.ring_before = self.ring
        self.before_servers = self.living()
        self.way = None
        self.changed = ""

    def put(self, node: Named) -> None:
        self.weights[node.name] = node.weight
        self.state[node.name] = "live"
        self.order.setdefault(node.name, len(self.order))
        self.changed = node.name
        self.build()

    def build(self) -> None:
        """The points of the servers that answer, sorted."""
        self.answering = place((name, self.points_of(name)) for name in self.living())
        self.ring = tuple(self.answering)
        self.shares = self.shares_now()

    def every_point(self) -> list[Point]:
        """All points, also those of failed servers."""
        return place((name, self.points_of(name)) for name in self.present())

    def points_of(self, name: str) -> tuple[int, ...]:
        return self.positions(name, self.points * self.weights[name])

    def hold(self, key: str) -> None:
        self.held[key] = self.owner(key)
        self.way = self.way_to(key) if self.held[key] else None
        self.changed = ""

    def way_to(self, key: str) -> Way:
        position = self.hash(key)
        owner = self.owner(key)
        ahead = [point for point in self.points_of(owner) if point >= position] or self.points_of(owner)
        return Way(key, position, owner, min(ahead))

    def must_be_present(self, node: str) -> None:
        if node not in self.present():
            raise Refused("node", f"There is no server {node}. {self.name_them('On the ring', self.present())}")

    @staticmethod
    def name_them(what: str, names: tuple[str, ...]) -> str:
        return f"{what}: {', '.join(names)}." if names else f"{what}: none."

    def living(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.state.items() if state == "live")

    def failed(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.state.items() if state == "failed")

    def present(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.state.items() if state != "gone")

    def fresh(self) -> str:
        """A name that is free."""
        names = ("eve", "fay", "gus", "hal", "ivy", "jon", "kim", "leo", "mia", "ned", "ola", "pia", "quin")
        return next(name for name in names if name not in self.state)

    def count(self, name: str) -> str:
        count = len(self.points_of(name))
        return f"{count} point{'s' if count != 1 else ''}"

    def hashes(self, name: str) -> str:
        found = self.points_of(name)
        listed = ", ".join(f"{position:08x}" for position in found[:4])
        return listed if len(found) <= 4 else f"{listed} and so on"

    def decisions(self, keys: list[str]) -> tuple[Decision, ...]:
        return tuple(Decision(key, self.held[key] or "nobody") for key in keys)

    def moved(self) -> int:
        """Keys that another server holds than before this action."""
        return sum(1 for key, owner in self.before.items() if self.held[key] != owner)

    def moved_modulo(self) -> int:
        """Keys that `hash % n` would hold elsewhere than before this action."""
        was, now = self.before_servers, self.living()
        if was == now:
            return 0
        positions = [self.hash(key) for key in self.before]
        if not was or not now:
            return len(positions)
        return sum(1 for position in positions if was[position % len(was)] != now[position % len(now)])

    def load(self) -> dict[str, int]:
        load = dict.fromkeys(self.living(), 0)
        for owner in self.held.values():
            if owner in load:
                load[owner] += 1
        return load

    def shares_now(self) -> dict[str, int]:
        """The part of the circle that each live server owns, in positions."""
        shares = dict.fromkeys(self.living(), 0)
        for index, point in enumerate(self.answering):
            shares[point.server] += (point.position - self.answering[index - 1].position) % CIRCLE or CIRCLE
        return shares

    def deviation(self) -> int:
        """Standard deviation of the keys held by the live servers, in thousandths of a key."""
        load = list(self.load().values())
        if not load:
            return 0
        variance = len(load) * sum(keys * keys for keys in load) - sum(load) ** 2
        return isqrt(variance * 1_000_000) // len(load)

    # What it shows.

    def draw(self) -> tuple[Scene, ...]:
        if not hasattr(self, "state"):
            return Ring((), (), (), (), "empty", "no servers yet", "", ""), self.chart()
        load, before = self.load(), dict.fromkeys(self.state, 0)
        for owner in self.before.values():
            before[owner] = before.get(owner, 0) + 1
        servers = tuple(self.server(name, load.get(name, self.leftover(name)), before) for name in self.state)
        keys = tuple(key_at(key, self.hash(key), owner, self.before.get(key, "")) for key, owner in self.held.items())
        figure, caption, aside, aside_figure = self.headline()
        return Ring(
            servers, keys, self.ring, self.ring_before, figure, caption, aside, aside_figure, self.way, self.changed
        ), self.chart()

    def server(self, name: str, held: int, before: dict[str, int]) -> Server:
        was = before[name] if self.before else held
        return Server(name, self.order[name], self.state[name], self.points_of(name), held, was)

    def leftover(self, name: str) -> int:
        """Keys that still stand at a server that no longer answers."""
        return sum(1 for owner in self.held.values() if owner == name)

    def headline(self) -> tuple[str, str, str, str]:
        """The figure in the middle and the comparison under the legend."""
        if not self.answering:
            return "no servers", "nobody owns a key", "", ""
        if not self.before or self.ring_before == self.ring:
            return str(len(self.held)), "keys placed", "standard deviation, in keys", self.spelled_deviation()
        total = len(self.before)
        return (
            f"{self.moved()} of {total}",
            "keys moved",
            "hash % n would have moved",
            f"{self.moved_modulo()} of {total}",
        )

    def spelled_deviation(self) -> str:
        return f"{self.deviation() // 1000}.{self.deviation() % 1000 // 100}"

    def chart(self) -> Chart:
        """Keys moved so far, change by change: the ring beside `hash % n`."""
        sums = [(0, 0)]
        for ours, naive in getattr(self, "history", []):
            sums.append((sums[-1][0] + ours, sums[-1][1] + naive))
        # A long line is drawn through every few changes: it is cumulative, so nothing is lost but small bends.
        every = len(sums) // 24 + 1
        seen = [(x, pair) for x, pair in enumerate(sums) if x % every == 0 or x == len(sums) - 1]
        series = (
            Series("ring", "data", True, tuple((x, ours) for x, (ours, _) in seen)),
            Series("hash % n", "fail", False, tuple((x, naive) for x, (_, naive) in seen)),
        )
        most = max(max(pair) for pair in sums)
        return Chart(
            "Keys moved so far",
            Axis("changes to the ring", len(sums) - 1),
            Axis("keys", most),
            series,
            "nothing has changed yet",
        )

    def metrics(self) -> tuple[Metric, ...]:
        if not hasattr(self, "state"):
            return ()
        load, shares = self.load(), self.shares
        mean = f"mean {len(self.held) * 10 // len(load) / 10:g}" if load else ""
        largest = max(shares.values(), default=0) * 1000 // CIRCLE
        fair = f"fair share {1000 // len(shares) / 10:g} %" if shares else ""
        return (
            Metric("Most keys on one server", str(max(load.values(), default=0)), mean),
            Metric("Standard deviation", self.spelled_deviation(), "keys"),
            Metric("Largest part of the circle", f"{largest / 10:g} %", fair),
        )

    outcome_schema = record(
        owners=told(mapped(TEXT), "key -> server; empty: nobody"),
        servers=listed(
            record(
                name=TEXT,
                weight=WHOLE,
                state=told(TEXT, "live, failed or gone"),
                points=WHOLE,
                keys=WHOLE,
                share_ppm=told(WHOLE, "part of the circle, in millionths"),
            )
        ),
        keys=WHOLE,
        moved=told(WHOLE, "keys moved by the last action"),
        moved_modulo=told(WHOLE, "keys that hash % n would have moved in it"),
        deviation_milli=told(WHOLE, "standard deviation of keys a server, in thousandths of a key"),
        history=told(listed(listed(WHOLE)), "for each change of the ring: keys moved, and by hash % n"),
        found=told(maybe(record(key=TEXT, position=WHOLE, server=TEXT)), "the last look-up"),
    )

    def outcome(self) -> dict[str, object]:
        load, shares = self.load(), self.shares
        servers = [
            {
                "name": name,
                "weight": self.weights[name],
                "state": state,
                "points": len(self.points_of(name)),
                "keys": load.get(name, 0),
                "share_ppm": shares.get(name, 0) * 1_000_000 // CIRCLE,
            }
            for name, state in self.state.items()
        ]
        return {
            "owners": dict(self.held),
            "servers": servers,
            "keys": len(self.held),
            "moved": self.moved(),
            "moved_modulo": self.moved_modulo(),
            "deviation_milli": self.deviation(),
            "history": [list(pair) for pair in self.history],
            "found": self.found,
        }
