"""One page over HTTP/1.0 to HTTP/3: who asks when, what arrives when, and who waits for a packet that is lost."""

from dataclasses import replace
from functools import cached_property

from playground.engine import (
    Choice,
    Decision,
    Fixed,
    Flag,
    Miniature,
    Name,
    Numbers,
    Refused,
    Say,
    Steps,
    Whole,
    action,
)
from playground.engine.clock import Wait
from playground.engine.schema import TEXT, WHOLE, described, listed, record
from playground.machines.http_wire import Wire
from playground.machines.transfer import CONNECTION, OBJECT, Link, Load, Use
from playground.miniatures.communication.http_versions.loaded import Loaded
from playground.miniatures.communication.http_versions.story import story
from playground.miniatures.communication.http_versions.views import NOTHING
from playground.miniatures.communication.http_versions.words import PAIRS, VERSIONS, spelled
from playground.scenes.many import many

MOST_BYTES = 1_000_000
MOST_GROUPS = 4
"""Loads that stand under each other."""
MOST_LOADS = 12
MOST_LOADED = 4_000_000
"""Bytes of all loads together: a page that is large is loaded fewer times."""
MOST_LANES = 120
"""Objects of all loads together: so is a page of many objects."""
OBJECTS = ("html", "css", "js", *(f"{number}.png" for number in range(1, 28)))
HALVES = (2, 4, 3, 1, 2, 3)  # sizes of the objects in halves of the usual one, where they differ
ALL = 1 << 60
"""Later than everything."""

LOADED = record(
    version=TEXT,
    done_us=described(WHOLE, "when the last object was complete, in microseconds from the first packet"),
    first_us=described(WHOLE, "when the first object was complete"),
    round_trips=described(WHOLE, "whole round trips until then"),
    connections=WHOLE,
    packets=described(WHOLE, "packets of the server, those that came again too"),
    flights=WHOLE,
    header_bytes=described(WHOLE, "of requests and answers"),
    request_bytes=described(listed(WHOLE), "of each request"),
    held=described(listed(TEXT), "objects that had bytes at the client which they could not use"),
    held_objects=described(WHOLE, "how many these are"),
    held_us=described(WHOLE, "for how long, all objects together"),
    behind_us=described(WHOLE, "for how long answers were ready and waited for earlier ones"),
    complete=described(listed(TEXT), "objects in the order in which they were complete"),
    lost=described(listed(WHOLE), "packets that were lost"),
)


class HttpVersions(Miniature):
    """A page of several objects is loaded over one link, and each version of HTTP uses the link in its own way.

    The client knows all objects and asks as soon as its version lets it. The server sends packets as the
    window allows. Every load has its own group of lanes, and all groups share one axis of time.
    """

    title = "HTTP/1.0 to HTTP/3"
    question = "One packet is lost. Who has to wait for it?"
    knobs = ("version", "round_trip")
    opening = "The client knows a page of several objects and has asked for none of them."
    per_second = 80_000
    grows_with = "objects"

    version = Choice("3", VERSIONS, label="Version", help="How the page is loaded")
    before = Choice(
        "1.1-and-2", {"nothing": "nothing", **VERSIONS, **PAIRS}, label="Loaded before, over", help="Stands above it"
    )
    objects = Whole(6, least=1, most=30, help="Objects of the page")
    size = Whole(8, least=1, most=1000, unit="kB", help="kB of a usual object; together at most 1,000")
    sizes = Choice("mixed", {"equal": "equal", "mixed": "from half to twice"}, help="Whether objects differ")
    round_trip = Whole(100, least=1, most=600, unit="ms", label="Round trip", help="Milliseconds there and back")
    bandwidth = Fixed("50", least="0.1", most="1000", places=1, unit="Mbit/s", help="Mbit/s towards the client")
    lost = Numbers("", least=1, most=999, count=10, label="Lost packets", help="Numbers of the server’s packets")
    tls = Choice(
        "1.3",
        {"none": "none", "1.2": "TLS 1.2", "1.3": "TLS 1.3"},
        label="Encryption",
        help="HTTP/3 always has TLS 1.3",
    )
    resumed = Flag(False, label="Seen before", help="Session resumed: a round trip less, 0-RTT with TLS 1.3")
    think = Whole(0, least=0, most=1000, unit="ms", label="Server thinks", help="Milliseconds before it answers")
    slow = Choice(
        "all", {"all": "each object", "first": "the first only"}, label="About", help="Which answers take so long"
    )

    def rules(self) -> list[tuple[str, str]]:
        if (total := sum(self.body_sizes)) > MOST_BYTES:
            return [("size", f"The objects have {total // 1000:,} kB; together at most {MOST_BYTES // 1000:,} kB.")]
        return []

    # The rules of the versions.

    def connections_of(self, version: str) -> int:
        """How many connections at most; 0 means a new one for each object."""
        return {"1.0": 0, "1.1-six": 6}.get(version, 1)

    def asks_ahead(self, version: str) -> bool:
        """Whether the client asks for everything at once, and does not wait for answers."""
        return version in ("1.1-pipelined", "2", "3")

    def mixes(self, version: str) -> bool:
        """Whether the packets of several answers may travel in turns."""
        return version in ("2", "3")

    def order_of(self, version: str) -> str:
        """Which bytes must be there before others may be used."""
        return OBJECT if version == "3" else CONNECTION

    def set_up_of(self, version: str) -> int:
        """Round trips before the first request: TCP one, TLS 1.2 two, TLS 1.3 one, QUIC with TLS one."""
        encryption = {"none": 0, "1.2": 2, "1.3": 1}[self.tls]
        if version == "3":
            return 0 if self.resumed else 1
        return 1 + max(encryption - self.resumed, 0)

    def lost_packets(self) -> frozenset[int]:
        return frozenset(self.losing)

    def held_names(self, load: Load) -> list[str]:
        """Objects with bytes at the client which they may not use for a while."""
        return [self.names[number] for number in load.held()]

    # What can happen.

    def set_up(self) -> None:
        self.losing = list(self.lost)
        self.loads: list[Loaded] = []
        self.seen, self.lane = 0, ""
        self.shown = NOTHING

    def start(self) -> Steps:
        for at, version in enumerate(self.planned()):
            yield from self.load_page(version, key_of(at))

    def planned(self) -> tuple[str, ...]:
        """The versions that are loaded before any action, in order."""
        before = {"nothing": (), **{pair: tuple(pair.split("-and-")) for pair in PAIRS}}
        return (*before.get(self.before, (self.before,)), self.version)

    def standing(self) -> list[Loaded]:
        """Of each group the load that stands in it: the latest."""
        return list({one.key: one for one in self.loads}.values())

    def now_lost(self) -> list[str]:
        """Numbers of packets that are lost, as one picks one of them."""
        return [str(number) for number in self.losing]

    @action("Load it again, over", on="group", version=Choice("3", VERSIONS), help="Everything else stays as it is")
    def load(self, version: str) -> Steps:
        standing = len(self.standing())
        if standing >= MOST_GROUPS:
            raise Refused("version", f"{MOST_GROUPS} loads stand on the page, as many as it shows. Start afresh.")
        self.must_have_room("version", 1)
        yield from self.load_page(version, key_of(standing))

    @action(
        "Lose a packet, and load it again",
        on="group",
        thrown="packet",
        packet=Whole(7, least=1, most=999, label="Packet", on="packet"),
    )
    def lose(self, packet: int) -> Steps:
        self.must_be_there(packet)
        self.losing.append(packet)
        yield from self.load_all_again()

    @action(
        "Lose another",
        dropped="packet {lost} comes, packet {packet} is lost",
        lost=Name(label="In place of packet", among="now_lost", on="loss"),
        packet=Whole(7, least=1, most=999, label="packet", on="packet"),
    )
    def instead(self, lost: str, packet: int) -> Steps:
        if lost not in self.now_lost():
            raise Refused("lost", f"Packet {lost} is not lost.")
        self.must_be_there(packet)
        self.losing[self.now_lost().index(lost)] = packet
        yield from self.load_all_again()

    def must_be_there(self, packet: int) -> None:
        """Whether a packet can be lost, in one of the loads at least."""
        self.must_have_room("packet", len(self.standing()))
        most = max(len(one.load.packets) for one in self.standing())
        if packet > most:
            raise Refused("packet", f"No load had more than {many(most, 'packet')}. Take one of these.")
        if packet in self.losing:
            raise Refused("packet", f"Packet {packet} is lost already.")

    def load_all_again(self) -> Steps:
        """Every version that stands on the page, each in its place."""
        for one in self.standing():
            yield from self.load_page(one.version, one.key)

    def load_page(self, version: str, key: str) -> Steps:
        """One load of the page, told as it happens."""
        done = self.made(version, key)
        self.loads.append(done)
        self.seen, self.lane, self.shown = 0, self.names[0], NOTHING
        yield self.opening_words(done)
        for told in story(done, self.loads):
            yield from self.wait_until(done.began + told.at)
            self.seen, self.lane, self.shown = told.at, told.lane, told.shown or self.shown
            yield from told.steps
        yield from self.wait_until(done.began + done.load.done())
        self.seen, self.lane = ALL, ""
        self.shown = replace(self.shown, changed="")
        words = f"{VERSIONS[version]} has everything after {spelled(done.load.done())}: {done.trips} round trips."
        yield Say(words, (Decision(f"last byte, load {len(self.loads)}", f"after {done.trips} round trips"),))

    def wait_until(self, instant: int) -> Steps:
        if instant > self.now:
            yield Wait(instant - self.now)

    def opening_words(self, done: Loaded) -> str:
        connections = len(done.load.connections)
        if done.version == "1.0":
            how = "and opens a connection for the first"
        elif connections > 1:
            how = f"and opens {connections} connections at once"
        else:
            how = f"and opens one connection{' of QUIC' if done.version == '3' else ''}"
        objects = f"{self.objects} object{'s' if self.objects > 1 else ''}"
        # The clock goes on from the load before, the axis of the picture does not.
        again = "; the axis begins at 0 again" if len(self.loads) > 1 else ""
        return f"{VERSIONS[done.version]}: the client wants {objects} {how}{again}."

    def must_have_room(self, argument: str, more: int) -> None:
        """For so many more loads."""
        loads = len(self.loads)
        all_loads = loads + more
        too_large = all_loads * sum(self.body_sizes) > MOST_LOADED or all_loads * self.objects > MOST_LANES
        if all_loads > MOST_LOADS or too_large:
            raise Refused(
                argument, f"The page has been loaded {many(loads, 'time')}, as often as it can. Start afresh."
            )

    # Small parts.

    @cached_property
    def names(self) -> tuple[str, ...]:
        return OBJECTS[: self.objects]

    @cached_property
    def body_sizes(self) -> list[int]:
        halves = [2 if self.sizes == "equal" else HALVES[at % len(HALVES)] for at in range(self.objects)]
        return [self.size * 1000 * half // 2 for half in halves]

    def made(self, version: str, key: str) -> Loaded:
        """The load, with the bytes of every request and of every answer's head."""
        wires: dict[int, Wire] = {}
        number = version.partition("-")[0]
        secure = self.tls != "none" or version == "3"
        requests, heads = [], []
        for at, name in enumerate(self.names):
            wire = wires.setdefault(0 if self.asks_ahead(version) else at, Wire(number, secure=secure))
            requests.append(wire.request(name))
            heads.append(len(wire.head(name, self.body_sizes[at])))
        sizes = [head + body for head, body in zip(heads, self.body_sizes, strict=True)]
        use = Use(
            self.connections_of(version), self.asks_ahead(version), self.mixes(version), self.order_of(version),
            quic=version == "3",
        )  # fmt: skip
        bits = int(self.bandwidth * 1_000_000)
        link = Link(self.round_trip * 1000, bits, self.lost_packets())
        think = [self.think * 1000 if self.slow == "all" or at == 0 else 0 for at in range(self.objects)]
        load = Load(sizes, use, link, self.set_up_of(version), think)
        return Loaded(
            key=key,
            version=version,
            tls=self.tls,
            round_trip=link.round_trip,
            names=self.names,
            load=load,
            requests=tuple(requests),
            header_bytes=sum(map(len, requests)) + sum(heads),
            held=tuple(self.held_names(load)),
            began=self.now,
        )

    # What it answers.

    outcome_schema = record(
        first=described(LOADED, "the first load"),
        last=described(LOADED, "the last load"),
        loads=WHOLE,
        objects=described(listed(record(name=TEXT, bytes=WHOLE)), "of the page, without heads"),
    )

    def outcome(self) -> dict[str, object]:
        """The first load and the last one, and what the page is made of."""
        return {
            "first": load_told(self.loads[0]),
            "last": load_told(self.loads[-1]),
            "loads": len(self.loads),
            "objects": [{"name": name, "bytes": size} for name, size in zip(self.names, self.body_sizes, strict=True)],
        }


def key_of(place: int) -> str:
    """Of the group at a place: a load that stands in it again has the same."""
    return f"load{place + 1}"


def load_told(one: Loaded) -> dict[str, object]:
    """One load of the outcome."""
    load = one.load
    order = sorted(range(len(one.names)), key=lambda number: (load.things[number].done, number))
    return {
        "version": one.version,
        "done_us": load.done(),
        "first_us": one.first_done(),
        "round_trips": one.trips,
        "connections": len(load.connections),
        "packets": len(load.packets),
        "flights": len({(packet.connection, packet.flight) for packet in load.packets}),
        "header_bytes": one.header_bytes,
        "request_bytes": [len(request) for request in one.requests],
        "held": list(one.held),
        "held_objects": len(one.held),
        "held_us": one.held_for(),
        "behind_us": sum(thing.behind[1] - thing.behind[0] for thing in load.things if thing.behind),
        "complete": [one.names[number] for number in order],
        "lost": [packet.number for packet in load.packets if packet.lost],
    }
