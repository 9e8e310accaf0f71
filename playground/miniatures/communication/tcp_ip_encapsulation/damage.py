"""Bits that turn on the way: the last segment crosses again, and everybody reads what comes."""

from __future__ import annotations

from playground.engine import Decision, Refused, Say, Steps, decide
from playground.machines.packets import crossing, ending, ethernet, host
from playground.machines.packets.crossing import FIRST, LAST, WIRE, Crossed, Flip
from playground.machines.packets.ending import Ending
from playground.machines.packets.host import Read
from playground.machines.packets.route import Sent
from playground.miniatures.communication.tcp_ip_encapsulation import headers, words
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ETHERNET, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.view import View
from playground.miniatures.communication.tcp_ip_encapsulation.way import Way

PLACES = {WIRE: "on the last wire", LAST: "in the last router’s memory", FIRST: "in the first router’s memory"}
CHIPS = {ending.ETHERNET: (ETHERNET, 4), ending.IP: (IP, 1), ending.TCP: (TCP, 2)}
"""The layer that reads, and the column of its checksum or header."""


def lost(end: Ending) -> bool:
    """Whether the picture shows it crossed out. What TCP keeps is not lost; a fragment that waits for another is."""
    return end.verdict != ending.DELIVERED and (end.verdict, end.layer) != (ending.KEPT, ending.TCP)


class Damage:
    """All flips of a segment so far, and what becomes of it with them."""

    def __init__(self, way: Way, view: View) -> None:
        self.way, self.view = way, view
        self.flips: list[Flip] = []
        self.crossed = Crossed([])
        self.reads: list[Read] = []
        """What the server’s layers find; empty where it gets nothing."""

    def forget(self) -> None:
        self.flips, self.crossed, self.reads = [], Crossed([]), []

    @property
    def ending(self) -> Ending | None:
        """Where the segment ends; None while no bit has turned."""
        if not self.flips:
            return None
        return self.crossed.stop or host.ended(self.reads)

    def where(self) -> str:
        """Who has the packet at its end."""
        return f"router {self.crossed.router}" if self.crossed.router else "the server"

    def add(self, flip: Flip) -> Steps:
        """One more bit; then everybody on the way is asked again, from the start."""
        sent = self.may_flip(flip)
        self.flips.append(flip)
        way, model = self.way, self.way.model
        self.crossed = crossing.crossed(sent, self.flips, model.mtu if sent.routers else ethernet.MOST, model)
        server = way.server(sent)
        self.reads = [] if self.crossed.stop else host.received(self.crossed.frames, server, model)
        yield from self.turning(sent, flip)
        yield from self.over_routers(sent)
        yield from self.up_the_server(sent)
        end = self.crossed.stop or host.ended(self.reads)
        layer, column = CHIPS[end.layer] if end.verdict != ending.DELIVERED else (TEXT, 3)
        seen = (IP,) if self.crossed.stop else tuple(range(layer, ETHERNET + 1))
        self.view.show(filled=seen, chips=(f"{layer}/{column}",), lost=lost(end),
                       header=self.view.calm())  # fmt: skip
        noticed = Decision(f"who notices, flip {len(self.flips)}", model.noticed_by())
        told = words.concluded(end, sent.segment.data)
        yield Say(told, (noticed,), stop=end.verdict == ending.DELIVERED)

    def turning(self, sent: Sent, flip: Flip) -> Steps:
        """The bit in question, among its neighbours."""
        whole = b"".join(frame.bytes() for frame in sent.last[:1])
        came = self.turned(whole)
        at, layer = {WIRE: (sent.routers + 1, ETHERNET), LAST: (sent.routers, IP), FIRST: (1, IP)}[flip.where]
        column = headers.column_of(flip.byte, ethernet.HEADER + len(sent.last[0].payload))
        shown = headers.damaged_bytes(whole, came, flip.byte) if flip.byte < len(whole) else self.view.calm()
        self.view.show(at=at, filled=(layer,), chips=(f"{layer}/{column}",), lost=False, header=shown)
        where = PLACES[flip.where]
        yield f"Segment {sent.number} crosses once more, and bit {flip.bit} of byte {flip.byte} turns {where}."

    def over_routers(self, sent: Sent) -> Steps:
        """What the routers behind the first find, where a bit has turned in its memory."""
        if not any(flip.where == FIRST for flip in self.flips):
            return
        stop, last = self.crossed.stop, self.crossed.router or sent.routers
        self.view.show(at=last, filled=(IP, ETHERNET), chips=(f"{IP}/1",), lost=bool(stop))
        who = f"Router {last}"
        name = f"router {last}, flip {len(self.flips)}"
        if stop:
            yield decide(f"{who} finds {stop.found}, and {stop.does}.", name, stop.field, stop=True)
            return
        passed = f"Routers 2 to {last} find" if last > 2 else f"{who} finds"
        yield decide(f"{passed} the header right, and the packet goes on in a new frame.", name, "sent on")

    def up_the_server(self, sent: Sent) -> Steps:
        """Layer by layer, as far as there is something to ask."""
        would = False
        for read in self.reads:
            layer, column = CHIPS[read.layer]
            bad = bool(read.stop and read.stop.verdict != ending.DELIVERED)
            away = bool(read.stop and lost(read.stop))
            self.view.show(at=sent.routers + 1, filled=tuple(range(layer, 4)), chips=(f"{layer}/{column}",), lost=away)
            choice = "noticed" if read.fits is False else "missed"
            yield decide(words.found(read, would=would), f"{read.layer}, flip {len(self.flips)}", choice, stop=bad)
            would = would or bad

    def may_flip(self, flip: Flip) -> Sent:
        """The segment whose bits may be flipped, or a sentence that says why there is none."""
        sent = self.way.sent[-1]
        if not sent.last:
            raise Refused("", "The last segment has not arrived. Send one that does, and flip a bit of it.")
        first = ethernet.HEADER
        inside = len(sent.second) if flip.where == FIRST else len(sent.last[0].payload)
        size, end = len(sent.last[0].bytes()), first + inside
        if flip.where == LAST and not sent.routers:
            raise Refused("where", "There is no router on the way. Flip it on the wire.")
        if flip.where == FIRST and sent.routers < 2:
            raise Refused(
                "where", "The first router is the last one too, or there is none. Take the last router or the wire."
            )
        if flip.where != WIRE and not first <= flip.byte < end:
            raise Refused("byte", f"A router keeps only the packet in memory: bytes {first} to {end - 1}.")
        if flip.where == WIRE and flip.byte >= size:
            raise Refused("byte", f"The frame has {size} bytes; take one from 0 to {size - 1}.")
        return sent

    def turned(self, frame: bytes) -> bytes:
        """A frame with all bits turned, wherever."""
        for place in PLACES:
            frame = crossing.turned(frame, self.flips, place)
        return frame

    def text(self) -> bytes:
        """The text of the segment with all flips so far, whether it arrives or not."""
        if not self.flips:
            return b""
        frames = self.way.sent[-1].last
        parts = [one.bytes()[34 : 14 + len(one.payload)] for one in frames]
        parts[0] = self.turned(frames[0].bytes())[34 : 14 + len(frames[0].payload)]
        return b"".join(parts)[20:]

    def noticed(self) -> dict[str, str]:
        """For each checksum at the server, or where it stopped: noticed, missed, or not asked."""
        found = dict.fromkeys(("frame", "ip", "tcp"), "not asked")
        if self.crossed.stop:
            return found | {"frame": "missed", "ip": "noticed" if self.crossed.stop.field == "checksum" else "missed"}
        names = {ending.ETHERNET: "frame", ending.IP: "ip", ending.TCP: "tcp"}
        asked = {True: "missed", False: "noticed", None: "not asked"}
        return found | {names[read.layer]: asked[read.fits] for read in self.reads}

    def noticed_by(self) -> str:
        """The first checksum on the way that does not fit, in words."""
        end = self.ending
        if not end or end.field != "checksum":
            return "no checksum"
        at = self.where()
        return {ending.ETHERNET: f"the frame’s, at {at}", ending.IP: f"IP’s, at {at}", ending.TCP: f"TCP’s, at {at}"}[
            end.layer
        ]
