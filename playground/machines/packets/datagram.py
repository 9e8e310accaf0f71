"""An IPv4 header as somebody reads it who did not write it: RFC 791, and RFC 1122, 3.2.1, for what is discarded.

The checks stand in the order in which Linux makes them. Everything is read from the bytes that came.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playground.machines.packets import ending, ipv4
from playground.machines.packets.ending import IP, Ending, dropped

VERSION, WORD = 4, 4
"""The version that is read here, and the bytes of a word: IHL counts words."""
END, NO_OPERATION, LOOSE, STRICT = 0, 1, 131, 137
"""Options of one byte, and the two source routes, which Linux takes from nobody unless told to."""
ICMP, ASKING = 1, (0, 8, 13, 14)
"""Its protocol number, and its types that are no error messages: echo and time stamps."""


class Header(NamedTuple):
    """The fields of a header. `length` and `offset` in bytes, `size` is the header’s own."""

    version: int
    size: int
    length: int
    identification: int
    dont_fragment: bool
    more: bool
    offset: int
    ttl: int
    protocol: int
    source: bytes
    target: bytes

    def is_fragment(self) -> bool:
        return self.more or self.offset > 0


def read(data: bytes) -> Header:
    """The fields, whatever they say. At least twenty bytes."""
    place = int.from_bytes(data[6:8], "big")
    return Header(data[0] >> 4, WORD * (data[0] & 0xF), int.from_bytes(data[2:4], "big"),
                  int.from_bytes(data[4:6], "big"), bool(place & 0x4000), bool(place & 0x2000), 8 * (place & 0x1FFF),
                  data[8], data[9], data[12:16], data[16:20])  # fmt: skip


def flaw(data: bytes, holds: Callable[[bytes], bool]) -> Ending | None:
    """Why a host or a router drops what has come, before it looks at the addresses (RFC 1812, 5.2.2, is the same).

    `holds` says whether a header’s checksum fits.
    """
    if len(data) < ipv4.HEADER:
        return dropped(IP, "length", f"only {len(data)} bytes, too few for a header")
    header = read(data)
    if header.version != VERSION:
        return dropped(IP, "version", f"version {header.version}, which is not 4")
    if header.size < ipv4.HEADER or header.size > len(data):
        limit = "a header has at least 20" if header.size < ipv4.HEADER else "more than there are"
        return dropped(IP, "IHL", f"a header of {header.size} bytes: {limit}")
    if not holds(data[: header.size]):
        return dropped(IP, "checksum", f"a checksum that does not fit its header of {header.size} bytes")
    if header.length > len(data) or header.length < header.size:
        limit = f"{len(data)} have come" if header.length > len(data) else "less than its header"
        return dropped(IP, "total length", f"a total length of {header.length} bytes: {limit}")
    return bad_options(data, data[ipv4.HEADER : header.size])


def bad_options(data: bytes, options: bytes) -> Ending | None:
    """Each option but two has its own length, which must stay inside the header (RFC 791, 3.1)."""
    at = 0
    while at < len(options) and options[at] != END:
        if options[at] == NO_OPERATION:
            at += 1
            continue
        size = options[at + 1] if at + 1 < len(options) else 0
        if size < 2 or at + size > len(options):
            return by_icmp(data, "options", "an option that does not fit in the header", ending.PARAMETER)
        if options[at] in (LOOSE, STRICT):
            return dropped(IP, "options", "a source route, which is not accepted")
        at += size
    return None


def is_no_source(address: bytes) -> bool:
    """Whether an address can be that of no sender: loopback, a group, nobody’s or everybody’s (RFC 1122, 3.2.1.3).

    Linux forwards the rest of 0.0.0.0/8 and of 240.0.0.0/4.
    """
    return address[0] == 127 or 224 <= address[0] < 240 or address in (bytes(4), b"\xff" * 4)


def by_icmp(data: bytes, field: str, found: str, message: str) -> Ending:
    """Dropped with an ICMP message; without one for a later fragment or for ICMP itself (RFC 1122, 3.2.2)."""
    header = read(data)
    told = header.offset == 0 and not (header.protocol == ICMP and data[header.size] not in ASKING)
    return dropped(IP, field, found, message if told else "", "drops it and says so by ICMP" if told else "")


def body(data: bytes) -> bytes:
    """What a packet carries: it ends where its total length says, whatever follows in the frame."""
    header = read(data)
    return data[header.size : header.length]
