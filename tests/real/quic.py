"""aioquic without sockets: a client and a server object on a virtual clock; every datagram takes half a round trip.

    load([2000, 900], 0.1)              two objects over HTTP/3; when each is complete, what was asked, who sent what
    load([2000, 900], 0.1, drop=3)      the same, and the fourth datagram with bytes of an object is not handed over
    load([2000, 900], 0.1, ticket=…)    the same with the session ticket of an earlier load, in 0-RTT

The wire is read after decryption: requests as the server's connection gives them out, the stream frames of
each datagram from aioquic's own log.
"""

import datetime
import heapq
import itertools
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aioquic.h3.connection import H3Connection
from aioquic.h3.events import DataReceived, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection
from aioquic.quic.events import HandshakeCompleted, ProtocolNegotiated, StreamDataReceived
from aioquic.quic.logger import QuicLogger
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CLIENT, SERVER = ("client", 1), ("server", 2)
HOST = "page.example"
MOST_EVENTS = 4000


@cache
def certificate():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    born = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, born, born + datetime.timedelta(days=9000))
    return built.sign(key, hashes.SHA256()), key


@dataclass
class Done:
    """What came of a load. Streams are numbered 0, 1, 2 in the order of asking."""

    complete: dict[int, float] = field(default_factory=dict)
    requests: dict[int, bytes] = field(default_factory=dict)
    datagrams: list[list[tuple[int, int, int]]] = field(default_factory=list)
    """For each datagram of the server with bytes of an object: (stream, offset, length) of its frames."""
    holes: set[int] = field(default_factory=set)
    """Streams with bytes that cannot be used, when the first flight is there but for what was dropped."""
    tickets: list = field(default_factory=list)


class Exchange:
    """One connection and its objects."""

    def __init__(self, sizes, round_trip, drop, ticket, fields):
        self.sizes, self.half, self.drop, self.fields = sizes, round_trip / 2, drop, fields
        self.done, self.log = Done(), QuicLogger()
        self.queue, self.numbers, self.asked, self.answered = [], itertools.count(), False, None
        chain, key = certificate()
        ours = QuicConfiguration(
            is_client=True, alpn_protocols=["h3"], verify_mode=ssl.CERT_NONE, server_name=HOST, session_ticket=ticket
        )
        theirs = QuicConfiguration(
            is_client=False, alpn_protocols=["h3"], certificate=chain, private_key=key, quic_logger=self.log
        )
        self.client = QuicConnection(configuration=ours, session_ticket_handler=self.done.tickets.append)
        self.server = QuicConnection(
            configuration=theirs,
            original_destination_connection_id=self.client.original_destination_connection_id,
            session_ticket_handler=lambda ticket: STORE.update({ticket.ticket: ticket}),
            session_ticket_fetcher=STORE.get,
        )
        self.asks = H3Connection(self.client)
        self.answers: Any = None
        self.client.connect(SERVER, now=0)
        if ticket:
            self.ask()
        self.send(self.client, 0)

    def ask(self):
        self.asked = True
        for number in range(len(self.sizes)):
            stream = self.client.get_next_available_stream_id()
            assert stream == 4 * number
            fields = [(name.encode(), value.encode()) for name, value in self.fields(number)]
            self.asks.send_headers(stream, fields, end_stream=True)

    def send(self, sender, now):
        events = self.log.to_dict()["traces"][0]["events"] if sender is self.server else []
        before = len(events)
        datagrams = sender.datagrams_to_send(now=now)
        if not datagrams:
            return
        packets = []
        if sender is self.server:
            events = self.log.to_dict()["traces"][0]["events"][before:]
            packets = [event["data"]["frames"] for event in events if event["name"] == "transport:packet_sent"]
        for place, (data, _) in enumerate(datagrams):
            # The last packets belong to the last datagrams; the first may hold several of the handshake.
            at = place - len(datagrams)
            frames = [
                (frame["stream_id"] // 4, frame["offset"], frame["length"])
                for frame in (packets[at] if len(packets) >= -at else [])
                if frame["frame_type"] == "stream" and frame["stream_id"] % 4 == 0 and frame["length"]
            ]
            if frames:
                self.done.datagrams.append(frames)
                if len(self.done.datagrams) - 1 == self.drop:
                    continue
            heapq.heappush(self.queue, (now + self.half, next(self.numbers), sender, data))

    def run(self):
        looked = False
        for _ in range(MOST_EVENTS):
            if len(self.done.complete) == len(self.sizes):
                break
            due: list[tuple[float, int, Any]] = [(self.queue[0][0], 0, None)] if self.queue else []
            due += [
                (timer, 1 + place, one)
                for place, one in enumerate((self.client, self.server))
                if (timer := one.get_timer()) is not None
            ]
            now, kind, one = min(due, key=lambda entry: entry[:2])
            # Before anything can come again: nine tenths of a round trip after the first of the flight.
            if not looked and self.answered is not None and now > self.answered + 2.8 * self.half:
                looked = True
                self.done.holes = self.streams_with_a_hole()
            if kind:
                # A little later: a timer that is due at this very instant would be set again for it.
                now += 1e-6
                one.handle_timer(now=now)
            else:
                _, _, sender, data = heapq.heappop(self.queue)
                one = self.server if sender is self.client else self.client
                one.receive_datagram(data, CLIENT if one is self.server else SERVER, now=now)
            self.hear(one, now)
            self.send(one, now)
        return self.done

    def streams_with_a_hole(self):
        streams = {number: self.client._streams.get(4 * number) for number in range(len(self.sizes))}
        receivers = {number: stream.receiver for number, stream in streams.items() if stream}
        return {number for number, one in receivers.items() if one.highest_offset > one.starting_offset()}

    def hear(self, one, now):
        while (event := one.next_event()) is not None:
            if one is self.client:
                if isinstance(event, HandshakeCompleted) and not self.asked:
                    self.ask()
                for heard in self.asks.handle_event(event):
                    if isinstance(heard, HeadersReceived | DataReceived) and heard.stream_ended:
                        self.done.complete[heard.stream_id // 4] = now
                continue
            if isinstance(event, ProtocolNegotiated):
                self.answers = H3Connection(self.server)
            if isinstance(event, StreamDataReceived) and event.stream_id % 4 == 0:
                number = event.stream_id // 4
                self.done.requests[number] = self.done.requests.get(number, b"") + event.data
            for heard in self.answers.handle_event(event) if self.answers else ():
                if isinstance(heard, HeadersReceived):
                    self.answer(heard.stream_id)
                    self.answered = now

    def answer(self, stream):
        size = self.sizes[stream // 4]
        fields = [(b":status", b"200"), (b"content-type", b"text/html"), (b"content-length", b"%d" % size)]
        self.answers.send_headers(stream, fields)
        self.answers.send_data(stream, bytes(size), end_stream=True)


STORE: dict[bytes, Any] = {}
"""Session tickets that the server gave out."""


def fields_of(number):
    return [(":method", "GET"), (":scheme", "https"), (":authority", HOST), (":path", f"/{number}")]


def load(sizes, round_trip, *, drop=None, ticket=None, fields=fields_of):
    return Exchange(sizes, round_trip, drop, ticket, fields).run()
