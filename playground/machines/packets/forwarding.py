"""A router that reads what arrives, and sends on what may go on: RFC 1812, 5.2.2 and 5.3."""

from __future__ import annotations

from collections.abc import Callable

from playground.machines.packets import checksum, datagram, ending, ipv4
from playground.machines.packets.ending import IP, Ending, dropped


def stopped(data: bytes, target: bytes, holds: Callable[[bytes], bool]) -> Ending | None:
    """Why a router does not send a packet on towards the server at `target`; None where it does."""
    flaw = datagram.flaw(data, holds)
    if flaw:
        return flaw
    header = datagram.read(data)
    if datagram.is_no_source(header.source):
        return dropped(IP, "source address", f"{ipv4.dotted(header.source)} as the sender, which no host has")
    if header.target != target:
        found = f"{ipv4.dotted(header.target)}, which is not the server’s address"
        return Ending(ending.ELSEWHERE, IP, "destination address", found, "sends it another way")
    if header.ttl <= 1:
        return datagram.by_icmp(data, "time to live", f"a time to live of {header.ttl}", ending.TIME_EXCEEDED)
    return None


def sent_on(data: bytes) -> bytes:
    """The same packet with one less to live, cut where its total length ends; the checksum is updated (RFC 1624)."""
    header = datagram.read(data)
    was = int.from_bytes(data[8:10], "big")
    updated = checksum.updated(int.from_bytes(data[10:12], "big"), was, was - 0x100)
    out = data[:8] + bytes([header.ttl - 1]) + data[9:10] + updated.to_bytes(2, "big") + data[12:]
    return out[: header.length]


def pieces(data: bytes, most: int) -> list[bytes] | Ending:
    """The packet as it goes out on a wire that takes packets of `most` bytes, cut where it may be cut."""
    header = datagram.read(data)
    if header.length <= most:
        return [data]
    if header.dont_fragment:
        found = f"{header.length} bytes that must not be cut, where {most} may go on"
        return datagram.by_icmp(data, "don’t fragment", found, ending.TOO_BIG)
    room = (most - header.size) // 8 * 8
    body = datagram.body(data)
    return [piece(data, body, at, room) for at in range(0, len(body), room)]


def piece(data: bytes, body: bytes, at: int, room: int) -> bytes:
    """One fragment, `at` bytes into what the packet carries."""
    header = datagram.read(data)
    part = body[at : at + room]
    more = header.more or at + room < len(body)
    place = more << 13 | (header.offset + at) // 8
    front = data[:2] + (header.size + len(part)).to_bytes(2, "big") + data[4:6] + place.to_bytes(2, "big")
    plain = front + data[8:10] + bytes(2) + data[12 : header.size]
    return plain[:10] + checksum.checksum(plain).to_bytes(2, "big") + plain[12:] + part
