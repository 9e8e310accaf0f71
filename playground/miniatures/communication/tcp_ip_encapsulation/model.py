"""TCP over IPv4 over Ethernet: real headers with real checksums, over routers, and a bit that turns on the way."""

from playground.engine import Choice, Metric, Refused, Steps, Text, Whole, action, decide
from playground.machines.packets import ethernet, ipv4, route, tcp
from playground.machines.packets.route import Flip, Sent
from playground.machines.packets.tcp import SYN, Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers, shown, words
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, ETHERNET, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.way import MOST_TEXT, Way
from playground.scenes.scene import Scene

PLACES = {"wire": "on the last wire", "router": "in the last router’s memory"}
BYTES = "0 on: Ethernet; 14: IP; 34: TCP; 54: text"


class TcpIpEncapsulation(Way):
    """Each layer puts its header before what it is handed, and takes it off again at the other end.

    TCP numbers the bytes of a stream and sums up the segment with both addresses; IP carries it from router to
    router, each of which lowers the time to live; Ethernet carries it over one wire. Sources: RFC 9293, 791, 1071.
    How a segment goes down, across and up is in the module beside this one whose name ends in `_way`.
    """

    title = "A packet, wrapped layer by layer"
    question = "Your request has 42 bytes. What else travels with it?"
    opening = "A client and a server have routers between them. Nothing has been sent yet."
    grows_with = "hops"

    def start(self) -> Steps:
        self.sent: list[Sent] = []
        self.flips: list[Flip] = []
        self.verdicts: route.Verdicts | None = None
        self.received, self.offset, self.rewritten = b"", 0, ""
        self.waiting: tuple[int, ...] = ()
        self.routers = self.hops
        self.known_mtu = self.mtu if not self.hops else 1500
        self.addresses = ipv4.address(self.source) or b"", ipv4.address(self.target) or b""
        self.syn = self.opened()
        syn = headers.tcp_header(self.syn, changed=("sequence", "bits", "options"))
        self.seen = shown.Seen(header=syn, filled=(TCP,), chips=(f"{TCP}/2",))
        yield f"They shake hands first: the client’s SYN has number {self.isn:,} and uses it up without any text."
        data = self.text.encode()
        self.look_at(filled=(TEXT,), chips=(f"{TEXT}/3",), text=len(data), header=self.calm())
        yield f"Now the client’s program hands TCP {len(data)} bytes of text, for a port of the server."
        yield from self.send_all(data, in_detail=True)

    def opened(self) -> Segment:
        """The client’s SYN, which says as an option how much text a segment may bring it."""
        syn = Segment(self.port, self.to_port, self.isn, 0, SYN, options=tcp.largest(1460))
        return tcp.sealed(syn, *self.addresses)

    @action("Send more text", text=Text("ok", least=1, most=MOST_TEXT))
    def send(self, text: str) -> Steps:
        data = text.encode()
        if len(data) > MOST_TEXT:
            raise Refused("text", f"In UTF-8 that is {len(data)} bytes; at most {MOST_TEXT} are sent at once.")
        self.forget_damage()
        yield from self.send_all(data, in_detail=False)

    @action(
        "Flip a bit",
        help="Of the last segment that arrived, which crosses once more",
        where=Choice("wire", PLACES),
        byte=Whole(60, least=0, most=1517, help=BYTES),
        bit=Whole(2, least=0, most=7, help="0 is the highest"),
    )
    def flip(self, where: str, byte: int, bit: int) -> Steps:
        """All flips so far come together; then everybody on the way is asked whether he notices."""
        sent = self.may_flip(where, byte)
        self.flips.append(Flip(where, byte, bit))
        whole = sent.last[0].bytes()
        came = route.damaged(whole, self.flips)
        self.verdicts = route.judged([came, *(one.bytes() for one in sent.last[1:])],
                                     [len(one.payload) for one in sent.last])  # fmt: skip
        self.follow(sent)
        column = shown.column_of(byte, ethernet.HEADER + len(sent.last[0].payload))
        at, layer = (sent.routers + 1, ETHERNET) if where == "wire" else (sent.routers, IP)
        self.look_at(at=at, filled=(layer,), chips=(f"{layer}/{column}",), lost=False,
                     header=headers.damaged_bytes(whole, came, byte))  # fmt: skip
        yield f"Segment {sent.number} crosses once more, and bit {bit} of byte {byte} turns {PLACES[where]}."
        self.look_at(at=sent.routers + 1)
        for layer, column, told, good in words.checked(self.verdicts):
            self.look_at(filled=tuple(range(layer, 4)), chips=(f"{layer}/{column}",), lost=not good)
            yield decide(told, f"{shown.NAMES[layer]}, flip {len(self.flips)}", "missed" if good else "noticed")
        self.look_at(filled=ALL, chips=(f"{TEXT}/3",), lost=not all(self.verdicts), header=self.calm())
        yield words.concluded(self.verdicts, self.damaged_text())

    def may_flip(self, where: str, byte: int) -> Sent:
        """The segment whose bits may be flipped, or a sentence that says why there is none."""
        sent = self.sent[-1]
        if not sent.last:
            raise Refused("", "The last segment has not arrived. Send one that does, and flip a bit of it.")
        frame, first = sent.last[0], ethernet.HEADER
        size, end = len(frame.bytes()), first + len(frame.payload)
        if byte >= size:
            raise Refused("byte", f"The frame has {size} bytes; take one from 0 to {size - 1}.")
        if where == "router" and not sent.routers:
            raise Refused("where", "There is no router on the way. Flip it on the wire.")
        if where == "router" and not first <= byte < end:
            raise Refused("byte", f"A router keeps only the packet in memory: bytes {first} to {end - 1}.")
        return sent

    def damaged_text(self) -> bytes:
        """The text of the segment as it arrives, with all flips so far."""
        sent = self.sent[-1]
        if not self.flips or not sent.last:
            return b""
        frames = [route.damaged(sent.last[0].bytes(), self.flips), *(one.bytes() for one in sent.last[1:])]
        parts = [one[34 : 14 + len(frame.payload)] for one, frame in zip(frames, sent.last, strict=True)]
        return b"".join(parts)[20:]

    @action("Look at a segment", segment=Whole(1, least=1, most=99, help="Its number"))
    def look(self, segment: int) -> Steps:
        if segment > len(self.sent):
            raise Refused("segment", f"{len(self.sent)} have been sent; take a number up to that.")
        self.forget_damage()
        sent = self.sent[segment - 1]
        self.follow(sent)
        header = headers.tcp_header(sent.segment, changed=("sequence",))
        self.look_at(at=0, filled=ALL, chips=(f"{TCP}/2",), lost=False, header=header, packet=sent.packet)
        first, last = sent.segment.sequence, (sent.segment.sequence + len(sent.segment.data) - 1) % tcp.CIRCLE
        yield f"Segment {segment} carries the bytes number {first:,} to {last:,} of the stream."
        self.look_at(chips=(f"{IP}/1",), header=headers.ip_header(sent.packet, changed=("id", "checksum")))
        yield f"IP knows its packet by the identification {sent.packet.identification:04x}, and not by the stream."

    @action("Change the route", routers=Whole(1, least=0, most=5))
    def reroute(self, routers: int) -> Steps:
        self.forget_damage()
        self.routers = routers
        if not routers:
            self.known_mtu = min(self.known_mtu, self.mtu)
        self.look_at(at=0, filled=(TEXT,), chips=(), lost=False, header=self.calm())
        yield f"The route leads over {routers} router{'s' * (routers != 1)} now. Neither client nor server is told."

    def forget_damage(self) -> None:
        self.flips, self.verdicts = [], None
        self.look_at(move=None)

    def follow(self, sent: Sent) -> None:
        """The picture is about this segment now."""
        text, number = len(sent.segment.data), sent.segment.sequence
        self.look_at(text=text, segment=sent.number, sequence=number, packet=sent.came, move=None)

    # What it shows.

    outcome_schema = shown.OUTCOME

    def draw(self) -> tuple[Scene, ...]:
        return shown.scenes(self)

    def metrics(self) -> tuple[Metric, ...]:
        return shown.metrics(self)

    def outcome(self) -> dict[str, object]:
        return shown.outcome(self)
