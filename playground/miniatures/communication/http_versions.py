"""One page over HTTP/1.0 to HTTP/3: who asks when, what arrives when, and who waits for a packet that is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from playground.engine.actions import Refused, action
from playground.engine.clock import Decision, Say, Steps, Wait, decide
from playground.engine.inputs import Choice, Fixed, Flag, Numbers, Whole
from playground.engine.miniature import Metric, Miniature
from playground.engine.schema import TEXT, WHOLE, listed, record, told
from playground.machines.http_wire import Wire
from playground.machines.transfer import CONNECTION, OBJECT, Connection, Link, Load, Packet, Use
from playground.miniatures.communication.http_versions_about import CHECKS, SCENARIOS, SIMPLIFIED, SOURCES
from playground.miniatures.communication.http_versions_shown import (
    ALL,
    LEGEND,
    NOTHING,
    VERSIONS,
    clipped,
    held_for,
    listed_in_words,
    opener,
    request_bytes,
    spans_of,
    spelled,
)
from playground.scenes.scene import Scene
from playground.scenes.timeline import Group, Lane, Moment, Timeline

MOST_LOADS = 4
MOST_BYTES = 1_000_000
TOLD = 30  # flights and requests of a load that are told one by one; of more, some are
TOLD_OF_MANY = 14  # the same for a page of more than a dozen objects, or the third load and later ones
LOSSES = 4  # lost packets that are always told
HALVES = (2, 4, 3, 1, 2, 3)  # sizes of the objects in halves of the usual one, where they differ
NOTES = {
    "1.0": "a new connection for each object",
    "1.1": "one connection, one object after the other",
    "1.1-pipelined": "one connection, answers in order of asking",
    "1.1-six": "on each one object after the other",
    "2": "one TCP connection, objects in turns",
    "3": "one QUIC connection, objects in turns",
}
OBJECTS = ("html", "css", "js", *(f"{number}.png" for number in range(1, 28)))

LOADED = record(
    version=TEXT,
    done_us=told(WHOLE, "when the last object was complete, in microseconds from the first packet"),
    first_us=told(WHOLE, "when the first object was complete"),
    round_trips=told(WHOLE, "whole round trips until then"),
    connections=WHOLE,
    packets=told(WHOLE, "packets of the server, those that came again too"),
    flights=WHOLE,
    header_bytes=told(WHOLE, "of requests and answers"),
    request_bytes=told(listed(WHOLE), "of each request"),
    held=told(listed(TEXT), "objects that had bytes at the client which they could not use"),
    held_objects=told(WHOLE, "how many these are"),
    held_us=told(WHOLE, "for how long, all objects together"),
    behind_us=told(WHOLE, "for how long answers were ready and waited for earlier ones"),
    complete=told(listed(TEXT), "objects in the order in which they were complete"),
    lost=told(listed(WHOLE), "packets that were lost"),
)


class Loaded(NamedTuple):
    """One load of the page, as it is shown."""

    key: str
    version: str
    load: Load
    requests: tuple[bytes, ...]
    header_bytes: int
    began: int


class Told(NamedTuple):
    """Something of a load that is told at an instant. What is like many others may be left out."""

    at: int
    rank: int
    steps: Steps
    lane: str
    usual: bool = False


class HttpVersions(Miniature):
    """A page of several objects is loaded over one link, and each version of HTTP uses the link in its own way.

    The client knows all objects and asks as soon as its version lets it. The server sends packets as the
    window allows. Every load has its own group of lanes, and all groups share one axis of time.
    """

    title = "HTTP/1.0 to HTTP/3"
    question = "One packet is lost. Who has to wait for it?"
    opening = "The client knows a page of several objects and has asked for none of them."
    sources, simplified, checks, scenarios = SOURCES, SIMPLIFIED, CHECKS, SCENARIOS
    grows_with = "objects"

    version = Choice("2", VERSIONS, label="Version", help="How the page is loaded")
    before = Choice("1.1", {"nothing": "nothing", **VERSIONS}, label="Loaded before, over", help="Stands above it")
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

    def start(self) -> Steps:
        self.losing: list[int] = list(self.lost)
        self.loads: list[Loaded] = []
        self.above: tuple[Group, ...] = ()
        self.seen, self.lane = 0, ""
        self.shown = NOTHING
        if self.before != "nothing":
            yield from self.load_page(self.before)
        yield from self.load_page(self.version)

    @action("Load it again, over", version=Choice("3", VERSIONS), help="Everything else stays as it is")
    def load(self, version: str) -> Steps:
        self.must_have_room("version")
        yield from self.load_page(version)

    @action("Lose a packet, and load it again", packet=Whole(7, least=1, most=999, label="Packet"))
    def lose(self, packet: int) -> Steps:
        self.must_have_room("packet")
        last = self.loads[-1]
        if packet > len(last.load.packets):
            raise Refused("packet", f"The last load had {len(last.load.packets)} packets. Take one of these.")
        if packet in self.losing:
            raise Refused("packet", f"Packet {packet} is lost already.")
        self.losing.append(packet)
        yield from self.load_page(last.version)

    def load_page(self, version: str) -> Steps:
        """One load of the page, told as it happens."""
        done = self.made(version)
        self.above = tuple(self.group(one, ALL) for one in self.loads)
        self.loads.append(done)
        self.seen, self.lane, self.shown = 0, self.names[0], NOTHING
        load = done.load
        story = [
            *self.opened_story(done),
            *self.asked_story(done),
            *self.flights_story(done),
            *self.waiting_story(done),
        ]
        yield self.opening_words(done)
        skipped = 0
        usual = sum(told.usual for told in story)
        for told_ in sorted(story, key=lambda told: (told.at, told.rank)):
            if told_.usual:
                usual -= 1
                skipped += 1
                if skipped < self.every(story) and usual:
                    continue
                skipped = 0
            yield from self.wait_until(done.began + told_.at)
            self.seen, self.lane = told_.at, told_.lane
            yield from told_.steps
        yield from self.wait_until(done.began + load.done())
        self.seen, self.lane = ALL, ""
        self.shown = replace(self.shown, changed="")
        trips = self.trips(load)
        words = f"{VERSIONS[version]} has everything after {spelled(load.done())}: {trips} round trips."
        yield Say(words, (Decision(f"last byte, load {len(self.loads)}", f"after {trips} round trips"),))

    def every(self, story: list[Told]) -> int:
        """Of the usual things every so many is told."""
        many = self.objects > 12 or len(self.loads) > 2
        return -(-sum(told.usual for told in story) // (TOLD_OF_MANY if many else TOLD))

    def wait_until(self, instant: int) -> Steps:
        if instant > self.now:
            yield Wait(instant - self.now)

    def opening_words(self, done: Loaded) -> str:
        many = len(done.load.connections)
        if done.version == "1.0":
            how = "and opens a connection for the first"
        elif many > 1:
            how = f"and opens {many} connections at once"
        else:
            how = f"and opens one connection{' of QUIC' if done.version == '3' else ''}"
        objects = f"{self.objects} object{'s' if self.objects > 1 else ''}"
        return f"{VERSIONS[done.version]}: the client wants {objects} {how}."

    # The story of a load.

    def opened_story(self, done: Loaded) -> list[Told]:
        """Handshakes. Six that happen at once are told once."""
        told: list[Told] = []
        for number, one in enumerate(done.load.connections):
            if number and one.opened == 0:
                continue
            lane = self.names[opener(one)]
            if number or not done.load.set_up:
                told.append(Told(one.ready, 0, self.tell_connected(done, one), lane, usual=number > 0))
                continue
            at = one.opened + (one.ready if done.version == "3" else self.round_trip * 1000)
            told.append(Told(at, 0, self.tell_first(done), lane))
            if one.ready > at:
                told.append(Told(one.ready, 1, self.tell_sealed(), lane))
        return told

    def tell_connected(self, done: Loaded, one: Connection) -> Steps:
        if not done.load.set_up:
            yield "Client and server know each other: the requests go out with the very first packet (0-RTT)."
        else:
            trips = self.set_up_of(done.version)
            yield f"Connection {one.number + 1} stands, after {trips} round trip{'s' if trips > 1 else ''}."

    def tell_first(self, done: Loaded) -> Steps:
        if done.version == "3":
            yield "One round trip sets up QUIC: the TLS 1.3 handshake is inside its packets."
        else:
            yield "SYN went there and SYN-ACK came back: TCP stands after one round trip, and has said nothing yet."

    def tell_sealed(self) -> Steps:
        trips = self.set_up_of("2") - 1
        name = {"1.2": "TLS 1.2", "1.3": "TLS 1.3"}[self.tls]
        yield f"{name} takes {'another round trip' if trips == 1 else 'two more round trips'}, inside that connection."

    def asked_story(self, done: Loaded) -> list[Told]:
        told = []
        for at, _, things in done.load.asks:
            lane = self.names[things[0]]
            told.append(Told(at, 6, self.tell_asked(done, things[0]), lane, usual=things[0] > 0))
            if len(things) > 1:
                told.append(Told(at, 7, self.tell_others(done, things), self.names[things[-1]]))
        return told

    def tell_asked(self, done: Loaded, thing: int) -> Steps:
        request = done.requests[thing]
        self.shown = request_bytes(done.version, self.names[thing], done.requests[thing])
        yield f"The client asks for {self.names[thing]}: {len(request)} bytes{self.kind_of_head(done.version)}."

    def tell_others(self, done: Loaded, things: tuple[int, ...]) -> Steps:
        sizes = [len(done.requests[thing]) for thing in things[1:]]
        self.shown = request_bytes(done.version, self.names[things[-1]], done.requests[things[-1]])
        many = f"the other {len(sizes)}" if len(sizes) > 1 else "the other one"
        why = {"2": ", for HPACK’s table remembers the rest", "3": ", each by itself"}.get(done.version, "")
        cost = f"{max(sizes)} bytes" if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)} bytes"
        yield f"Without waiting it asks for {many}: {cost}{' each' if len(sizes) > 1 else ''}{why}."

    def flights_story(self, done: Loaded) -> list[Told]:
        """Packets that were sent together are told together, when the last of them is there."""
        flights: dict[tuple[int, int], list[Packet]] = {}
        for packet in done.load.packets:
            if not packet.again:
                flights.setdefault((packet.connection, packet.flight), []).append(packet)
        told = []
        for packets in flights.values():
            there = [packet for packet in packets if not packet.lost]
            if there:
                lane = self.names[there[-1].thing]
                told.append(Told(there[-1].arrives, 2, self.tell_flight(done, packets), lane, usual=True))
        return told

    def tell_flight(self, done: Loaded, packets: list[Packet]) -> Steps:
        there = [packet for packet in packets if not packet.lost]
        names = [self.names[number] for number in sorted({packet.thing for packet in there})]
        count = f"{len(there)} packets bring" if len(there) > 1 else "A packet brings"
        size = sum(packet.size for packet in there)
        whole = [
            self.names[number]
            for number, thing in enumerate(done.load.things)
            if there[0].arrives <= thing.done <= there[-1].arrives and self.names[number] in names
        ]
        complete = f"; complete: {listed_in_words(whole)}" if whole else ""
        yield f"{count} {size:,} bytes of {listed_in_words(names)}{complete}."

    def waiting_story(self, done: Loaded) -> list[Told]:
        """A packet that does not come, who waits for it or for a slow answer, and that it comes again."""
        told = []
        load = done.load
        lost = [packet for packet in load.packets if packet.lost]
        told += [
            Told(packet.arrives, 3, self.tell_lost(packet), self.names[packet.thing], usual=at >= LOSSES)
            for at, packet in enumerate(lost)
        ]
        gone = [packet.arrives for packet in lost]
        if gone:
            # When the last of those that have to wait has bytes that it may not use.
            begins = [min(thing.held)[0] for thing in load.things if thing.held]
            told.append(Told(max(begins or gone[:1]), 4, self.tell_held(done), ""))
        again = [packet for packet in load.packets if packet.again and not packet.lost]
        behind = [at for at, thing in enumerate(load.things) if thing.behind]
        if behind:
            ready = max(thing.ready for thing in load.things if thing.behind)
            told.append(Told(ready, 5, self.tell_behind(behind), self.names[behind[-1]]))
        told += [
            Told(packet.arrives, 5, self.tell_again(packet), self.names[packet.thing], usual=at >= LOSSES)
            for at, packet in enumerate(again)
        ]
        return told

    def tell_lost(self, packet: Packet) -> Steps:
        name = self.names[packet.thing]
        yield decide(f"Packet {packet.number} is lost. It carried bytes of {name}.", f"packet {packet.number}", name)

    def tell_held(self, done: Loaded) -> Steps:
        held = self.held_names(done.load)
        made = tuple(
            Decision(f"{name} in load {len(self.loads)}", "must wait" if name in held else "goes on")
            for name in self.names
        )
        if not held:
            yield Say("Nobody waits for it but its own object: all that has arrived may be used.", made)
            return
        have = "have bytes" if len(held) > 1 else "has bytes"
        why = "QUIC orders each stream by itself" if done.version == "3" else "TCP hands bytes over in order"
        yield Say(f"{listed_in_words(held)} {have} at the client that may not be used yet: {why}.", made)

    def tell_behind(self, behind: list[int]) -> Steps:
        names = listed_in_words([self.names[number] for number in behind])
        yield f"The answers to {names} are ready, and wait for an earlier one: they leave in order of asking."

    def tell_again(self, packet: Packet) -> Steps:
        name = self.names[packet.thing]
        yield f"What packet {packet.again} carried comes again in packet {packet.number}, for {name}."

    # Small parts.

    @cached_property
    def names(self) -> tuple[str, ...]:
        return OBJECTS[: self.objects]

    @cached_property
    def body_sizes(self) -> list[int]:
        halves = [2 if self.sizes == "equal" else HALVES[at % len(HALVES)] for at in range(self.objects)]
        return [self.size * 1000 * half // 2 for half in halves]

    def made(self, version: str) -> Loaded:
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
        use = Use(self.connections_of(version), self.asks_ahead(version), self.mixes(version), self.order_of(version))
        bits = int(self.bandwidth * 1_000_000)
        link = Link(self.round_trip * 1000, bits, self.lost_packets())
        think = [self.think * 1000 if self.slow == "all" or at == 0 else 0 for at in range(self.objects)]
        load = Load(sizes, use, link, self.set_up_of(version), think)
        key = f"load{len(self.loads) + 1}"
        return Loaded(key, version, load, tuple(requests), sum(map(len, requests)) + sum(heads), self.now)

    def must_have_room(self, argument: str) -> None:
        if len(self.loads) >= MOST_LOADS:
            raise Refused(argument, f"{MOST_LOADS} loads stand on the page, as many as it shows. Start afresh.")

    def trips(self, load: Load) -> int:
        return load.done() // (self.round_trip * 1000)

    @staticmethod
    def kind_of_head(version: str) -> str:
        return {"2": ", a HEADERS frame", "3": ", a HEADERS frame on a stream of its own"}.get(version, " of text")

    # What it shows.

    def draw(self) -> tuple[Scene, ...]:
        if not hasattr(self, "loads") or not self.loads:
            return Timeline((), legend=LEGEND, empty="nothing has been asked for"), NOTHING
        groups = (*self.above, self.group(self.loads[-1], self.seen))
        moments = tuple(moment for one in self.loads for moment in self.lost_moments(one))
        last = self.loads[-1]
        now = self.seen if self.seen != ALL else last.load.done()
        longest = max(one.load.done() for one in self.loads)
        return Timeline(groups, moments, now, (last.key, self.lane), legend=LEGEND, last=longest), self.shown

    def group(self, one: Loaded, now: int) -> Group:
        lanes = tuple(
            Lane(name, tuple(clipped(spans_of(one.load, number), now))) for number, name in enumerate(self.names)
        )
        total = one.load.done() if now >= one.load.done() else None
        return Group(one.key, VERSIONS[one.version], NOTES[one.version], lanes, total)

    def lost_moments(self, one: Loaded) -> list[Moment]:
        now = self.seen if one is self.loads[-1] else ALL
        return [
            Moment(packet.arrives, f"packet {packet.number} lost", one.key, self.names[packet.thing])
            for packet in one.load.packets
            if packet.lost and packet.arrives <= now
        ]

    def metrics(self) -> tuple[Metric, ...]:
        if not hasattr(self, "loads") or not self.loads:
            return ()
        if self.seen != ALL and len(self.loads) == 1:
            return (Metric("Round trip", f"{self.round_trip} ms"), Metric("Bandwidth", f"{self.bandwidth} Mbit/s"))
        told = self.loads if self.seen == ALL else self.loads[:-1]
        rows = [self.figures(one) for one in told[-2:]]
        above = rows[0] if len(rows) > 1 else {}
        name = VERSIONS[told[-2].version] if above else ""
        return tuple(
            Metric(label, value, f"{name}: {above[label]}" if above else "") for label, value in rows[-1].items()
        )

    def figures(self, one: Loaded) -> dict[str, str]:
        load = one.load
        tenths = load.done() * 10 // (self.round_trip * 1000)
        return {
            "First object": spelled(min(thing.done for thing in load.things)),
            "Last object": spelled(load.done()),
            "Round trips": f"{tenths // 10}.{tenths % 10}",
            "Connections": str(len(load.connections)),
            "Header bytes": f"{one.header_bytes:,}",
            "Held back": spelled(held_for(load)),
        }

    outcome_schema = record(
        first=told(LOADED, "the first load"),
        last=told(LOADED, "the last load"),
        loads=WHOLE,
        objects=told(listed(record(name=TEXT, bytes=WHOLE)), "of the page, without heads"),
    )

    def outcome(self) -> dict[str, object]:
        return {
            "first": self.told_of(self.loads[0]),
            "last": self.told_of(self.loads[-1]),
            "loads": len(self.loads),
            "objects": [{"name": name, "bytes": size} for name, size in zip(self.names, self.body_sizes, strict=True)],
        }

    def told_of(self, one: Loaded) -> dict[str, object]:
        load = one.load
        order = sorted(range(len(self.names)), key=lambda number: (load.things[number].done, number))
        return {
            "version": one.version,
            "done_us": load.done(),
            "first_us": min(thing.done for thing in load.things),
            "round_trips": self.trips(load),
            "connections": len(load.connections),
            "packets": len(load.packets),
            "flights": len({(packet.connection, packet.flight) for packet in load.packets}),
            "header_bytes": one.header_bytes,
            "request_bytes": [len(request) for request in one.requests],
            "held": self.held_names(load),
            "held_objects": len(self.held_names(load)),
            "held_us": held_for(load),
            "behind_us": sum(thing.behind[1] - thing.behind[0] for thing in load.things if thing.behind),
            "complete": [self.names[number] for number in order],
            "lost": [packet.number for packet in load.packets if packet.lost],
        }
