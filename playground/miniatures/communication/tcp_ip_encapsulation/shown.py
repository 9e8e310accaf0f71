"""What encapsulation shows: the layers, the header in question, the segments so far, figures."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine import Metric
from playground.machines.packets import route
from playground.machines.packets.route import DELIVERED, KEPT, Sent
from playground.miniatures.communication.tcp_ip_encapsulation import told
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, ETHERNET, IP, NAMES, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.model import TcpIpEncapsulation
from playground.miniatures.communication.tcp_ip_encapsulation.view import Seen
from playground.scenes.layers import AHEAD, CARRIED, SOLID, Cell, Layer, Layers, Stations
from playground.scenes.many import many
from playground.scenes.scene import Scene
from playground.scenes.table import Column, Grid, Row, Table

PENS = ("m1", "m3", "m5", "m4")
ROWS = 5
"""Segments in the list beside the picture."""

COLUMNS = (Column("no.", 40), Column("first byte", 0), Column("text", 48), Column("frame", 54), Column("fate", 92))


def scenes(model: TcpIpEncapsulation) -> tuple[Scene, ...]:
    """The layers, the header in question, and the segments so far."""
    seen = model.view.seen
    return stack(seen, model.way.routers), seen.header, listing(model)


def stack(seen: Seen, routers: int) -> Layers:
    """The layers of the machine where the segment is; a router has no use for the upper two."""
    hosts = route.hosts(routers)
    router = 0 < seen.at < len(hosts) - 1
    packet, text = seen.packet, seen.text
    numbered = f", no. {seen.sequence}" if seen.sequence is not None else ""
    segment = f"segment {seen.segment}{numbered}" if seen.segment else "numbers the bytes"
    ttl = f"time to live {packet.ttl}" if packet and IP in seen.filled else "finds the way"
    framed = packet and ETHERNET in seen.filled
    size = f"frame of {max(text + 40, 46) + 18} bytes" if framed else "one wire at a time"
    notes = (f"{many(text, 'byte')} of text" if text else "has something to say", segment, ttl, size)
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


def listing(model: TcpIpEncapsulation) -> Table:
    """The segments that were sent last, and those that wait."""
    sent, waiting, seen = model.way.sent, model.way.waiting, model.view.seen
    listed_ = [
        (str(one.number), f"{one.segment.sequence:,}", str(len(one.segment.data)), str(one.first.size()), one.fate)
        for one in sent
    ]
    for number, length in enumerate(waiting, len(sent) + 1):
        now = number == seen.segment
        first = f"{seen.sequence:,}" if now and seen.sequence is not None else ""
        listed_.append((str(number), first, str(length), "", "on its way" if now else "waits"))
    start = max(min(len(sent) - 2, len(listed_) - ROWS), 0)
    shown = listed_[start : start + ROWS]
    rows = tuple(Row(cells[0], cells) for cells in shown)
    more = [f"{start} earlier"] * (start > 0)
    if later := len(listed_) - start - len(shown):
        more.append(f"{later} more")
    return Table(Grid("Segments", COLUMNS, rows, ", ".join(more), empty="none yet"))


def fates(sent: list[Sent]) -> str:
    """How many were delivered, and how many TCP keeps behind a gap."""
    delivered, kept = (sum(one.fate == fate for one in sent) for fate in (DELIVERED, KEPT))
    return f"{delivered} delivered, {kept} kept" if kept else f"{delivered} delivered"


def metrics(model: TcpIpEncapsulation) -> tuple[Metric, ...]:
    if not model.syn:
        return ()  # they have not shaken hands
    sent, text = model.way.sent, told.text_bytes(model.way.sent)
    asked = [name for name, state in model.damage.noticed().items() if state == "noticed"]
    figures = (
        Metric("Packets", str(len(sent)), fates(sent)),
        Metric("On the first wire", f"{told.wire_bytes(sent):,}", f"bytes, {text:,} of them text"),
        Metric("Overhead", f"{told.overhead(sent) / 10:.1f} %" if text else "–", "headers, padding and frame checksum"),
    )
    if model.damage.flips:
        who = {"frame": "the frame", "ip": "IP", "tcp": "TCP"}
        names = ", ".join(who[name] for name in asked)
        return (*figures, Metric("Noticed by", names or "nobody", f"{len(model.damage.flips)} flipped"))
    return figures
