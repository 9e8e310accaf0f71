"""How loads of the page are shown: lanes on one axis, the life of an object as spans, figures."""

from dataclasses import replace
from functools import lru_cache

from playground.engine import Metric
from playground.machines.transfer import Load, Packet, Thing, merged
from playground.miniatures.communication.http_versions.fates import fate
from playground.miniatures.communication.http_versions.loaded import Loaded, opener
from playground.miniatures.communication.http_versions.model import ALL, HttpVersions, key_of
from playground.miniatures.communication.http_versions.views import NOTHING
from playground.miniatures.communication.http_versions.words import VERSIONS, spelled
from playground.scenes.rounding import nearest
from playground.scenes.scene import Scene
from playground.scenes.timeline import (
    ARRIVING,
    CONNECT,
    HELD,
    PIECE,
    UNSENT,
    WAITING,
    Grip,
    Group,
    Lane,
    Moment,
    Piece,
    Span,
    Timeline,
)  # fmt: skip

LEGEND = (
    (CONNECT, "connect"), (WAITING, "waiting"), (ARRIVING, "arriving"), (HELD, "held back"), (UNSENT, "not asked"),
    (PIECE, "a packet"),
)  # fmt: skip
NOTES = {
    "1.0": "a new connection for each object",
    "1.1": "one connection, one object after the other",
    "1.1-pipelined": "one connection, answers in order of asking",
    "1.1-six": "on each one object after the other",
    "2": "one TCP connection, objects in turns",
    "3": "one QUIC connection, objects in turns",
}


def scenes(model: HttpVersions) -> tuple[Scene, ...]:
    """Every load as a group of lanes on one axis, and of a version that is alone the bytes of the last request."""
    return versions(model), model.shown if model.before == "nothing" else NOTHING


def versions(model: HttpVersions) -> Timeline:
    """The loads that stand on the page; those that are still to come, or to come again, have their place."""
    standing = model.standing()
    seen = {one: seen_of(model, one) for one in standing if one.load.link.lost == model.lost_packets()}
    groups = [group(one, seen[one]) if one in seen else coming(model, one.key, one.version) for one in standing]
    groups += [coming(model, key_of(at), version) for at, version in [*enumerate(model.planned())][len(standing) :]]
    blank = Timeline(tuple(groups), legend=LEGEND, empty="nothing has been asked for", poster=True)
    if not model.loads:
        return blank
    last = model.loads[-1]
    moments = tuple(moment for one, now in seen.items() for moment in lost_moments(one, now))
    pieces = tuple(piece for one, now in seen.items() for piece in packets(one, now))
    return replace(
        blank,
        moments=moments,
        pieces=pieces,
        now=min(model.seen, last.load.done()),
        current=(last.key, model.lane),
        last=max(one.load.done() for one in standing),
        grip=grip(moments, pieces, model.losing),
    )


def coming(model: HttpVersions, key: str, version: str) -> Group:
    """A load that has not begun: the page for the first time, or once more without the packet that is lost now."""
    return Group(key, VERSIONS[version], NOTES[version], tuple(Lane(name, ()) for name in model.names), coming=True)


def seen_of(model: HttpVersions, one: Loaded) -> int:
    """Up to when a load is told."""
    return model.seen if one is model.loads[-1] else ALL


def group(one: Loaded, now: int) -> Group:
    return whole(one) if now == ALL else told(one, now)


@lru_cache(32)
def whole(one: Loaded) -> Group:
    """A load that has ended."""
    return told(one, ALL)


def told(one: Loaded, now: int) -> Group:
    lanes = tuple(lane(one, number, now) for number in range(len(one.names)))
    ended = now >= one.load.done()
    return Group(
        one.key, VERSIONS[one.version], NOTES[one.version], lanes,
        total=one.load.done() if ended else None,
        remark=fate(one, now),
        otherwise=one.without_loss() if ended else None,
    )  # fmt: skip


def lane(one: Loaded, number: int, now: int) -> Lane:
    """An object. Its bar stands for the first packet that came of it."""
    spans = tuple(clipped(lives(one)[number], now))
    first = next(iter(came(one)[number]), None)
    if not first:
        return Lane(one.names[number], spans)
    return Lane(one.names[number], spans, key_of_packet(one, first), called(one, first))


@lru_cache(32)
def lives(one: Loaded) -> tuple[list[Span], ...]:
    """The whole life of every object."""
    return tuple(spans_of(one.load, number) for number in range(len(one.names)))


@lru_cache(32)
def came(one: Loaded) -> tuple[list[Packet], ...]:
    """Of every object the packets that came as they were sent first: those that may be lost instead."""
    found: tuple[list[Packet], ...] = tuple([] for _ in one.names)
    for packet in one.load.packets:
        if not (packet.lost or packet.again):
            found[packet.thing].append(packet)
    return found


@lru_cache(32)
def all_lost(one: Loaded) -> tuple[Moment, ...]:
    """Of every packet that is lost the instant at which it should have come."""
    return tuple(
        Moment(packet.arrives, f"packet {packet.number} lost", one.key, one.names[packet.thing])
        for packet in one.load.packets
        if packet.lost
    )


def key_of_packet(one: Loaded, packet: Packet) -> str:
    """A packet has the same number in each load."""
    return f"packet:{packet.number}/{one.key}"


def called(one: Loaded, packet: Packet) -> str:
    return f"packet {packet.number}, with bytes of {one.names[packet.thing]}"


def lost_moments(one: Loaded, now: int) -> list[Moment]:
    return [moment for moment in all_lost(one) if moment.at <= now]


def grip(moments: tuple[Moment, ...], pieces: tuple[Piece, ...], losing: list[int]) -> Grip | None:
    """The first packet that is lost can be taken, where its loss is in the picture; else one can lose what has come."""
    lost = next((number for number in losing if any(one.words == f"packet {number} lost" for one in moments)), 0)
    if lost:
        return Grip(f"loss:{lost}", f"packet {lost} lost", "drag it, or click another packet")
    return Grip("", "", "click a packet to lose it") if pieces else None


def packets(one: Loaded, now: int) -> tuple[Piece, ...]:
    """Of each object the packet in the middle, once it has come, where it is not the one that its bar stands for."""
    found = []
    for number, name in enumerate(one.names):
        sent = came(one)[number]
        packet = sent[len(sent) // 2] if len(sent) > 1 else None
        if packet and packet.arrives <= now:
            found.append(
                Piece(f"{key_of_packet(one, packet)}-brick", packet.arrives, called(one, packet), one.key, name)
            )
    return tuple(found)


def spans_of(load: Load, number: int) -> list[Span]:
    """The life of an object."""
    thing = load.things[number]
    connection = load.connections[thing.connection]
    opens = opener(connection) == number
    begins = connection.opened if opens else thing.asked
    found = [Span(UNSENT, 0, begins)] if begins else []
    if opens and connection.ready > connection.opened:
        found.append(Span(CONNECT, connection.opened, connection.ready))
    if thing.behind:
        found += [
            Span(WAITING, thing.asked, thing.behind[0]),
            Span(HELD, *thing.behind),
            Span(WAITING, thing.behind[1], thing.first),
        ]
    else:
        found.append(Span(WAITING, thing.asked, thing.first))
    return found + arrivals(thing)


def arrivals(thing: Thing) -> list[Span]:
    """From its first byte to its last: arriving, but for the stretches in which bytes are held back."""
    found, at = [], thing.first
    for start, end in merged(thing.held):
        if start > at:
            found.append(Span(ARRIVING, at, start))
        found.append(Span(HELD, start, end))
        at = end
    if thing.done > at or not found:
        found.append(Span(ARRIVING, at, thing.done))
    return found


def clipped(spans: list[Span], now: int) -> list[Span]:
    """As far as it has happened."""
    return [span._replace(end=min(span.end, now)) for span in spans if span.start < now or now == ALL]


# Figures.


def metrics(model: HttpVersions) -> tuple[Metric, ...]:
    """Figures beside the picture: the link, then the last load beside the one before."""
    if not model.loads:
        return ()
    if model.seen != ALL and len(model.loads) == 1:
        return (Metric("Round trip", f"{model.round_trip} ms"), Metric("Bandwidth", f"{model.bandwidth} Mbit/s"))
    told = model.loads if model.seen == ALL else model.loads[:-1]
    rows = [figures(one) for one in told[-2:]]
    above = rows[0] if len(rows) > 1 else {}
    name = VERSIONS[told[-2].version] if above else ""
    return tuple(Metric(label, value, f"{name}: {above[label]}" if above else "") for label, value in rows[-1].items())


def figures(one: Loaded) -> dict[str, str]:
    tenths = nearest(one.load.done() * 10, one.round_trip)
    return {
        "First object": spelled(one.first_done()),
        "Last object": spelled(one.load.done()),
        "Round trips": f"{tenths // 10}.{tenths % 10}",
        "Connections": str(len(one.load.connections)),
        "Header bytes": f"{one.header_bytes:,}",
        "Held back": spelled(one.held_for()),
    }
