"""What TCP and IP add up for a checksum, part by part."""

from __future__ import annotations

from collections.abc import Iterator

from playground.machines.packets import tcp
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.tcp import Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers
from playground.scenes.fields import Fields
from playground.scenes.many import many


def summed(segment: Segment, packet: Packet) -> Iterator[tuple[Fields, bytes, str]]:
    """What TCP adds up, part by part: the picture, the bytes, the words."""
    whole = segment.bytes()
    length = len(whole)
    pseudo = tcp.pseudo_header(packet.source, packet.target, length)
    told = "TCP first adds up what belongs to the layer below: both addresses, the protocol and the length."
    yield headers.pseudo_header(packet.source, packet.target, length), pseudo, told
    plain = segment.header()[:16] + bytes(2) + segment.header()[18:]
    keys = ("source", "target", "sequence", "acknowledged", "header", "reserved", "bits", "window", "urgent")
    yield (
        headers.tcp_header(segment, 10, keys),
        plain,
        "The ten words of its own header follow; the checksum counts as zero.",
    )
    odd = ", the odd byte at the end with a zero beside it" if len(segment.data) % 2 else ""
    words = -(-len(segment.data) // 2)
    rest = "it is added too" if words == 1 else "they are added too"
    told = f"The text is {many(words, 'word')} of 16 bits{odd}; {rest}."
    yield headers.tcp_header(segment, 10, ("sum",)), segment.data, told


def word_by_word(packet: Packet) -> Iterator[tuple[tuple[str, ...], bytes, str]]:
    """What IP adds up: the fields, their bytes, the words."""
    header = packet.header()
    names = ("version, length and service", "the total length", "the identification", "flags and offset",
             "time to live and protocol")  # fmt: skip
    for at, name in enumerate(names):
        word = header[2 * at : 2 * at + 2]
        yield headers.PARTS[at], word, f"IP adds up its header in words of 16 bits: {name}, {word.hex()}."
    yield (
        ("source",),
        header[12:16],
        f"The source address is two words: {header[12:14].hex()} and {header[14:16].hex()}.",
    )
    yield ("target",), header[16:20], f"The destination is two more: {header[16:18].hex()} and {header[18:20].hex()}."
