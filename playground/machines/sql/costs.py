"""The planner's formulas: a cost is a sum of pages and rows, each with its weight (PostgreSQL 15, costsize.c).

Every number has an order in which it is added up: so the sums are PostgreSQL's to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log, sqrt
from typing import NamedTuple

from playground.machines.sql.table import Index

DESCENT = 50.0
"""Operators that a page of the index costs on the way down."""


class Weights(NamedTuple):
    """What things cost; the unit is one page read in order."""

    seq_page: float = 1.0
    random_page: float = 4.0
    tuple: float = 0.01
    index_tuple: float = 0.005
    operator: float = 0.0025


class Term(NamedTuple):
    """A part of a cost: what it is for, how many, the weight of one, and the sum."""

    name: str
    number: str
    weight: str
    amount: float


class Cost(NamedTuple):
    """Before the first row, and up to the last one."""

    startup: float
    total: float
    terms: tuple[Term, ...] = ()


def spelled(cost: float) -> str:
    return f"{cost:.2f}"


def comparing(weights: Weights, operators: Sequence[int]) -> float:
    """What the comparisons of one row cost: of each clause, then of all."""
    total = 0.0
    for count in operators:
        clause = 0.0
        for _ in range(count):
            clause += weights.operator
        total += clause
    return total


def seq_scan(weights: Weights, pages: int, rows: int, operators: Sequence[int]) -> Cost:
    """Every page in order, every row, every operator for every row."""
    disk = weights.seq_page * pages
    a_row = weights.tuple + comparing(weights, operators)
    terms = [
        Term("pages in order", str(pages), f"{weights.seq_page:g}", disk),
        Term("rows", f"{rows:,}", f"{weights.tuple:g}", weights.tuple * rows),
    ]
    if operators:
        amount = comparing(weights, operators) * rows
        count = f"{rows:,} × {sum(operators)}" if sum(operators) > 1 else f"{rows:,}"
        terms.append(Term("filter", count, f"{weights.operator:g}", amount))
    return Cost(0.0, a_row * rows + disk, tuple(terms))


class Fetched(NamedTuple):
    """What an index scan finds, as estimated: entries of the index, its pages, rows of the table."""

    entries: float
    leaves: float
    rows: float
    scattered: float
    """Pages of the table if the rows lie anywhere."""
    together: float
    """Pages of the table if they lie side by side."""


def fetched(index: Index, pages: int, rows: float, share: float, *, one: bool) -> Fetched:
    """How much is read for a share of the rows. `one`: a unique index is asked for one value."""
    count = float(index.size)
    entries = 1.0 if one else max(min(float(round(share * count)), count), 1.0)
    leaves = float(ceil(entries * index.pages / count)) if index.pages > 1 and count > 1 else 1.0
    # Mackert and Lohman: so many different pages hold so many rows that lie anywhere.
    scattered = min(float(ceil(2.0 * pages * rows / (2.0 * pages + rows))), float(pages))
    return Fetched(entries, leaves, rows, scattered, float(ceil(share * pages)))


class InIndex(NamedTuple):
    """What is paid in the index: on the way down, and for all of it (selfuncs.c, btcostestimate)."""

    down: float
    total: float
    leaves: float
    entries: float
    an_entry: float


def in_index(weights: Weights, index: Index, found: Fetched, conditions: int) -> InIndex:
    """Down the tree and along its leaves. `conditions` are looked up."""
    search = ceil(log(index.size) / log(2.0)) * weights.operator if index.size > 1 else 0.0
    levels = (index.height + 1) * DESCENT * weights.operator
    leaves = found.leaves * weights.random_page
    an_entry = weights.index_tuple + weights.operator * conditions
    entries = found.entries * an_entry
    return InIndex(search + levels, leaves + entries + search + levels, leaves, entries, an_entry)


def index_scan(
    weights: Weights, index: Index, found: Fetched, correlation: float, conditions: int, operators: Sequence[int]
) -> Cost:
    """Through the index, and to the table for each row (cost_index). `operators` filter."""
    inside = in_index(weights, index, found, conditions)
    worst = found.scattered * weights.random_page
    best = weights.random_page + (found.together - 1) * weights.seq_page if found.together > 0 else 0.0
    order = correlation * correlation
    table = worst + order * (best - worst)
    a_row = weights.tuple + comparing(weights, operators)
    rows = a_row * found.rows
    pages = f"{found.together:,.0f} in a row" if order > 0.5 else f"{found.scattered:,.0f} scattered"
    terms = (
        Term("the way down", f"{index.height + 1} level{'s' * (index.height > 0)}", "", inside.down),
        Term("leaves", f"{found.leaves:,.0f}", f"{weights.random_page:g}", inside.leaves),
        Term("entries", f"{found.entries:,.0f}", f"{inside.an_entry:g}", inside.entries),
        Term("pages", pages, "", table),
        Term("rows", f"{found.rows:,.0f}", f"{a_row:g}", rows),
    )
    return Cost(inside.down, inside.down + (inside.total - inside.down + table + rows), terms)


def bitmap_heap_scan(weights: Weights, pages: int, bitmap: float, rows: float, operators: Sequence[int]) -> Cost:
    """First the bitmap, then each page of it once, in order (cost_bitmap_heap_scan, compute_bitmap_pages).

    The nearer the pages are to being all of them, the nearer is the price of one to that of a page in order.
    Every comparison is paid for again: a bitmap may say of a page only that it is worth a look.
    """
    whole = float(max(pages, 1))
    wanted = 2.0 * whole * rows / (2.0 * whole + rows)
    wanted = whole if wanted >= whole else float(ceil(wanted))
    a_page = weights.random_page
    if wanted >= 2.0:
        a_page = weights.random_page - (weights.random_page - weights.seq_page) * sqrt(wanted / whole)
    disk = wanted * a_page
    a_row = weights.tuple + comparing(weights, operators)
    terms = (
        Term("the bitmap", "", "", bitmap),
        Term("its pages", f"{wanted:,.0f}", f"{a_page:.4g}", disk),
        Term("rows", f"{rows:,.0f}", f"{a_row:g}", a_row * rows),
    )
    return Cost(bitmap, bitmap + (disk + a_row * rows), terms)


def sort(weights: Weights, below: Cost, rows: float, limit: int | None) -> Cost:
    """All rows come in before the first goes out. With a limit only the best are kept, in a heap."""
    rows = max(rows, 2.0)
    kept = float(limit) if limit and limit < rows else rows
    logarithm = log(2.0 * kept if rows > 2 * kept else rows) / 0.693147180559945
    sorting = 2.0 * weights.operator * rows * logarithm
    startup = sorting + below.total
    return Cost(startup, startup + weights.operator * rows, (Term("comparing", f"{rows:.0f}", "", sorting),))


def counted(weights: Weights, below: Cost, rows: float) -> Cost:
    """One row comes out: how many went in."""
    startup = below.total + weights.operator * rows
    return Cost(startup, startup + weights.tuple, (Term("counting", f"{rows:.0f}", f"{weights.operator:g}", startup),))


def limited(below: Cost, rows: float, count: float) -> Cost:
    """The share of what lies below that is asked for."""
    part = below.startup + (below.total - below.startup) * min(count, rows) / rows
    return Cost(below.startup, part)
