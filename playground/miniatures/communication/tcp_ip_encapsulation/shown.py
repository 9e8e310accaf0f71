"""What encapsulation shows: its pictures, its figures, its outcome, and the words for what happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.engine import Metric
from playground.engine.schema import TEXT as TEXTS
from playground.engine.schema import WHOLE, described, listed, record
from playground.machines.packets import route, tcp
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import DELIVERED
from playground.machines.packets.tcp import Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, ETHERNET, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.words import shortened
from playground.scenes.fields import Fields
from playground.scenes.layers import AHEAD, CARRIED, SOLID, Cell, Layer, Layers, Move, Stations
from playground.scenes.scene import Scene
from playground.scenes.table import Column, Grid, Row, Table

if TYPE_CHECKING:
    from playground.miniatures.communication.tcp_ip_encapsulation.model import TcpIpEncapsulation

NAMES = ("Program", "TCP", "IP", "Ethernet")
PENS = ("m1", "m3", "m5", "m4")
NO_HEADER = Fields("", "", (), empty="no header yet")
ROWS = 5
"""Segments in the list beside the picture."""

COLUMNS = (Column("no.", 40), Column("first byte", 0), Column("text", 48), Column("frame", 54), Column("fate", 92))

NOTICED = record(frame=TEXTS, ip=TEXTS, tcp=TEXTS)
SEGMENT = record(name=TEXTS, sequence=WHOLE, length=WHOLE, frame_bytes=WHOLE, fate=TEXTS)
OUTCOME = record(
    segments=listed(SEGMENT),
    count=described(WHOLE, "segments that were sent"),
    last_sequence=described(WHOLE, "sequence number of the last one"),
    syn=described(TEXTS, "the client’s SYN, in hexadecimal"),
    first=described(listed(TEXTS), "frames on the first wire, in hexadecimal"),
    last=described(listed(TEXTS), "frames on the last wire, as sent"),
    received=described(TEXTS, "the text that the server’s program got"),
    wire_bytes=described(WHOLE, "bytes on the first wire"),
    text_bytes=described(WHOLE, "bytes of text in them"),
    overhead_permille=described(WHOLE, "the rest, in thousandths of the wire’s bytes"),
    rewritten=described(TEXTS, "what the last router rewrote in the frame of the last segment"),
    flips=described(WHOLE, "bits flipped"),
    noticed=described(NOTICED, "who noticed: noticed, missed, or not asked"),
    damaged=described(WHOLE, "bytes of text that arrived other than they were sent"),
    damaged_text=described(TEXTS, "the text with the flipped bits"),
)


@dataclass(frozen=True)
class Seen:
    """What the picture is about: where it stands, which layers hold something, and the header beside it."""

    at: int = 0
    filled: tuple[int, ...] = ()
    chips: tuple[str, ...] = ()
    move: Move | None = None
    header: Fields = NO_HEADER
    lost: bool = False
    text: int = 0
    segment: int = 0
    sequence: int | None = None
    """Not until it has been numbered."""
    packet: Packet | None = None


# Pictures.


def scenes(model: TcpIpEncapsulation) -> tuple[Scene, ...]:
    """The layers, the header in question, and the segments so far."""
    routers = getattr(model, "routers", model.hops)
    seen = getattr(model, "seen", Seen())
    return stack(seen, routers), seen.header, listing(model)


def stack(seen: Seen, routers: int) -> Layers:
    """The layers of the machine where the segment is; a router has no use for the upper two."""
    hosts = route.hosts(routers)
    router = 0 < seen.at < len(hosts) - 1
    packet, text = seen.packet, seen.text
    numbered = f", no. {seen.sequence}" if seen.sequence is not None else ""
    segment = f"segment {seen.segment}{numbered}" if seen.segment else "numbers the bytes"
    ttl = f"time to live {packet.ttl}" if packet else "finds the way"
    size = f"frame of {max(text + 40, 46) + 18} bytes" if packet else "one wire at a time"
    notes = (f"{text} bytes of text" if text else "has something to say", segment, ttl, size)
    layers = tuple(
        Layer(NAMES[at], notes[at] if at >= IP or not router else "not in a router", PENS[at], at >= IP or not router)
        for at in ALL
    )
    cells = tuple(
        cell
        for at in ALL
        if at in seen.filled or not router or at >= IP
        for cell in chips(at, seen, text, router=router)
    )
    where = f"In {hosts[seen.at]}" if router else f"At the {hosts[min(seen.at, len(hosts) - 1)]}"
    return Layers(where, f"{routers} router{'s' * (routers != 1)} on the way", layers, 5, cells,
                  None, seen.move, Stations(hosts, min(seen.at, len(hosts) - 1)), seen.chips, seen.lost)  # fmt: skip


def chips(layer: int, seen: Seen, text: int, *, router: bool) -> Iterator[Cell]:
    """The layer’s own header, and all that it carries for those above."""
    if router and layer < IP:
        return
    own = {TEXT: f"text {text}", TCP: "TCP 20", IP: "IP 20", ETHERNET: "Eth 14"}
    short = ("text", "TCP", "IP", "Eth")
    there = layer in seen.filled
    for above in range(layer, -1, -1):
        state = (SOLID if above == layer else CARRIED) if there else AHEAD
        if above == TEXT and not text:
            continue
        yield Cell(layer, 3 - above, own[above] if there else short[above], short[above], state, PENS[above])
    if layer == ETHERNET:
        yield Cell(layer, 4, "FCS 4" if there else "FCS", "FCS", SOLID if there else AHEAD, PENS[ETHERNET])


def column_of(byte: int, end: int) -> int:
    """The chip in which a byte of the frame lies; the packet ends before `end`."""
    borders = (14, 34, 54, end)
    return next((column for column, border in enumerate(borders) if byte < border), 4)


def listing(model: TcpIpEncapsulation) -> Table:
    """The segments that were sent last, and those that wait."""
    sent, waiting = getattr(model, "sent", []), getattr(model, "waiting", ())
    listed_ = [
        (str(one.number), f"{one.segment.sequence:,}", str(len(one.segment.data)), str(one.first.size()), one.fate)
        for one in sent
    ]
    for number, length in enumerate(waiting, len(sent) + 1):
        now = number == model.seen.segment
        first = f"{model.seen.sequence:,}" if now and model.seen.sequence is not None else ""
        listed_.append((str(number), first, str(length), "", "on its way" if now else "waits"))
    start = max(min(len(sent) - 2, len(listed_) - ROWS), 0)
    shown = listed_[start : start + ROWS]
    rows = tuple(Row(cells[0], cells) for cells in shown)
    more = [f"{start} earlier"] * (start > 0)
    if later := len(listed_) - start - len(shown):
        more.append(f"{later} more")
    return Table(Grid("Segments", COLUMNS, rows, ", ".join(more), empty="none yet"))


# The sums.


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
    told = f"The text is {words} words of 16 bits{odd}; they are added too."
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


# Figures.


def wire_bytes(model: TcpIpEncapsulation) -> int:
    return sum(one.first.size() for one in model.sent)


def overhead(model: TcpIpEncapsulation) -> int:
    """In thousandths of the bytes on the first wire."""
    whole, text = wire_bytes(model), sum(len(one.segment.data) for one in model.sent)
    return 1000 * (whole - text) // whole if whole else 0


def metrics(model: TcpIpEncapsulation) -> tuple[Metric, ...]:
    if not hasattr(model, "sent"):
        return ()
    text = sum(len(one.segment.data) for one in model.sent)
    asked = [name for name, state in noticed(model).items() if state == "noticed"]
    figures = (
        Metric("Packets", str(len(model.sent)), f"{sum(one.fate == DELIVERED for one in model.sent)} delivered"),
        Metric("On the first wire", f"{wire_bytes(model):,}", f"bytes, {text:,} of them text"),
        Metric("Overhead", f"{overhead(model) / 10:.1f} %" if text else "–", "headers, padding and frame checksum"),
    )
    if model.flips:
        who = {"frame": "the frame", "ip": "IP", "tcp": "TCP"}
        names = ", ".join(who[name] for name in asked)
        return (*figures, Metric("Noticed by", names or "nobody", f"{len(model.flips)} flipped"))
    return figures


def noticed(model: TcpIpEncapsulation) -> dict[str, str]:
    if not model.verdicts:
        return dict.fromkeys(("frame", "ip", "tcp"), "not asked")
    return {
        name: "missed" if good else "noticed" for name, good in zip(("frame", "ip", "tcp"), model.verdicts, strict=True)
    }


def outcome(model: TcpIpEncapsulation) -> dict[str, object]:
    sent, last = model.sent, model.sent[-1] if model.sent else None
    text = model.damaged_text()
    was = last.segment.data if last and model.flips else b""
    return {
        "segments": [
            {
                "name": str(one.number),
                "sequence": one.segment.sequence,
                "length": len(one.segment.data),
                "frame_bytes": one.first.size(),
                "fate": one.fate,
            }
            for one in sent
        ],
        "count": len(sent),
        "last_sequence": last.segment.sequence if last else 0,
        "syn": model.syn.bytes().hex(),
        "first": [one.first.bytes().hex() for one in sent],
        "last": [frame.bytes().hex() for one in sent for frame in one.last],
        "received": model.received.decode("utf-8", "replace"),
        "wire_bytes": wire_bytes(model),
        "text_bytes": sum(len(one.segment.data) for one in sent),
        "overhead_permille": overhead(model),
        "rewritten": model.rewritten or "nothing",
        "flips": len(model.flips),
        "noticed": noticed(model),
        "damaged": sum(one != other for one, other in zip(was, text, strict=True)),
        "damaged_text": shortened(text),
    }
