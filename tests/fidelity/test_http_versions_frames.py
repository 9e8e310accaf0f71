"""HTTP's frames, and the numbers in them, against a document and a library.

    RFC 9000      Appendix A.1: the numbers of variable length, both ways
    h2            requests of a client and answers of a server on one connection, frame by frame

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must
not be 0.
"""

from importlib.metadata import version as version_of

import h2.config
import h2.connection
import h2.events
import h2.settings
import hyperframe.frame
import pytest

from playground.machines import http_frames
from playground.machines.http_wire import Wire
from tests.real.http_compared import attempt, missed

pytestmark = pytest.mark.fidelity


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


@pytest.mark.checks("http-versions", "RFC 9000")
def test_the_numbers_of_rfc_9000_are_reproduced_and_read(evidence):
    differ = missed(varints_here(), varints_there())
    evidence(
        "http-versions", "RFC 9000",
        program="RFC 9000, Appendix A.1", version="May 2021", cases=len(varints_there()), different=differ,
        compared="four numbers written, and five spellings of them read",
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


@pytest.mark.checks("http-versions", "h2")
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


# Saboteurs


def without_end(data, at=0):
    value, end = READ_VARINT(data, at)
    return value | (data[at] >> 6) << 62, end


READ_VARINT = http_frames.read_varint


@pytest.mark.saboteur("http-versions", "RFC 9000")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [("varint", lambda value: value.to_bytes(8, "big")), ("read_varint", without_end)],
    ids=["always eight bytes", "length bits kept"],
)
def test_a_saboteur_of_the_numbers_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(http_frames, name, wrong)
    assert missed(varints_here(), varints_there()) > 0


@pytest.mark.saboteur("http-versions", "h2")
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
