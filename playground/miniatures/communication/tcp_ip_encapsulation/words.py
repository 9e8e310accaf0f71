"""The words for what happens to a packet, and what everybody finds who checks it."""

from __future__ import annotations

from playground.machines.packets import ending, tcp
from playground.machines.packets.ending import Ending
from playground.machines.packets.host import Read
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import DIED, NOBODY
from playground.machines.packets.tcp import Segment
from playground.scenes.many import many


def lengths(data: bytes, most: int) -> tuple[int, ...]:
    return tuple(len(piece) for piece in tcp.cut(data, most))


def counted(pieces: tuple[int, ...]) -> str:
    return f"{len(pieces)} segments" if len(pieces) > 1 else "one segment"


def filling(zeros: int) -> str:
    """What a short frame is filled up with."""
    return f"{many(zeros, 'zero')} that {'fills' if zeros == 1 else 'fill'} it up"


def ended(fate: str, number: int, router: int, most: int) -> str:
    if fate == DIED:
        return (
            f"The time to live of segment {number} is used up: router {router} drops the packet and tells the client."
        )
    size = f"takes packets of {most} bytes"
    return f"The next wire {size}, and the packet must not be cut: router {router} drops it and tells the client."


def kept(number: int, segment: Segment, expected: int) -> str:
    """A segment behind a gap."""
    size = len(segment.data)
    brings = f"Segment {number}, number {segment.sequence:,}, brings {many(size, 'byte')}"
    does = "TCP keeps the segment and asks for that one again; the program gets nothing"
    return f"{brings}. Byte {expected:,} is missing, so {does}."


def reframed(router: int, following: str, packet: Packet) -> str:
    if router == 1:
        return f"Router 1 makes a new frame: from its own address on the next wire, to {following}."
    rest = f"time to live {packet.ttl}, checksum {packet.checksum:04x}, a new frame to {following}"
    return f"Router {router} does the same: {rest}."


WHO = {ending.ETHERNET: "The receiver’s card", ending.IP: "IP", ending.TCP: "TCP"}
RIGHT = {
    ending.ETHERNET: "its checksum right",
    ending.IP: "its header right: version 4, its own address, protocol 6",
    ending.TCP: "that everything adds up",
}


def found(read: Read, *, would: bool) -> str:
    """What a layer finds; what it would find, where one below has stopped the packet."""
    who, stop = WHO[read.layer], read.stop
    if not stop:
        return (
            f"Had it come so far, {who} would find {RIGHT[read.layer]}."
            if would
            else f"{who} finds {RIGHT[read.layer]}."
        )
    told = stop.found if stop.verdict != ending.DELIVERED else f"{RIGHT[read.layer]}: {stop.found}"
    if would:
        return f"Had it come so far, {who} would find {told}."
    return f"{who} finds {told}{f', and {stop.does}' if stop.does else ''}."


AGAIN = "after a while without an answer the client’s TCP sends the segment again"


def concluded(end: Ending, sent: bytes) -> str:
    """What comes of it for the program."""
    if end.verdict == ending.DELIVERED:
        close = " Then its stream ends, as if the client had nothing more to say." if end.closes else ""
        if end.text == sent:
            return f"Nobody notices, and the program gets exactly what was sent.{close}"
        return f"Nobody notices. The program gets “{shortened(end.text)}”.{close}"
    if end.verdict == ending.RESET:
        return "The program gets an error and no text: its connection is gone."
    if end.verdict == ending.KEPT and end.answer:
        return (
            "The program gets nothing yet: the bytes before have to come first, and the client’s TCP sends them again."
        )
    if end.answer == ending.RST:
        return f"Nothing reaches the program. Nobody knows the connection that the reset is for; {AGAIN}."
    return f"Nothing reaches the program; {AGAIN}."


def passed(packets: int, told: str) -> str:
    """How many packets the server gets, and who was told."""
    count = f"{packets} packets" if packets != 1 else "1 packet"
    return f"{count}, and {told if told == NOBODY else f'the {told}'} is told"


def shortened(text: bytes) -> str:
    """Text for a sentence; bytes that are no text are shown as a sign for that."""
    words = "".join(char if char.isprintable() else "�" for char in text.decode("utf-8", "replace"))
    return words if len(words) <= 60 else f"{words[:60]}…"
