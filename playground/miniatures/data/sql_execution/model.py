"""A statement's way through a database: what reads, what writes, and what both answer."""

from playground.engine.schema import TEXT, WHOLE, described, listed, maybe, record
from playground.machines.sql import plans
from playground.machines.sql.costs import spelled
from playground.machines.sql.statistics import analyze
from playground.machines.sql.table import Index
from playground.miniatures.data.sql_execution import words as wording
from playground.miniatures.data.sql_execution.writing import Writing

NODE = record(
    name=TEXT, startup=described(WHOLE, "hundredths, before the first row"), total=described(WHOLE, "hundredths"),
    expected=described(WHOLE, "rows"), actual=described(maybe(WHOLE), "rows, where it has been run"),
)  # fmt: skip

WRITTEN = record(
    row=described(WHOLE, "the id last looked at or changed"),
    customer=described(WHOLE, "what a statement of a new transaction finds in it"),
    read=described(TEXT, "what the last *Read a row* has found; empty before the first"),
    reader=described(TEXT, "who has read it"),
    versions=described(listed(TEXT), "of that row, by their ctid, in the order of writing"),
    waiting=described(listed(TEXT), "sessions that wait, in order of coming"),
    records=described(WHOLE, "in the log"),
    flushed=described(WHOLE, "of them on disk"),
    dirty=described(WHOLE, "pages of the table that are newer in memory than in their file"),
)


class SqlExecution(Writing):
    """A statement says what is wanted; the planner chooses how to get it, by adding up pages and rows.

    The same statement is answered by reading the whole table, by way of an index, or by a bitmap made from the index.
    Which is cheapest depends on how many rows are wanted, and on where they lie on the disk. An UPDATE writes a new
    version of a row beside the old one, and tells the log.
    """

    title = "A statement's way through a database"
    question = "There is an index. Why does the database read the whole table?"
    knobs = ("index", "order")
    opening = "The table orders lies on disk, its statistics are fresh, and no page is in memory."
    grows_with = "rows"

    # What it answers.

    outcome_schema = record(
        statement=TEXT,
        rows=WHOLE,
        table_pages=WHOLE,
        index_pages=WHOLE,
        correlation_milli=described(WHOLE, "of id with the order on disk, in thousandths"),
        chosen=described(TEXT, "the scan at the bottom of the plan"),
        last_two=described(TEXT, "the scans of the last two plans"),
        candidates=described(
            listed(record(name=TEXT, total=described(WHOLE, "hundredths"))), "seq, index and bitmap, with all on top"
        ),
        plan=described(listed(NODE), "from the top to the scan"),
        runs=WHOLE,
        read=described(WHOLE, "pages read from disk by the last run"),
        hit=described(WHOLE, "pages that the last run found in memory"),
        looked_at=described(WHOLE, "rows of the table that the scan of the last run has met"),
        came=described(WHOLE, "rows that came out of the last run"),
        first=described(listed(listed(TEXT)), "the first of them"),
        flip=described(
            maybe(WHOLE), "the rows of a range from the beginning from which on the table is read as a whole"
        ),
        bitmap_from=described(maybe(WHOLE), "the rows at which the plan last changed to the bitmap heap scan"),
        writing=described(maybe(WRITTEN), "transactions that write, where a row has been looked at or changed"),
    )

    def outcome(self) -> dict[str, object]:
        """The plan with its costs, and what the last run has read and brought."""
        plan, bound = self.chosen, self.bound
        counts = self.executor.counts if self.executor else {}
        every = self.planner.alternatives(bound)
        return {
            "statement": self.text,
            "rows": self.table.size,
            "table_pages": self.table.pages,
            "index_pages": Index(self.table.size).pages if self.index else 0,
            "correlation_milli": round(analyze(self.table, "id").correlation * 1000),
            "chosen": plan.scan.name,
            "last_two": ", then ".join(self.plans[-2:]),
            "candidates": [
                {"name": wording.NAMES[one.scan.name], "total": hundredths(one.cost.total)} for one in every
            ],
            "plan": [
                {
                    "name": one.name, "startup": hundredths(one.cost.startup), "total": hundredths(one.cost.total),
                    "expected": int(one.rows), "actual": counts.get(one.name),
                }
                for one in plan.chain()
            ],
            "runs": self.runs,
            "read": self.fetched()[1],
            "hit": self.fetched()[0],
            "looked_at": self.looked_at(),
            "came": self.came,
            "first": [list(wording.cells_of(bound, row)) for row in self.result],
            "flip": self.flips.get(plans.SEQ),
            "bitmap_from": self.flips.get(plans.BITMAP),
            "writing": self.written(),
        }  # fmt: skip


def hundredths(cost: float) -> int:
    return int(spelled(cost).replace(".", ""))
