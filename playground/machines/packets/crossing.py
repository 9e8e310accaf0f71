"""A segment’s packet on its way with bits that turn: what each router reads of it, and what comes to the server."""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.packets import ethernet, forwarding
from playground.machines.packets.ending import Ending
from playground.machines.packets.host import Checks
from playground.machines.packets.route import Sent, wires

FIRST, LAST, WIRE = "first", "router", "wire"
"""Where a bit turns: in the memory of the first router or of the last, each after it has done its work, or on the last
wire."""


class Flip(NamedTuple):
    """A bit of a frame that turns; bit 0 is the highest."""

    where: str
    byte: int
    bit: int


class Crossed(NamedTuple):
    """The frames as they come to whoever has them last: the server, or the router that stops the packet, and how."""

    frames: list[bytes]
    router: int = 0
    stop: Ending | None = None


def turned(data: bytes, flips: list[Flip], where: str, start: int = 0) -> bytes:
    """With the bits of one place turned; `start` is where the bytes stand in the frame."""
    out = bytearray(data)
    for flip in flips:
        if flip.where == where and 0 <= flip.byte - start < len(out):
            out[flip.byte - start] ^= 0x80 >> flip.bit
    return bytes(out)


def wrapped(packet: bytes, routers: int) -> bytes:
    """In a frame for the last wire."""
    wire = wires(routers)[-1]
    return ethernet.Frame(wire.receiver, wire.sender, packet).bytes()


def crossed(sent: Sent, flips: list[Flip], most: int, checks: Checks) -> Crossed:
    """The way of a segment that has arrived once, with all flips. The last wire takes packets of `most` bytes."""
    frames = [frame.bytes() for frame in sent.last]
    if any(flip.where == FIRST for flip in flips):
        data = turned(sent.second, flips, FIRST, ethernet.HEADER)
        for router in range(2, sent.routers + 1):
            stop = forwarding.stopped(data, sent.packet.target, checks.header_holds)
            if stop:
                return Crossed([wrapped(data, sent.routers)], router, stop)
            data = forwarding.sent_on(data)
        cut = forwarding.pieces(data, most)
        if isinstance(cut, Ending):
            return Crossed([wrapped(data, sent.routers)], sent.routers, cut)
        frames = [wrapped(piece, sent.routers) for piece in cut]
    return Crossed([damaged(frames[0], flips), *frames[1:]])


def damaged(frame: bytes, flips: list[Flip]) -> bytes:
    """The last router makes a frame check sequence over whatever it has in memory; then comes the wire."""
    inside = turned(frame, flips, LAST)
    return turned(ethernet.sealed(inside[: -ethernet.TRAILER]), flips, WIRE)
