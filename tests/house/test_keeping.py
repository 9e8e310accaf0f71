"""What is kept in memory has a bound in bytes, and the newest always gets room."""

from threading import Barrier, Thread

import pytest

from config.keeping import Kept


def test_what_was_made_is_not_made_again():
    kept = Kept(100)
    assert kept.or_made("key", lambda: b"bytes") == b"bytes"
    assert kept.or_made("key", lambda: b"made again") == b"bytes"


def test_the_longest_unused_goes_and_the_newest_stays():
    kept = Kept(30)
    for key in "abc":
        kept.or_made(key, lambda: b"0123456789")
    kept.or_made("a", lambda: b"not asked for")
    kept.or_made("d", lambda: b"0123456789")
    assert kept.size == 30
    assert kept.or_made("a", lambda: b"again") == b"0123456789"
    assert kept.or_made("b", lambda: b"again") == b"again"


def test_strangers_cannot_fill_it_so_that_nothing_is_kept_any_more():
    """Once it took the first 256 and no more: requests with invented names took all the room for good."""
    kept = Kept(1000)
    for number in range(500):
        kept.or_made(f"invented {number}", lambda: b"x" * 10)
    kept.or_made("the list", lambda: b"list")
    assert kept.or_made("the list", lambda: b"made again") == b"list"
    assert kept.size <= 1000


def test_what_is_larger_than_the_room_is_handed_out_and_not_kept():
    kept = Kept(5)
    assert kept.or_made("large", lambda: b"123456") == b"123456"
    assert (len(kept), kept.size) == (0, 0)


def test_of_those_who_ask_at_once_one_makes_it():
    kept, made, got, ready = Kept(100), [], [], Barrier(8)

    def make():
        made.append(1)
        return b"bytes"

    def ask():
        ready.wait()
        got.append(kept.or_made("key", make))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [b"bytes"] * 8
    assert made == [1]


def test_what_cannot_be_made_is_tried_again_by_the_next():
    kept = Kept(100)

    def fail():
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        kept.or_made("key", fail)
    assert kept.or_made("key", lambda: b"bytes") == b"bytes"
