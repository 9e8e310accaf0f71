"""TCP over IPv4 over Ethernet: real headers with real checksums, over routers, and a bit that turns on the way."""

from playground.engine import Choice, Flag, Miniature, Refused, Steps, Text, Whole, action
from playground.machines.packets import checksum, datagram, ethernet, ipv4, nat, route, tcp
from playground.machines.packets.crossing import Flip
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import Passage, Sent, Wire
from playground.machines.packets.tcp import SYN, Segment
from playground.miniatures.communication.tcp_ip_encapsulation import headers, told
from playground.miniatures.communication.tcp_ip_encapsulation.damage import PLACES, Damage
from playground.miniatures.communication.tcp_ip_encapsulation.headers import ALL, IP, TCP, TEXT
from playground.miniatures.communication.tcp_ip_encapsulation.view import View
from playground.miniatures.communication.tcp_ip_encapsulation.way import Way
from playground.scenes.many import many

MOST_TEXT = 400
BYTES = "0 on: Ethernet; 14: IP; 34: TCP; 54: text"


class TcpIpEncapsulation(Miniature):
    """Each layer puts its header before what it is handed, and takes it off again at the other end.

    TCP numbers the bytes of a stream and sums up the segment with both addresses; IP carries it from router to
    router, each of which lowers the time to live; Ethernet carries it over one wire. Sources: RFC 9293, 791, 1071.
    How a segment goes down, across and up is in `way.py` beside this file, how a damaged one is read in `damage.py`.
    """

    title = "A packet, wrapped layer by layer"
    question = "Your request has 42 bytes. What else travels with it?"
    knobs = ("mtu", "df")
    opening = "A client and a server have routers between them. Nothing has been sent yet."
    grows_with = "text"

    text = Text("GET /planets HTTP/1.1 Host: orrery.example", least=1, most=MOST_TEXT, help="What the client sends")
    mss = Whole(
        1460, least=20, most=1460, label="Largest segment", unit="bytes", help="What the server announces (MSS)"
    )
    hops = Whole(2, least=0, most=5, label="Routers", help="Between client and server")
    ttl = Whole(64, least=1, most=64, label="Time to live", help="Every router takes one; at zero the packet ends")
    mtu = Whole(1500, least=68, most=1500, label="Last wire", unit="bytes", help="The longest packet it takes (MTU)")
    df = Flag(True, label="Don’t fragment", help="Whether routers may not cut packets")
    isn = Whole(1000, least=0, most=tcp.CIRCLE - 1, label="The SYN’s number", help="Where the client’s numbers begin")
    source = Text("192.0.2.10", least=7, most=15, label="Client", help="Its IPv4 address")
    port = Whole(50000, least=1, most=65535, label="Client’s port", help="Which program there")
    target = Text("198.51.100.7", least=7, most=15, label="Server", help="Its IPv4 address")
    to_port = Whole(80, least=1, most=65535, label="Server’s port", help="Which program there; 80 is HTTP")
    nat = Flag(False, label="NAT", help="Router 1 puts its own address and port in the client’s place")
    offload = Flag(False, label="Checksum offload", help="The client’s card computes TCP’s checksum")

    def rules(self) -> list[tuple[str, str]]:
        broken = [
            (name, f"That is no IPv4 address. Write four numbers from 0 to 255 with dots, such as {example}.")
            for name, example in (("source", "192.0.2.10"), ("target", "198.51.100.7"))
            if ipv4.address(getattr(self, name)) is None
        ]
        if not broken:
            client, server = ipv4.address(self.source) or b"", ipv4.address(self.target) or b""
            for name, address in (("source", client), ("target", server)):
                if datagram.is_no_source(address):
                    broken.append(
                        (name, "No host has that address: it is loopback, a group or broadcast. Take another.")
                    )
            if client == server:
                broken.append(("target", "Client and server have one address. Take two."))
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
        """What a router sends on: one less to live, and the checksum updated."""
        return ipv4.forwarded(packet)

    def translated(self, packet: Packet) -> Packet:
        """What a router with NAT sends on: its own address and port, and both checksums updated."""
        return nat.translated(packet)

    def framed(self, packet: Packet, wire: Wire) -> Frame:
        """The frame in which a packet crosses a wire."""
        return route.framed(packet, wire)

    def passage(self, packet: Packet, most: int) -> Passage:
        """What the last router does with a packet for a wire that takes `most` bytes."""
        return route.passage(packet, most)

    def frame_holds(self, frame: bytes) -> bool:
        """Whether a card finds the frame check sequence right."""
        return ethernet.holds(frame)

    def header_holds(self, header: bytes) -> bool:
        """Whether IP finds the checksum of its header right, at a router or at the server."""
        return checksum.holds(header)

    def segment_holds(self, source: bytes, target: bytes, segment: bytes) -> bool:
        """Whether TCP finds its checksum right, at the server."""
        return tcp.holds(source, target, segment)

    def noticed_by(self) -> str:
        """The first checksum that does not fit: whose, and where."""
        return self.damage.noticed_by()

    # What can happen.

    def set_up(self) -> None:
        self.addresses = ipv4.address(self.source) or b"", ipv4.address(self.target) or b""
        self.view = View()
        self.way = Way(self, self.view)
        self.syn: Segment | None = None
        """The client’s; none before they shake hands."""
        self.damage = Damage(self.way, self.view)

    def start(self) -> Steps:
        self.syn = self.opened()
        syn = headers.tcp_header(self.syn, changed=("sequence", "bits", "options"))
        self.view.show(header=syn, filled=(TCP,), chips=(f"{TCP}/2",))
        yield f"They shake hands first: the client’s SYN has number {self.isn:,} and uses it up without any text."
        data = self.text.encode()
        self.view.show(filled=(TEXT,), chips=(f"{TEXT}/3",), text=len(data), header=self.view.calm())
        yield f"Now the client’s program hands TCP {many(len(data), 'byte')} of text, for a port of the server."
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
        help="Of the last segment, which crosses once more as if for the first time",
        where=Choice("wire", PLACES),
        byte=Whole(60, least=0, most=1517, help=BYTES),
        bit=Whole(2, least=0, most=7, help="0 is the highest"),
    )
    def flip(self, where: str, byte: int, bit: int) -> Steps:
        """All flips so far come together; then everybody on the way reads what comes."""
        flip = Flip(where, byte, bit)
        sent = self.damage.may_flip(flip)
        self.follow(sent)
        yield from self.damage.add(flip)

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
        self.damage.forget()
        self.view.show(move=None)

    def follow(self, sent: Sent) -> None:
        """The picture is about this segment now."""
        text, number = len(sent.segment.data), sent.segment.sequence
        self.view.show(text=text, segment=sent.number, sequence=number, packet=sent.came, move=None)

    # What it answers.

    outcome_schema = told.SCHEMA

    def outcome(self) -> dict[str, object]:
        """Every segment and its frames, what the program got, and how a damaged one ends."""
        return told.outcome(self)
