"""One page over HTTP/1.0 to HTTP/3: who asks when, what arrives when, and who waits for a packet that is lost."""

from __future__ import annotations

from dataclasses import replace

from playground.engine import Choice, Decision, Metric, Refused, Say, Steps, Whole, action
from playground.engine.clock import Wait
from playground.engine.schema import TEXT, WHOLE, described, listed, record
from playground.miniatures.communication.http_versions.page import Loaded
from playground.miniatures.communication.http_versions.shown import (
    ALL,
    LEGEND,
    NOTHING,
    VERSIONS,
    clipped,
    held_for,
    spans_of,
    spelled,
)
from playground.miniatures.communication.http_versions.story import Story
from playground.scenes.scene import Scene
from playground.scenes.timeline import Group, Lane, Moment, Timeline

MOST_LOADS = 4
NOTES = {
    "1.0": "a new connection for each object",
    "1.1": "one connection, one object after the other",
    "1.1-pipelined": "one connection, answers in order of asking",
    "1.1-six": "on each one object after the other",
    "2": "one TCP connection, objects in turns",
    "3": "one QUIC connection, objects in turns",
}

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


class HttpVersions(Story):
    """A page of several objects is loaded over one link, and each version of HTTP uses the link in its own way.

    The client knows all objects and asks as soon as its version lets it. The server sends packets as the
    window allows. Every load has its own group of lanes, and all groups share one axis of time.
    """

    title = "HTTP/1.0 to HTTP/3"
    question = "One packet is lost. Who has to wait for it?"
    opening = "The client knows a page of several objects and has asked for none of them."
    grows_with = "objects"

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

    def must_have_room(self, argument: str) -> None:
        if len(self.loads) >= MOST_LOADS:
            raise Refused(argument, f"{MOST_LOADS} loads stand on the page, as many as it shows. Start afresh.")

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
        first=described(LOADED, "the first load"),
        last=described(LOADED, "the last load"),
        loads=WHOLE,
        objects=described(listed(record(name=TEXT, bytes=WHOLE)), "of the page, without heads"),
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
