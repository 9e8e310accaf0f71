"""The transfer of a page: slow start by the book, and laws that hold whatever is lost."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.machines.transfer import CONNECTION, OBJECT, PACKET, Link, Load, Use

TRIP = 100_000
USES = [
    Use(0, False, False, CONNECTION), Use(1, False, False, CONNECTION), Use(1, True, False, CONNECTION),
    Use(6, False, False, CONNECTION), Use(1, True, True, CONNECTION), Use(1, True, True, OBJECT),
]  # fmt: skip


QUIC = Use(1, True, True, OBJECT, quic=True)


def loaded(sizes, use=USES[4], *, lost=(), bandwidth=1_000_000_000, set_up=1):
    return Load(list(sizes), use, Link(TRIP, bandwidth, frozenset(lost)), set_up, [0] * len(sizes))


def test_slow_start_doubles_every_round_trip():
    flights = Counter(packet.flight for packet in loaded([300 * PACKET]).packets)
    assert list(flights.values()) == [10, 20, 40, 80, 150]


def test_a_small_object_takes_its_handshake_and_one_round_trip():
    assert loaded([100], set_up=3).done() // TRIP == 4


def test_a_connection_of_tcp_that_sent_nine_packets_may_send_eighteen():
    """Linux: tools/testing/selftests/net/packetdrill/tcp_slow_start_slow-start-app-limited-9-packets-out.pkt."""
    flights = Counter(packet.flight for packet in loaded([9 * PACKET, 40 * PACKET], USES[1]).packets)
    assert list(flights.values())[:2] == [9, 18]


def test_a_connection_of_quic_that_did_not_fill_its_window_keeps_it():
    """RFC 9002, section 7.8."""
    flights = Counter(packet.flight for packet in loaded([9 * PACKET, 40 * PACKET], QUIC._replace(ahead=False)).packets)
    assert list(flights.values())[:2] == [9, 10]


@pytest.mark.parametrize("use", [USES[4], QUIC])
def test_a_loss_halves_the_window_once_for_each_round(use):
    sender = loaded([400 * PACKET], use, lost=[40, 41, 42]).connections[0].sender
    # 40 packets in flight and growing by one an acknowledgement when the first of the three is missed.
    assert 20 <= sender.threshold < 40


def test_what_is_lost_at_the_end_comes_again_after_silence():
    """TCP: a round trip and 200 ms at least after the last acknowledgement, three round trips in the beginning."""
    calm, late = loaded([5 * PACKET]), loaded([5 * PACKET], lost=[5])
    assert (late.done() - calm.done()) // TRIP == 1 + 3


def test_each_timeout_in_a_row_is_twice_as_long():
    times = [packet.sent for packet in loaded([100], lost=[1, 2, 3]).packets]
    assert [after - before for before, after in itertools.pairwise(times)] == [3 * TRIP, 3 * TRIP, 6 * TRIP]


@pytest.mark.parametrize("use", [*USES, QUIC])
@given(
    sizes=st.lists(st.integers(1, 40_000), min_size=1, max_size=12),
    lost=st.sets(st.integers(1, 60), max_size=10),
    bandwidth=st.sampled_from([100_000, 5_000_000, 1_000_000_000]),
)
def test_every_byte_is_handed_over_once_whatever_is_lost(use, sizes, lost, bandwidth):
    load = loaded(sizes, use, lost=lost, bandwidth=bandwidth)
    used: Counter[int] = Counter()
    for packet in load.packets:
        assert (packet.used < 0) == packet.lost
        used[packet.thing] += 0 if packet.lost else packet.size
        assert packet.lost or packet.used >= packet.arrives
    assert [used[number] for number in range(len(sizes))] == sizes
    assert all(thing.done >= thing.first > thing.asked >= 0 for thing in load.things)
    assert all(connection.sender.flying == 0 and not connection.missing for connection in load.connections)


@given(sizes=st.lists(st.integers(1, 20_000), min_size=1, max_size=8), lost=st.sets(st.integers(1, 30), max_size=5))
def test_streams_of_their_own_are_never_held_back_longer(sizes, lost):
    """The same packets at the same instants: only what may be used when is different."""
    one, other = loaded(sizes, USES[4], lost=lost), loaded(sizes, USES[5], lost=lost)
    assert [packet.arrives for packet in one.packets] == [packet.arrives for packet in other.packets]
    assert all(mine.used <= theirs.used for mine, theirs in zip(other.packets, one.packets, strict=True))
