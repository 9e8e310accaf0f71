"""HTTP's headers against the documents and against libraries that pack them.

    RFC 7541      Appendix C: the numbers, fields and header blocks as they are printed, both ways
    hpack         random header lists, several on a connection: its blocks read here, ours there, and equal
    pylsqpack     random field sections without a dynamic table, both ways, and equal

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must
not be 0.
"""

import random
from importlib.metadata import version as version_of
from typing import Any

import hpack as other_hpack
import pylsqpack
import pytest

from playground.machines import hpack, huffman, qpack
from tests.real.http_compared import attempt, missed

pytestmark = pytest.mark.fidelity

LISTS = 200


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


@pytest.mark.checks("http-versions", "RFC 7541")
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


@pytest.mark.checks("http-versions", "hpack")
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


@pytest.mark.checks("http-versions", "pylsqpack")
def test_pylsqpack_writes_the_same_sections_and_reads_ours(evidence):
    differ = missed(qpack_here(), qpack_there())
    evidence(
        "http-versions", "pylsqpack",
        program="pylsqpack", version=version_of("pylsqpack"), cases=len(qpack_there()), different=differ,
        compared=f"{LISTS} field sections: the bytes, theirs read here, ours read there",
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


INTEGER = hpack.integer


@pytest.mark.saboteur("http-versions", "RFC 7541")
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


@pytest.mark.saboteur("http-versions", "hpack")
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


@pytest.mark.saboteur("http-versions", "pylsqpack")
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
