"""Packets against tshark, scapy and dpkt.

    tshark  -r capture -T fields    a capture file that this test writes: every field of the headers, both checksums
                                    and the frame's, and the text, put together again where routers have cut it
    scapy   Ether / IP / TCP / text the same packets built from the same inputs: the octets of every frame on the
                                    first and on the last wire, and fragment() where the last wire is small
    dpkt    in_cksum                whether the sums of packets with flipped bits still hold

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must not be.
"""

import random
import zlib
from dataclasses import replace
from functools import cache
from importlib.metadata import version

import dpkt
import pytest
from scapy.layers.inet import IP, TCP, fragment
from scapy.layers.l2 import Ether

from playground.engine.query import do, query_for
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines.packets import checksum, ethernet, ipv4, nat, route, tcp
from tests.real import capture

pytestmark = pytest.mark.fidelity

ENTRY = entries()["tcp-ip-encapsulation"]
RUNS, FEW = 60, 10
READ = ["eth.dst", "eth.src", "eth.type", "eth.fcs.status", "ip.len", "ip.id", "ip.flags", "ip.frag_offset", "ip.ttl",
        "ip.proto", "ip.checksum", "ip.checksum.status", "ip.src", "ip.dst"]  # fmt: skip
SEGMENT = ["tcp.srcport", "tcp.dstport", "tcp.seq_raw", "tcp.ack_raw", "tcp.hdr_len", "tcp.flags", "tcp.checksum",
           "tcp.window_size_value", "tcp.checksum.status", "tcp.payload"]  # fmt: skip


def drawn(count):
    """Inputs of the miniature: texts of odd and even length, all that bears on a header, small last wires."""
    rng = random.Random(9293)  # noqa: S311 - the same each time

    def address(first):
        return ".".join(str(part) for part in (first, *(rng.randrange(256) for _ in range(3))))

    for number in range(count):
        yield {
            "text": "".join(rng.choice("abc DEF.0é") for _ in range(rng.randint(1, 180))),
            "mss": rng.choice([20, 21, 50, 127, 1460]),
            "hops": number % 6,
            "ttl": rng.randint(7, 64),
            "mtu": rng.choice([68, 77, 200, 1500]),
            "df": False,
            "isn": rng.choice([0, 1, 2**32 - 30, rng.randrange(2**32)]),
            "source": address(10),
            "target": address(203),
            "port": rng.randint(1, 65535),
            "to_port": rng.randint(1, 65535),
            "nat": number % 4 == 3,
            "offload": number % 5 == 4,
        }


def ran(inputs, *acts):
    done = run(ENTRY.cls, query_for(ENTRY.cls, *acts, **inputs), draw=False)
    assert not done.refusal
    assert not done.stopped
    return done


def machines(count):
    """Runs of the miniature; the many are made once, the few again under each saboteur."""
    return whole() if count == RUNS else made(count)


def made(count):
    return [(inputs, ran(inputs).machine) for inputs in drawn(count)]


@cache
def whole():
    return made(RUNS)


# tshark


def told(inputs, sent):
    """What the miniature says of each frame, in tshark's words."""
    wires = route.wires(sent.routers)
    frames = [(sent.first, wires[0], sent.packet, sent.packet)]
    pieces = ipv4.fragments(sent.came, inputs["mtu"] if sent.routers else 1500)
    frames += [(frame, wires[-1], piece, sent.came) for frame, piece in zip(sent.last, pieces, strict=True)]
    for at, (frame, wire, packet, whole) in enumerate(frames):
        row = {
            "eth.dst": wire.receiver.hex(":"), "eth.src": wire.sender.hex(":"), "eth.type": "0x0800",
            "eth.fcs.status": capture.GOOD, "ip.len": str(20 + len(packet.data)),
            "ip.id": f"0x{packet.identification:04x}", "ip.flags": f"0x{packet.flags:02x}",
            "ip.frag_offset": str(packet.offset), "ip.ttl": str(packet.ttl), "ip.proto": str(packet.protocol),
            "ip.checksum": f"0x{packet.checksum:04x}", "ip.checksum.status": capture.GOOD,
            "ip.src": ipv4.dotted(packet.source), "ip.dst": ipv4.dotted(packet.target),
        }  # fmt: skip
        segment = tcp.read(whole.data)
        if at in (0, len(frames) - 1):
            # Of a packet in fragments tshark shows the segment with the last one.
            row |= {
                "tcp.srcport": str(segment.source), "tcp.dstport": str(segment.target),
                "tcp.seq_raw": str(segment.sequence), "tcp.ack_raw": str(segment.acknowledged), "tcp.hdr_len": "20",
                "tcp.flags": f"0x{segment.flags:04x}", "tcp.checksum": f"0x{segment.checksum:04x}",
                "tcp.window_size_value": str(segment.window), "tcp.checksum.status": capture.GOOD,
                "tcp.payload": segment.data.hex(),
            }  # fmt: skip
            assert whole.data == segment.bytes()
        else:
            row |= dict.fromkeys(SEGMENT, "")
        yield frame.bytes(), row


def against_tshark(tmp_path, count=RUNS):
    """Frames of which tshark reads anything else than the miniature says, and how many there are."""
    pairs = [pair for inputs, machine in machines(count) for sent in machine.way.sent for pair in told(inputs, sent)]
    rows = capture.dissected(tmp_path / "frames.pcap", [frame for frame, _ in pairs], READ + SEGMENT)
    return sum(row != dict(said) for row, (_, said) in zip(rows, pairs, strict=True)), len(pairs)


def syns():
    """The SYN of each run in a packet of its own, and its option."""
    for inputs, machine in machines(FEW):
        addresses = bytes(map(int, inputs["source"].split("."))), bytes(map(int, inputs["target"].split(".")))
        packet = ipv4.sealed(ipv4.Packet(*addresses, 7, 2, 64, tcp.PROTOCOL, machine.syn.bytes()))
        yield route.framed(packet, route.wires(0)[0]).bytes(), str(machine.isn)


@pytest.mark.checks("tcp-ip-encapsulation", "tshark")
def test_tshark_reads_what_the_miniature_says(tmp_path, evidence):
    missed, count = against_tshark(tmp_path)
    assert count >= 200
    evidence(
        ENTRY.slug, "tshark",
        program="tshark", version=capture.version(), cases=count, different=missed,
        compared=f"24 fields of every frame of {RUNS} runs on the first and the last wire: addresses, lengths, "
        "numbers, flags, three checksums with tshark’s verdict on each, and the text, also out of fragments",
    )  # fmt: skip
    assert missed == 0


def test_tshark_finds_the_checksum_wrong_in_a_capture_on_a_sender_that_leaves_it_to_the_card(tmp_path):
    for offload, verdict in ((False, capture.GOOD), (True, capture.BAD)):
        machine = ran({"mss": 20, "offload": offload}).machine
        frames = [bytes.fromhex(one) for one in machine.outcome()["captured"]]
        wire = [sent.first.bytes()[:-4] for sent in machine.way.sent]
        for seen, status in ((frames, verdict), (wire, capture.GOOD)):
            rows = capture.dissected(tmp_path / "captured.pcap", [ethernet.sealed(one) for one in seen],
                                     ["tcp.checksum.status", "ip.checksum.status"])  # fmt: skip
            assert [list(row.values()) for row in rows] == [[status, capture.GOOD]] * len(seen)


def test_tshark_reads_the_option_of_the_syn(tmp_path):
    frames = list(syns())
    fields = ["tcp.seq_raw", "tcp.options.mss_val", "tcp.checksum.status", "tcp.flags.syn"]
    rows = capture.dissected(tmp_path / "syns.pcap", [frame for frame, _ in frames], fields)
    assert [list(row.values()) for row in rows] == [[isn, "1460", capture.GOOD, "1"] for _, isn in frames]


def test_tshark_puts_a_request_together_from_its_segments(tmp_path):
    """A whole conversation of one: its segments, cut at 20 bytes, with HTTP’s own ends of lines."""
    machine = ran({"mss": 20, "hops": 0}).machine
    data = b"GET /planets HTTP/1.1\r\nHost: orrery.example\r\n\r\n"
    machine.way.offset = 0
    frames, pieces = [], tcp.cut(data, 20)
    for piece in pieces:
        frames.append(route.framed(machine.way.built(piece)[1], route.wires(0)[0]).bytes())
        machine.way.offset += len(piece)
    rows = capture.dissected(tmp_path / "http.pcap", frames, ["http.request.uri", "http.host"], "-2")
    assert len(pieces) == 3
    assert {"/planets"} == {row["http.request.uri"] for row in rows} - {""}
    assert {"orrery.example"} == {row["http.host"] for row in rows} - {""}


# scapy


def built(inputs, sent, offset):
    """The frames of a segment as scapy makes them, on the first and on the last wire, without the frame's checksum."""
    wires = route.wires(inputs["hops"])
    text = inputs["text"].encode()[offset : offset + inputs["mss"]]
    if not inputs["hops"]:
        text = text[: inputs["mtu"] - 40]
    number = (inputs["isn"] + 1 + offset) % 2**32
    mark = 0x1C46 + sent.number - 1

    def packet(ttl):
        behind = inputs["nat"] and ttl != inputs["ttl"]
        port, source = (61000, "203.0.113.1") if behind else (inputs["port"], inputs["source"])
        segment = TCP(sport=port, dport=inputs["to_port"], seq=number, ack=700_001, flags="PA", window=64240) / text
        return IP(src=source, dst=inputs["target"], id=mark, ttl=ttl) / segment

    def octets(ip, wire):
        made = bytes(Ether(dst=wire.receiver.hex(":"), src=wire.sender.hex(":"), type=0x800) / ip)
        return made.ljust(60, b"\0")

    last = packet(inputs["ttl"] - inputs["hops"])
    pieces = [last]
    if inputs["hops"] and len(bytes(last)) > inputs["mtu"]:
        pieces = fragment(last, fragsize=(inputs["mtu"] - 20) // 8 * 8)
    frames = [octets(packet(inputs["ttl"]), wires[0]), *(octets(piece, wires[-1]) for piece in pieces)]
    return frames, len(text)


def against_scapy(count=RUNS):
    """Frames whose octets differ, and how many there are."""
    missed = total = 0
    for inputs, machine in machines(count):
        offset = 0
        for sent in machine.way.sent:
            theirs, length = built(inputs, sent, offset)
            ours = [frame.bytes()[:-4] for frame in (sent.first, *sent.last)]
            missed += abs(len(ours) - len(theirs))
            missed += sum(one != other for one, other in zip(ours, theirs, strict=False))
            total, offset = total + len(theirs), offset + length
        assert offset == len(inputs["text"].encode())
    return missed, total


@pytest.mark.checks("tcp-ip-encapsulation", "scapy")
def test_scapy_builds_the_same_octets(evidence):
    missed, count = against_scapy()
    evidence(
        ENTRY.slug, "scapy",
        program="scapy", version=version("scapy"), cases=count, different=missed,
        compared=f"the octets of every frame of {RUNS} runs with texts of odd and even length over 0 to 5 routers: as "
        "it leaves, as it arrives, and each fragment where the last wire is small; a quarter of the runs with NAT",
    )  # fmt: skip
    assert missed == 0


# dpkt


def damages(count):
    """Runs with one to three flips in IP's checked fields, TCP and text; every other one is a pair that cancels.

    Fields that say how far a header goes are left to Linux: where one is damaged, no sum is computed.
    """
    rng = random.Random(1071)  # noqa: S311 - the same each time
    for number in range(count):
        text = "".join(rng.choice("abcdefgh") for _ in range(rng.randint(20, 60)))
        inputs = {"text": text, "hops": 1}
        if number % 2:
            pairs = [
                (54 + one, 54 + other, bit)
                for one in range(len(text)) for other in range(one + 2, len(text), 2) for bit in range(8)
                if (ord(text[one]) ^ ord(text[other])) & (0x80 >> bit)
            ]  # fmt: skip
            one, other, bit = rng.choice(pairs)
            flips = [(one, bit), (other, bit)]
        else:
            flips = [
                (rng.choice([18, 22, *range(26, 46), *range(47, 54 + len(text))]), rng.randrange(8))
                for _ in range(rng.randint(1, 3))
            ]
        where = rng.choice(["wire", "router"])
        yield inputs, [do("flip", where, byte, bit) for byte, bit in flips]


def dpkt_says(frame):
    """Whether the frame, the header of the packet and the segment add up."""
    packet = dpkt.ethernet.Ethernet(frame[:-4]).data
    raw = frame[14 : 14 + packet.len]
    pseudo = raw[12:20] + bytes([0, 6]) + (len(raw) - 20).to_bytes(2, "big")
    sums = [dpkt.in_cksum(raw[:20]) == 0, dpkt.in_cksum(pseudo + raw[20:]) == 0]
    return [zlib.crc32(frame) == 0x2144DF1C, *sums]


def judged(machine):
    """The same from the miniature."""
    return [found == "missed" for found in machine.damage.noticed().values()]


def against_dpkt(count=240):
    """Damaged frames of which dpkt thinks otherwise, and how many there are; how many pass the segment's sum."""
    missed = passed = 0
    for inputs, acts in damages(count):
        machine = ran(inputs, *acts).machine
        missed += judged(machine) != dpkt_says(machine.damage.crossed.frames[0])
        passed += machine.damage.noticed()["tcp"] == "missed"
    assert passed >= count // 3
    return missed


@pytest.mark.checks("tcp-ip-encapsulation", "dpkt")
def test_dpkt_judges_damaged_packets_alike(evidence):
    missed = against_dpkt()
    evidence(
        ENTRY.slug, "dpkt",
        program="dpkt", version=version("dpkt"), cases=240, different=missed,
        compared="for 240 frames with flipped bits, on the wire and inside a router, whether header and segment still "
        "add up, half of them pairs that cancel each other; the frame’s CRC by its residue",
    )  # fmt: skip
    assert missed == 0


# Saboteurs: one wrong line each.


def no_carry(total):
    return total & 0xFFFF


def lazy_router(packet):
    return packet


def careless_router(packet):
    return replace(packet, ttl=packet.ttl - 1)


def no_pseudo_header(source, target, length):
    return b""


def length_without_header(source, target, length):
    return source + target + bytes([0, 6]) + (length - 20).to_bytes(2, "big")


def odd_byte_low(data):
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def big_endian(covered):
    return covered + zlib.crc32(covered).to_bytes(4, "big")


def in_bytes(packet, most):
    return [ipv4.sealed(replace(one, offset=one.offset * 8)) for one in REAL(packet, most)]


def forgets_tcp(packet):
    return ipv4.sealed(replace(packet, source=nat.PUBLIC))


REAL = ipv4.fragments
SABOTEURS = [
    (checksum, "fold", no_carry), (ipv4, "forwarded", lazy_router), (ipv4, "forwarded", careless_router),
    (tcp, "pseudo_header", no_pseudo_header), (tcp, "pseudo_header", length_without_header),
    (checksum, "words", odd_byte_low), (ipv4, "HEADER", 0), (ipv4, "fragments", in_bytes), (ethernet, "LEAST", 40),
    (nat, "translated", forgets_tcp),
]  # fmt: skip


@pytest.mark.saboteur("tcp-ip-encapsulation", "scapy")
@pytest.mark.parametrize(("home", "name", "wrong"), SABOTEURS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_saboteur_is_noticed_by_scapy(monkeypatch, home, name, wrong):
    monkeypatch.setattr(home, name, wrong)
    assert against_scapy(2 * FEW)[0] > 0


@pytest.mark.saboteur("tcp-ip-encapsulation", "tshark")
@pytest.mark.parametrize(
    ("home", "name", "wrong"),
    [(checksum, "fold", no_carry), (tcp, "pseudo_header", no_pseudo_header), (ethernet, "sealed", big_endian)],
    ids=["no carry", "no pseudo-header", "FCS big-endian"],
)
def test_a_saboteur_is_noticed_by_tshark(monkeypatch, tmp_path, home, name, wrong):
    monkeypatch.setattr(home, name, wrong)
    assert against_tshark(tmp_path, FEW)[0] > 0


def forgets_the_addresses(source, target, segment):
    return checksum.holds(tcp.pseudo_header(bytes(4), bytes(4), len(segment)) + segment)


@pytest.mark.saboteur("tcp-ip-encapsulation", "dpkt")
@pytest.mark.parametrize(
    ("home", "name", "wrong"),
    [(tcp, "holds", forgets_the_addresses), (ethernet, "sealed", big_endian)],
    ids=["addresses left out", "FCS big-endian"],
)
def test_a_saboteur_is_noticed_by_dpkt(monkeypatch, home, name, wrong):
    monkeypatch.setattr(home, name, wrong)
    missed = sum(
        judged(machine) != dpkt_says(machine.damage.crossed.frames[0])
        for machine in (ran(inputs, *acts).machine for inputs, acts in damages(20))
    )
    assert missed > 0
