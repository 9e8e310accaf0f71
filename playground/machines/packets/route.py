"""The way of a packet: from the client over routers to the server, with hardware addresses on every wire."""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.packets import ethernet, ipv4
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.ipv4 import DONT_FRAGMENT, Packet
from playground.machines.packets.tcp import Segment

CLIENT, SERVER = "client", "server"
CHANGING = (
    ("destination MAC", 0, 6),
    ("source MAC", 6, 12),
    ("length", 16, 18),
    ("offset", 20, 22),
    ("TTL", 22, 23),
    ("IP checksum", 24, 26),
    ("source address", 26, 30),
    ("destination address", 30, 34),
    ("source port", 34, 36),
    ("sequence number", 38, 42),
    ("TCP checksum", 50, 52),
)
"""Fields of a frame that somebody might rewrite, and their bytes; the frame’s own checksum is its last four."""

ALIKE = (
    ("destination MAC", "source MAC", "both MACs"),
    ("length", "offset", "length and offset"),
    ("source address", "source port", "source address and port"),
)
"""Fields that change together, and what both are called."""


class Wire(NamedTuple):
    """The hardware addresses of the two machines on a wire."""

    sender: bytes
    receiver: bytes


def hosts(routers: int) -> tuple[str, ...]:
    """Everybody on the way, by name."""
    return (CLIENT, *(f"router {number}" for number in range(1, routers + 1)), SERVER)


def wires(routers: int) -> list[Wire]:
    """A router has a hardware address on either side; these are locally administered ones (02)."""

    def mac(place: int, side: int) -> bytes:
        return bytes([2, 0, 0, 0, place, side])

    return [Wire(mac(place, 2), mac(place + 1, 1)) for place in range(routers + 1)]


def framed(packet: Packet, wire: Wire) -> Frame:
    """A packet in a frame for one wire."""
    return Frame(wire.receiver, wire.sender, packet.bytes())


def changed(before: bytes, after: bytes) -> str:
    """The fields in which two frames with the same packet differ, in words."""
    names = [name for name, start, end in CHANGING if before[start:end] != after[start:end]]
    if before[-ethernet.TRAILER :] != after[-ethernet.TRAILER :]:
        names.append("FCS")
    told = ", ".join(names) or "nothing"
    for one, other, both in ALIKE:
        told = told.replace(f"{one}, {other}", both)
    return told


DELIVERED, KEPT, TOO_LONG, DIED = "delivered", "kept", "too long", "out of time"
"""What becomes of a segment; it is kept where one before it never came."""


class Sent(NamedTuple):
    """A segment that has been sent: its packet as it left and as it came, its frames on the first and last wire.

    `second` is the packet as the first router sends it on, in bytes; `missing` tells how far before its first byte the
    first one stands that the server has not got.
    """

    number: int
    segment: Segment
    packet: Packet
    came: Packet
    routers: int
    first: Frame
    second: bytes
    last: tuple[Frame, ...]
    fate: str
    missing: int = 0


NOBODY = "nobody"
"""Who is told, where a packet is sent on."""


class Passage(NamedTuple):
    """What the last router does with a packet, and who is told of it."""

    does: str
    told: str = NOBODY


WHOLE, CUTS, DROPS = "sends it on whole", "cuts it", "drops it"


def passage(packet: Packet, most: int) -> Passage:
    """Whether a packet passes on to a wire that takes `most` bytes (RFC 791, 3.2; RFC 1191, 4)."""
    if ipv4.HEADER + len(packet.data) <= most:
        return Passage(WHOLE)
    return Passage(DROPS, CLIENT) if packet.flags & DONT_FRAGMENT else Passage(CUTS)
