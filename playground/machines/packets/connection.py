"""What TCP does with a segment that has come, on an open connection or on none: RFC 9293, 3.10.7.

The checks stand in the order in which Linux makes them. Numbers are compared on the circle of 2³².
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playground.machines.packets import ending, tcp
from playground.machines.packets.ending import TCP, Ending, dropped
from playground.machines.packets.tcp import ACK, CIRCLE, FIN, RST, SYN, URG

WINDOW = 64240
"""Bytes that either side is ready to take."""
END, NO_OPERATION, SIGNED = 0, 1, (19, 29)
"""Options of one byte, and the two that sign a segment (RFC 2385, 5925): nobody here has agreed on those."""
SHORTEST = 18
"""Bytes of options from which on Linux looks whether a segment is signed."""


class Connection(NamedTuple):
    """An open one, as the server has it: both ends, the number it expects, and the one it sends next."""

    local: tuple[bytes, int]
    remote: tuple[bytes, int]
    expected: int
    next: int
    window: int = WINDOW


def after(one: int, other: int) -> int:
    """How far one number lies behind another: negative where it lies before."""
    return (one - other + CIRCLE // 2) % CIRCLE - CIRCLE // 2


def received(
    segment: bytes, source: bytes, target: bytes, known: Connection, holds: Callable[[bytes, bytes, bytes], bool]
) -> Ending:
    """How a segment ends that IP has handed up, with the addresses it came with."""
    size = tcp.WORD * (segment[12] >> 4) if len(segment) >= tcp.LEAST else 0
    if size < tcp.LEAST or size > len(segment):
        return dropped(TCP, "data offset", f"a header of {size} bytes, and {len(segment)} have come")
    if not holds(source, target, segment):
        return dropped(TCP, "checksum", "a sum that is not sixteen ones")
    if bad_options(segment[tcp.LEAST : size]):
        return dropped(TCP, "options", "an option that does not fit in its header")
    here, there = (int.from_bytes(segment[at : at + 2], "big") for at in (2, 0))
    flags = segment[13]
    if (target, here) == known.local and (source, there) == known.remote:
        return on_the_connection(segment[size:], segment, known)
    return without_one(here, there, flags, known)


def bad_options(options: bytes) -> bool:
    """Whether Linux, which looks for a signature, finds one that nobody has asked for, or cannot read on.

    RFC 9293, 3.1, demands no more than that an illegal length does no harm.
    """
    at = 0
    while at <= len(options) - SHORTEST and options[at] != END:
        size = 1 if options[at] == NO_OPERATION else options[at + 1]
        if options[at] != NO_OPERATION and (size < 2 or at + size > len(options) or options[at] in SIGNED):
            return True
        at += size
    return False


def without_one(here: int, there: int, flags: int, known: Connection) -> Ending:
    """A segment of no connection: for a port where somebody listens (3.10.7.2), or for one where nobody does (.1)."""
    listens = here == known.local[1]
    found = f"port {there} as its sender, with which there is no connection" if listens else (
        f"port {here}, where no program listens")  # fmt: skip
    field = "source" if listens else "destination port"
    if flags & RST:
        return dropped(TCP, field, f"{found}, and a reset")
    if listens and not flags & ACK:
        if flags & SYN and not flags & FIN:
            return Ending(ending.OPENED, TCP, field, f"a SYN from port {there}", "answers it as a new connection",
                          ending.SYN_ACK)  # fmt: skip
        return dropped(TCP, field, f"{found}, and no ACK")
    return Ending(ending.REFUSED, TCP, field, found, "answers with a reset", ending.RST)


def on_the_connection(text: bytes, segment: bytes, known: Connection) -> Ending:
    """The checks of 3.10.7.4, then the text.

    The server has sent nothing but its SYN, so there is one number that can be acknowledged. RFC 5961, 5.2, lets pass
    what is no older than a window; Linux takes no ACK of bytes that it has never sent.
    """
    number, acknowledged = (int.from_bytes(segment[at : at + 4], "big") for at in (4, 8))
    flags = segment[13]
    again = "drops it and repeats its ACK"
    if not flags & (ACK | RST | SYN):
        return dropped(TCP, "flags", "no ACK, which every segment but the first must have")
    early = after(number, known.expected)
    length = len(text) + bool(flags & FIN) + bool(flags & SYN)
    if early >= known.window or early + length <= 0:
        found = f"number {number:,}, outside the window of {known.window:,} bytes from {known.expected:,}"
        if flags & RST:
            return dropped(TCP, "sequence number", f"{found}, and a reset")
        return dropped(TCP, "sequence number", found, ending.ACK, again)
    if flags & RST:
        if early:
            return dropped(TCP, "flags", "a reset whose number is not the next one", ending.ACK, again)
        return Ending(ending.RESET, TCP, "flags", "a reset", "ends the connection")
    if flags & SYN:
        return dropped(TCP, "flags", "a SYN in the middle of a connection", ending.ACK, again)
    if acknowledged != known.next:
        return dropped(TCP, "acknowledgement number", f"an ACK of byte {acknowledged:,}, which was never sent",
                       ending.ACK, again)  # fmt: skip
    if early > 0:
        return Ending(ending.KEPT, TCP, "sequence number", f"number {number:,}, and {known.expected:,} comes next",
                      "keeps it back and asks for the bytes before", ending.ACK)  # fmt: skip
    return handed_over(text, -early, segment, known)


def handed_over(text: bytes, known_already: int, segment: bytes, known: Connection) -> Ending:
    """The new bytes of a segment. An urgent one is taken out, as sockets do unless told otherwise (RFC 6093, 3.1)."""
    flags, pointer = segment[13], int.from_bytes(segment[18:20], "big")
    fresh = text[known_already:]
    if flags & URG:
        at = max(pointer - 1, 0) - known_already
        if 0 <= at < len(fresh):
            fresh = fresh[:at] + fresh[at + 1 :]
    number = f"number {int.from_bytes(segment[4:8], 'big'):,}"
    found = f"{number}, of which it has {known_already} bytes already" if known_already else f"{number} comes next"
    return Ending(ending.DELIVERED, TCP, "", found, "", ending.ACK, fresh, closes=bool(flags & FIN))
