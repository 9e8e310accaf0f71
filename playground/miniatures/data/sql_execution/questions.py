"""What the engine is asked about: wrong models, questions made from them, and the challenge."""

import re

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, WrongModel, do, query_for
from playground.machines.sql import plans
from playground.machines.sql.binder import Bound
from playground.machines.sql.executor import keeps
from playground.machines.sql.parser import Count, parse
from playground.machines.sql.plans import Plan
from playground.machines.sql.pool import Page, Pool
from playground.machines.sql.table import CITIES, ROWS_A_PAGE, orders
from playground.miniatures.data.sql_execution.changed_rows import WhatIsRead
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import ORDERED, SHUFFLED
from playground.miniatures.data.sql_execution.statement import range_to
from playground.scenes.many import many

RANGE = re.compile(re.escape(range_to("#")).replace(re.escape("#"), "[0-9]+"))
"""The first rows by their number, as the prompt names them."""

LIE = {ORDERED: "in order of id", SHUFFLED: "in a random order"}


def counting(city: str) -> str:
    """The rows of a city, counted."""
    return f"SELECT count(*) FROM orders WHERE city = '{city}'"  # noqa: S608 - for the engine of this house


def some_of(city: str, order: str, limit: str) -> str:
    """Some rows of a city, in an order."""
    return f"SELECT * FROM orders WHERE city = '{city}' ORDER BY {order} LIMIT {limit}"  # noqa: S608 - the same


SOME = re.compile(some_of("(Oslo|Rome|Lima)", "(id|customer)", "[1-9][0-9]*").replace("*", r"\*", 1))
"""Such a statement."""

# What sensible people believe instead.


class AlwaysTheIndex(WrongModel, SqlExecution):
    belief = "an index that can be used is used"

    def choose(self, bound: Bound) -> Plan:
        ways = {plan.scan.name: plan for plan in self.planner.alternatives(bound)}
        return ways.get(plans.INDEX) or self.planner.choose(bound)


class OrderIsNothing(WrongModel, SqlExecution):
    belief = "only the number of rows decides, wherever they lie"

    def choose(self, bound: Bound) -> Plan:
        return self.planner_for(shuffled=True).choose(bound)


class TheOtherWayRound(WrongModel, SqlExecution):
    belief = "rows in order are best read by a scan of the table, and an index is for rows that lie scattered"

    def choose(self, bound: Bound) -> Plan:
        return self.planner_for(shuffled=self.table is not orders(self.rows, True)).choose(bound)


class NoBitmaps(WrongModel, SqlExecution):
    belief = "there are two ways to rows, by the index one after the other or through the whole table"

    def choose(self, bound: Bound) -> Plan:
        ways = (plan for plan in self.planner.alternatives(bound) if plan.scan.name != plans.BITMAP)
        return min(ways, key=lambda plan: plan.cost.total)


class BitmapForMany(WrongModel, SqlExecution):
    belief = "more than a few rows are always collected in a bitmap first"

    def choose(self, bound: Bound) -> Plan:
        ways = {plan.scan.name: plan for plan in self.planner.alternatives(bound)}
        return ways.get(plans.BITMAP) or self.planner.choose(bound)


class KeepsTheFirst(Pool):
    """Holds on to what came first."""

    def fetch(self, page: Page) -> bool:
        if page in self.where or len(self.where) < len(self.pages):
            return super().fetch(page)
        self.reads += 1
        return False


class ACacheOfResults(WrongModel, SqlExecution):
    belief = "answers are kept: the same statement reads nothing, and another one reads all of its pages"

    def fetched(self) -> tuple[int, int]:
        asked = sum(super().fetched())
        known = self.runs > 1 and self.text == self.statement
        return (asked, 0) if known else (0, asked)


class HalfForTheTable(WrongModel, SqlExecution):
    belief = "half of the memory is for tables, and the pages that came first stay there"

    def new_pool(self) -> Pool:
        return KeepsTheFirst(max(self.buffers // 2, 1))


class WhatFitsStays(WrongModel, SqlExecution):
    belief = "what fits into memory stays there, and only the rest is read again"

    def new_pool(self) -> Pool:
        return KeepsTheFirst(self.buffers)


class EachBegins(WrongModel, SqlExecution):
    belief = "memory belongs to a statement, and the next one begins with nothing in it"

    def fetched(self) -> tuple[int, int]:
        return 0, sum(super().fetched())


class OnlyWhatComesOut(WrongModel, SqlExecution):
    belief = "nothing is looked at but the rows that come out"

    def looked_at(self) -> int:
        return self.came


class AllThatFit(WrongModel, SqlExecution):
    belief = "the scan finds all rows that fulfil the condition, and the limit cuts the list"

    def looked_at(self) -> int:
        keep = keeps(self.bound.where)
        return sum(1 for place in range(self.table.size) if keep(self.table.row(place)))


class TheWholeTable(WrongModel, SqlExecution):
    belief = "a condition on a column without an index means that all rows are looked at"

    def looked_at(self) -> int:
        return self.table.size


class PageByPage(WrongModel, SqlExecution):
    belief = "the scan ends with the first page on which there are enough rows, whatever the order asked for"

    def looked_at(self) -> int:
        keep, found = keeps(self.bound.where), 0
        for number in range(self.table.pages):
            found += sum(1 for _ in filter(keep, self.table.rows_on(number)))
            if found >= (self.bound.limit or 0):
                return min((number + 1) * ROWS_A_PAGE, self.table.size)
        return self.table.size


class WhichPlan(Question):
    """The same range is planned twice: once the rows lie in order, once they lie anywhere."""

    name = "which-plan"
    title = "which plan"
    version = 4
    because = (
        "Rows that lie in order share a few pages, and the index leads straight to them; scattered rows lie on nearly "
        "every page, so a bitmap of the pages is made first, or the whole table is read where most pages are needed."
    )
    goes = "{thing} is {choice}."
    form = "choice"
    before = 0
    wrong = (AlwaysTheIndex, OrderIsNothing, TheOtherWayRound, NoBitmaps, BitmapForMany)
    verbs = "explain rewrite"
    needs = (
        "a run with an index, in which all that is done is that one range is explained and the table is written "
        f"again in the other order: {range_to('…')}"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        explained, written = done.query.acts
        other = written.arguments[0] != done.query["order"]
        return bool(RANGE.fullmatch(explained.arguments[0]) and other and done.query["index"])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        rows = 1000 * rng.between(3, 12)
        order, other = rng.shuffled((ORDERED, SHUFFLED))
        # Where they lie anywhere, a bitmap is made for the few, and the table is read for the many.
        least, most = rng.choice(((3, 25), (44, 54)))
        acts = do("explain", range_to(rows * rng.between(least, most) // 100)), do("rewrite", other)
        return query_for(SqlExecution, *acts, rows=rows, order=order, statement="SELECT * FROM orders LIMIT 1")

    @classmethod
    def prompt(cls, query: Query) -> str:
        explained, written = (act.arguments[0] for act in query.acts)
        end = int(explained.rpartition(" ")[2])
        return (
            f"Of {many(query['rows'], 'row')}, those with id <= {end:,} are wanted. There is an index on id, and the "
            f"rows lie {LIE[query['order']]}. Then the table is written again and analysed, and the rows lie "
            f"{LIE[written]}. Which plans are taken?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return ", then ".join(done.model(SqlExecution).plans[-2:])


class ReadAgain(Question):
    """A table has been counted, and is counted again, perhaps by another condition. Perhaps it fits into memory."""

    name = "read-again"
    title = "the same scan again"
    version = 3
    because = (
        "Memory keeps pages, not answers: a table that fits stays there for every statement, and of one that does not, "
        "each page that is read takes the place of one that is wanted soon; PostgreSQL’s ring is left out."
    )
    form = "number"
    reads = "read"
    about = "pages read in run {runs}"
    wrong = (ACacheOfResults, HalfForTheTable, WhatFitsStays, EachBegins)
    verbs = "again|run"
    needs = (
        "a run in which the whole table is counted, SELECT count(*), and all that is done is that it runs again, or "
        "that another count of the whole table runs"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        counted = [parse(text) for text in (done.query["statement"], done.outcome["statement"])]
        counts = all([type(one) for one in asked.targets] == [Count] and asked.limit is None for asked in counted)
        return bool(counts and set(done.model(SqlExecution).plans) == {plans.SEQ})

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        buffers = rng.between(6, 24)
        first, second = rng.sample(CITIES, 2)
        if rng.chance(50):
            act, pages = do("again"), buffers + rng.between(1, 8)
        else:
            act, pages = do("run", counting(second)), rng.between(buffers // 2 + 1, buffers)
        rows = (pages - 1) * ROWS_A_PAGE + rng.between(1, ROWS_A_PAGE)
        return query_for(SqlExecution, act, rows=rows, buffers=buffers, statement=counting(first))

    @classmethod
    def prompt(cls, query: Query) -> str:
        pages = -(-query["rows"] // ROWS_A_PAGE)
        buffers, act = query["buffers"], query.acts[0]
        then = (
            "The same statement runs again at once."
            if act.verb == "again"
            else f"Then another one runs: {act.arguments[0]}."
        )
        return (
            f"{buffers} pages fit into memory, which was empty; a table has {beside(pages - buffers)}. "
            f"{query['statement']} has run. {then} How many pages does it read from disk?"
        )


def beside(more: int) -> str:
    """How many pages a table has beside what fits, in words."""
    return "just as many" if not more else f"{abs(more)} more" if more > 0 else f"{-more} fewer"


class UnderALimit(Question):
    """Some rows in some order, and no more than so many. How many rows does the scan look at?"""

    name = "rows-looked-at"
    title = "rows under a limit"
    version = 2
    because = (
        "In the order of an index the scan can stop as soon as enough rows have come; in any other order all rows "
        "must be seen and sorted before the first one is known, limit or no limit."
    )
    goes = "{thing}: {choice}."
    form = "choice"
    reads = "looked_at"
    about = "rows looked at in run {runs}"
    wrong = (OnlyWhatComesOut, AllThatFit, PageByPage, TheWholeTable)
    verbs = "run"
    needs = (
        "a run in which one statement runs that asks for rows of one city, in an order, with a limit: "
        f"{some_of('…', '…', '…')}"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        return bool(SOME.fullmatch(done.query.acts[0].arguments[0]))

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        order = rng.choice(("id", "id", "customer"))
        statement = some_of(rng.choice(("Oslo", "Rome", "Lima")), order, str(rng.between(5, 30)))
        rows = 250 * rng.between(4, 14) + rng.between(0, 200)
        return query_for(
            SqlExecution, do("run", statement), rows=rows, order=rng.choice((ORDERED, SHUFFLED)),
            index=rng.chance(80), statement="SELECT * FROM orders LIMIT 1",
        )  # fmt: skip

    @classmethod
    def prompt(cls, query: Query) -> str:
        index = "is an index" if query["index"] else "is no index"
        return (
            f"Of {many(query['rows'], 'order')} about 52 % go to Oslo, 26 % to Rome and 13 % to Lima. There {index} on "
            f"id. {query.argument()} runs. How many rows of the table does its scan look at?"
        )


QUESTIONS = (WhichPlan, ReadAgain, UnderALimit, WhatIsRead)


def same_question(done: Run) -> bool:
    return bool(done.outcome["statement"] == "SELECT * FROM orders WHERE id <= 800" and done.query["rows"] >= 10_000)


CHALLENGES = (
    Challenge(
        name="make-it-take-the-index",
        goal="Leave the statement and its 10,000 rows as they are, and read at most 30 pages by the index.",
        start="statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+800&order=shuffled&step=25",
        solution="statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+800&order=shuffled&do=rewrite:ordered&do=again",
        score=Score(
            unit="pages asked for",
            one="page asked for",
            of=lambda done: done.outcome["read"] + done.outcome["hit"],
            par=18,
            best=18,
            best_run="statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+800&order=shuffled&do=rewrite:ordered&do=again",
            limit=30,
        ),
        hints=(
            (
                "The planner counts pages. As long as the rows lie shuffled, the 800 are on nearly every page, and a "
                "bitmap only puts those pages in order; let the rows lie otherwise."
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
