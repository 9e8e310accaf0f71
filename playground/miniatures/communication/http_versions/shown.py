"""How loads of the page are shown: lanes on one axis, the life of an object as spans, figures."""

from functools import lru_cache

from playground.engine import Metric
from playground.machines.transfer import Load, Thing, merged
from playground.miniatures.communication.http_versions.loaded import Loaded, opener
from playground.miniatures.communication.http_versions.model import ALL, HttpVersions
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
    """Every load as a group of lanes on one axis, and the bytes of the last request."""
    if not model.loads:
        return Timeline((), legend=LEGEND, empty="nothing has been asked for"), model.shown
    last = model.loads[-1]
    groups = (*(whole(one) for one in model.loads[:-1]), group(last, model.seen))
    moments = tuple(moment for one in model.loads for moment in lost_moments(one, model.seen if one is last else ALL))
    now = model.seen if model.seen != ALL else last.load.done()
    longest = max(one.load.done() for one in model.loads)
    timeline = Timeline(
        groups, moments, now, (last.key, model.lane), legend=LEGEND, last=longest, pieces=packets(last, model.seen)
    )
    return timeline, model.shown


@lru_cache(16)
def whole(one: Loaded) -> Group:
    """A load that has ended."""
    return group(one, ALL)


def group(one: Loaded, now: int) -> Group:
    lanes = tuple(Lane(name, tuple(clipped(spans_of(one.load, number), now))) for number, name in enumerate(one.names))
    total = one.load.done() if now >= one.load.done() else None
    return Group(one.key, VERSIONS[one.version], NOTES[one.version], lanes, total)


def lost_moments(one: Loaded, now: int) -> list[Moment]:
    return [
        Moment(packet.arrives, f"packet {packet.number} lost", one.key, one.names[packet.thing])
        for packet in one.load.packets
        if packet.lost and packet.arrives <= now
    ]


def packets(one: Loaded, now: int) -> tuple[Piece, ...]:
    """Of each object the packet in the middle, once it has come: one that may be lost instead."""
    found = []
    for number, name in enumerate(one.names):
        sent = [packet for packet in one.load.packets if packet.thing == number and not (packet.lost or packet.again)]
        packet = sent[len(sent) // 2] if sent else None
        if packet and packet.arrives <= now:
            words = f"packet {packet.number}, with bytes of {name}"
            found.append(Piece(f"packet:{packet.number}", packet.arrives, words, one.key, name))
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
