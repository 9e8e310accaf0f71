"""A TCP segment (RFC 9293): where it begins in the stream, and a checksum that also covers the addresses."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from playground.machines.packets import checksum

PROTOCOL = 6
FIN, SYN, RST, PSH, ACK, URG = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
LEAST, WORD = 20, 4
"""Bytes of a header without options, and of the words in which it counts its length."""
CIRCLE = 1 << 32
"""Sequence numbers begin again after this many bytes."""


@dataclass(frozen=True)
class Segment:
    """Ports, numbers, flags, options in multiples of four bytes, and the data."""

    source: int
    target: int
    sequence: int
    acknowledged: int
    flags: int
    data: bytes = b""
    window: int = 64240
    options: bytes = b""
    checksum: int = 0

    def header(self) -> bytes:
        """Twenty bytes (`LEAST`), and the options."""
        numbers = self.sequence.to_bytes(4, "big") + self.acknowledged.to_bytes(4, "big")
        offset = (LEAST + len(self.options)) // WORD
        rest = bytes([offset << 4, self.flags]) + self.window.to_bytes(2, "big") + self.checksum.to_bytes(2, "big")
        ports = self.source.to_bytes(2, "big") + self.target.to_bytes(2, "big")
        return ports + numbers + rest + bytes(2) + self.options

    def bytes(self) -> bytes:
        return self.header() + self.data


def read(data: bytes) -> Segment:
    """The segment that some bytes are. They hold a whole header."""
    source, target, sequence, acknowledged, offset, flags, window, total, _ = struct.unpack("!HHIIBBHHH", data[:LEAST])
    size = WORD * (offset >> 4)
    return Segment(source, target, sequence, acknowledged, flags, data[size:], window, data[LEAST:size], total)


def pseudo_header(source: bytes, target: bytes, length: int) -> bytes:
    """What is added up as if it stood before the segment, and is never sent: who, to whom, which protocol, how long."""
    return source + target + bytes([0, PROTOCOL]) + length.to_bytes(2, "big")


def sealed(segment: Segment, source: bytes, target: bytes) -> Segment:
    """The segment with its checksum."""
    plain = replace(segment, checksum=0).bytes()
    return replace(segment, checksum=checksum.checksum(pseudo_header(source, target, len(plain)) + plain))


def holds(source: bytes, target: bytes, segment: bytes) -> bool:
    """Whether a segment that has arrived adds up, together with the addresses that it came with."""
    return checksum.holds(pseudo_header(source, target, len(segment)) + segment)


def left_to_the_card(segment: Segment, source: bytes, target: bytes) -> Segment:
    """As a capture on the sender shows it where the card computes checksums: the place holds the pseudo-header’s sum.

    That much only the host knows; the card adds up the rest on the way out. So Linux and Windows do it.
    """
    partial = checksum.fold(checksum.added(0, pseudo_header(source, target, len(segment.bytes()))))
    return replace(segment, checksum=partial)


def largest(size: int) -> bytes:
    """The option of a SYN that says how much data a segment may carry."""
    return bytes([2, 4]) + size.to_bytes(2, "big")


def cut(data: bytes, most: int) -> list[bytes]:
    """A message in pieces for segments. An empty one makes none."""
    return [data[at : at + most] for at in range(0, len(data), most)]
