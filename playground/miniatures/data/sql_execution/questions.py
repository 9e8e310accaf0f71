"""What the engine is asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines.sql import planner
from playground.machines.sql.binder import Bound
from playground.machines.sql.planner import Plan
from playground.machines.sql.pool import Page, Pool
from playground.machines.sql.table import ROWS_A_PAGE
from playground.miniatures.data.sql_execution.model import SHUFFLED, SqlExecution
from playground.miniatures.data.sql_execution.statement import range_to

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
    """Two ranges, one narrow and one wide. Which plans are chosen?"""

    name = "which-plan"
    form = "choice"
    reads = "last_two"
    before = -2
    wrong = (AlwaysTheIndex, AlwaysTheTable, TheOtherOne)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        rows = 1000 * rng.between(3, 12)
        order = rng.choice(("ordered", SHUFFLED))
        few = rng.between(rows // 50, rows // 10) if order != SHUFFLED else rng.between(3, 12)
        most = rng.between(rows * 7 // 10, rows * 9 // 10) if order != SHUFFLED else rng.between(rows // 5, rows // 2)
        ends = rng.shuffled((few, most))
        acts = [do("explain", range_to(end)) for end in ends]
        return query_for(SqlExecution, *acts, rows=rows, order=order, statement="SELECT * FROM orders LIMIT 1")

    @classmethod
    def prompt(cls, query: Query) -> str:
        ends = [query.argument(at).rpartition(" ")[2] for at in (-2, -1)]
        lie = "in a random order" if query["order"] == SHUFFLED else "in order of id"
        return (
            f"Of {query['rows']:,} rows, which lie on disk {lie}, those with id <= {int(ends[0]):,} are wanted, "
            f"and then those with id <= {int(ends[1]):,}. There is an index on id. Which plans are taken?"
        )


class ReadAgain(Question):
    """The table does not fit into memory, and the same scan runs twice."""

    name = "read-again"
    form = "number"
    reads = "read"
    about = "pages read in run {runs}"
    wrong = (ACacheOfResults, TheFirstStay)

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
        conditions=(
            Condition("the statement is id <= 800, on 10,000 rows or more", same_question),
            Condition("the planner takes the index", lambda done: done.outcome["chosen"] == planner.INDEX),
            Condition(
                "the last run has brought 800 rows, and asked for at most 30 pages",
                lambda done: done.outcome["came"] == 800 and done.outcome["read"] + done.outcome["hit"] <= 30,
            ),
        ),
    ),
)
