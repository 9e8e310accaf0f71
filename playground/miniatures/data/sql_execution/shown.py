"""What a database shows: a tree, its buffers and disk, a table beside them; and its figures and outcome."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from playground.engine.miniature import Metric
from playground.engine.schema import TEXT, WHOLE, listed, maybe, record, told
from playground.machines.sql.costs import spelled
from playground.machines.sql.statistics import analyze
from playground.machines.sql.table import Index
from playground.miniatures.data.sql_execution.tables import NOTHING, beside, cells_of
from playground.miniatures.data.sql_execution.trees import tree
from playground.miniatures.data.sql_execution.words import LETTERS, NAMES, label
from playground.scenes.pool import Disk, Frame, Pool
from playground.scenes.scene import Scene
from playground.scenes.tree import Tree

if TYPE_CHECKING:
    from playground.miniatures.data.sql_execution.model import SqlExecution

NODE = record(
    name=TEXT, startup=told(WHOLE, "hundredths, before the first row"), total=told(WHOLE, "hundredths"),
    expected=told(WHOLE, "rows"), actual=told(maybe(WHOLE), "rows, where it has been run"),
)  # fmt: skip
OUTCOME = record(
    statement=TEXT,
    rows=WHOLE,
    table_pages=WHOLE,
    index_pages=WHOLE,
    correlation_milli=told(WHOLE, "of id with the order on disk, in thousandths"),
    chosen=told(TEXT, "the scan at the bottom of the plan"),
    last_two=told(TEXT, "the scans of the last two plans"),
    candidates=told(listed(record(name=TEXT, total=told(WHOLE, "hundredths"))), "seq and index, with all on top"),
    plan=told(listed(NODE), "from the top to the scan"),
    runs=WHOLE,
    read=told(WHOLE, "pages read from disk by the last run"),
    hit=told(WHOLE, "pages that the last run found in memory"),
    came=told(WHOLE, "rows that came out of the last run"),
    first=told(listed(listed(TEXT)), "the first of them"),
    flip=told(maybe(WHOLE), "the fewest rows of a range from the beginning for which the table is read as a whole"),
)

# Pictures.


def scenes(model: SqlExecution) -> tuple[Scene, ...]:
    if not hasattr(model, "table"):
        return Tree("The statement", (), model.statement), empty_pool(model.buffers), NOTHING
    return tree(model), pool(model), beside(model)


@lru_cache(32)
def empty_pool(buffers: int) -> Pool:
    return Pool(f"{buffers} buffers", (Frame(),) * buffers, 0, (), quiet=True)


def pool(model: SqlExecution) -> Pool:
    """Frames, and what of the table and the index is in memory."""
    held = model.pool
    frames = tuple(
        Frame(label(page) if page else "", uses if page else 0)
        for page, uses in zip(held.pages, held.uses, strict=True)
    )
    disks = [disk(model, "heap", "the table", model.table.pages)]
    if model.index:
        disks.append(disk(model, "index", "the index", Index(model.table.size).pages))
    hits, reads = held.hits, held.reads
    note = f"{hits:,} found, {reads:,} read in all" if hits or reads else "nothing was asked for yet"
    changed = label(model.page) if model.page else ""
    return Pool(f"{len(frames)} buffers", frames, held.hand, tuple(disks), note, changed, not (hits or reads))


def disk(model: SqlExecution, kind: str, name: str, pages: int) -> Disk:
    held = sorted(page.number for page in model.pool.where if page.kind == kind)
    return Disk(LETTERS[kind], name, pages, tuple(held), tuple(sorted(model.touched[kind])))


# Figures.


def hundredths(cost: float) -> int:
    return int(spelled(cost).replace(".", ""))


def metrics(model: SqlExecution) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not hasattr(model, "table"):
        return ()
    plan, pages = model.chosen if model.decided else None, Index(model.table.size).pages if model.index else 0
    hit, read = model.fetched()
    return (
        Metric("Plan", plan.scan.name if plan else "–", f"cost {spelled(plan.cost.total)}" if plan else "not chosen"),
        Metric("Rows", f"{model.came:,}" if model.running else "–",
               f"{int(plan.rows):,} expected" if plan else ""),
        Metric("Read by this run", str(read), f"{hit:,} found in memory"),
        Metric("On disk", f"{model.table.pages} pages", f"{pages} of the index" if pages else "no index"),
    )  # fmt: skip


def outcome(model: SqlExecution) -> dict[str, object]:
    """The plan with its costs, and what the last run has read and brought."""
    plan, bound = model.chosen, model.bound
    counts = model.executor.counts if model.executor else {}
    every = model.planner.alternatives(bound)
    return {
        "statement": model.text,
        "rows": model.table.size,
        "table_pages": model.table.pages,
        "index_pages": Index(model.table.size).pages if model.index else 0,
        "correlation_milli": round(analyze(model.table, "id").correlation * 1000),
        "chosen": plan.scan.name,
        "last_two": ", then ".join(model.plans[-2:]),
        "candidates": [{"name": NAMES[one.scan.name], "total": hundredths(one.cost.total)} for one in every],
        "plan": [
            {
                "name": one.name, "startup": hundredths(one.cost.startup), "total": hundredths(one.cost.total),
                "expected": int(one.rows), "actual": counts.get(one.name),
            }
            for one in plan.chain()
        ],
        "runs": model.runs,
        "read": model.fetched()[1],
        "hit": model.fetched()[0],
        "came": model.came,
        "first": [list(cells_of(bound, row)) for row in model.result],
        "flip": model.flip,
    }  # fmt: skip
