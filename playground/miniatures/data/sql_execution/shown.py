"""What a database shows: plan, buffers and disk in one picture, beside it the statement's tree and a table; figures."""

from functools import lru_cache

from playground.engine import Metric
from playground.machines.sql.costs import spelled
from playground.machines.sql.table import Index
from playground.miniatures.data.sql_execution import writes
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import WRITES
from playground.miniatures.data.sql_execution.tables import NOTHING, beside
from playground.miniatures.data.sql_execution.trees import NO_TREE, parsed_tree, tree
from playground.miniatures.data.sql_execution.words import LETTERS, label
from playground.scenes.many import many
from playground.scenes.pool import Disk, Frame, Pool
from playground.scenes.scene import Scene
from playground.scenes.tree import Tree


def scenes(model: SqlExecution) -> tuple[Scene, ...]:
    if not model.text:
        return at_first(model.buffers, model.statement, files(model)), NO_TREE, NOTHING
    return pool(model), parsed_tree(model), beside(model)


@lru_cache(32)
def at_first(buffers: int, statement: str, disks: tuple[Disk, ...]) -> Pool:
    """Before the statement has come."""
    plan = Tree("The statement", (), empty=statement)
    return Pool(f"{buffers} buffers", (Frame(),) * buffers, 0, disks, quiet=True, plan=plan, planning=True)


def pool(model: SqlExecution) -> Pool:
    """The tree; frames, and what of the table and the index is in memory."""
    held = model.pool
    frames = tuple(
        Frame(label(page) if page else "", uses if page else 0)
        for page, uses in zip(held.pages, held.uses, strict=True)
    )
    hits, reads = held.hits, held.reads
    note = f"{hits:,} found, {reads:,} read in all" if hits or reads else ""
    changed = label(model.page) if model.page else ""
    return Pool(
        f"{len(frames)} buffers", frames, held.hand, files(model), note, changed, not (hits or reads), tree(model),
        model.stage == WRITES or not model.decided,
    )  # fmt: skip


def files(model: SqlExecution) -> tuple[Disk, ...]:
    """The table, and the index if there is one. Before a statement has come, nobody has touched them."""
    found = [("heap", "the table", model.store.heap.pages)]
    if model.index:
        found.append(("index", "the index", Index(model.table.size).pages))
    if not model.text:
        return tuple(Disk(LETTERS[kind], name, pages) for kind, name, pages in found)
    return tuple(disk(model, kind, name, pages) for kind, name, pages in found)


def disk(model: SqlExecution, kind: str, name: str, pages: int) -> Disk:
    held = sorted(page.number for page in model.pool.where if page.kind == kind)
    touched = model.touched[kind]
    waiting = tuple(page for page in model.marked if page not in touched) if kind == "heap" else ()
    return Disk(LETTERS[kind], name, pages, tuple(held), tuple(sorted(touched)), waiting)


def metrics(model: SqlExecution) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not model.text:
        return ()
    if model.stage == WRITES:
        return writes.metrics(model)
    plan, pages = model.chosen if model.decided else None, Index(model.table.size).pages if model.index else 0
    hit, read = model.fetched()
    return (
        Metric("Plan", plan.scan.name if plan else "–", f"cost {spelled(plan.cost.total)}" if plan else "not chosen"),
        Metric("Rows", f"{model.came:,}" if model.running else "–",
               f"{int(plan.rows):,} expected" if plan else ""),
        Metric("Read by this run", str(read), f"{hit:,} found in memory"),
        Metric("On disk", many(model.table.pages, "page"), f"{pages} of the index" if pages else "no index"),
    )  # fmt: skip
