"""The way of a segment: down the layers of the client, over every router, and up again at the server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playground.engine import Decision, Flag, Miniature, Say, Steps, Text, Whole, decide
from playground.machines.packets import checksum, ipv4, route, tcp
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.ipv4 import DONT_FRAGMENT, Packet
from playground.machines.packets.route import DELIVERED, TOO_LONG, Sent
from playground.machines.packets.tcp import ACK, PSH, Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers, shown, words
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, ETHERNET, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.shown import Seen
from playground.scenes.fields import Fields
from playground.scenes.layers import Move

MOST_TEXT = 400
SERVER_ISN = 700_000
FIRST_ID = 0x1C46


class Way(Miniature):
    """What may be set, and how text becomes segments, packets and frames and arrives."""

    text = Text("GET /planets HTTP/1.1 Host: orrery.example", least=1, most=MOST_TEXT, help="What the client sends")
    mss = Whole(1460, least=20, most=1460, label="Largest segment", unit="bytes", help="What the server takes (MSS)")
    hops = Whole(2, least=0, most=5, label="Routers", help="Between client and server")
    ttl = Whole(64, least=1, most=64, label="Time to live", help="Every router takes one; at nought the packet ends")
    mtu = Whole(1500, least=68, most=1500, label="Last wire", unit="bytes", help="The longest packet it takes (MTU)")
    df = Flag(True, label="Don’t fragment", help="Whether routers may not cut packets")
    isn = Whole(1000, least=0, most=tcp.CIRCLE - 1, label="The SYN’s number", help="Where the client’s numbers begin")
    source = Text("192.0.2.10", least=7, most=15, label="Client", help="Its IPv4 address")
    port = Whole(50000, least=1, most=65535, label="Client’s port", help="Which program there")
    target = Text("198.51.100.7", least=7, most=15, label="Server", help="Its IPv4 address")
    to_port = Whole(80, least=1, most=65535, label="Server’s port", help="Which program there; 80 is HTTP")

    seen: Seen
    sent: list[Sent]
    addresses: tuple[bytes, bytes]
    routers: int
    known_mtu: int
    """The longest packet that all wires are known to take."""
    offset: int
    """Bytes of the stream that have been cut into segments."""
    received: bytes
    rewritten: str
    waiting: tuple[int, ...]
    """Bytes of text in each segment that has been cut and not been sent."""

    def rules(self) -> list[tuple[str, str]]:
        broken = [
            (name, f"That is no IPv4 address. Write four numbers from 0 to 255 with dots, such as {example}.")
            for name, example in (("source", "192.0.2.10"), ("target", "198.51.100.7"))
            if ipv4.address(getattr(self, name)) is None
        ]
        if len(self.text.encode()) > MOST_TEXT:
            broken.append(("text", f"In UTF-8 that is more than {MOST_TEXT} bytes. Shorten it."))
        return broken

    def look_at(self, **seen: Any) -> None:
        """What the picture shows now; the rest stays."""
        self.seen = replace(self.seen, **seen)

    def calm(self) -> Fields:
        """The header beside the picture, with nothing in brass: this step is not about it."""
        return replace(self.seen.header, changed=())

    # The rules. A wrong model overrides one of these.

    def sequence_number(self, offset: int, length: int) -> int:
        """The number of a segment’s first byte, `offset` bytes into the stream: the SYN has used up the first number.

        How many bytes it carries (`length`) makes no difference to its own number.
        """
        return (self.isn + 1 + offset) % tcp.CIRCLE

    def forwarded(self, packet: Packet) -> Packet:
        """What a router sends on: one less to live, and the checksum mended."""
        return ipv4.forwarded(packet)

    def most(self) -> int:
        """Bytes of text a segment may carry: what the server takes, and what the wires are known to take."""
        return min(self.mss, self.known_mtu - 40)

    # Down.

    def send_all(self, data: bytes, *, in_detail: bool) -> Steps:
        """Cut the text and send every piece: the first in detail if asked for, every other in one step."""
        self.waiting = words.lengths(data, self.most())
        self.look_at(at=0, filled=(TEXT,), chips=(f"{TEXT}/3",), move=None, lost=False, text=len(data), segment=0,
                     header=self.calm())  # fmt: skip
        yield f"TCP cuts the text into {words.counted(self.waiting)} of at most {self.most():,} bytes."
        done = 0
        while done < len(data):
            piece = data[done : done + self.most()]
            segment, packet = self.built(piece)
            self.look_at(text=len(piece), segment=len(self.sent) + 1, sequence=None, packet=packet)
            if in_detail:
                yield from self.build_in_detail(segment, packet)
            yield from self.cross(segment, packet, in_detail=in_detail)
            in_detail = False
            if self.sent[-1].fate == TOO_LONG:
                self.known_mtu = self.mtu
                self.waiting = words.lengths(data[done:], self.most())
                self.look_at(at=0, filled=(TEXT,), chips=(f"{TEXT}/3",), lost=False, header=self.calm())
                yield f"The client learns it, and TCP cuts the same bytes again, {self.most():,} at most."
                continue
            done += len(piece)
            self.offset += len(piece)

    def built(self, data: bytes) -> tuple[Segment, Packet]:
        """A segment, and the packet that carries it."""
        number = self.sequence_number(self.offset, len(data))
        plain = Segment(self.port, self.to_port, number, SERVER_ISN + 1, ACK | PSH, data)
        segment = tcp.sealed(plain, *self.addresses)
        mark, flags = (FIRST_ID + len(self.sent)) & 0xFFFF, DONT_FRAGMENT if self.df else 0
        packet = Packet(*self.addresses, mark, flags, self.ttl, tcp.PROTOCOL, segment.bytes())
        return segment, ipv4.sealed(packet)

    def build_in_detail(self, segment: Segment, packet: Packet) -> Steps:
        """One header after the other, and how its checksum comes about."""
        self.look_at(filled=(TEXT, TCP), chips=(f"{TCP}/2",), move=Move(TEXT, TCP, 3, "handed down"),
                     header=headers.tcp_header(segment, 2, ("source", "target")))  # fmt: skip
        yield f"TCP begins its header with the ports: {self.port} here, {self.to_port} there."
        self.look_at(move=None, sequence=segment.sequence, header=headers.tcp_header(segment, 4, ("sequence",)))
        number = f"The first byte of the segment is number {segment.sequence:,} of the stream."
        yield decide(number, f"number of segment {len(self.sent) + 1}", f"{segment.sequence}")
        self.look_at(header=headers.tcp_header(segment, 8, ("header", "reserved", "bits", "window")))
        yield "Length of the header, flags and window follow; the checksum has to wait for all the rest."
        total = 0
        for fields, covered, told in shown.summed(segment, packet):
            total = checksum.added(total, covered)
            self.look_at(header=headers.with_sum(fields, total, word=f"{len(checksum.words(covered))} words"))
            yield told
        whole = headers.tcp_header(segment, changed=("checksum",))
        self.look_at(header=headers.with_checksum(whole, total))
        yield f"What ran over is added at the right, and all bits are turned round: {segment.checksum:04x}."
        self.look_at(filled=(TEXT, TCP, IP), chips=(f"{IP}/1",), move=Move(TCP, IP, 2, "handed down"),
                     header=headers.ip_header(packet, 7, ("length",), sealed=False))  # fmt: skip
        yield f"IP takes the segment as {len(packet.data)} bytes of something, and writes how long the packet is."
        self.look_at(move=None, header=headers.ip_header(packet, 9, ("ttl", "protocol"), sealed=False))
        yield f"IP writes after how many routers to give up, {self.ttl}, and who takes the bytes at the end: 6 is TCP."
        plain = headers.ip_header(packet, sealed=False)
        self.look_at(header=replace(plain, changed=("source", "target")))
        yield f"The packet goes from {self.source} to {self.target}, whoever carries it."
        total = 0
        for keys, covered, told in shown.word_by_word(packet):
            total = checksum.added(total, covered)
            self.look_at(header=headers.with_sum(replace(plain, changed=keys), total, word=covered.hex(" ", 2)))
            yield told
        self.look_at(header=headers.with_checksum(headers.ip_header(packet, changed=("checksum",)), total))
        yield f"Folded and turned round, the checksum of the header is {packet.checksum:04x}; the segment is not in it."
        frame, chips = route.framed(packet, route.wires(self.routers)[0]), (f"{ETHERNET}/0",)
        self.look_at(filled=ALL, chips=chips, move=Move(IP, ETHERNET, 1, "handed down"),
                     header=headers.ethernet_header(frame, ("target", "source")))  # fmt: skip
        yield f"Ethernet addresses the frame to {route.hosts(self.routers)[1]}, the next machine on this wire."
        self.look_at(chips=(f"{ETHERNET}/4",), move=None, header=headers.ethernet_header(frame, ("fcs",)))
        zeros = f", {len(frame.padding())} zeros that fill it up," if frame.padding() else ""
        size = len(frame.bytes())
        yield f"A checksum over the whole frame{zeros} comes last: {size} bytes go out for {self.seen.text}."

    # Across.

    def cross(self, segment: Segment, packet: Packet, *, in_detail: bool) -> Steps:
        """Over every router, or as far as it gets."""
        number, wires, start = len(self.sent) + 1, route.wires(self.routers), packet
        first = frame = route.framed(packet, wires[0])
        made = [Decision(f"number of segment {number}", f"{segment.sequence}")]
        for router in range(1, self.routers + 1):
            last_wire = self.mtu if router == self.routers else 1500
            fate = route.refused(packet, last_wire)
            if fate:
                self.waiting = self.waiting[1:]
                self.sent.append(Sent(number, segment, start, packet, self.routers, first, (), fate))
                key = "length" if fate == TOO_LONG else "ttl"
                self.look_at(at=router, filled=(IP, ETHERNET), chips=(f"{IP}/1",), lost=True, packet=packet,
                             header=headers.ip_header(packet, changed=(key,)))  # fmt: skip
                yield decide(words.ended(fate, number, router, last_wire), f"fate of segment {number}", fate)
                return
            after = self.forwarded(packet)
            new = route.framed(after, wires[router])
            self.rewritten = route.changed(frame.bytes(), new.bytes())
            choice = Decision(f"what router {router} rewrites in segment {number}", self.rewritten)
            if in_detail:
                self.look_at(at=router, packet=after)
                if router == 1:
                    yield from self.route_in_detail(packet, after, frame)
                self.look_at(filled=(IP, ETHERNET), chips=(f"{ETHERNET}/0",), move=None,
                             header=headers.ethernet_header(new, ("target", "source", "fcs"), frame))  # fmt: skip
                yield Say(words.reframed(router, route.hosts(self.routers)[router + 1], after), (choice,))
            made.append(choice)
            packet, frame = after, new
        pieces = ipv4.fragments(packet, self.mtu if self.routers else 1500)
        frames = tuple(route.framed(piece, wires[-1]) for piece in pieces)
        self.sent.append(Sent(number, segment, start, packet, self.routers, first, frames, DELIVERED))
        self.waiting = self.waiting[1:]
        if len(pieces) > 1:
            self.look_at(at=self.routers, filled=(IP, ETHERNET), chips=(f"{IP}/1",), packet=pieces[-1],
                         header=headers.ip_header(pieces[-1], changed=("flags", "offset")))  # fmt: skip
            yield f"Router {self.routers} cuts the packet into {len(pieces)} fragments, each with its own IP header."
        yield from self.arrive(segment, packet, frames, made, in_detail=in_detail)

    def route_in_detail(self, packet: Packet, after: Packet, frame: Frame) -> Steps:
        """Inside the first router."""
        self.look_at(filled=(ETHERNET,), chips=(f"{ETHERNET}/4",), header=headers.ethernet_header(frame, ("fcs",)))
        yield "Router 1 sums up the frame, finds its checksum right, and throws the Ethernet header away."
        lowered = headers.ip_header(replace(after, checksum=packet.checksum), changed=("ttl",), before=packet)
        self.look_at(filled=(IP, ETHERNET), chips=(f"{IP}/1",), move=Move(ETHERNET, IP, 1, "handed up"), header=lowered)
        yield f"Router 1 takes one from the time to live: {after.ttl} is left. It does not look further in than this."
        mended = headers.ip_header(after, changed=("checksum",), before=packet)
        self.look_at(move=None, header=mended)
        was, now = packet.checksum, after.checksum
        yield f"One word has changed, so router 1 mends the checksum: {was:04x} becomes {now:04x}."

    # Up.

    def arrive(
        self, segment: Segment, packet: Packet, frames: tuple[Frame, ...], made: list[Decision], *, in_detail: bool
    ) -> Steps:
        """At the server: every layer checks its own, takes its header off, and hands up what is inside."""
        self.received += segment.data
        number, last = len(self.sent), self.routers + 1
        self.look_at(at=last, packet=packet, move=None, sequence=segment.sequence)
        if in_detail:
            self.look_at(
                filled=(ETHERNET,), chips=(f"{ETHERNET}/4",), header=headers.ethernet_header(frames[-1], ("fcs",))
            )
            yield "The server’s card finds the checksum of the frame right and hands up what is in it."
            self.look_at(filled=(IP, ETHERNET), chips=(f"{IP}/1",), move=Move(ETHERNET, IP, 1, "handed up"),
                         header=headers.ip_header(packet, changed=("target",)))  # fmt: skip
            yield f"IP finds its header right and its own address, {self.target}, and hands up to TCP."
            self.look_at(filled=(TCP, IP, ETHERNET), chips=(f"{TCP}/2",), move=Move(IP, TCP, 2, "handed up"),
                         header=headers.tcp_header(segment, changed=("checksum",)))  # fmt: skip
            yield "TCP adds up pseudo-header, header and text, its checksum among them: sixteen ones, as it should be."
        header = headers.tcp_header(segment, changed=("target",) if in_detail else ("sequence",))
        move = Move(TCP, TEXT, 3, "handed up") if in_detail else None
        self.look_at(filled=ALL, chips=(f"{TEXT}/3",), move=move, header=header)
        if in_detail:
            yield f"The program at port {self.to_port} gets {len(segment.data)} bytes, exactly those that were sent."
            return
        over = f" over {self.routers} router{'s' * (self.routers != 1)}" if self.routers else ""
        told = f"Segment {number}, number {segment.sequence:,}, brings {len(segment.data)} bytes{over}."
        yield Say(told, tuple(made))
