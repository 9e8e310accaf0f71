"""The story of a load: what is told of it, and when."""

from collections.abc import Iterator
from typing import NamedTuple

from playground.engine import Decision, Say, Steps, decide
from playground.machines.transfer import Connection, Packet
from playground.miniatures.communication.http_versions.loaded import Loaded, opener
from playground.miniatures.communication.http_versions.views import request_bytes
from playground.miniatures.communication.http_versions.words import listed_in_words
from playground.scenes.bytes import Bytes

TOLD = 30  # flights and requests of a load that are told one by one; of more, some are
TOLD_OF_MANY = 14  # the same for a page of more than a dozen objects, or the third load
TOLD_AGAIN = 6  # and for the fourth and later ones: the same page has been told by then
LOSSES = 4  # lost packets that are always told


class Told(NamedTuple):
    """Something of a load that is told at an instant. What is like many others may be left out."""

    at: int
    rank: int
    steps: Steps
    lane: str
    usual: bool = False
    shown: Bytes | None = None
    """The bytes of the request, where it is about one."""


def story(done: Loaded, loads: list[Loaded]) -> Iterator[Told]:
    """What happens in a load, each part at its instant. Of the usual things every so many is told."""
    parts = [*opened(done), *asked(done, loads), *flights(done), *waiting(done, loads)]
    left = usual = sum(told.usual for told in parts)
    skipped = 0
    many = len(done.names) > 12 or len(loads) > 2
    most = TOLD_AGAIN if len(loads) > 3 else TOLD_OF_MANY if many else TOLD
    for told in sorted(parts, key=lambda told: (told.at, told.rank)):
        if told.usual:
            left -= 1
            skipped += 1
            if skipped < -(-usual // most) and left:
                continue
            skipped = 0
        yield told


def opened(done: Loaded) -> list[Told]:
    """Handshakes. Six that happen at once are told once."""
    told: list[Told] = []
    for number, one in enumerate(done.load.connections):
        if number and one.opened == 0:
            continue
        lane = done.names[opener(one)]
        if number or not done.load.set_up:
            told.append(Told(one.ready, 0, tell_connected(done, one), lane, usual=number > 0))
            continue
        at = one.opened + (one.ready if done.version == "3" else done.round_trip)
        told.append(Told(at, 0, tell_first(done), lane))
        if one.ready > at:
            told.append(Told(one.ready, 1, tell_sealed(done), lane))
    return told


def tell_connected(done: Loaded, one: Connection) -> Steps:
    if not done.load.set_up:
        known = "Client and server know each other: the requests go out with the very first packet (0-RTT)."
        yield known + other_than_asked(done)
    else:
        trips = done.trips_before
        yield f"Connection {one.number + 1} stands, after {trips} round trip{'s' if trips > 1 else ''}."


def tell_first(done: Loaded) -> Steps:
    if done.version == "3":
        yield f"One round trip sets up QUIC: the TLS 1.3 handshake is inside its packets.{other_than_asked(done)}"
    else:
        yield "SYN went there and SYN-ACK came back: TCP stands after one round trip, and has said nothing yet."


def other_than_asked(done: Loaded) -> str:
    """What is said where HTTP/3 is to do without TLS 1.3, which is a part of it (RFC 9001, section 4)."""
    if done.version != "3" or done.tls == "1.3":
        return ""
    return f" There is no HTTP/3 {'without encryption' if done.tls == 'none' else 'with TLS 1.2'}."


def tell_sealed(done: Loaded) -> Steps:
    trips = done.trips_before - 1
    name = {"1.2": "TLS 1.2", "1.3": "TLS 1.3"}[done.tls]
    yield f"{name} takes {'another round trip' if trips == 1 else 'two more round trips'}, inside that connection."


def asked(done: Loaded, loads: list[Loaded]) -> list[Told]:
    told = []
    new = not any(len(things) > 1 for earlier in loads[:-1] for _, _, things in earlier.load.asks)
    for at, _, things in done.load.asks:
        first, last = things[0], things[-1]
        shown = request_of(done, first)
        told.append(Told(at, 6, tell_asked(done, first), done.names[first], usual=first > 0, shown=shown))
        if len(things) > 1:
            told.append(
                Told(at, 7, tell_others(done, things, stop=new), done.names[last], shown=request_of(done, last))
            )
    return told


def request_of(done: Loaded, thing: int) -> Bytes:
    return request_bytes(done.version, done.names[thing], done.requests[thing])


def tell_asked(done: Loaded, thing: int) -> Steps:
    request = done.requests[thing]
    yield f"The client asks for {done.names[thing]}: {len(request)} bytes{kind_of_head(done.version)}."


def tell_others(done: Loaded, things: tuple[int, ...], *, stop: bool) -> Steps:
    sizes = [len(done.requests[thing]) for thing in things[1:]]
    many = f"the other {len(sizes)}" if len(sizes) > 1 else "the other one"
    why = {"2": ", for HPACK’s table remembers the rest", "3": ", each by itself"}.get(done.version, "")
    cost = f"{max(sizes)} bytes" if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)} bytes"
    yield Say(f"Without waiting it asks for {many}: {cost}{' each' if len(sizes) > 1 else ''}{why}.", stop=stop)


def flights(done: Loaded) -> list[Told]:
    """Packets that were sent together are told together, when the last of them is there."""
    flights: dict[tuple[int, int], list[Packet]] = {}
    for packet in done.load.packets:
        if not packet.again:
            flights.setdefault((packet.connection, packet.flight), []).append(packet)
    told = []
    for packets in flights.values():
        there = [packet for packet in packets if not packet.lost]
        if there:
            lane = done.names[there[-1].thing]
            told.append(Told(there[-1].arrives, 2, tell_flight(done, packets), lane, usual=True))
    return told


def tell_flight(done: Loaded, packets: list[Packet]) -> Steps:
    there = [packet for packet in packets if not packet.lost]
    names = [done.names[number] for number in sorted({packet.thing for packet in there})]
    count = f"{len(there)} packets bring" if len(there) > 1 else "A packet brings"
    size = sum(packet.size for packet in there)
    whole = [
        done.names[number]
        for number, thing in enumerate(done.load.things)
        if there[0].arrives <= thing.done <= there[-1].arrives and done.names[number] in names
    ]
    complete = f"; complete: {listed_in_words(whole)}" if whole else ""
    yield f"{count} {size:,} bytes of {listed_in_words(names)}{complete}."


def waiting(done: Loaded, loads: list[Loaded]) -> list[Told]:
    """A packet that does not come, who waits for it or for a slow answer, and that it comes again."""
    told = []
    load = done.load
    lost = [packet for packet in load.packets if packet.lost]
    told += [
        Told(packet.arrives, 3, tell_lost(done, packet), done.names[packet.thing], usual=at >= LOSSES)
        for at, packet in enumerate(lost)
    ]
    if (waits := done.waits_from()) is not None:
        told.append(Told(waits, 4, tell_held(done, loads), ""))
    again = [packet for packet in load.packets if packet.again and not packet.lost]
    behind = [at for at, thing in enumerate(load.things) if thing.behind]
    if behind:
        ready = max(thing.ready for thing in load.things if thing.behind)
        told.append(Told(ready, 5, tell_behind(done, behind), done.names[behind[-1]]))
    told += [
        Told(packet.arrives, 5, tell_again(done, packet), done.names[packet.thing], usual=at >= LOSSES)
        for at, packet in enumerate(again)
    ]
    return told


def tell_lost(done: Loaded, packet: Packet) -> Steps:
    name = done.names[packet.thing]
    yield decide(f"Packet {packet.number} is lost. It carried bytes of {name}.", f"packet {packet.number}", name)


def tell_held(done: Loaded, loads: list[Loaded]) -> Steps:
    held = done.held
    made = tuple(
        Decision(f"{name} in load {len(loads)}", "has bytes that wait" if name in held else "has none that wait")
        for name in done.names
    )
    if not held:
        yield Say("Nobody waits for it but its own object: all that has arrived may be used.", made, stop=True)
        return
    have = "have bytes" if len(held) > 1 else "has bytes"
    why = "QUIC orders each stream by itself" if done.version == "3" else "TCP hands bytes over in order"
    yield Say(f"{listed_in_words(held)} {have} at the client that may not be used: {why}.", made, stop=True)


def tell_behind(done: Loaded, behind: list[int]) -> Steps:
    names = listed_in_words([done.names[number] for number in behind])
    yield f"The answers to {names} are ready, and wait for an earlier one: they leave in order of asking."


def tell_again(done: Loaded, packet: Packet) -> Steps:
    name = done.names[packet.thing]
    yield f"What packet {packet.again} carried comes again in packet {packet.number}, for {name}."


def kind_of_head(version: str) -> str:
    return {"2": ", a HEADERS frame", "3": ", a HEADERS frame on a stream of its own"}.get(version, " of text")
