"""An Ethernet frame: a header in front, padding if it is short, and a checksum behind."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

IPV4 = 0x0800
HEADER, TRAILER, MOST = 14, 4, 1500
LEAST = 46
"""Bytes of payload that a frame has at least; less is filled up with zeros. It has `MOST` at most."""


@dataclass(frozen=True)
class Frame:
    """From one machine to the next on the same wire."""

    target: bytes
    source: bytes
    payload: bytes

    def header(self) -> bytes:
        return self.target + self.source + IPV4.to_bytes(2, "big")

    def padding(self) -> bytes:
        return bytes(max(LEAST - len(self.payload), 0))

    def size(self) -> int:
        """Bytes of the whole frame."""
        return HEADER + max(len(self.payload), LEAST) + TRAILER

    def bytes(self) -> bytes:
        """With the frame check sequence at the end."""
        return sealed(self.header() + self.payload + self.padding())


def sealed(covered: bytes) -> bytes:
    """The bytes, and their CRC-32; its low byte goes first."""
    return covered + crc32(covered).to_bytes(TRAILER, "little")


def holds(frame: bytes) -> bool:
    """Whether a frame that has arrived is the one that was sent."""
    return sealed(frame[:-TRAILER]) == frame


def spelled(address: bytes) -> str:
    """02:00:00:00:00:0a"""
    return address.hex(":")
