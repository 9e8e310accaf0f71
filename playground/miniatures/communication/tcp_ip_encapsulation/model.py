"""TCP over IPv4 over Ethernet: real headers with real checksums, over routers, and a bit that turns on the way."""

from playground.engine import Choice, Flag, Miniature, Refused, Say, Steps, Text, Whole, action, decide
from playground.engine.schema import TEXT as TEXTS
from playground.engine.schema import WHOLE, described, listed, record
from playground.machines.packets import ethernet, ipv4, route, tcp
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import Flip, Sent
from playground.machines.packets.tcp import SYN, Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers, words
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, ETHERNET, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.view import View
from playground.miniatures.communication.tcp_ip_encapsulation.way import Way

MOST_TEXT = 400
PLACES = {"wire": "on the last wire", "router": "in the last router’s memory"}
BYTES = "0 on: Ethernet; 14: IP; 34: TCP; 54: text"

NOTICED = record(frame=TEXTS, ip=TEXTS, tcp=TEXTS)
SEGMENT = record(name=TEXTS, sequence=WHOLE, length=WHOLE, frame_bytes=WHOLE, fate=TEXTS)


class TcpIpEncapsulation(Miniature):
    """Each layer puts its header before what it is handed, and takes it off again at the other end.

    TCP numbers the bytes of a stream and sums up the segment with both addresses; IP carries it from router to
    router, each of which lowers the time to live; Ethernet carries it over one wire. Sources: RFC 9293, 791, 1071.
    How a segment goes down, across and up is in `way.py` beside this file.
    """

    title = "A packet, wrapped layer by layer"
    question = "Your request has 42 bytes. What else travels with it?"
    knobs = ("mtu", "df")
    opening = "A client and a server have routers between them. Nothing has been sent yet."
    grows_with = "text"

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

    def rules(self) -> list[tuple[str, str]]:
        broken = [
            (name, f"That is no IPv4 address. Write four numbers from 0 to 255 with dots, such as {example}.")
            for name, example in (("source", "192.0.2.10"), ("target", "198.51.100.7"))
            if ipv4.address(getattr(self, name)) is None
        ]
        if len(self.text.encode()) > MOST_TEXT:
            broken.append(("text", f"In UTF-8 that is more than {MOST_TEXT} bytes. Shorten it."))
        return broken

    # The rules. A wrong model overrides one of these.

    def sequence_number(self, offset: int, length: int) -> int:
        """The number of a segment’s first byte, `offset` bytes into the stream: the SYN has used up the first number.

        How many bytes it carries (`length`) makes no difference to its own number.
        """
        return (self.isn + 1 + offset) % tcp.CIRCLE

    def forwarded(self, packet: Packet) -> Packet:
        """What a router sends on: one less to live, and the checksum mended."""
        return ipv4.forwarded(packet)

    # What can happen.

    def set_up(self) -> None:
        self.addresses = ipv4.address(self.source) or b"", ipv4.address(self.target) or b""
        self.view = View()
        self.way = Way(self, self.view)
        self.syn: Segment | None = None
        """The client’s; none before they shake hands."""
        self.flips: list[Flip] = []
        self.verdicts: route.Verdicts | None = None

    def start(self) -> Steps:
        self.syn = self.opened()
        syn = headers.tcp_header(self.syn, changed=("sequence", "bits", "options"))
        self.view.show(header=syn, filled=(TCP,), chips=(f"{TCP}/2",))
        yield f"They shake hands first: the client’s SYN has number {self.isn:,} and uses it up without any text."
        data = self.text.encode()
        self.view.show(filled=(TEXT,), chips=(f"{TEXT}/3",), text=len(data), header=self.view.calm())
        yield f"Now the client’s program hands TCP {len(data)} bytes of text, for a port of the server."
        yield from self.way.send_all(data, in_detail=True)

    def opened(self) -> Segment:
        """The client’s SYN, which says as an option how much text a segment may bring it."""
        syn = Segment(self.port, self.to_port, self.isn, 0, SYN, options=tcp.largest(1460))
        return tcp.sealed(syn, *self.addresses)

    @action("Send more text", on="plate:0", text=Text("ok", least=1, most=MOST_TEXT))
    def send(self, text: str) -> Steps:
        data = text.encode()
        if len(data) > MOST_TEXT:
            raise Refused("text", f"In UTF-8 that is {len(data)} bytes; at most {MOST_TEXT} are sent at once.")
        self.forget_damage()
        yield from self.way.send_all(data, in_detail=False)

    @action(
        "Flip a bit",
        on="links",
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
        column = headers.column_of(byte, ethernet.HEADER + len(sent.last[0].payload))
        at, layer = (sent.routers + 1, ETHERNET) if where == "wire" else (sent.routers, IP)
        self.view.show(at=at, filled=(layer,), chips=(f"{layer}/{column}",), lost=False,
                       header=headers.damaged_bytes(whole, came, byte))  # fmt: skip
        yield f"Segment {sent.number} crosses once more, and bit {bit} of byte {byte} turns {PLACES[where]}."
        self.view.show(at=sent.routers + 1)
        for layer, column, told, good in words.checked(self.verdicts):
            self.view.show(filled=tuple(range(layer, 4)), chips=(f"{layer}/{column}",), lost=not good)
            yield decide(told, f"{headers.NAMES[layer]}, flip {len(self.flips)}", "missed" if good else "noticed",
                         stop=not good)  # fmt: skip
        self.view.show(filled=ALL, chips=(f"{TEXT}/3",), lost=not all(self.verdicts), header=self.view.calm())
        yield Say(words.concluded(self.verdicts, self.damaged_text()), stop=all(self.verdicts))

    def may_flip(self, where: str, byte: int) -> Sent:
        """The segment whose bits may be flipped, or a sentence that says why there is none."""
        sent = self.way.sent[-1]
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
        if not self.flips:
            return b""
        sent = self.way.sent[-1]
        frames = [route.damaged(sent.last[0].bytes(), self.flips), *(one.bytes() for one in sent.last[1:])]
        parts = [one[34 : 14 + len(frame.payload)] for one, frame in zip(frames, sent.last, strict=True)]
        return b"".join(parts)[20:]

    @action("Look at a segment", segment=Whole(1, least=1, most=99, on="row", help="Its number"))
    def look(self, segment: int) -> Steps:
        if segment > len(self.way.sent):
            raise Refused("segment", f"{len(self.way.sent)} have been sent; take a number up to that.")
        self.forget_damage()
        sent = self.way.sent[segment - 1]
        self.follow(sent)
        header = headers.tcp_header(sent.segment, changed=("sequence",))
        self.view.show(at=0, filled=ALL, chips=(f"{TCP}/2",), lost=False, header=header, packet=sent.packet)
        first, last = sent.segment.sequence, (sent.segment.sequence + len(sent.segment.data) - 1) % tcp.CIRCLE
        yield f"Segment {segment} carries the bytes number {first:,} to {last:,} of the stream."
        self.view.show(chips=(f"{IP}/1",), header=headers.ip_header(sent.packet, changed=("id", "checksum")))
        yield f"IP knows its packet by the identification {sent.packet.identification:04x}, and not by the stream."

    @action("Change the route", on="station", routers=Whole(1, least=0, most=5))
    def reroute(self, routers: int) -> Steps:
        self.forget_damage()
        self.way.routers = routers
        if not routers:
            self.way.known_mtu = min(self.way.known_mtu, self.mtu)
        self.view.show(at=0, filled=(TEXT,), chips=(), lost=False, header=self.view.calm())
        yield f"The route leads over {routers} router{'s' * (routers != 1)} now. Neither client nor server is told."

    def forget_damage(self) -> None:
        self.flips, self.verdicts = [], None
        self.view.show(move=None)

    def follow(self, sent: Sent) -> None:
        """The picture is about this segment now."""
        text, number = len(sent.segment.data), sent.segment.sequence
        self.view.show(text=text, segment=sent.number, sequence=number, packet=sent.came, move=None)

    # What it answers.

    outcome_schema = record(
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

    def outcome(self) -> dict[str, object]:
        """Every segment and its frames, what the program got, and who noticed a flipped bit."""
        sent, last = self.way.sent, self.way.sent[-1] if self.way.sent else None
        text = self.damaged_text()
        was = last.segment.data if last and self.flips else b""
        return {
            "segments": [segment_told(one) for one in sent],
            "count": len(sent),
            "last_sequence": last.segment.sequence if last else 0,
            "syn": self.syn.bytes().hex() if self.syn else "",
            "first": [one.first.bytes().hex() for one in sent],
            "last": [frame.bytes().hex() for one in sent for frame in one.last],
            "received": self.way.received.decode("utf-8", "replace"),
            "wire_bytes": self.wire_bytes(),
            "text_bytes": self.text_bytes(),
            "overhead_permille": self.overhead(),
            "rewritten": self.way.rewritten or "nothing",
            "flips": len(self.flips),
            "noticed": self.noticed(),
            "damaged": sum(one != other for one, other in zip(was, text, strict=True)),
            "damaged_text": words.shortened(text),
        }

    def wire_bytes(self) -> int:
        return sum(one.first.size() for one in self.way.sent)

    def text_bytes(self) -> int:
        return sum(len(one.segment.data) for one in self.way.sent)

    def overhead(self) -> int:
        """In thousandths of the bytes on the first wire."""
        whole = self.wire_bytes()
        return 1000 * (whole - self.text_bytes()) // whole if whole else 0

    def noticed(self) -> dict[str, str]:
        if not self.verdicts:
            return dict.fromkeys(("frame", "ip", "tcp"), "not asked")
        return {
            name: "missed" if good else "noticed"
            for name, good in zip(("frame", "ip", "tcp"), self.verdicts, strict=True)
        }


def segment_told(one: Sent) -> dict[str, object]:
    """One segment of the outcome."""
    return {
        "name": str(one.number),
        "sequence": one.segment.sequence,
        "length": len(one.segment.data),
        "frame_bytes": one.first.size(),
        "fate": one.fate,
    }
