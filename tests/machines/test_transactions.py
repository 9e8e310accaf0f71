"""Transactions that write: who waits, what each reads, what the log holds, what outlasts a crash."""

import pytest

from playground.machines.sql.locks import Waiting, Wanted
from playground.machines.sql.table import ROWS_A_PAGE, orders
from playground.machines.sql.transactions import FIRST, Deadlock, Transactions, Written
from playground.machines.sql.versions import Place
from playground.machines.sql.wal import ABORT, COMMIT, HOT_UPDATE, INSERT_LEAF, LOCK, UPDATE


@pytest.fixture
def store():
    """A table of one page, with room for 18 versions."""
    return Transactions(orders(40, shuffled=False), indexed=True)


def kinds(store):
    return [record.kind for record in store.wal.records]


def customer(store, row, name=""):
    return store.seen(row, store.xid(name) if name else 0).customer


def test_an_update_leaves_the_old_version_and_marks_both(store):
    done = store.update(Wanted("A", 7, 10))
    old, new = store.heap.of(7)
    assert isinstance(done, Written)
    assert (old.place, old.xmax, old.next) == (Place(0, 7), FIRST, new.place)
    assert (new.place, new.xmin, new.xmax) == (Place(0, 41), FIRST, 0)
    assert new.customer == old.customer + 10


def test_on_a_page_with_room_the_index_needs_no_entry(store):
    store.update(Wanted("A", 7, 10))
    assert kinds(store) == [HOT_UPDATE]


def test_a_full_page_sends_the_version_elsewhere_and_the_index_is_told():
    store = Transactions(orders(ROWS_A_PAGE + 1, shuffled=False), indexed=True)
    store.update(Wanted("A", 1, 10))
    assert kinds(store) == [LOCK, UPDATE, INSERT_LEAF]
    assert store.heap.of(1)[-1].place == Place(1, 2)


def test_a_table_without_room_grows_by_a_page():
    store = Transactions(orders(ROWS_A_PAGE, shuffled=False), indexed=False)
    store.update(Wanted("A", 1, 10))
    assert store.heap.of(1)[-1].place == Place(1, 1)
    assert (store.heap.pages, kinds(store)) == (2, [LOCK, UPDATE])


def test_others_read_the_old_version_until_the_commit_and_never_wait(store):
    before = customer(store, 7)
    store.update(Wanted("A", 7, 10))
    assert (customer(store, 7, "B"), customer(store, 7, "A")) == (before, before + 10)
    store.commit("A")
    assert customer(store, 7, "B") == before + 10


def test_a_second_writer_waits_and_adds_to_what_was_committed(store):
    before = customer(store, 7)
    store.update(Wanted("A", 7, 10))
    waiting = store.update(Wanted("B", 7, 5))
    assert isinstance(waiting, Waiting)
    assert (waiting.holder, waiting.behind) == ("A", "A")
    store.commit("A")
    (done,) = store.wake("A")
    assert isinstance(done, Written)
    assert customer(store, 7, "B") == before + 15


def test_after_a_rollback_it_adds_to_what_stood_there_before(store):
    before = customer(store, 7)
    store.update(Wanted("A", 7, 10))
    store.update(Wanted("B", 7, 5))
    store.roll_back("A")
    store.wake("A")
    assert customer(store, 7, "B") == before + 5
    assert len(store.heap.of(7)) == 3, "what was rolled back still lies on the page"
    assert kinds(store)[1] == ABORT


def test_another_row_is_free(store):
    store.update(Wanted("A", 7, 10))
    assert isinstance(store.update(Wanted("B", 8, 5)), Written)


def test_a_third_writer_stands_behind_the_second(store):
    for name in "ABC":
        store.update(Wanted(name, 7, 1))
    assert [(one.wanted.session, one.behind) for one in store.queue.waiting] == [("B", "A"), ("C", "B")]


def test_who_would_close_a_circle_is_ended(store):
    store.update(Wanted("A", 7, 1))
    store.update(Wanted("B", 8, 1))
    store.update(Wanted("A", 8, 1))
    assert store.update(Wanted("B", 7, 1)) == Deadlock(Wanted("B", 7, 1), "A")


def test_a_commit_brings_the_log_to_disk_and_no_page(store):
    store.update(Wanted("A", 7, 10))
    assert (store.wal.flushed, store.dirty) == (0, {0})
    assert store.commit("A") == 2
    assert (kinds(store)[-1], store.wal.flushed, store.dirty) == (COMMIT, 2, {0})


def test_what_was_committed_outlasts_a_crash_and_nothing_else_does(store):
    before = customer(store, 7)
    store.update(Wanted("A", 7, 10))
    store.commit("A")
    store.update(Wanted("B", 7, 5))
    assert store.crash() == 1
    assert store.recover() == 2
    assert customer(store, 7) == before + 10
    assert store.xid("B") == 0


def test_what_reached_its_page_without_a_commit_counts_for_nobody(store):
    before = customer(store, 7)
    store.update(Wanted("A", 7, 10))
    assert store.checkpoint() == (1, 0)
    store.crash()
    assert store.recover() == 0
    assert customer(store, 7) == before
    assert len(store.heap.of(7)) == 2
