"""Loads of a page, and who waits in them, against programs that speak HTTP.

    aioquic       client and server on a virtual clock: requests after decryption, round trips, and, for every
                  datagram that is dropped, which streams have bytes that cannot be used (quic.py)
    nginx         round trips to the last object through a relay that holds every byte (relay.py)

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must
not be 0. The bytes of headers and frames are compared in test_http_versions_headers.py and _frames.py.
"""

import random
from importlib.metadata import version as version_of

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import http_frames, transfer
from playground.machines.http_wire import Wire
from playground.machines.transfer import sender
from tests.real import quic, relay
from tests.real.http_compared import missed

pytestmark = pytest.mark.fidelity


def machine():
    return entries()["http-versions"].cls


def outcome_of(query):
    """What the miniature answers."""
    parsed = parse(machine(), query)
    assert parsed.problems == []
    done = run(machine(), parsed.query, draw=False)
    assert not done.refusal
    return done.outcome


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


@pytest.mark.checks("http-versions", "aioquic")
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


@pytest.mark.checks("http-versions", "aioquic, one datagram dropped")
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


@pytest.mark.checks("http-versions", "nginx")
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


@pytest.mark.saboteur("http-versions", "aioquic")
@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (http_frames, "frame3", lambda kind, content: bytes([kind]) + len(content).to_bytes(2, "big") + content),
        (sender, "WINDOW", 40),
        ("machine", "set_up_of", lambda self, version: 2),
        (sender.Sender, "grow", lambda self: None),
    ],
    ids=["length in two bytes", "a window of forty", "TCP first", "no slow start"],
)
def test_a_saboteur_is_noticed_by_aioquic(monkeypatch, from_aioquic, owner, name, wrong):
    monkeypatch.setattr(machine() if owner == "machine" else owner, name, wrong)
    assert missed(aioquic_here(), from_aioquic) > 0


@pytest.mark.saboteur("http-versions", "aioquic, one datagram dropped")
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


@pytest.mark.saboteur("http-versions", "nginx")
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
