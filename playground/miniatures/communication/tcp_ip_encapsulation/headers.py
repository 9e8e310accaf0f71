"""The headers of TCP, IPv4 and Ethernet as fields: how far each is filled in, what has changed, what is added up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playground.machines.packets import tcp
from playground.machines.packets.checksum import ONES, fold
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.ethernet import spelled as mac
from playground.machines.packets.ipv4 import DONT_FRAGMENT, MORE, Packet, dotted
from playground.machines.packets.tcp import Segment
from playground.scenes.fields import Field, Fields, Tally
from playground.scenes.many import many

TEXT, TCP, IP, ETHERNET = range(4)
"""The layers of the Internet, from the top."""
NAMES = ("Program", "TCP", "IP", "Ethernet")
ALL = (TEXT, TCP, IP, ETHERNET)

FLAGS = {tcp.SYN: "SYN", tcp.ACK: "ACK", tcp.PSH: "PSH", tcp.FIN: "FIN"}
PARTS = (("version", "ihl", "service"), ("length",), ("id",), ("flags", "offset"), ("ttl", "protocol"))
"""The fields of the first five words of an IP header; each may hold less than a word."""


def flags_of(segment: Segment) -> str:
    return " ".join(name for bit, name in FLAGS.items() if segment.flags & bit)


def tcp_header(segment: Segment, known: int = 11, changed: tuple[str, ...] = (), **more: Any) -> Fields:
    """The first `known` fields are filled in; the checksum only with the whole header."""
    header = segment.header()
    fields = [
        Field("source", "source port", "from", 16, f"{segment.source:04x}", str(segment.source)),
        Field("target", "destination port", "to", 16, f"{segment.target:04x}", str(segment.target)),
        Field("sequence", "sequence number", "seq", 32, f"{segment.sequence:08x}", f"{segment.sequence:,}"),
        Field("acknowledged", "acknowledgement number", "ack", 32, f"{segment.acknowledged:08x}",
              f"{segment.acknowledged:,}"),
        Field("header", "length", "len", 4, f"{header[12] >> 4:x}"),
        Field("reserved", "reserved", "0", 4, "0"),
        Field("bits", "flags", "flags", 8, f"{segment.flags:02x}", flags_of(segment)),
        Field("window", "window", "win", 16, f"{segment.window:04x}", f"{segment.window:,}"),
        Field("checksum", "checksum", "sum", 16, f"{segment.checksum:04x}"),
        Field("urgent", "urgent pointer", "urg", 16, "0000"),
    ]  # fmt: skip
    if segment.options:
        size = int.from_bytes(segment.options[2:4], "big")
        fields.append(Field("options", "options", "opt", 32, segment.options.hex(), f"segments up to {size:,}"))
    fields = [
        field if at < known and (known > 10 or field.key != "checksum") else field._replace(value="", meaning="")
        for at, field in enumerate(fields)
    ]
    return Fields("TCP header", f"{len(header)} bytes", tuple(fields), changed, **more)


def pseudo_header(source: bytes, target: bytes, length: int) -> Fields:
    """What is summed before the segment and never sent."""
    fields = (
        Field("from", "source address", "from", 32, source.hex(), dotted(source)),
        Field("to", "destination address", "to", 32, target.hex(), dotted(target)),
        Field("zero", "zero", "0", 8, "00"),
        Field("protocol", "protocol", "proto", 8, "06", "TCP"),
        Field("segment", "TCP length", "len", 16, f"{length:04x}", str(length)),
    )
    return Fields("Pseudo-header", "12 bytes, never sent", fields, tuple(field.key for field in fields))


def ip_header(
    packet: Packet, known: int = 12, changed: tuple[str, ...] = (), before: Packet | None = None, *, sealed: bool = True
) -> Fields:
    """The first `known` fields; with the packet of before, what has changed is shown as `old → new`."""
    length = 20 + len(packet.data)
    ways = {DONT_FRAGMENT: "don’t fragment", MORE: "more", 0: ""}
    was = {"ttl": f"{before.ttl:02x}", "checksum": f"{before.checksum:04x}"} if before else {}
    fields = [
        Field("version", "version", "ver", 4, "4"),
        Field("ihl", "length", "len", 4, "5"),
        Field("service", "service", "service", 8, "00"),
        Field("length", "total length", "length", 16, f"{length:04x}", f"{length} bytes"),
        Field("id", "identification", "id", 16, f"{packet.identification:04x}"),
        Field("flags", "flags", "flag", 3, f"{packet.flags:03b}", ways.get(packet.flags, "")),
        Field("offset", "fragment offset", "offset", 13, str(packet.offset), f"× 8 = {packet.offset * 8}"),
        Field("ttl", "time to live", "ttl", 8, f"{packet.ttl:02x}", str(packet.ttl)),
        Field("protocol", "protocol", "proto", 8, "06", "TCP"),
        Field("checksum", "header checksum", "sum", 16, f"{packet.checksum:04x}" if sealed else ""),
        Field("source", "source address", "from", 32, packet.source.hex(), dotted(packet.source)),
        Field("target", "destination address", "to", 32, packet.target.hex(), dotted(packet.target)),
    ]
    for at, field in enumerate(fields):
        if at >= known:
            fields[at] = field._replace(value="", meaning="")
        elif was.get(field.key, field.value) != field.value and field.key in changed:
            fields[at] = field._replace(old=was[field.key], meaning="")
    return Fields("IPv4 header", "20 bytes", tuple(fields), changed)


def ethernet_header(frame: Frame, changed: tuple[str, ...] = (), before: Frame | None = None) -> Fields:
    """The whole frame, the packet as one field. Hardware addresses are six bytes, so a row has 48 bits here."""
    fcs, was = frame.bytes()[-4:].hex(), before.bytes()[-4:].hex() if before else ""
    zeros = f"+ {many(len(frame.padding()), 'zero')}" if frame.padding() else ""
    fields = (
        Field("target", "destination MAC", "to", 48, mac(frame.target)),
        Field("source", "source MAC", "from", 48, mac(frame.source)),
        Field("type", "type", "type", 16, "0800", "IPv4"),
        Field("packet", "the packet", "packet", 32, f"{len(frame.payload)} bytes", zeros),
        Field("fcs", "frame check sequence", "FCS", 32, fcs, "", was if was != fcs else ""),
    )
    offsets = ("0", "6", "12", str(len(frame.bytes()) - 4))
    return Fields("Ethernet frame", "14 bytes before, 4 behind", fields, changed, row=48, offsets=offsets)


def with_sum(fields: Fields, total: int, caption: str = "sum so far", word: str = "") -> Fields:
    """The header with the running sum below it."""
    tallies = [Tally("word", "added now", word)] if word else []
    return replace(fields, tallies=(*tallies, Tally("sum", caption, f"{total:x}")))


def with_checksum(fields: Fields, total: int) -> Fields:
    """The header with the end of the sum: what ran over added at the right, all bits turned round."""
    folded = fold(total)
    over = Tally("over", f"{total >> 16:x} ran over and is added at the right", f"{folded:04x}")
    turned = Tally("turned", "all bits turned round", f"{ONES - folded:04x}")
    return replace(fields, tallies=(Tally("sum", "the whole sum", f"{total:x}"), over, turned))


def damaged_bytes(before: bytes, after: bytes, byte: int) -> Fields:
    """Some bytes around a flipped bit: as they were sent, and as they came."""
    first = max(min(byte // 4 * 4 - 8, (len(before) - 20) // 4 * 4), 0)
    fields = []
    for at in range(first, min(first + 20, len(before))):
        was, now = f"{before[at]:02x}", f"{after[at]:02x}"
        letter = chr(after[at]) if at >= 54 and 32 < after[at] < 127 else ""
        fields.append(Field(f"byte{at}", f"byte {at}", str(at), 8, now, letter, was if was != now else ""))
    sent = Tally("sent", f"byte {byte} as it was sent", f"{before[byte]:08b}")
    came = Tally("came", "as it came", f"{after[byte]:08b}")
    note = f"bytes {first} to {first + len(fields) - 1}"
    offsets = tuple(str(at) for at in range(first, first + len(fields), 4))
    return Fields("In the frame", note, tuple(fields), (f"byte{byte}",), (sent, came), offsets=offsets)


def column_of(byte: int, end: int) -> int:
    """The chip in which a byte of the frame lies; the packet ends before `end`."""
    borders = (14, 34, 54, end)
    return next((column for column, border in enumerate(borders) if byte < border), 4)
