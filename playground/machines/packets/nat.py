"""A router that puts its own address and a port of its own in the place of the sender’s: RFC 3022, 2.2 and 4.1."""

from __future__ import annotations

from dataclasses import replace

from playground.machines.packets import checksum
from playground.machines.packets.ipv4 import Packet

PUBLIC, PORT = bytes([203, 0, 113, 1]), 61000
"""The router’s address on the outside, and the port that stands for the client’s."""


def translated(packet: Packet) -> Packet:
    """With the router’s address and port. Both checksums are updated, TCP’s because its sum has the addresses too."""
    data = PORT.to_bytes(2, "big") + packet.data[2:]
    moved = list(zip(checksum.words(packet.source), checksum.words(PUBLIC), strict=True))
    header, segment = packet.checksum, int.from_bytes(data[16:18], "big")
    for was, now in moved:
        header, segment = checksum.updated(header, was, now), checksum.updated(segment, was, now)
    segment = checksum.updated(segment, int.from_bytes(packet.data[:2], "big"), PORT)
    return replace(packet, source=PUBLIC, checksum=header,
                   data=data[:16] + segment.to_bytes(2, "big") + data[18:])  # fmt: skip
