"""The words for what happens to a packet, and what everybody finds who checks it."""

from __future__ import annotations

from collections.abc import Iterator

from playground.machines.packets import tcp
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import DIED, Verdicts
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ETHERNET, IP, TCP


def lengths(data: bytes, most: int) -> tuple[int, ...]:
    return tuple(len(piece) for piece in tcp.cut(data, most))


def counted(pieces: tuple[int, ...]) -> str:
    return f"{len(pieces)} segments" if len(pieces) > 1 else "one segment"


def ended(fate: str, number: int, router: int, most: int) -> str:
    if fate == DIED:
        return (
            f"The time to live of segment {number} is used up: router {router} drops the packet and tells the client."
        )
    size = f"takes packets of {most} bytes"
    return f"The next wire {size}, and the packet must not be cut: router {router} drops it and tells the client."


def reframed(router: int, following: str, packet: Packet) -> str:
    if router == 1:
        return f"Router 1 makes a new frame: from its own address on the next wire, to {following}."
    rest = f"time to live {packet.ttl}, checksum {packet.checksum:04x}, a new frame to {following}"
    return f"Router {router} does the same: {rest}."


def checked(verdicts: Verdicts) -> Iterator[tuple[int, int, str, bool]]:
    """Layer, column of its chip, what it finds, and whether its sum holds."""
    found = "finds its checksum right" if verdicts.frame else "notices: the frame’s checksum does not fit"
    then = "" if verdicts.frame else ". It drops the frame"
    yield ETHERNET, 4, f"The receiver’s card {found}{then}.", verdicts.frame
    would = "" if verdicts.frame else ", had it come so far,"
    found = "would find its header right" if would else "finds its header right"
    bad = (
        "would notice, by its header’s checksum" if would else "notices, by its header’s checksum, and drops the packet"
    )
    yield IP, 1, f"IP{would} {found if verdicts.packet else bad}.", verdicts.packet
    would = would or ("" if verdicts.packet else ", had it come so far,")
    found = "would find that everything adds up" if would else "finds that everything adds up"
    bad = (
        "would notice: the sum is not sixteen ones"
        if would
        else "notices: the sum is not sixteen ones. It drops the segment"
    )
    yield TCP, 2, f"TCP{would} {found if verdicts.segment else bad}.", verdicts.segment


def concluded(verdicts: Verdicts, text: bytes) -> str:
    if not all(verdicts):
        return "Nothing reaches the program; after a while without an answer the client’s TCP sends the segment again."
    return f"Nobody notices. The program gets “{shortened(text)}”."


def shortened(text: bytes) -> str:
    """Text for a sentence; bytes that are no text are shown as a sign for that."""
    words = "".join(char if char.isprintable() else "�" for char in text.decode("utf-8", "replace"))
    return words if len(words) <= 60 else f"{words[:60]}…"
