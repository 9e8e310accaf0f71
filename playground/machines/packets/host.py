"""A host that reads what arrives: its card, IP and TCP, each on the bytes that the one below hands up.

Every layer may be asked although one below would have stopped the packet: `Read.stop` of the first that stops decides.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from playground.machines.packets import connection, datagram, ending, ethernet, ipv4, reassembly, tcp
from playground.machines.packets.connection import Connection
from playground.machines.packets.ending import ETHERNET, IP, TCP, Ending, dropped

OTHERS = {1: "ICMP", 2: "IGMP", 17: "UDP"}
"""Protocols besides TCP that every host knows."""


class Checks(Protocol):
    """The three checksums, as somebody computes them."""

    def frame_holds(self, frame: bytes) -> bool: ...
    def header_holds(self, header: bytes) -> bool: ...
    def segment_holds(self, source: bytes, target: bytes, segment: bytes) -> bool: ...


class Read(NamedTuple):
    """What a layer finds: whether its checksum fits (None where it never gets to it), and where it stops."""

    layer: str
    fits: bool | None
    stop: Ending | None

    def goes_on(self) -> bool:
        """Whether the layer above can be asked what it would have found: all but the sum is in order."""
        return self.stop is None or self.fits is False


class Host(NamedTuple):
    """The hardware address of a card, and the connection that is open; its address is the host’s own."""

    mac: bytes
    open: Connection


def received(frames: list[bytes], host: Host, checks: Checks) -> list[Read]:
    """What each layer finds in frames that have come, from the card up to the first that cannot go on."""
    found = [card(frames, host.mac, checks)]
    packets = [frame[ethernet.HEADER : -ethernet.TRAILER] for frame in frames]
    if found[-1].goes_on():
        found.append(internet(packets, host.open.local[0], checks))
    if len(found) == 2 and found[-1].goes_on():
        found.append(transport(packets, host.open, checks))
    return found


def ended(found: list[Read]) -> Ending:
    """Where it really ends: at the first layer that stops."""
    return next(read.stop for read in found if read.stop)


def card(frames: list[bytes], own: bytes, checks: Checks) -> Read:
    """The frame check sequence, then the address, then the type."""
    fits = all(checks.frame_holds(frame) for frame in frames)
    if not fits:
        return Read(ETHERNET, fits, dropped(ETHERNET, "checksum", "a checksum that does not fit the frame"))
    for frame in frames:
        target, kind = frame[:6], int.from_bytes(frame[12:14], "big")
        if target != own:
            told = f"the address {ethernet.spelled(target)}, which is not its own"
            return Read(ETHERNET, fits, dropped(ETHERNET, "destination MAC", told))
        if kind != ethernet.IPV4:
            return Read(ETHERNET, fits, dropped(ETHERNET, "type", f"type {kind:04x}, which is not IPv4"))
    return Read(ETHERNET, fits, None)


def internet(packets: list[bytes], own: bytes, checks: Checks) -> Read:
    """All headers; then whether all pieces of a packet are there; then for whom they are."""
    for data in packets:
        stop = datagram.flaw(data, checks.header_holds)
        if stop:
            reached = stop.field not in ("length", "version", "IHL")
            return Read(IP, stop.field != "checksum" if reached else None, stop)
        header = datagram.read(data)
        if datagram.is_no_source(header.source):
            told = f"{ipv4.dotted(header.source)} as the sender, which no host has"
            return Read(IP, True, dropped(IP, "source address", told))
        if header.target != own:
            told = f"the address {ipv4.dotted(header.target)}, which is not its own"
            return Read(IP, True, dropped(IP, "destination address", told))
        if header.source == own:
            return Read(IP, True, dropped(IP, "source address", "its own address as the sender"))
    header = datagram.read(packets[0])
    if reassembly.together(packets) is None:
        does = "keeps it until time runs out, for want of the rest"
        return Read(IP, True, Ending(ending.KEPT, IP, "fragment", "a fragment of a packet", does))
    return Read(IP, True, another(packets[0]))


def another(data: bytes) -> Ending | None:
    """What becomes of a packet that is not for TCP (RFC 1122, 3.2.2.1)."""
    protocol = datagram.read(data).protocol
    if protocol == tcp.PROTOCOL:
        return None
    if protocol in OTHERS:
        told = f"protocol {protocol}, and hands it to {OTHERS[protocol]}"
        return dropped(IP, "protocol", told, does="sees it dropped there")
    return datagram.by_icmp(data, "protocol", f"protocol {protocol}, which nobody here takes", ending.UNREACHABLE)


def transport(packets: list[bytes], known: Connection, checks: Checks) -> Read:
    """The segment that all pieces make, with the addresses of the first."""
    whole, header = reassembly.together(packets), datagram.read(packets[0])
    if whole is None or header.protocol != tcp.PROTOCOL:
        return Read(TCP, None, None)
    stop = connection.received(whole, header.source, header.target, known, checks.segment_holds)
    return Read(TCP, None if stop.field == "data offset" else stop.field != "checksum", stop)
