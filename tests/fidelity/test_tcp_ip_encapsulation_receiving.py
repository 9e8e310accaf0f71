"""Frames with flipped bits, before a Linux kernel, tshark, and a second reader that was written for this test.

    Linux as a host      a frame that the server gets, on an open connection: what the program reads, what is sent
                         back, and how far up the counters say that it came
    Linux as a router    a packet that leaves the first router: the octets of what the second sends on, or its ICMP
    tshark               the verdict on each of the three checksums
    the second reader    everything, also where no kernel can be asked; by the same hands, so a help and no judge

Pairs of flips that cancel each other in a sum are the ones that matter: past the sums, the fields decide.
"""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from playground.engine.query import do, query_for
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines.packets import (
    checksum,
    connection,
    crossing,
    datagram,
    ending,
    forwarding,
    host,
    ipv4,
    reassembly,
    tcp,
)
from playground.machines.packets.crossing import FIRST, LAST, WIRE, Flip
from tests.fidelity import second_reader
from tests.real import capture, kernel

pytestmark = pytest.mark.fidelity

ENTRY = entries()["tcp-ip-encapsulation"]
PAIRS, LOOSE, TWICE, PIECES, REWRITTEN, FORWARDED, WIRED = 560, 320, 160, 80, 280, 400, 100
FEW = 12
"""Every so many of them is tried with tshark under each saboteur."""
SHOWN = {ending.UNREACHABLE: "ICMP 3.2", ending.PARAMETER: "ICMP 12.0", ending.TIME_EXCEEDED: "ICMP 11.0",
         ending.TOO_BIG: "ICMP 3.4"}  # fmt: skip
BASES: tuple[dict[str, Any], ...] = (
    {},
    {"text": "ok", "isn": 2**32 - 2, "port": 256},
    {"text": "Tell me the names of all the planets, and of their moons.", "isn": 2**31 - 20, "hops": 5},
    {"text": "a request of some length " * 6, "source": "192.0.2.77", "isn": 7, "df": False},
)
CUT = {"text": "Tell me the names of all the planets please", "mtu": 68, "df": False, "ttl": 3}
SENT = 16
"""Packets that are cut: a kernel keeps fragments for a while, and may not see one identification twice."""


@cache
def machine(number):
    """A miniature whose segments have arrived, from the number of a base; the last one’s arrive in fragments."""
    if number < len(BASES):
        return run(ENTRY.cls, query_for(ENTRY.cls, **BASES[number]), draw=False).machine
    return cut_ones()


@cache
def cut_ones():
    more = [do("send", CUT["text"])] * SENT
    return run(ENTRY.cls, query_for(ENTRY.cls, *more, **CUT), draw=False).machine


def segment(number):
    """The segment that a number stands for: the first of a base, or one of those that are cut."""
    return machine(number).way.sent[max(number - len(BASES), 0)]


def flipped(data, start, end, rng):
    """Two bits at the same place of two words, one set and one not: they cancel each other."""
    while True:
        one, other = (rng.randrange(start, end - 1, 2) for _ in range(2))
        bit = rng.randrange(16)
        at = bit // 8
        if one != other and (data[one + at] ^ data[other + at]) & (0x80 >> bit % 8):
            return [(one + at, bit % 8), (other + at, bit % 8)]


def pair(frame, payload, rng):
    """In IP’s header or in the segment."""
    start, end = rng.choice([(14, 34), (34, 14 + payload)])
    return flipped(frame, start, end, rng)


def drawn(count, kind, seed):
    """Flips of the first segment of one of the bases: (number of the base, flips)."""
    rng = random.Random(seed)  # noqa: S311 - the same each time
    for at in range(count):
        number = len(BASES) + at % SENT if kind == "pieces" else at % len(BASES)
        sent = segment(number)
        frame, payload = sent.last[0].bytes(), len(sent.last[0].payload)
        where = {"wire": WIRE, "first": FIRST}.get(kind, LAST)
        if kind == "first":
            number = 0 if at % 2 else len(BASES)
            sent = segment(number)
            frame, payload = bytes(14) + sent.second, len(sent.second)
        if kind == "loose" or (kind in ("first", "pieces") and at % 3 == 0):
            bits = [(rng.randrange(14, 14 + payload), rng.randrange(8)) for _ in range(rng.randint(1, 3))]
        elif kind == "wire":
            bits = [(rng.randrange(len(frame)), rng.randrange(8)) for _ in range(rng.randint(1, 3))]
        elif kind == "twice":
            bits = flipped(frame, 14, 34, rng) + flipped(frame, 34, 14 + payload, rng)
        else:
            bits = flipped(frame, 14, 34, rng) if kind == "first" else pair(frame, payload, rng)
        yield number, [Flip(where, byte, bit) for byte, bit in bits]


def rewritten(number, fields):
    """As many flips as it takes for some bytes of the packet to be others, and for both checksums to fit them."""
    was = segment(number).last[0].bytes()
    now = bytearray(was)
    for at, value in fields.items():
        now[at] = value
    size = 4 * (now[14] & 15)
    now[24:26] = bytes(2)
    now[24:26] = checksum.checksum(bytes(now[14 : 14 + size])).to_bytes(2, "big")
    end = min(14 + int.from_bytes(now[16:18], "big"), 14 + len(segment(number).last[0].payload))
    data = bytes(now[34:end])
    plain = data[:16] + bytes(2) + data[18:]
    now[50:52] = checksum.checksum(tcp.pseudo_header(bytes(now[26:30]), bytes(now[30:34]), len(data)) + plain).to_bytes(
        2, "big"
    )
    return [Flip(LAST, at, bit) for at in range(len(was) - 4) for bit in range(8) if (was[at] ^ now[at]) & 0x80 >> bit]


IP_BYTES = (14, 15, 16, 17, 20, 21, 22, 23, 23, 26, 27, 29)
TCP_BYTES = (34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 46, 47, 47, 47, 48, 52, 53)
"""What is written over. Destination and identification are in the pairs."""
CHOSEN = (
    # The number before the wrap of the circle; two bytes on; options of the IP header that end at once; FIN.
    (1, {38: 0xFF, 39: 0xFF, 40: 0xFF, 41: 0xFE}), (1, {38: 0, 39: 0, 40: 0, 41: 1}), (1, {14: 0x46}), (0, {47: 0x19}),
    (0, {14: 0x46}), (0, {46: 0xA0}), (0, {47: 0x38, 53: 3}), (0, {47: 0x02, 35: 0x51}), (0, {26: 127}),
)  # fmt: skip


def overwritten():
    """Fields that have become others under checksums that fit: the ones above, then drawn ones."""
    for number, fields in CHOSEN:
        yield number, rewritten(number, fields)
    rng = random.Random(8)  # noqa: S311 - the same each time
    for at in range(REWRITTEN - len(CHOSEN)):
        number, where = at % len(BASES), IP_BYTES if at % 3 == 0 else TCP_BYTES
        fields = {rng.choice(where): rng.randrange(256) for _ in range(rng.randint(1, 2))}
        yield number, rewritten(number, fields)


@cache
def cases():
    return [
        *drawn(PAIRS, "pairs", 1), *drawn(LOOSE, "loose", 2), *drawn(TWICE, "twice", 3), *drawn(PIECES, "pieces", 4),
        *overwritten(),
    ]  # fmt: skip


def crossed(number, flips):
    it = machine(number)
    return crossing.crossed(segment(number), flips, it.mtu, it)


def arrived(case):
    return crossed(*case).frames


def server(number):
    return machine(number).way.server(segment(number))


def ended(number, flips):
    """How the miniature says that it ends at the server."""
    return host.ended(host.received(arrived((number, flips)), server(number), machine(number)))


# Linux as a host.


@cache
def asked():
    """What the kernel does with all cases."""
    told: list[dict[str, Any]] = []
    groups: list[Any] = []
    for number, flips in cases():
        known = server(number)
        (own, port), (peer, peer_port) = known.open.local, known.open.remote
        told.append({
            "mac": known.mac.hex(), "own": ipv4.dotted(own), "port": port, "peer": ipv4.dotted(peer),
            "peer_port": peer_port, "expected": known.open.expected, "next": known.open.next,
            "frames": [bare(frame).hex() for frame in arrived((number, flips))],
        })  # fmt: skip
        room(groups, told[-1], marks(arrived((number, flips)))).append(len(told) - 1)
    found: dict[int, Any] = {}
    answers = kernel.asked("host", [[told[at] for at in group] for _, _, group in groups])
    for (_, _, group), ours in zip(groups, answers, strict=True):
        found |= dict(zip(group, ours, strict=True))
    return [found[at] for at in range(len(told))]


def marks(frames):
    """Identifications of the fragments among some frames, which a kernel keeps for a while."""
    return {frame[18:20] for frame in frames if datagram.read(frame[14:]).is_fragment()}


def room(groups, one, fragments):
    """A network for a case: it has one hardware address, and no identification of fragments twice."""
    for mac, taken, group in groups:
        if mac == one["mac"] and not taken & fragments:
            taken.update(fragments)
            return group
    groups.append((one["mac"], fragments, []))
    return groups[-1][2]


def bare(frame):
    """Without the frame check sequence, which a card takes off before the kernel sees the frame."""
    return frame[:-4]


def as_told(end):
    """What the program gets, how its connection is then, what is sent back, and how far up it came."""
    state = "reset" if end.verdict == ending.RESET else "closed" if end.closes else "open"
    said = [SHOWN.get(end.answer, end.answer)] if end.answer and end.verdict != ending.DELIVERED else []
    return end.text.hex(), state, said, end.layer == ending.TCP, end.verdict == ending.KEPT and end.layer == ending.TCP


def as_seen(found, end):
    """The same from the kernel. Of text that was delivered it may put off the ACK."""
    said = [one for one in found["said"] if not (end.verdict == ending.DELIVERED and one == "ACK")]
    counted = found["counted"]
    return found["text"], found["end"], said, "Tcp:InSegs" in counted, "TcpExt:TCPOFOQueue" in counted


def against_linux():
    """Cases that end otherwise in the kernel; and how all of them end."""
    missed, ends = 0, set()
    for case, found in zip(cases(), asked(), strict=True):
        end = ended(*case)
        missed += as_told(end) != as_seen(found, end)
        ends.add((end.verdict, end.layer, end.field))
    return missed, ends


@pytest.mark.checks("tcp-ip-encapsulation", "Linux as a host")
def test_a_kernel_does_with_damaged_frames_what_the_server_does(evidence):
    missed, ends = against_linux()
    assert len(ends) >= 20, "the cases have become too much alike"
    evidence(
        ENTRY.slug, "Linux as a host",
        program="Linux", version=kernel.version(), cases=len(cases()), different=missed,
        compared=f"{PAIRS} pairs of flips that cancel each other, {LOOSE} times one to three flips, {TWICE} times two "
        f"pairs, {PIECES} first fragments and {REWRITTEN} fields written over under checksums that fit, on an open "
        "connection: what the program reads, whether its connection is closed or reset, what is sent back, and whether "
        "it came as far as TCP",
    )  # fmt: skip
    assert missed == 0


BEHIND = {"isn": 2**32 - 60}
GAPS = (
    ("ttl=1", (do("reroute", 0), do("send", "ok"))),
    ("ttl=2", (do("reroute", 1), do("send", "ok"), do("send", "and the moons"))),
    ("mss=20&ttl=1", (do("reroute", 0), do("send", "Tell me the names of all the planets"))),
)
"""The first text is out of time, over two routers; what is sent next comes to the server."""


def behind_a_gap() -> Iterator[tuple[Any, list[Any]]]:
    """Segments that the server gets although one before them was lost, also past the wrap of the circle."""
    for inputs, acts in GAPS:
        known = {name: int(value) for name, value in (one.split("=") for one in inputs.split("&"))}
        for more in ({}, BEHIND):
            done: Any = run(ENTRY.cls, query_for(ENTRY.cls, *acts, **known, **more), draw=False)
            yield done, [sent for sent in done.machine.way.sent if sent.last]


def test_what_comes_behind_a_gap_is_kept_and_not_given_to_the_program():
    for done, came in behind_a_gap():
        assert {one["fate"] for one in done.outcome["segments"]} == {"out of time", "kept"}
        assert done.outcome["received"] == ""
        assert [sent.missing for sent in came] == [
            sum(len(one.segment.data) for one in done.machine.way.sent[: sent.number - 1]) for sent in came
        ]
        told = done.steps[-1].text
        first = (done.query["isn"] + 1) % 2**32
        assert f"Byte {first:,} is missing" in told
        assert "the program gets nothing" in told
        assert not done.machine.view.seen.lost


def test_what_was_too_long_and_comes_again_leaves_no_gap():
    done = run(ENTRY.cls, query_for(ENTRY.cls, do("send", "and the moons"), mtu=68), draw=False)
    assert {one["fate"] for one in done.outcome["segments"]} == {"too long", "delivered"}
    assert done.outcome["received"] == f"{done.query['text']}and the moons"


def test_a_flipped_bit_of_a_segment_behind_a_gap_leaves_it_there():
    acts = [do("reroute", 1), do("send", "land"), do("flip", LAST, 54, 6), do("flip", LAST, 56, 6)]
    done = run(ENTRY.cls, query_for(ENTRY.cls, *acts, ttl=2), draw=False)
    assert done.outcome["noticed"]["tcp"] == "missed"
    assert (done.outcome["ending"]["verdict"], done.outcome["ending"]["text"]) == (ending.KEPT, "")


def test_a_kernel_keeps_what_comes_behind_a_gap_and_gives_a_program_nothing():
    told, ours = [], []
    for done, came in behind_a_gap():
        for sent in came:
            known = done.machine.way.server(sent)
            (own, port), (peer, peer_port) = known.open.local, known.open.remote
            told.append([{
                "mac": known.mac.hex(), "own": ipv4.dotted(own), "port": port, "peer": ipv4.dotted(peer),
                "peer_port": peer_port, "expected": known.open.expected, "next": known.open.next,
                "frames": [bare(frame.bytes()).hex() for frame in sent.last],
            }])  # fmt: skip
            ours.append(done.machine.way.read(sent))
            theirs = second_reader.read([frame.bytes() for frame in sent.last], known.mac, *known.open[:4])
            assert theirs == (ending.KEPT, ending.ACK, b"")
    for end, (found,) in zip(ours, kernel.asked("host", told), strict=True):
        assert as_seen(found, end) == as_told(end) == ("", "open", ["ACK"], True, True)


# Linux as a router.


@cache
def forwarded():
    return list(drawn(FORWARDED, "first", 5))


def router_gets(case):
    number, flips = case
    sent = segment(number)
    return crossing.wrapped(crossing.turned(sent.second, flips, FIRST, 14), sent.routers)


@cache
def sent_on():
    told: dict[int, Any] = {}
    for case in forwarded():
        it = machine(case[0])
        one = {"mac": segment(case[0]).last[0].target.hex(), "server": it.target, "mtu": it.mtu,
               "frames": [bare(router_gets(case)).hex()]}  # fmt: skip
        told.setdefault(case[0], []).append(one)
    found = dict(zip(told, map(iter, kernel.asked("router", list(told.values()))), strict=True))
    return [next(found[number]) for number, _ in forwarded()]


def against_a_router():
    """Packets with which the kernel does otherwise: other octets on the far side, or another message back."""
    missed, stops = 0, set()
    for case, found in zip(forwarded(), sent_on(), strict=True):
        ours = crossed(*case)
        packets = (
            [] if ours.stop else [frame[14 : 14 + datagram.read(frame[14:]).length].hex() for frame in ours.frames]
        )
        elsewhere = bool(ours.stop and ours.stop.verdict == ending.ELSEWHERE)
        said = [SHOWN[ours.stop.answer]] if ours.stop and ours.stop.answer else []
        # What is for somebody else leaves by the other device: that it does not reach the server is what is compared.
        missed += packets != found["sent_on"] or (not elsewhere and said != found["said"])
        stops.add(ours.stop.field if ours.stop else "")
    return missed, stops


@pytest.mark.checks("tcp-ip-encapsulation", "Linux as a router")
def test_a_kernel_sends_on_what_the_second_router_sends_on(evidence):
    missed, stops = against_a_router()
    assert {"", "checksum", "version", "total length", "destination address", "time to live"} <= stops
    evidence(
        ENTRY.slug, "Linux as a router",
        program="Linux", version=kernel.version(), cases=len(forwarded()), different=missed,
        compared=f"{FORWARDED} packets with flipped bits, two thirds of them pairs that cancel each other, half "
        "for a wire of 68 bytes: the octets of what is sent on, also of the fragments, and the ICMP message",
    )  # fmt: skip
    assert missed == 0


def test_a_capture_beside_an_offloading_sender_holds_the_sum_of_the_pseudo_header():
    """Loopback leaves checksums out as a card does that computes them: what a capture holds is the host’s part."""
    for text in (b"ok", b"GET /planets HTTP/1.1"):
        frame = bytes.fromhex(kernel.asked("capture", [[{"text": text.hex()}]])[0][0]["frame"])
        packet = frame[14:]
        segment = tcp.read(packet[20:])
        ours = tcp.left_to_the_card(segment, packet[12:16], packet[16:20])
        assert ours.checksum == segment.checksum
        assert not tcp.holds(packet[12:16], packet[16:20], packet[20:])


# tshark.


@cache
def dissected(path):
    every = [*cases(), *drawn(WIRED, "wire", 6)]
    frames = [arrived(case)[0] for case in every if case[0] < len(BASES)]
    fields = ["eth.fcs.status", "ip.checksum.status", "tcp.checksum.status"]
    return capture.dissected(path, frames, fields)


def against_tshark(path, every=1):
    """Frames of which tshark judges a checksum otherwise that the miniature has computed."""
    known = [case for case in [*cases(), *drawn(WIRED, "wire", 6)] if case[0] < len(BASES)]
    missed = 0
    rows = dissected(path)
    for (number, flips), row in list(zip(known, rows, strict=True))[::every]:
        reads = host.received(arrived((number, flips)), server(number), machine(number))
        told = {True: capture.GOOD, False: capture.BAD}
        missed += any(
            read.fits is not None and shown and told[read.fits] != shown
            for read, shown in zip(reads, row.values(), strict=False)
        )
    return missed, len(rows)


@pytest.fixture(scope="module")
def captured(tmp_path_factory):
    return tmp_path_factory.mktemp("flips") / "flips.pcap"


@pytest.mark.checks("tcp-ip-encapsulation", "tshark on flipped bits")
def test_tshark_judges_the_checksums_of_damaged_frames_alike(captured, evidence):
    missed, count = against_tshark(captured)
    evidence(
        ENTRY.slug, "tshark on flipped bits",
        program="tshark", version=capture.version(), cases=count, different=missed,
        compared="of each frame with flipped bits, on the wire and in a router, every checksum that a layer comes to "
        "compute: the frame’s, IP’s over a header as long as it says, TCP’s",
    )  # fmt: skip
    assert missed == 0


# The second reader.


@pytest.mark.parametrize("kind", ["pairs", "loose", "twice", "pieces", "wire", "overwritten"])
def test_a_second_reader_comes_to_the_same_end(kind):
    missed = []
    for number, flips in overwritten() if kind == "overwritten" else drawn(300, kind, 7):
        end, known = ended(number, flips), server(number)
        theirs = second_reader.read(arrived((number, flips)), known.mac, *known.open[:4])
        if theirs != (end.verdict, end.answer, end.text):
            missed.append((number, flips, end, theirs))
    assert missed == []


def test_an_outcome_tells_this_ending():
    """The same flips as verbs of the page."""
    for number, flips in [case for case in cases() if case[0] == 0][::60]:
        acts = [do("flip", flip.where, flip.byte, flip.bit) for flip in flips]
        end = ended(number, flips)
        told = run(ENTRY.cls, query_for(ENTRY.cls, *acts), draw=False).outcome["ending"]
        assert told == {"verdict": end.verdict, "where": "the server", "layer": end.layer, "field": end.field,
                        "answer": end.answer, "text": end.text.hex()}  # fmt: skip


# Saboteurs: one wrong line each.


def sums_only(segment, source, target, known, holds):
    if not holds(source, target, segment):
        return REAL_SEGMENT(segment, source, target, known, holds)
    return ending.Ending(ending.DELIVERED, ending.TCP, "", "", "", ending.ACK, segment[20:])


def no_options(data, options):
    return None


def first_piece(packets):
    return datagram.body(packets[0])


def says_nothing(data, field, found, message):
    return ending.dropped(ending.IP, field, found)


def straight(one, other):
    return one - other


REAL_SEGMENT, REAL_STOPPED = connection.received, forwarding.stopped
HOST_SABOTEURS = [
    (connection, "received", sums_only), (datagram, "VERSION", 5), (datagram, "WORD", 0),
    (datagram, "bad_options", no_options), (datagram, "by_icmp", says_nothing), (reassembly, "together", first_piece),
    (host, "OTHERS", {}), (connection, "RST", 0), (connection, "SYN", 0), (connection, "FIN", 0),
    (connection, "URG", 0), (connection, "ACK", 0xFF), (connection, "after", straight),
]  # fmt: skip


@pytest.mark.saboteur("tcp-ip-encapsulation", "Linux as a host")
@pytest.mark.parametrize(("home", "name", "wrong"), HOST_SABOTEURS,
                         ids=lambda value: getattr(value, "__name__", str(value)))  # fmt: skip
def test_a_saboteur_is_noticed_by_the_kernel(monkeypatch, home, name, wrong):
    cases()
    asked()
    monkeypatch.setattr(home, name, wrong)
    assert against_linux()[0] > 0


def sums_nothing_up(data, target, holds):
    return REAL_STOPPED(data, target, lambda header: True)


def whole_whatever_the_wire(data, most):
    return [data]


def leaves_the_time(data):
    return data


@pytest.mark.saboteur("tcp-ip-encapsulation", "Linux as a router")
@pytest.mark.parametrize(
    ("home", "name", "wrong"),
    [(forwarding, "stopped", sums_nothing_up), (forwarding, "pieces", whole_whatever_the_wire),
     (forwarding, "sent_on", leaves_the_time), (datagram, "by_icmp", says_nothing)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)  # fmt: skip
def test_a_saboteur_is_noticed_by_the_routing_kernel(monkeypatch, home, name, wrong):
    sent_on()
    monkeypatch.setattr(home, name, wrong)
    assert against_a_router()[0] > 0


@pytest.mark.saboteur("tcp-ip-encapsulation", "tshark on flipped bits")
@pytest.mark.parametrize("name", ["frame_holds", "header_holds", "segment_holds"])
def test_a_saboteur_is_noticed_by_tshark(monkeypatch, captured, name):
    dissected(captured)
    monkeypatch.setattr(ENTRY.cls, name, lambda self, *seen: True)
    assert against_tshark(captured, FEW)[0] > 0
