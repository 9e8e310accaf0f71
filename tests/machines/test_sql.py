"""The small engine: what it says to the one who has typed a statement, which plans it keeps, and how it reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.machines.sql.binder import bind
from playground.machines.sql.costs import Cost, Weights, bitmap_heap_scan
from playground.machines.sql.errors import SqlError, beyond
from playground.machines.sql.executor import PLACES, Asked, Executor, Marked, keeps
from playground.machines.sql.parser import parse
from playground.machines.sql.planner import Planner, beats, with_candidate
from playground.machines.sql.plans import BITMAP, INDEX, INDEX_ONLY, SEQ, Plan
from playground.machines.sql.pool import Pool
from playground.machines.sql.table import ROWS_A_PAGE, orders


def test_a_fault_that_postgresql_has_too_is_told_with_its_sqlstate():
    wrong = SqlError("42703", "there is no column “sise”", 8)
    assert wrong.sentence() == "Error 42703 at character 8: there is no column “sise”."


def test_a_fault_of_the_miniature_alone_has_no_sqlstate():
    assert beyond("a join", 20).sentence() == (
        "PostgreSQL may know this, the miniature does not: a join, at character 20."
    )


def plan(name, startup, total, *, in_order=False):
    return Plan(name, Cost(startup, total), 10.0, in_order=in_order)


def test_of_two_plans_that_cost_the_same_the_one_that_was_there_stays():
    first, second = plan(SEQ, 0, 100), plan(INDEX, 0, 100)
    assert beats(first, second, early=False)
    assert with_candidate((first,), second, early=False) == (first,)


def test_less_than_a_hundredth_is_no_difference():
    first = plan(SEQ, 0, 100)
    assert with_candidate((first,), plan(INDEX, 0, 99.5, in_order=True), early=False)[0].name == INDEX
    assert with_candidate((first,), plan(INDEX, 0, 102), early=False) == (first,)
    cheaper = plan(INDEX, 0, 90)
    assert with_candidate((first,), cheaper, early=False) == (cheaper,)


@pytest.mark.parametrize(("early", "kept"), [(True, 2), (False, 1)])
def test_a_dearer_plan_with_an_earlier_first_row_is_kept_where_few_rows_are_wanted(early, kept):
    late, soon = plan(SEQ, 50, 100), plan(INDEX, 1, 200)
    assert len(with_candidate((late,), soon, early=early)) == kept


def test_a_dearer_plan_whose_rows_are_in_order_is_kept():
    assert len(with_candidate((plan(SEQ, 0, 100),), plan(INDEX, 0, 200, in_order=True), early=False)) == 2


# Ways to the rows.


def way(statement, name, *, size=2000, shuffled=True):
    """The candidate of that name, run: its pages of the table, its rows, and the bitmap where there is one."""
    table, bound = orders(size, shuffled), bind(parse(statement))
    scans = {one.name: one for one in Planner(table, indexed=True, weights=Weights()).candidates(bound)}
    pages, rows, marked = [], [], None
    for event in Executor(table, Pool(8)).run(scans[name], bound):
        if isinstance(event, Asked):
            pages += [event.page.number] if event.page.kind == "heap" else []
        elif isinstance(event, Marked):
            marked = event
        else:
            rows.append(event)
    return pages, rows, marked


RANGES = st.tuples(st.integers(-5, 2010), st.integers(0, 2010)).map(lambda ends: (ends[0], ends[0] + ends[1]))


@given(RANGES, st.booleans())
def test_a_bitmap_scan_asks_for_each_page_once_in_the_order_of_the_disk(ends, shuffled):
    statement = f"SELECT * FROM orders WHERE id BETWEEN {ends[0]} AND {ends[1]}"  # noqa: S608 - drawn here
    pages, rows, marked = way(statement, BITMAP, shuffled=shuffled)
    assert pages == sorted(set(pages)) == list(marked.pages)
    assert len(rows) == marked.rows


@given(RANGES, RANGES, st.booleans())
def test_every_way_brings_the_same_rows(one, other, shuffled):
    where = f"id BETWEEN {one[0]} AND {one[1]} AND (id <= {other[0]} OR id >= {other[1]})"
    statement = f"SELECT * FROM orders WHERE {where}"  # noqa: S608 - drawn here
    found = [sorted(way(statement, name, shuffled=shuffled)[1]) for name in (SEQ, INDEX, BITMAP)]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ("", lambda row: True),
        ("WHERE id > 3", lambda row: row["id"] > 3),
        ("WHERE id > 3 AND id < 40 AND customer > 9", lambda row: 3 < row["id"] < 40 and row["customer"] > 9),
        ("WHERE id < 3 OR id > 40 OR customer = 9", lambda row: not 3 <= row["id"] <= 40 or row["customer"] == 9),
        (
            "WHERE id < 30 AND (customer < 9 OR id = 7)",
            lambda row: row["id"] < 30 and (row["customer"] < 9 or row["id"] == 7),
        ),
    ],
)
def test_a_row_is_kept_where_all_that_must_hold_does_and_one_of_what_may(where, fits):
    keep, table = keeps(bind(parse(f"SELECT * FROM orders {where}")).where), orders(2000, True)  # noqa: S608 - written here
    rows = [row for number in range(table.pages) for row in table.rows_on(number)]
    kept = [keep(row) for row in rows]
    assert kept == [fits({name: row[place] for name, place in PLACES.items()}) for row in rows]
    assert any(kept)


def test_where_rows_lie_anywhere_the_index_leads_to_the_same_pages_again_and_again():
    statement = "SELECT * FROM orders WHERE id <= 300"
    by_index, by_bitmap = way(statement, INDEX)[0], way(statement, BITMAP)[0]
    assert set(by_index) == set(by_bitmap)
    assert len(by_index) > 250 > 2000 // ROWS_A_PAGE + 1 >= len(by_bitmap)


def test_an_index_has_no_range_for_an_or_and_a_bitmap_has_two():
    bound = bind(parse("SELECT * FROM orders WHERE id < 6 OR id > 1990"))
    scans = Planner(orders(2000, True), indexed=True, weights=Weights()).candidates(bound)
    assert [scan.name for scan in scans] == [SEQ, BITMAP]
    assert [one.name for _, _, one in scans[1].bitmaps()] == ["BitmapOr", "Bitmap Index Scan", "Bitmap Index Scan"]


def test_one_branch_that_the_index_does_not_know_spoils_the_or():
    bound = bind(parse("SELECT * FROM orders WHERE id < 6 OR customer = 7"))
    assert [scan.name for scan in Planner(orders(2000, True), indexed=True, weights=Weights()).candidates(bound)] == [
        SEQ
    ]


@pytest.mark.parametrize(("what", "name"), [("id", INDEX_ONLY), ("count(*)", INDEX_ONLY), ("id, city", INDEX)])
def test_what_stands_in_the_index_can_be_read_there_alone(what, name):
    bound = bind(parse(f"SELECT {what} FROM orders WHERE id <= 9"))  # noqa: S608 - written here
    scans = Planner(orders(2000, False), indexed=True, weights=Weights()).candidates(bound)
    assert name in [scan.name for scan in scans]


@given(st.integers(1, 400), st.integers(1, 20_000))
def test_a_page_of_a_bitmap_costs_between_one_in_order_and_one_at_random(pages, rows):
    disk = bitmap_heap_scan(Weights(), pages, 0.0, float(rows), ()).terms[1]
    wanted = int(disk.number.replace(",", ""))
    assert 1 <= wanted <= pages
    assert wanted * 1.0 - 1e-9 <= disk.amount <= wanted * 4.0 + 1e-9
    assert bitmap_heap_scan(Weights(), pages, 0.0, 1e9, ()).terms[1].amount == pages * (1.0 if pages > 1 else 4.0)
