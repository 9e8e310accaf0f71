"""Sentences of the lesson about a real PostgreSQL, at its defaults: deadlocks, locks, rollbacks, hint bits.

deadlock    who is ended depends on who has waited a second before the circle is closed (deadlock_timeout 1 s)
locks       a row that is locked stops writers and lockers, and no plain read; a savepoint’s lock ends with it
rollback    what it wrote stays on its page; a SELECT clears it where the page is nearly full, VACUUM elsewhere
hint bits   a SELECT that notes on a page who has committed tells the log nothing
"""

import select
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from playground.machines.sql.locks import Wanted
from playground.machines.sql.table import ROWS_A_PAGE, orders
from playground.machines.sql.transactions import Deadlock, Transactions
from playground.miniatures.data.sql_execution import elsewhere
from tests.real.postgres import Server, serving

pytestmark = pytest.mark.fidelity

ITEMS = "SELECT lp, t_xmin, t_infomask FROM heap_page_items(get_raw_page('orders', {page})) WHERE lp_flags = 1"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        running.done("CREATE EXTENSION pageinspect")
        yield running


@pytest.fixture
def sessions(server: Server) -> Iterator[tuple[Server, Server]]:
    with ExitStack() as stack:
        one, other = (stack.enter_context(closing(server.another())) for _ in range(2))
        yield one, other


def load(server: Server, rows: int) -> None:
    server.done("DROP TABLE IF EXISTS orders")
    server.done(elsewhere.TABLE.format(kind="TABLE", name="orders", rows=rows, order="g"))
    server.done("CREATE UNIQUE INDEX orders_id ON orders (id)")


def update(row: int, add: int = 1) -> str:
    return f"UPDATE orders SET customer = customer + {add} WHERE id = {row}"  # noqa: S608 - our own numbers


def waits(session: Server, seconds: float = 0.1) -> bool:
    """Whether nothing comes for so long."""
    return not select.select([session.socket], [], [], seconds)[0]


@pytest.mark.parametrize(("before", "ended"), [(0.3, "first"), (1.3, "second")])
def test_of_two_in_a_circle_the_first_to_have_waited_a_second_is_ended(server, sessions, before, ended):
    load(server, 40)
    first, second = sessions
    first.done(f"BEGIN; {update(7)}")
    second.done(f"BEGIN; {update(8)}")
    first.send(update(8))
    assert waits(first, before)
    begun = time.monotonic()
    second.send(update(7))
    loser, winner = (first, second) if ended == "first" else (second, first)
    assert loser.read().state == "40P01"
    assert abs(time.monotonic() - begun - (1 - before if ended == "first" else 1)) < 0.5
    assert winner.read().state == ""
    for one in sessions:
        one.done("ROLLBACK")


def test_the_model_ends_the_one_who_closes_the_circle_as_when_the_other_has_waited_a_second():
    store = Transactions(orders(40, shuffled=False), indexed=True)
    for name, row in (("A", 7), ("B", 8), ("A", 8)):
        store.update(Wanted(name, row, 1))
    closing_it = store.update(Wanted("B", 7, 1))
    assert isinstance(closing_it, Deadlock)
    assert closing_it.wanted.session == "B"


@pytest.mark.parametrize("more", ["FOR SHARE", "FOR UPDATE", "FOR KEY SHARE", ""])
def test_a_locked_row_stops_who_would_lock_it_too_and_no_plain_read(server, sessions, more):
    load(server, 40)
    writer, reader = sessions
    before = reader.done("SELECT customer FROM orders WHERE id = 7").rows
    writer.done(f"BEGIN; {update(7)}")
    assert writer.done("SELECT customer FROM orders WHERE id = 7").rows != before, "its own change is read"
    reader.send(f"SELECT customer FROM orders WHERE id = 7 {more}")  # noqa: S608 - our own numbers
    # A key that stays as it is stops nobody who only wants it to stay.
    stopped = more in ("FOR SHARE", "FOR UPDATE")
    assert waits(reader) == stopped
    writer.done("COMMIT")
    assert (reader.read().rows != before) == stopped


def test_a_lock_ends_with_the_transaction_or_where_it_rolls_back_to_a_savepoint_before_it(server, sessions):
    load(server, 40)
    first, second = sessions
    first.done("BEGIN; SAVEPOINT before")
    first.done(update(7))
    second.send(update(7))
    assert waits(second)
    first.done("ROLLBACK TO before")
    assert second.read().state == ""
    first.done("ROLLBACK")


@pytest.mark.parametrize(("rows", "wrote", "stays"), [(ROWS_A_PAGE, "1", False), (40, "41", True)])
def test_what_was_rolled_back_is_cleared_by_a_select_on_a_page_that_is_nearly_full_or_by_vacuum(
    server, rows, wrote, stays
):
    def is_there() -> bool:
        return wrote in [item for item, *_ in server.done(ITEMS.format(page=0)).rows]

    load(server, rows)
    if not stays:  # room for one version: then the page is full again
        server.done("DELETE FROM orders WHERE id = 1")
        server.done("VACUUM orders")
    server.done(f"BEGIN; {update(7)}; ROLLBACK")
    assert is_there()
    server.done("SELECT customer FROM orders WHERE id = 8")
    assert is_there() == stays
    server.done("VACUUM orders")
    assert not is_there()


def test_a_page_on_which_a_select_notes_who_has_committed_tells_the_log_nothing(server):
    load(server, 40)
    server.done(update(7))
    server.done("CHECKPOINT")
    asked = "SELECT pg_current_wal_insert_lsn()"
    before, position = server.done(ITEMS.format(page=0)).rows, server.done(asked).rows
    server.done("SELECT sum(customer) FROM orders")
    assert server.done(ITEMS.format(page=0)).rows != before
    assert server.done(asked).rows == position
