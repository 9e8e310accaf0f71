"""When a producer closes a batch, what a consumer commits, and what a disk takes: the rules one by one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from playground.machines import disk
from playground.machines.accumulator import LINGER, SIZE, Closing, closings, percentile, waits
from playground.machines.consumer import Consumer

GAPS = st.lists(st.integers(0, 9), min_size=1, max_size=40)


def summed(gaps):
    """Instants from the gaps between them."""
    return [sum(gaps[: place + 1]) for place in range(len(gaps))]


def test_a_batch_is_closed_when_it_is_full():
    assert closings([0, 1, 2, 3], 2, 50) == [Closing(0, 2, 1, SIZE), Closing(2, 2, 3, SIZE)]


def test_a_batch_that_does_not_fill_is_closed_when_its_first_message_has_waited_for_linger():
    assert closings([0, 2, 4, 6], 20, 5) == [Closing(0, 3, 5, LINGER), Closing(3, 1, 11, LINGER)]


def test_what_arrives_as_linger_ends_still_joins():
    assert closings([0, 5, 6], 20, 5)[0].messages == 2


def test_without_linger_messages_of_one_instant_share_a_batch():
    assert [one.messages for one in closings([0, 0, 0, 1], 20, 0)] == [3, 1]


@given(GAPS, st.integers(1, 20), st.integers(0, 30))
def test_every_message_is_in_one_batch_and_waits_no_longer_than_linger(gaps, most, linger):
    arrivals = summed(gaps)
    closed = closings(arrivals, most, linger)
    assert [number for one in closed for number in range(one.first, one.first + one.messages)] == [*range(len(gaps))]
    assert all(0 <= wait <= linger for wait in waits(arrivals, closed))
    assert all(one.messages <= most for one in closed)


def test_a_percentile_is_a_time_that_was_measured():
    assert percentile([], 99) == 0
    assert percentile([5, 1, 3], 50) == 3
    assert percentile(range(1, 101), 99) == 99


def test_a_poll_commits_what_was_received_before_it_when_the_interval_has_passed():
    consumer = Consumer(5)
    consumer.join(0)
    consumer.take(28)
    assert not consumer.commit(4)
    assert consumer.committed == 0
    assert consumer.commit(5)
    assert consumer.committed == 28
    consumer.take(40)
    assert not consumer.commit(9)
    assert consumer.commit(10)


def test_who_joins_goes_on_from_what_was_committed_and_its_interval_begins():
    consumer = Consumer(5, next=40, committed=28)
    consumer.join(100)
    assert consumer.next == 28
    assert not consumer.commit(104)


def test_what_was_received_and_lies_ahead_comes_again_and_nothing_else():
    consumer = Consumer(5, next=12)
    consumer.take(28)
    consumer.join(0)
    assert consumer.next == 0
    assert consumer.behind() == 16


def test_in_order_a_file_costs_one_seek_and_at_random_places_each_batch_does():
    files = [[600, 600], [600]]
    ordered = disk.strokes(files, 10_000, 600, scattered=False)
    scattered = disk.strokes(files, 10_000, 600, scattered=True)
    assert (disk.seeks(ordered), disk.ended(ordered)) == (2, 20_003)
    assert (disk.seeks(scattered), disk.ended(scattered)) == (3, 30_003)
    assert disk.ended([]) == 0


def test_without_a_head_both_ways_take_the_same():
    files = [[129] * 10]
    both = [disk.ended(disk.strokes(files, 0, 600, scattered=scattered)) for scattered in (False, True)]
    assert both[0] == both[1]


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=30), st.integers(0, 20_000), st.integers(1, 5000))
def test_the_disk_does_one_thing_after_the_other(sizes, seek, rate):
    done = disk.strokes([sizes], seek, rate, scattered=True)
    assert done[0].start == 0
    assert all(one.end == other.start for one, other in pairwise(done))
