"""The way of a segment: down the layers of the client, over every router, and up again at the server."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from playground.engine import Decision, Say, Steps, decide
from playground.machines.packets import checksum, ending, host, ipv4, nat, route, tcp
from playground.machines.packets.connection import Connection
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.host import Checks, Host
from playground.machines.packets.ipv4 import DONT_FRAGMENT, Packet
from playground.machines.packets.route import (
    CLIENT,
    CUTS,
    DELIVERED,
    DIED,
    DROPS,
    KEPT,
    NOBODY,
    TOO_LONG,
    Passage,
    Sent,
    Wire,
)
from playground.machines.packets.tcp import ACK, CIRCLE, PSH, Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers, sums, words
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, ETHERNET, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.view import View
from playground.scenes.layers import Move
from playground.scenes.many import many

SERVER_ISN = 700_000
FIRST_ID = 0x1C46


class Model(Checks, Protocol):
    """What the way asks of the model: its inputs, and the rules that a wrong model has otherwise."""

    addresses: tuple[bytes, bytes]
    mss: int
    hops: int
    ttl: int
    mtu: int
    df: bool
    source: str
    port: int
    target: str
    to_port: int
    nat: bool
    offload: bool

    def sequence_number(self, offset: int, length: int) -> int: ...
    def forwarded(self, packet: Packet) -> Packet: ...
    def translated(self, packet: Packet) -> Packet: ...
    def framed(self, packet: Packet, wire: Wire) -> Frame: ...
    def passage(self, packet: Packet, most: int) -> Passage: ...
    def noticed_by(self) -> str: ...


class Way:
    """How text becomes segments, packets and frames, and arrives."""

    def __init__(self, model: Model, view: View) -> None:
        self.model, self.view = model, view
        self.routers = model.hops
        self.known_mtu = 1500 if model.hops else model.mtu
        """The longest packet that all wires are known to take."""
        self.offset = 0
        """Bytes of the stream that have been cut into segments."""
        self.gap: int | None = None
        """Where the stream has a byte that was lost, the first one if there are more."""
        self.waiting: tuple[int, ...] = ()
        """Bytes of text in each segment that has been cut and not been sent."""
        self.sent: list[Sent] = []
        self.begun = 0
        """How many had been sent before the last text."""
        self.told = NOBODY
        """Who has learnt from a router how small a wire is, since then."""
        self.rewritten = ""
        """What the last router changed in the last frame."""
        self.received = b""

    def most(self) -> int:
        """Bytes of text a segment may carry: what the server takes, and what the wires are known to take."""
        return min(self.model.mss, self.known_mtu - 40)

    # Down.

    def send_all(self, data: bytes, *, in_detail: bool) -> Steps:
        """Cut the text and send every piece: the first in detail if asked for, every other in one step."""
        self.waiting = words.lengths(data, self.most())
        self.begun, self.told = len(self.sent), NOBODY
        self.view.show(at=0, filled=(TEXT,), chips=(f"{TEXT}/3",), move=None, lost=False, text=len(data), segment=0,
                       header=self.view.calm())  # fmt: skip
        yield f"TCP cuts the text into {words.counted(self.waiting)} of at most {self.most():,} bytes."
        done = 0
        while done < len(data):
            piece = data[done : done + self.most()]
            segment, packet = self.built(piece)
            self.view.show(text=len(piece), segment=len(self.sent) + 1, sequence=None, packet=packet)
            if in_detail:
                yield from self.build_in_detail(segment, packet)
            yield from self.cross(segment, packet, in_detail=in_detail)
            in_detail = False
            if self.sent[-1].fate == TOO_LONG and self.told == CLIENT:
                self.known_mtu = self.model.mtu
                self.waiting = words.lengths(data[done:], self.most())
                self.view.show(at=0, filled=(TEXT,), chips=(f"{TEXT}/3",), lost=False, header=self.view.calm())
                yield f"The client learns it, and TCP cuts the same bytes again, {self.most():,} at most."
                continue
            done += len(piece)
            self.offset += len(piece)

    def built(self, data: bytes) -> tuple[Segment, Packet]:
        """A segment, and the packet that carries it."""
        model = self.model
        number = model.sequence_number(self.offset, len(data))
        plain = Segment(model.port, model.to_port, number, SERVER_ISN + 1, ACK | PSH, data)
        segment = tcp.sealed(plain, *model.addresses)
        mark, flags = (FIRST_ID + len(self.sent)) & 0xFFFF, DONT_FRAGMENT if model.df else 0
        packet = Packet(*model.addresses, mark, flags, model.ttl, tcp.PROTOCOL, segment.bytes())
        return segment, ipv4.sealed(packet)

    def build_in_detail(self, segment: Segment, packet: Packet) -> Steps:
        """One header after the other, and how its checksum comes about."""
        self.view.show(filled=(TEXT, TCP), chips=(f"{TCP}/2",), move=Move(TEXT, TCP, 3, "handed down"),
                       header=headers.tcp_header(segment, 2, ("source", "target")))  # fmt: skip
        yield f"TCP begins its header with the ports: {self.model.port} here, {self.model.to_port} there."
        self.view.show(move=None, sequence=segment.sequence, header=headers.tcp_header(segment, 4, ("sequence",)))
        number = f"The first byte of the segment is number {segment.sequence:,} of the stream."
        yield decide(number, f"number of segment {len(self.sent) + 1}", f"{segment.sequence}")
        self.view.show(header=headers.tcp_header(segment, 8, ("header", "reserved", "bits", "window")))
        yield "Length of the header, flags and window follow; the checksum has to wait for all the rest."
        yield from self.left_to_the_card(segment, packet) if self.model.offload else self.sum_up(segment, packet)
        self.view.show(filled=(TEXT, TCP, IP), chips=(f"{IP}/1",), move=Move(TCP, IP, 2, "handed down"),
                       header=headers.ip_header(packet, 7, ("length",), sealed=False))  # fmt: skip
        yield f"IP takes the segment as {len(packet.data)} bytes of something, and writes how long the packet is."
        self.view.show(move=None, header=headers.ip_header(packet, 9, ("ttl", "protocol"), sealed=False))
        ttl = packet.ttl
        yield f"IP writes after how many routers to give up, {ttl}, and who takes the bytes at the end: 6 is TCP."
        plain = headers.ip_header(packet, sealed=False)
        self.view.show(header=replace(plain, changed=("source", "target")))
        yield f"The packet goes from {self.model.source} to {self.model.target}, whoever carries it."
        total = 0
        for keys, covered, told in sums.word_by_word(packet):
            total = checksum.added(total, covered)
            self.view.show(header=headers.with_sum(replace(plain, changed=keys), total, word=covered.hex(" ", 2)))
            yield told
        self.view.show(header=headers.with_checksum(headers.ip_header(packet, changed=("checksum",)), total))
        yield f"Folded and turned round, the checksum of the header is {packet.checksum:04x}; the segment is not in it."
        frame, chips = route.framed(packet, route.wires(self.routers)[0]), (f"{ETHERNET}/0",)
        self.view.show(filled=ALL, chips=chips, move=Move(IP, ETHERNET, 1, "handed down"),
                       header=headers.ethernet_header(frame, ("target", "source")))  # fmt: skip
        yield f"Ethernet addresses the frame to {route.hosts(self.routers)[1]}, the next machine on this wire."
        if self.model.offload:
            self.view.show(chips=(f"{TCP}/2",), move=None, header=headers.tcp_header(segment, changed=("checksum",)))
            yield f"The card adds up the rest and writes TCP’s checksum, {segment.checksum:04x}, after any capture."
        self.view.show(chips=(f"{ETHERNET}/4",), move=None, header=headers.ethernet_header(frame, ("fcs",)))
        zeros = f", {words.filling(len(frame.padding()))}," if frame.padding() else ""
        size = len(frame.bytes())
        yield f"A checksum over the whole frame{zeros} comes last: {size} bytes go out for {self.view.seen.text}."

    def sum_up(self, segment: Segment, packet: Packet) -> Steps:
        """TCP’s checksum, part by part."""
        total = 0
        for fields, covered, told in sums.summed(segment, packet):
            total = checksum.added(total, covered)
            self.view.show(header=headers.with_sum(fields, total, word=many(len(checksum.words(covered)), "word")))
            yield told
        whole = headers.tcp_header(segment, changed=("checksum",))
        self.view.show(header=headers.with_checksum(whole, total))
        yield f"What ran over is added at the right, and all bits are turned round: {segment.checksum:04x}."

    def left_to_the_card(self, segment: Segment, packet: Packet) -> Steps:
        """The part of the sum that only the host knows; the card does the rest."""
        fields, covered, told = next(sums.summed(segment, packet))
        self.view.show(header=headers.with_sum(fields, checksum.added(0, covered), word="6 words"))
        yield told
        partial = tcp.left_to_the_card(segment, packet.source, packet.target)
        self.view.show(header=headers.tcp_header(partial, changed=("checksum",)))
        told = f"TCP writes that sum, {partial.checksum:04x}, where the checksum goes, and leaves the rest to the card."
        yield f"{told} A capture shows it so."

    # Across.

    def cross(self, segment: Segment, packet: Packet, *, in_detail: bool) -> Steps:
        """Over every router, or as far as it gets."""
        number, wires, start = len(self.sent) + 1, route.wires(self.routers), packet
        first = frame = self.model.framed(packet, wires[0])
        made = [Decision(f"number of segment {number}", f"{segment.sequence}")]
        second = b""
        frames: tuple[Frame, ...] = (first,)
        for router in range(1, self.routers + 1):
            last = router == self.routers
            most = self.model.mtu if last else 1500
            passage = self.model.passage(packet, most) if last else route.passage(packet, most)
            if last:
                made.append(Decision(f"what the last router does with packet {number}", self.summed_up(passage)))
            fate = DIED if packet.ttl <= 1 else TOO_LONG if passage.does == DROPS else DELIVERED
            if fate != DIED and passage.told != NOBODY:
                self.told = passage.told
            if fate != DELIVERED:
                yield from self.stopped(Sent(number, segment, start, packet, self.routers, first, second, (), fate),
                                        router, most, made)  # fmt: skip
                return
            after = self.model.forwarded(packet)
            if router == 1 and self.model.nat:
                after = self.model.translated(after)
            pieces = ipv4.fragments(after, most) if passage.does == CUTS else [after]
            frames = tuple(self.model.framed(piece, wires[router]) for piece in pieces)
            self.rewritten = route.changed(frame.bytes(), frames[0].bytes())
            choice = Decision(f"what router {router} rewrites in segment {number}", self.rewritten)
            if in_detail:
                self.view.show(at=router, packet=after)
                if router == 1:
                    yield from self.route_in_detail(packet, after, frame)
                new = self.model.framed(after, wires[router])
                self.view.show(filled=(IP, ETHERNET), chips=(f"{ETHERNET}/0",), move=None,
                               header=headers.ethernet_header(new, ("target", "source", "fcs"), frame))  # fmt: skip
                yield Say(words.reframed(router, route.hosts(self.routers)[router + 1], after), (choice,))
            made.append(choice)
            packet, frame = after, frames[0]
            second = second or packet.bytes()
            if len(pieces) > 1:
                self.view.show(at=router, filled=(IP, ETHERNET), chips=(f"{IP}/1",), packet=pieces[-1],
                               header=headers.ip_header(pieces[-1], changed=("flags", "offset")))  # fmt: skip
                yield f"Router {router} cuts the packet into {len(pieces)} fragments, each with its own IP header."
        if self.gap == self.offset:
            self.gap = None  # what was too long, cut again
        missing = 0 if self.gap is None else self.offset - self.gap
        came = Sent(number, segment, start, packet, self.routers, first, second, frames, DELIVERED, missing)
        end = self.read(came)
        kept = end.verdict == ending.KEPT
        self.sent.append(came._replace(fate=KEPT) if kept else came)
        self.received += end.text
        self.waiting = self.waiting[1:]
        yield from self.keep(came, made) if kept else self.arrive(came, made, in_detail=in_detail)

    def summed_up(self, passage: Passage) -> str:
        """What a router does with a packet, in words."""
        return passage.does if passage.does == route.WHOLE else f"{passage.does}, and tells {passage.told}"

    def stopped(self, sent: Sent, router: int, most: int, made: list[Decision]) -> Steps:
        """A router does not send the packet on."""
        self.waiting = self.waiting[1:]
        self.sent.append(sent)
        self.gap = self.offset if self.gap is None else self.gap
        key = "length" if sent.fate == TOO_LONG else "ttl"
        self.view.show(at=router, filled=(IP, ETHERNET), chips=(f"{IP}/1",), lost=True, packet=sent.came,
                       header=headers.ip_header(sent.came, changed=(key,)))  # fmt: skip
        told = words.ended(sent.fate, sent.number, router, most)
        yield Say(told, (*made, Decision(f"fate of segment {sent.number}", sent.fate)), stop=True)

    def route_in_detail(self, packet: Packet, after: Packet, frame: Frame) -> Steps:
        """Inside the first router."""
        self.view.show(filled=(ETHERNET,), chips=(f"{ETHERNET}/4",), header=headers.ethernet_header(frame, ("fcs",)))
        yield "Router 1 sums up the frame, finds its checksum right, and throws the Ethernet header away."
        lowered = headers.ip_header(replace(after, checksum=packet.checksum), changed=("ttl",), before=packet)
        up = Move(ETHERNET, IP, 1, "handed up")
        self.view.show(filled=(IP, ETHERNET), chips=(f"{IP}/1",), move=up, header=lowered)
        further = "" if self.model.nat else " It does not look further in than this."
        yield f"Router 1 takes one from the time to live: {after.ttl} is left.{further}"
        updated = headers.ip_header(after, changed=("checksum",), before=packet)
        self.view.show(move=None, header=updated)
        was, now = packet.checksum, after.checksum
        if not self.model.nat:
            told = f"One word has changed, so router 1 updates the checksum: {was:04x} becomes {now:04x}."
            yield Say(told, stop=True)
            return
        self.view.show(header=replace(updated, changed=("checksum", "source")))
        to = f"{ipv4.dotted(nat.PUBLIC)} port {nat.PORT}"
        yield Say(f"Router 1 translates (NAT): {self.model.source} port {self.model.port} becomes {to}.", stop=True)
        inner = tcp.read(after.data)
        self.view.show(header=headers.tcp_header(inner, changed=("source", "checksum")))
        inside = f"{inner.checksum:04x}"
        yield f"Both checksums change: IP’s to {now:04x}, and TCP’s, which covers address and port, to {inside}."

    # Up.

    def read(self, sent: Sent) -> ending.Ending:
        """How a segment ends at the server."""
        return host.ended(host.received([frame.bytes() for frame in sent.last], self.server(sent), self.model))

    def server(self, sent: Sent) -> Host:
        """The host at the other end, before a segment: its card, and the connection with whoever the packet names."""
        packet = sent.came
        peer = packet.source, int.from_bytes(packet.data[:2], "big")
        here = self.model.addresses[1], self.model.to_port
        open_ = Connection(here, peer, (sent.segment.sequence - sent.missing) % CIRCLE, SERVER_ISN + 1)
        return Host(route.wires(self.routers)[-1].receiver, open_)

    def keep(self, sent: Sent, made: list[Decision]) -> Steps:
        """At the server: TCP lacks bytes before these, and the program gets none."""
        segment = tcp.read(sent.came.data)
        self.view.show(at=self.routers + 1, packet=sent.came, move=None, sequence=segment.sequence,
                       filled=(TCP, IP, ETHERNET), chips=(f"{TCP}/2",),
                       header=headers.tcp_header(segment, changed=("sequence",)))  # fmt: skip
        told = words.kept(sent.number, segment, self.server(sent).open.expected)
        yield Say(told, (*made, Decision(f"fate of segment {sent.number}", KEPT)), stop=True)

    def arrive(self, sent: Sent, made: list[Decision], *, in_detail: bool) -> Steps:
        """At the server: every layer checks its own, takes its header off, and hands up what is inside."""
        packet, frames, segment = sent.came, sent.last, tcp.read(sent.came.data)
        number, last = sent.number, self.routers + 1
        self.view.show(at=last, packet=packet, move=None, sequence=segment.sequence)
        if in_detail:
            fcs = headers.ethernet_header(frames[-1], ("fcs",))
            self.view.show(filled=(ETHERNET,), chips=(f"{ETHERNET}/4",), header=fcs)
            yield "The server’s card finds the checksum of the frame right and hands up what is in it."
            self.view.show(filled=(IP, ETHERNET), chips=(f"{IP}/1",), move=Move(ETHERNET, IP, 1, "handed up"),
                           header=headers.ip_header(packet, changed=("target",)))  # fmt: skip
            yield f"IP finds its header right and its own address, {self.model.target}, and hands up to TCP."
            self.view.show(filled=(TCP, IP, ETHERNET), chips=(f"{TCP}/2",), move=Move(IP, TCP, 2, "handed up"),
                           header=headers.tcp_header(segment, changed=("checksum",)))  # fmt: skip
            yield "TCP adds up pseudo-header, header and text, its checksum among them: sixteen ones, as it should be."
        header = headers.tcp_header(segment, changed=("target",) if in_detail else ("sequence",))
        move = Move(TCP, TEXT, 3, "handed up") if in_detail else None
        self.view.show(filled=ALL, chips=(f"{TEXT}/3",), move=move, header=header)
        if in_detail:
            yield f"The program at port {segment.target} gets {many(len(segment.data), 'byte')}, exactly as sent."
            return
        over = f" over {many(self.routers, 'router')}" if self.routers else ""
        told = f"Segment {number}, number {segment.sequence:,}, brings {many(len(segment.data), 'byte')}{over}."
        yield Say(told, tuple(made))
