"""The transfer of a page: slow start by the book, and laws that hold whatever is lost."""

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


def loaded(sizes, use=USES[4], *, lost=(), bandwidth=1_000_000_000, set_up=1):
    return Load(list(sizes), use, Link(TRIP, bandwidth, frozenset(lost)), set_up, [0] * len(sizes))


def test_slow_start_doubles_every_round_trip():
    flights = Counter(packet.flight for packet in loaded([300 * PACKET]).packets)
    assert list(flights.values()) == [10, 20, 40, 80, 150]


def test_a_small_object_takes_its_handshake_and_one_round_trip():
    assert loaded([100], set_up=3).done() // TRIP == 4


def test_a_loss_halves_the_window_once_for_each_round():
    load = loaded([400 * PACKET], lost=[40, 41, 42])
    connection = load.connections[0]
    # 40 packets in flight and growing by one an acknowledgement when the first of the three is missed.
    assert 20 <= connection.threshold < 40


def test_what_is_lost_at_the_end_comes_two_round_trips_later():
    calm, late = loaded([5 * PACKET]), loaded([5 * PACKET], lost=[5])
    assert late.done() - calm.done() == 2 * TRIP + Link(TRIP, 1_000_000_000, frozenset()).takes(PACKET)


@pytest.mark.parametrize("use", USES)
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
    assert all(connection.flying == 0 and not connection.missing for connection in load.connections)


@given(sizes=st.lists(st.integers(1, 20_000), min_size=1, max_size=8), lost=st.sets(st.integers(1, 30), max_size=5))
def test_streams_of_their_own_are_never_held_back_longer(sizes, lost):
    """The same packets at the same instants: only what may be used when is different."""
    one, other = loaded(sizes, USES[4], lost=lost), loaded(sizes, USES[5], lost=lost)
    assert [packet.arrives for packet in one.packets] == [packet.arrives for packet in other.packets]
    assert all(mine.used <= theirs.used for mine, theirs in zip(other.packets, one.packets, strict=True))
