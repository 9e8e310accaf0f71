"""HTTP's versions against the documents and against programs that speak them.

    RFC 7541      Appendix C: the numbers, fields and header blocks as they are printed, both ways
    RFC 9000      Appendix A.1: the numbers of variable length, both ways
    hpack         random header lists, several on a connection: its blocks read here, ours there, and equal
    h2            requests of a client and answers of a server on one connection, frame by frame
    pylsqpack     random field sections without a dynamic table, both ways, and equal
    aioquic       client and server on a virtual clock: requests after decryption, round trips, and, for every
                  datagram that is dropped, which streams have bytes that cannot be used (quic.py)
    nginx         round trips to the last object through a relay that holds every byte (relay.py)

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must
not be 0.
"""

import random
from importlib.metadata import version as version_of
from typing import Any

import h2.config
import h2.connection
import h2.events
import h2.settings
import hpack as other_hpack
import hyperframe.frame
import pylsqpack
import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import hpack, http_frames, huffman, qpack, transfer
from playground.machines.http_wire import Wire
from tests.fidelity import quic, relay

pytestmark = pytest.mark.fidelity

LISTS = 200


def machine():
    return entries()["http-versions"].cls


def outcome_of(query):
    """What the miniature answers."""
    parsed = parse(machine(), query)
    assert parsed.problems == []
    done = run(machine(), parsed.query, draw=False)
    assert not done.refusal
    return done.outcome


def missed(here, there):
    assert len(here) == len(there) > 0
    return sum(one != other for one, other in zip(here, there, strict=True))


def attempt(reads, *arguments):
    """What a codec reads, or that it cannot: a wrong one may stumble."""
    try:
        return reads(*arguments)
    except (ValueError, IndexError, UnicodeDecodeError) as wrong:
        return type(wrong).__name__


# RFC 7541, Appendix C

INTEGERS = [(10, 5, "0a"), (1337, 5, "1f9a0a"), (42, 8, "2a")]  # C.1
FIELDS = [  # C.2: the field, its bytes, and whether an encoder that indexes everything writes it so
    (("custom-key", "custom-header"), "400a637573746f6d2d6b65790d637573746f6d2d686561646572", True),
    ((":path", "/sample/path"), "040c2f73616d706c652f70617468", False),
    (("password", "secret"), "100870617373776f726406736563726574", False),
    ((":method", "GET"), "82", True),
]
ASKED = [[(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.example.com")]]
ASKED.append([*ASKED[0], ("cache-control", "no-cache")])
CUSTOM = ("custom-key", "custom-value")
ASKED.append([ASKED[0][0], (":scheme", "https"), (":path", "/index.html"), ASKED[0][3], CUSTOM])
DATE, LATER = "Mon, 21 Oct 2013 20:13:21 GMT", "Mon, 21 Oct 2013 20:13:22 GMT"
PLACE = ("location", "https://www.example.com")
COOKIE = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"
TOLD = [[(":status", "302"), ("cache-control", "private"), ("date", DATE), PLACE]]
TOLD.append([(":status", "307"), *TOLD[0][1:]])
CACHED, ZIPPED = TOLD[0][1], ("content-encoding", "gzip")
TOLD.append([(":status", "200"), CACHED, ("date", LATER), PLACE, ZIPPED, ("set-cookie", COOKIE)])
# C.3 to C.6: the lists, room of the table, whether strings are Huffman-coded, the blocks.
BLOCKS = [
    (ASKED, 4096, False, [
        "828684410f7777772e6578616d706c652e636f6d",
        "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    ]),
    (ASKED, 4096, True, [
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    ]),
    (TOLD, 256, False, [
        (
            "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54"
            "6e1768747470733a2f2f7777772e6578616d706c652e636f6d"
        ),
        "4803333037c1c0bf",
        (
            "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f"
            "3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b20"
            "76657273696f6e3d31"
        ),
    ]),
    (TOLD, 256, True, [
        (
            "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f"
            "0b97c8e9ae82ae43d3"
        ),
        "4883640effc1c0bf",
        (
            "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335df"
            "dfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"
        ),
    ]),
]  # fmt: skip


def appendix_c_here():
    found = [hpack.integer(value, prefix).hex() for value, prefix, _ in INTEGERS]
    found += [attempt(hpack.read_integer, bytes.fromhex(text), 0, prefix) for _, prefix, text in INTEGERS]
    found += [attempt(hpack.Decoder().decode, bytes.fromhex(text)) for _, text, _ in FIELDS]
    found += [hpack.Encoder(coded=False).encode([field]).hex() for field, _, indexed in FIELDS if indexed]
    for lists, room, coded, blocks in BLOCKS:
        encoder, decoder = hpack.Encoder(room, coded=coded), hpack.Decoder(room)
        found += [encoder.encode(fields).hex() for fields in lists]
        found += [attempt(decoder.decode, bytes.fromhex(block)) for block in blocks]
    return found


def appendix_c_there():
    found: list[Any] = [text for _, _, text in INTEGERS]
    found += [(value, len(text) // 2) for value, _, text in INTEGERS]
    found += [[field] for field, _, _ in FIELDS]
    found += [text for _, text, indexed in FIELDS if indexed]
    for lists, _, _, blocks in BLOCKS:
        found += [*blocks, *lists]
    return found


def test_every_block_of_rfc_7541_is_reproduced_and_read(evidence):
    differ = missed(appendix_c_here(), appendix_c_there())
    evidence(
        "http-versions", "RFC 7541",
        program="RFC 7541, Appendix C", version="May 2015", cases=len(appendix_c_there()), different=differ,
        compared="the three numbers of C.1 and twelve header blocks of C.3 to C.6 both ways, the four fields of C.2 "
        "read and the two of them that are indexed written",
    )  # fmt: skip
    assert differ == 0


def test_the_vectors_hold_what_another_implementation_reads():
    """A slip of the pen would show."""
    for lists, room, _, blocks in BLOCKS:
        decoder = other_hpack.Decoder()
        decoder.header_table_size = room
        decoder.max_allowed_table_size = room
        read: list[Any] = [decoder.decode(bytes.fromhex(block)) for block in blocks]
        assert read == lists


# RFC 9000, Appendix A.1

VARINTS = [
    (151_288_809_941_952_652, "c2197c5eff14e88c"), (494_878_333, "9d7f3e7d"), (15_293, "7bbd"), (37, "25"),
]  # fmt: skip


def varints_here():
    found = [http_frames.varint(value).hex() for value, _ in VARINTS]
    found += [attempt(http_frames.read_varint, bytes.fromhex(text)) for _, text in VARINTS]
    return [*found, attempt(http_frames.read_varint, bytes.fromhex("4025"))]


def varints_there():
    found = [text for _, text in VARINTS] + [(value, len(text) // 2) for value, text in VARINTS]
    return [*found, (37, 2)]


def test_the_numbers_of_rfc_9000_are_reproduced_and_read(evidence):
    differ = missed(varints_here(), varints_there())
    evidence(
        "http-versions", "RFC 9000",
        program="RFC 9000, Appendix A.1", version="May 2021", cases=len(varints_there()), different=differ,
        compared="four numbers written, and five spellings of them read",
    )  # fmt: skip
    assert differ == 0


# hpack and pylsqpack

NAMES = [":path", ":authority", "accept", "cookie", "x-request-id", "user-agent", "cache-control", "etag", "via"]
VALUES = ["/", "/index.html", "*/*", "no-cache", "page.example", "gzip, deflate, br", "max-age=604800", "text/css"]
SIGNS = "".join(map(chr, range(32, 127)))


def drawn_lists():
    """Header lists, five to a connection; the same each time."""
    rng = random.Random(7541)  # noqa: S311 - the same each time
    for _ in range(LISTS):
        fields = [(":method", rng.choice(["GET", "POST", "PUT"])), (":scheme", rng.choice(["http", "https"]))]
        for _ in range(rng.randint(1, 9)):
            text = "".join(rng.choices(SIGNS, k=rng.randint(0, 60))).strip()
            fields.append((rng.choice(NAMES), rng.choice([*VALUES, text])))
        yield fields


def hpack_here():
    """Blocks that we write, what we read in those of the library, and what it reads in ours."""
    found = []
    for at, fields in enumerate(drawn_lists()):
        if at % 5 == 0:
            ours, reader = hpack.Encoder(), hpack.Decoder()
            theirs, their_reader = other_hpack.Encoder(), other_hpack.Decoder()
        block = ours.encode(fields)
        found += [block.hex(), attempt(reader.decode, theirs.encode(fields))]
        try:
            found.append(their_reader.decode(block))
        except other_hpack.HPACKError:
            found.append("not read")
    return found


def hpack_there():
    found = []
    for at, fields in enumerate(drawn_lists()):
        if at % 5 == 0:
            theirs = other_hpack.Encoder()
        found += [theirs.encode(fields).hex(), fields, fields]
    return found


def test_hpack_writes_the_same_blocks_and_reads_ours(evidence):
    differ = missed(hpack_here(), hpack_there())
    evidence(
        "http-versions", "hpack",
        program="hpack", version=version_of("hpack"), cases=len(hpack_there()), different=differ,
        compared=f"{LISTS} header lists, five on a connection: the blocks, theirs read here, ours read there",
    )  # fmt: skip
    assert differ == 0


def as_bytes(fields):
    return [(name.encode(), value.encode()) for name, value in fields]


def qpack_here():
    found = []
    for number, fields in enumerate(drawn_lists()):
        section = qpack.encode(fields)
        encoder, decoder = pylsqpack.Encoder(), pylsqpack.Decoder(0, 0)
        encoder.apply_settings(0, 0)
        found += [section.hex(), attempt(qpack.decode, encoder.encode(number, as_bytes(fields))[1])]
        try:
            found.append(decoder.feed_header(number, section)[1])
        except (pylsqpack.DecompressionFailed, pylsqpack.StreamBlocked):
            found.append("not read")
    return found


def qpack_there():
    found = []
    for number, fields in enumerate(drawn_lists()):
        encoder = pylsqpack.Encoder()
        encoder.apply_settings(0, 0)
        found += [encoder.encode(number, as_bytes(fields))[1].hex(), fields, as_bytes(fields)]
    return found


def test_pylsqpack_writes_the_same_sections_and_reads_ours(evidence):
    differ = missed(qpack_here(), qpack_there())
    evidence(
        "http-versions", "pylsqpack",
        program="pylsqpack", version=version_of("pylsqpack"), cases=len(qpack_there()), different=differ,
        compared=f"{LISTS} field sections: the bytes, theirs read here, ours read there",
    )  # fmt: skip
    assert differ == 0


# h2

PAGES = [["html", "css", "js", "1.png", "2.png"], ["html"], [f"{number}.png" for number in range(20)]]
SIZES = (0, 1, 9_000, 16_384, 16_385, 60_000)


def h2_here():
    """Requests and heads of answers as the miniature makes them, and bodies as frames."""
    found = []
    for names in PAGES:
        wire = Wire("2")
        found += [wire.request(name).hex() for name in names]
        heads = Wire("2")
        found += [heads.head(name, 5000)[:-9].hex()[:16] for name in names]
    found += [http_frames.data_frames(1, bytes(size)).hex() for size in SIZES]
    found += [http_frames.settings({1: 4096, 4: 65_535}).hex(), http_frames.PREFACE.hex()]
    ping = hyperframe.frame.PingFrame(0, b"12345678").serialize()
    return [*found, attempt(http_frames.read_frame, ping)]


def h2_there():
    found = []
    for names in PAGES:
        client, server = h2.connection.H2Connection(), h2.connection.H2Connection(h2.config.H2Configuration(False))
        client.initiate_connection()
        server.initiate_connection()
        server.receive_data(client.data_to_send())
        client.receive_data(server.data_to_send())
        wire, asked, told = Wire("2"), [], []
        for at, name in enumerate(names):
            client.data_to_send()
            client.send_headers(2 * at + 1, wire.fields(name), end_stream=True)
            asked.append(client.data_to_send())
            server.receive_data(asked[-1])
            server.data_to_send()
            server.send_headers(2 * at + 1, wire.answer_fields(name, 5000))
            told.append(server.data_to_send())
        found += [one.hex() for one in asked] + [one.hex()[:10] + "00000001"[:6] for one in told]
    for size in SIZES:
        parts = [bytes(min(16_384, size - at)) for at in range(0, size, 16_384)] or [b""]
        frames = [hyperframe.frame.DataFrame(1, part) for part in parts]
        frames[-1].flags.add("END_STREAM")
        found.append(b"".join(frame.serialize() for frame in frames).hex())
    settings = hyperframe.frame.SettingsFrame(0, {1: 4096, 4: 65_535})
    client = h2.connection.H2Connection()
    client.initiate_connection()
    found += [settings.serialize().hex(), client.data_to_send()[:24].hex()]
    return [*found, (6, 0, 0, b"12345678", 17)]


def test_h2_and_hyperframe_write_the_same_frames(evidence):
    differ = missed(h2_here(), h2_there())
    evidence(
        "http-versions", "h2",
        program="h2, hyperframe", version=f"{version_of('h2')}, {version_of('hyperframe')}",
        cases=len(h2_there()), different=differ,
        compared="requests of three pages on a connection each, the lengths of heads of answers, bodies as DATA "
        "frames, SETTINGS and the preface byte by byte, and a frame read",
    )  # fmt: skip
    assert differ == 0


# aioquic: requests and round trips

# Bytes of all objects that are well inside one, two and three windows of either size of packet.
ROOMS = ((1_000, 11_000), (16_000, 33_000), (46_000, 78_000))


def loads():
    rng = random.Random(9000)  # noqa: S311 - the same each time
    for at in range(12):
        count = rng.randint(2, 6)
        whole = rng.randint(*(bound // 1000 for bound in ROOMS[at % 3]))
        yield count, max(whole // count, 1)


def aioquic_here():
    found = []
    for count, size in loads():
        query = f"version=3&before=nothing&objects={count}&size={size}&sizes=equal&round_trip=600&bandwidth=1000"
        found.append(outcome_of(query)["last"]["round_trips"])
        wire = Wire("3")
        found += [wire.request(name).hex() for name in machine()({"objects": count}).names]
    resumed = "version=3&before=nothing&objects=2&size=1&sizes=equal&round_trip=600&bandwidth=1000&resumed=yes"
    return [*found, outcome_of(resumed)["last"]["round_trips"]]


def aioquic_there():
    found = []
    for count, size in loads():
        names = machine()({"objects": count}).names
        done = quic.load([1000 * size] * count, 1.0, fields=lambda at, names=names: Wire("3").fields(names[at]))
        found.append(int(max(done.complete.values())))
        found += [done.requests[at].hex() for at in range(count)]
        ticket = done.tickets[0]
    again = quic.load([1000, 1000], 1.0, ticket=ticket)
    return [*found, int(max(again.complete.values()))]


@pytest.fixture(scope="module")
def from_aioquic():
    return aioquic_there()


def test_aioquic_writes_the_same_requests_and_needs_as_many_round_trips(evidence, from_aioquic):
    differ = missed(aioquic_here(), from_aioquic)
    evidence(
        "http-versions", "aioquic",
        program="aioquic", version=version_of("aioquic"), cases=len(from_aioquic), different=differ,
        compared="requests as the server’s connection gives them out after decryption, and whole round trips to the "
        "last byte of 12 pages that fit well into one, two or three windows; one more page in 0-RTT",
    )  # fmt: skip
    assert differ == 0


# aioquic: which streams have a hole


def first_flights():
    """Sizes of a few objects that fit the first window together; the same each time."""
    rng = random.Random(9002)  # noqa: S311 - the same each time
    for _ in range(14):
        count = rng.randint(2, 5)
        yield [rng.randint(300, 9_600 // count) for _ in range(count)]


@pytest.fixture(scope="module")
def dropped():
    """(datagrams, the one that is dropped, streams with a hole) for every datagram of every load."""
    found = []
    for sizes in first_flights():
        whole = quic.load(sizes, 1.0)
        assert max(whole.complete.values()) < 2.5
        for number in range(len(whole.datagrams)):
            lost = quic.load(sizes, 1.0, drop=number)
            found.append((lost.datagrams[: len(whole.datagrams)], number, lost.holes))
    return found


def holes_here(datagrams, dropped):
    """Our receiver is given the same frames, but for those of one datagram."""
    receiver = transfer.Receiver()
    places: dict[object, int] = {}
    for at, frames in enumerate(datagrams):
        for stream, _, length in frames:
            chain = transfer.chain_of(machine()({}).order_of("3"), 0, stream)
            place = places[chain] = places.get(chain, -1) + 1
            if at != dropped:
                receiver.take(transfer.Packet(at, 0, 1, stream, length, chain, place, at))
    return receiver.unusable()


def holes_differ(dropped):
    return missed([holes_here(datagrams, number) for datagrams, number, _ in dropped], [one for *_, one in dropped])


def test_the_same_streams_have_a_hole_whichever_datagram_is_dropped(evidence, dropped):
    differ = holes_differ(dropped)
    assert any(holes for *_, holes in dropped)
    evidence(
        "http-versions", "aioquic, one datagram dropped",
        program="aioquic", version=version_of("aioquic"), cases=len(dropped), different=differ,
        compared="14 pages that fit the first window, each datagram with bytes of an object dropped in turn: which "
        "streams have bytes at the client that it may not use",
    )  # fmt: skip
    assert differ == 0


# nginx through a relay

CASES = [
    ("1.0", 3), ("1.1", 1), ("1.1", 6), ("1.1-pipelined", 9), ("1.1-six", 6), ("1.1-six", 14), ("2", 1), ("2", 9),
]  # fmt: skip


def trips_here():
    """Round trips after the set-up, for small objects on a fast link."""
    found = {}
    for version, count in CASES:
        query = f"version={version}&before=nothing&objects={count}&size=1&sizes=equal&tls=none&round_trip=600"
        told = outcome_of(f"{query}&bandwidth=1000")["last"]
        handshakes = told["connections"] if version == "1.0" else 1
        found[version, count] = told["round_trips"] - handshakes
    return found


@pytest.fixture(scope="module")
def from_nginx():
    return relay.round_trips(CASES, trips_here())


def trips_differ(from_nginx):
    here = trips_here()
    return missed([here[case] for case in CASES], [from_nginx[case] for case in CASES])


def test_nginx_needs_as_many_round_trips_through_a_slow_relay(evidence, from_nginx):
    differ = trips_differ(from_nginx)
    evidence(
        "http-versions", "nginx",
        program="nginx", version=relay.version(), cases=len(CASES), different=differ,
        compared="round trips to the last of 1 to 14 small objects, one after the other, pipelined, over six "
        "connections and as streams, the set-up left out",
    )  # fmt: skip
    assert differ == 0


# Saboteurs


def shifted(text, at):
    """The table with two neighbours exchanged."""
    table = list(text)
    table[at], table[at + 1] = table[at + 1], table[at]
    return tuple(table)


def never_remembers(self, field):
    return None


def without_end(data, at=0):
    value, end = READ_VARINT(data, at)
    return value | (data[at] >> 6) << 62, end


READ_VARINT = http_frames.read_varint
INTEGER = hpack.integer


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (hpack, "STATIC", shifted(hpack.STATIC, 3)),
        (hpack, "integer", lambda value, prefix, flags=0: INTEGER(value + (value > 30), prefix, flags)),
        (hpack.Table, "put", never_remembers),
        (hpack, "size_of", lambda field: len(field[0]) + len(field[1]) + 64),
        (huffman, "WORDS", shifted(huffman.WORDS, 48)),
    ],
    ids=["two fields exchanged", "long numbers", "no dynamic table", "fields count for more", "two code words"],
)
def test_a_saboteur_of_hpack_is_noticed_by_the_vectors(monkeypatch, owner, name, wrong):
    monkeypatch.setattr(owner, name, wrong)
    assert missed(appendix_c_here(), appendix_c_there()) > 0


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (hpack, "STATIC", shifted(hpack.STATIC, 18)),
        (hpack.Table, "put", never_remembers),
        (huffman, "WORDS", shifted(huffman.WORDS, 113)),
    ],
    ids=["two fields exchanged", "no dynamic table", "two code words"],
)
def test_a_saboteur_of_hpack_is_noticed_by_the_library(monkeypatch, owner, name, wrong):
    monkeypatch.setattr(owner, name, wrong)
    assert missed(hpack_here(), hpack_there()) > 0


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (qpack, "STATIC", qpack.STATIC[1:]),
        (qpack, "PREFIX", b"\x01\x00"),
        (huffman, "WORDS", shifted(huffman.WORDS, 97)),
    ],
    ids=["table from 1", "prefix", "two code words"],
)
def test_a_saboteur_of_qpack_is_noticed(monkeypatch, owner, name, wrong):
    monkeypatch.setattr(owner, name, wrong)
    assert missed(qpack_here(), qpack_there()) > 0


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("varint", lambda value: value.to_bytes(8, "big")), ("read_varint", without_end)],
    ids=["always eight bytes", "length bits kept"],
)
def test_a_saboteur_of_the_numbers_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(http_frames, name, wrong)
    assert missed(varints_here(), varints_there()) > 0


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (http_frames, "END_HEADERS", 0x8),
        (http_frames, "LARGEST", 16_383),
        (Wire, "stream", lambda self: self.requests + 1),
        (Wire, "fields", lambda self, name: Wire.answer_fields(self, name, 1)),
    ],
    ids=["a flag", "frames too small", "even streams", "wrong fields"],
)
def test_a_saboteur_of_the_frames_is_noticed_by_h2(monkeypatch, owner, name, wrong):
    expected = h2_there()
    monkeypatch.setattr(owner, name, wrong)
    assert missed(h2_here(), expected) > 0


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (http_frames, "frame3", lambda kind, content: bytes([kind]) + len(content).to_bytes(2, "big") + content),
        (transfer, "WINDOW", 40),
        ("machine", "set_up_of", lambda self, version: 2),
        (transfer.Load, "grow", lambda self, connection: None),
    ],
    ids=["length in two bytes", "a window of forty", "TCP first", "no slow start"],
)
def test_a_saboteur_is_noticed_by_aioquic(monkeypatch, from_aioquic, owner, name, wrong):
    monkeypatch.setattr(machine() if owner == "machine" else owner, name, wrong)
    assert missed(aioquic_here(), from_aioquic) > 0


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        ("machine", "order_of", lambda self, version: transfer.CONNECTION),
        (transfer.Receiver, "unusable", lambda self: set()),
        (transfer, "chain_of", lambda order, connection, thing: (connection, thing % 2)),
    ],
    ids=["QUIC read as TCP", "nothing waits", "two streams for all"],
)
def test_a_saboteur_of_the_order_is_noticed_by_aioquic(monkeypatch, dropped, owner, name, wrong):
    monkeypatch.setattr(machine() if owner == "machine" else owner, name, wrong)
    assert holes_differ(dropped) > 0


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("asks_ahead", lambda self, version: version in ("2", "3")),
        ("asks_ahead", lambda self, version: True),
        ("connections_of", lambda self, version: 1),
        ("connections_of", lambda self, version: 4 if version == "1.1-six" else 1),
    ],
    ids=["pipelining waits", "nobody waits", "one connection", "four connections"],
)
def test_a_saboteur_of_the_versions_is_noticed_by_nginx(monkeypatch, from_nginx, name, wrong):
    monkeypatch.setattr(machine(), name, wrong)
    assert trips_differ(from_nginx) > 0
