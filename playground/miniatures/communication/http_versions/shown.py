"""What a load of the page looks like: the life of an object as spans, a request as bytes, times and lists in words."""

from __future__ import annotations

from playground.machines.http_frames import PARTS
from playground.machines.transfer import Connection, Load, Thing, merged
from playground.scenes.bytes import Bytes, Value
from playground.scenes.timeline import ARRIVING, CONNECT, HELD, UNSENT, WAITING, Span

ALL = 1 << 60
"""Later than everything."""

LEGEND = (
    (CONNECT, "connect"), (WAITING, "waiting"), (ARRIVING, "arriving"), (HELD, "held back"), (UNSENT, "not asked"),
)  # fmt: skip
NOTHING = Bytes("The first request", "", ())

VERSIONS = {
    "1.0": "HTTP/1.0",
    "1.1": "HTTP/1.1",
    "1.1-pipelined": "HTTP/1.1, pipelined",
    "1.1-six": "HTTP/1.1, six connections",
    "2": "HTTP/2",
    "3": "HTTP/3",
}


def spelled(microseconds: int) -> str:
    """Whole milliseconds; below ten with one decimal."""
    tenths = microseconds // 100
    return f"{tenths // 10:,} ms" if tenths >= 100 or tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} ms"


def listed_in_words(names: list[str], most: int = 4) -> str:
    """html, css and js; of many the first ones."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "nothing"


def opener(one: Connection) -> int:
    """The object that a connection was opened for."""
    return one.queue[0] if one.queue else 0


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


def request_bytes(version: str, name: str, data: bytes) -> Bytes:
    """A request as it is written: the head of its frame picked out, its parts below."""
    title = f"{VERSIONS[version].partition(',')[0]}: asks for {name}"
    note = f"{len(data)} bytes"
    values: tuple[Value, ...]
    if version == "2":
        parts = {part: int.from_bytes(data[at : at + size], "big") for at, size, part in PARTS}
        values = (
            Value("length", str(parts["length"]), "bytes follow, in HPACK"),
            Value("stream", str(parts["stream"]), "stream"),
        )
        return Bytes(title, note, tuple(data), 0, 9, values=values, changed="picked")
    if version == "3":
        values = (Value("length", str(data[1]), "bytes follow, in QPACK"),)
        return Bytes(title, note, tuple(data), 0, 2, values=values, changed="picked")
    line = data.partition(b"\r\n")[0]
    values = (Value("line", line.decode(), "the first line, as text"),)
    return Bytes(title, note, tuple(data), 0, len(line), values=values, changed="picked")


def held_for(load: Load) -> int:
    """Microseconds in which bytes were at the client and could not be used, all objects together."""
    return sum(end - start for thing in load.things for start, end in merged(thing.held))


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
