"""The way of a packet: from the client over routers to the server, with hardware addresses on every wire."""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.packets import checksum, ethernet, ipv4, tcp
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.ipv4 import DONT_FRAGMENT, Packet
from playground.machines.packets.tcp import Segment

CLIENT, SERVER = "client", "server"
CHANGING = (
    ("destination MAC", 0, 6),
    ("source MAC", 6, 12),
    ("time to live", 22, 23),
    ("IP checksum", 24, 26),
    ("source address", 26, 30),
    ("destination address", 30, 34),
    ("sequence number", 38, 42),
    ("TCP checksum", 50, 52),
)
"""Fields of a frame that somebody might rewrite, and their bytes; the frame’s own checksum is its last four."""


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
    if names[:2] == ["destination MAC", "source MAC"]:
        names[:2] = ["both MACs"]
    return ", ".join(names) or "nothing"


class Verdicts(NamedTuple):
    """Which of three checksums still add up for frames that have arrived."""

    frame: bool
    packet: bool
    segment: bool


def judged(frames: list[bytes], sizes: list[int]) -> Verdicts:
    """Check frames that hold packets of so many bytes; the segment is put together from all of them."""
    start = ethernet.HEADER
    packets = [frame[start : start + size] for frame, size in zip(frames, sizes, strict=True)]
    segment = b"".join(packet[ipv4.HEADER :] for packet in packets)
    source, target = packets[0][12:16], packets[0][16:20]
    return Verdicts(
        all(ethernet.holds(frame) for frame in frames),
        all(checksum.holds(packet[: ipv4.HEADER]) for packet in packets),
        tcp.holds(source, target, segment),
    )


DELIVERED, TOO_LONG, DIED = "delivered", "too long", "out of time"
"""What becomes of a segment."""


class Sent(NamedTuple):
    """A segment that has been sent: its packet as it left and as it came, its frames on the first and last wire."""

    number: int
    segment: Segment
    packet: Packet
    came: Packet
    routers: int
    first: Frame
    last: tuple[Frame, ...]
    fate: str


def refused(packet: Packet, most: int) -> str:
    """Why a router does not send a packet on; empty if it does."""
    if packet.ttl <= 1:
        return DIED
    if ipv4.HEADER + len(packet.data) > most and packet.flags & DONT_FRAGMENT:
        return TOO_LONG
    return ""


class Flip(NamedTuple):
    """A bit that turns: in a frame on the last wire, or in the memory of the last router (`where` is router)."""

    where: str
    byte: int
    bit: int


def damaged(frame: bytes, flips: list[Flip]) -> bytes:
    """What arrives. A router makes a new checksum for the frame over whatever it has in memory."""

    def turned(data: bytes, some: list[Flip]) -> bytes:
        out = bytearray(data)
        for flip in some:
            out[flip.byte] ^= 0x80 >> flip.bit
        return bytes(out)

    inside = turned(frame, [flip for flip in flips if flip.where == "router"])
    sent = ethernet.sealed(inside[: -ethernet.TRAILER])
    return turned(sent, [flip for flip in flips if flip.where != "router"])
