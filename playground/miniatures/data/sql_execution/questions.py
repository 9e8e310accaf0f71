"""What the engine is asked about: wrong models, questions made from them, and the challenge."""

import re

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines.sql import plans
from playground.machines.sql.binder import Bound
from playground.machines.sql.parser import Count
from playground.machines.sql.plans import Plan
from playground.machines.sql.pool import Page, Pool
from playground.machines.sql.table import ROWS_A_PAGE
from playground.miniatures.data.sql_execution.model import SHUFFLED, SqlExecution
from playground.miniatures.data.sql_execution.statement import range_to

RANGE = re.compile(re.escape(range_to("#")).replace(re.escape("#"), "[0-9]+"))
"""The first rows by their number, as the prompt names them."""

# What sensible people believe instead.


class AlwaysTheIndex(WrongModel, SqlExecution):
    belief = "an index that can be used is used"

    def choose(self, bound: Bound) -> Plan:
        return self.planner.alternatives(bound)[-1]


class AlwaysTheTable(WrongModel, SqlExecution):
    belief = "an index is for single rows, and a range is read from the table"

    def choose(self, bound: Bound) -> Plan:
        return self.planner.alternatives(bound)[0]


class TheOtherOne(WrongModel, SqlExecution):
    belief = "a small range is read from the table, and an index pays when there is much to find"

    def choose(self, bound: Bound) -> Plan:
        right = self.planner.choose(bound)
        others = [plan for plan in self.planner.alternatives(bound) if plan.scan.name != right.scan.name]
        return others[0] if others else right


class KeepsResults(Pool):
    """Knows every page that was ever asked for."""

    def victim(self) -> int:
        self.pages.append(None)
        self.uses.append(0)
        return len(self.pages) - 1


class KeepsTheFirst(Pool):
    """Holds on to what came first."""

    def fetch(self, page: Page) -> bool:
        if page in self.where or len(self.where) < len(self.pages):
            return super().fetch(page)
        self.reads += 1
        return False


class ACacheOfResults(WrongModel, SqlExecution):
    belief = "the answer is kept, and given again"

    def new_pool(self) -> Pool:
        return KeepsResults(self.buffers)


class TheFirstStay(WrongModel, SqlExecution):
    belief = "the pages that came first stay in memory"

    def new_pool(self) -> Pool:
        return KeepsTheFirst(self.buffers)


class WhichPlan(Question):
    """Two or three ranges, narrow and wide ones. Which plans are chosen?"""

    name = "which-plan"
    title = "which plan"
    because = (
        "The planner takes what it estimates to cost least: each row costs more by the index than in a scan, "
        "above all where rows lie in a random order, so the index pays only for a small part of the table."
    )
    goes = "{thing} is {choice}."
    form = "choice"
    before = 0
    wrong = (AlwaysTheIndex, AlwaysTheTable, TheOtherOne)
    verbs = "explain explain( explain)?"
    needs = (
        "a run with an index, in which all that is done is that two or three different ranges are explained: "
        f"{range_to('…')}"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        asked = [act.arguments[0] for act in done.query.acts]
        ranges = len(set(asked)) == len(asked) and all(map(RANGE.fullmatch, asked))
        return bool(ranges and done.query["index"] and done.query["rows"] > 1)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        rows = 1000 * rng.between(3, 12)
        order = rng.choice(("ordered", SHUFFLED))
        narrow, wide = (rows // 50, rows // 10), (rows * 7 // 10, rows * 9 // 10)
        if order == SHUFFLED:
            narrow, wide = (3, 12), (rows // 5, rows // 2)
        # Both kinds are among the three: the order of two could be guessed every other time.
        one, other = rng.shuffled((narrow, wide))
        ends = [rng.between(*bounds) for bounds in rng.shuffled((one, other, other))]
        acts = [do("explain", range_to(end)) for end in ends]
        return query_for(SqlExecution, *acts, rows=rows, order=order, statement="SELECT * FROM orders LIMIT 1")

    @classmethod
    def prompt(cls, query: Query) -> str:
        ends = [int(act.arguments[0].rpartition(" ")[2]) for act in query.acts]
        first, *middle, last = (f"those with id <= {end:,}" for end in ends)
        then = "".join(f", then {one}" for one in middle)
        lie = "in a random order" if query["order"] == SHUFFLED else "in order of id"
        return (
            f"Of {query['rows']:,} rows, which lie on disk {lie}, {first} are wanted{then}, "
            f"and then {last}. There is an index on id. Which plans are taken?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return ", then ".join(done.model(SqlExecution).plans[-len(done.query.acts) :])


class ReadAgain(Question):
    """The table does not fit into memory, and the same scan runs twice."""

    name = "read-again"
    title = "the same scan again"
    because = (
        "The pages come round in the same order, and each one that is read takes the place of one that will be "
        "wanted later, so no page is still there when its turn comes."
    )
    form = "number"
    reads = "read"
    about = "pages read in run {runs}"
    wrong = (ACacheOfResults, TheFirstStay)
    verbs = "again"
    needs = "a run in which the whole table is counted, SELECT count(*), and running it again is all that is done"

    @classmethod
    def fits(cls, done: Run) -> bool:
        asked = done.model(SqlExecution).select
        counts = [type(target) for target in asked.targets] == [Count] and asked.limit is None
        return bool(counts and done.outcome["chosen"] == plans.SEQ)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        buffers = rng.between(4, 16)
        pages = buffers + rng.between(1, 8)
        rows = pages * ROWS_A_PAGE
        city = rng.choice(("Oslo", "Rome", "Lima"))
        statement = f"SELECT count(*) FROM orders WHERE city = '{city}'"  # noqa: S608 - for the engine of this house
        return query_for(SqlExecution, do("again"), rows=rows, buffers=buffers, statement=statement)

    @classmethod
    def prompt(cls, query: Query) -> str:
        pages = -(-query["rows"] // ROWS_A_PAGE)
        return (
            f"A table of {pages} pages has been counted through {query['buffers']} buffers. "
            "The same statement runs again at once. How many pages does it read from disk?"
        )


QUESTIONS = (WhichPlan, ReadAgain)


def same_question(done: Run) -> bool:
    return bool(done.outcome["statement"] == "SELECT * FROM orders WHERE id <= 800" and done.query["rows"] >= 10_000)


CHALLENGES = (
    Challenge(
        name="make-it-take-the-index",
        goal="Leave the statement and its 10,000 rows as they are, and read at most 30 pages by the index.",
        start="statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+800&order=shuffled&step=18",
        solution="statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+800&order=shuffled&do=rewrite:ordered&do=again",
        hints=(
            (
                "The planner counts pages. As long as the rows lie shuffled, nearly each of the 800 is on a page of "
                "its own; let them lie otherwise."
            ),
            (
                "Rewrite the table so that neighbours by id are neighbours on disk. The plan is only the half of it: "
                "the statement has to run once more."
            ),
        ),
        conditions=(
            Condition("the statement is id <= 800, on 10,000 rows or more", same_question),
            Condition("the planner takes the index", lambda done: done.outcome["chosen"] == plans.INDEX),
            Condition(
                "the last run has brought 800 rows, and asked for at most 30 pages",
                lambda done: done.outcome["came"] == 800 and done.outcome["read"] + done.outcome["hit"] <= 30,
            ),
        ),
    ),
)
