"""An IPv4 packet (RFC 791): twenty bytes of header, what a router does to it, and how it is cut into fragments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.machines.packets import checksum

HEADER = 20
DONT_FRAGMENT, MORE = 2, 1


@dataclass(frozen=True)
class Packet:
    """Addresses of four bytes, time to live, and the segment inside. `offset` counts in units of eight bytes."""

    source: bytes
    target: bytes
    identification: int
    flags: int
    ttl: int
    protocol: int
    data: bytes
    offset: int = 0
    checksum: int = 0

    def header(self) -> bytes:
        length = HEADER + len(self.data)
        place = (self.flags << 13) | self.offset
        front = bytes([0x45, 0]) + length.to_bytes(2, "big") + self.identification.to_bytes(2, "big")
        middle = place.to_bytes(2, "big") + bytes([self.ttl, self.protocol]) + self.checksum.to_bytes(2, "big")
        return front + middle + self.source + self.target

    def bytes(self) -> bytes:
        return self.header() + self.data


def sealed(packet: Packet) -> Packet:
    """The packet with the checksum of its header."""
    return replace(packet, checksum=checksum.checksum(replace(packet, checksum=0).header()))


def forwarded(packet: Packet) -> Packet:
    """One less to live. Only one word has changed, so the checksum is updated and not added up again."""
    was = (packet.ttl << 8) | packet.protocol
    updated = checksum.updated(packet.checksum, was, was - 0x100)
    return replace(packet, ttl=packet.ttl - 1, checksum=updated)


def fragments(packet: Packet, most: int) -> list[Packet]:
    """Packets of at most `most` bytes; all but the last carry a multiple of eight bytes of data."""
    if HEADER + len(packet.data) <= most:
        return [packet]
    room = (most - HEADER) // 8 * 8
    pieces = []
    for at in range(0, len(packet.data), room):
        more = packet.flags | MORE if at + room < len(packet.data) else packet.flags
        piece = packet.data[at : at + room]
        pieces.append(sealed(replace(packet, data=piece, offset=packet.offset + at // 8, flags=more)))
    return pieces


def dotted(address: bytes) -> str:
    """192.0.2.10"""
    return ".".join(str(byte) for byte in address)


def address(text: str) -> bytes | None:
    """The four bytes of a dotted address; None where it is none. A leading zero could mean octal: it is refused."""
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return None
    if any(str(int(part)) != part or int(part) > 255 for part in parts):
        return None
    return bytes(int(part) for part in parts)
