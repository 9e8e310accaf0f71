"""A statement that reads: tokens, tree, names, plans with their costs, pages, rows."""

from collections.abc import Iterator

from playground.engine import Choice, Decision, Fixed, Flag, Miniature, Refused, Say, Steps, Whole, action, decide
from playground.machines.sql import plans
from playground.machines.sql.binder import Bound, bind, comparisons
from playground.machines.sql.costs import Term, Weights, spelled
from playground.machines.sql.executor import Asked, Event, Executor, Marked
from playground.machines.sql.parser import Select, parse
from playground.machines.sql.planner import Planner
from playground.machines.sql.plans import Plan
from playground.machines.sql.pool import Page, Pool
from playground.machines.sql.statistics import analyze
from playground.machines.sql.table import Row, orders
from playground.machines.sql.tokens import tokenise
from playground.machines.sql.transactions import Transactions
from playground.miniatures.data.sql_execution import words as wording
from playground.miniatures.data.sql_execution.statement import Size, Statement, range_to
from playground.miniatures.data.sql_execution.words import key_of
from playground.scenes.many import many

TOKENS, TREE, PLANS, WRITES = range(4)
ORDERED, SHUFFLED = "ordered", "shuffled"
ORDERS = {ORDERED: "in order of id", SHUFFLED: "shuffled"}
SINGLY = 3  # page requests told one by one; then 50 in a step, and then more and more
A_STEP = 50
ENOUGH = 40_000  # rows and pages that a run may look at before its last statement
AT_LENGTH = 3  # runs told page by page, and ranges that grow step by step; later ones in brief
PARTS = (1, 2, 5, 10, 20, 40, 60, 80, 100)  # of the table, in hundredths


class Reading(Miniature):
    """A statement says what is wanted; the planner chooses how to get it, by adding up pages and rows."""

    statement = Statement(
        "SELECT * FROM orders WHERE id BETWEEN 4001 AND 4200",
        help="A SELECT on orders, with the columns id, customer, city and note",
    )
    rows = Size(10_000, least=1, most=20_000, help="In the table; 58 fit on a page")
    order = Choice(ORDERED, ORDERS, label="Rows on disk", help="Where the rows lie")
    index = Flag(True, label="Index", help="A unique B-tree on id")
    buffers = Whole(16, least=4, most=32, help="Pages that fit into memory")
    random_page = Fixed("4.0", least="0.5", most="10", places=1, label="A page at random", help="random_page_cost")
    seq_page = Fixed("1.0", least="0.5", most="10", places=1, label="A page in order", help="seq_page_cost")
    a_row = Fixed("0.01", least="0", most="0.1", places=4, label="A row", help="cpu_tuple_cost")

    # What is known of the statement, of its plans, and of the run under way.
    select: Select
    bound: Bound
    alternatives: tuple[Plan, ...]
    chosen: Plan
    decided: bool
    stage: int
    plans: tuple[str, ...]
    terms: tuple[Term, ...]
    executor: Executor | None
    running: bool
    result: tuple[Row | tuple[int], ...]
    page: Page | None
    touched: dict[str, set[int]]
    marked: tuple[int, ...]
    came: int
    flips: dict[str, int]
    store: Transactions

    # The rules.

    def choose(self, bound: Bound) -> Plan:
        """The plan that is taken."""
        return self.planner.choose(bound)

    def new_pool(self) -> Pool:
        """Memory with nothing in it."""
        return Pool(self.buffers)

    def looked_at(self) -> int:
        """Rows of the table that the scan of the last run has met."""
        return self.executor.looked_at if self.executor else 0

    # What can happen.

    def set_up(self) -> None:
        self.pool, self.runs, self.grown, self.work = self.new_pool(), 0, 0, 0
        self.text, self.flips, self.plans = "", {}, ()
        self.on_disk(self.order == SHUFFLED)

    def start(self) -> Steps:
        yield from self.understand(self.statement)
        yield from self.weigh()
        yield from self.execute()

    @action("Run another statement", statement=Statement("SELECT count(*) FROM orders WHERE id <= 6000"))
    def run(self, statement: str) -> Steps:
        self.enough()
        yield from self.explain(statement)
        yield from self.execute()

    @action(
        "Explain a statement",
        statement=Statement("SELECT * FROM orders WHERE id <= 6000"),
        help="Plans it, and does not run it",
    )
    def explain(self, statement: str) -> Steps:
        self.as_loaded()
        self.read(statement)
        words = f"{self.bound_words()}; by the statistics {self.expected():,} of {many(self.table.size, 'row')} fit."
        yield words
        yield self.taken()

    @action("Run it again", on="node:seq node:index node:bitmap", help="With what is in memory now")
    def again(self) -> Steps:
        self.as_loaded()
        self.enough()
        yield from self.execute()

    @action(
        "Let the range grow",
        on="node:seq node:index node:bitmap",
        help="Explains id <= 1, then 1 %, 2 %, 5 % … up to the whole table",
    )
    def grow(self) -> Steps:
        self.as_loaded()
        if not self.index:
            raise Refused("", "There is no index, so there is one plan only. Switch the index on.")
        self.grown, self.flips = self.grown + 1, {}
        least, before, last = 1, self.planned(range_to(1)), 0
        for end in (1, *(rows for part in PARTS if (rows := self.table.size * part // 100) > 1)):
            while before != self.planned(range_to(end)):
                yield from self.between(least, end, before)
                before = self.chosen_scan()
                least = last = self.flips[before]
            least = end
            if self.grown <= AT_LENGTH and before != plans.SEQ:
                self.read(range_to(end))
                yield self.taken()._replace(stop=False)  # the surprise is where exactly it flips
        self.read(range_to(last or self.table.size))
        if not last:
            yield f"To the end {wording.THE[before].lower()} is taken."

    def between(self, least: int, most: int, before: str) -> Steps:
        """The fewest rows, above the least, for which another plan is taken than before."""
        while least + 1 < most:
            middle = (least + most) // 2
            least, most = (middle, most) if self.planned(range_to(middle)) == before else (least, middle)
        self.read(range_to(most))
        now = self.chosen_scan()
        self.flips[now] = most
        yield Say(wording.flips(most, self.table.size, now, before), stop=True)

    @action(
        "Rewrite the table",
        on="disk",
        order=Choice(SHUFFLED, ORDERS, label="Rows on disk", suggest="other_order"),
        help="And ANALYZE it",
    )
    def rewrite(self, order: str) -> Steps:
        self.as_loaded()
        before = self.correlation()
        self.on_disk(order == SHUFFLED)
        self.pool = self.new_pool()
        self.read(self.text)
        now = self.correlation()
        yield f"The table is written again, {ORDERS[order]}: the correlation of id was {before}, and is {now}."
        yield self.taken()

    @action("Empty the buffers", on="frame frames", help="As after a restart")
    def restart(self) -> Steps:
        self.as_loaded()
        self.pool = self.new_pool()
        self.read(self.text)
        yield f"The database was restarted: all {self.buffers} buffers are empty."

    # A statement is understood.

    def understand(self, statement: str) -> Steps:
        """Tokens, tree, names."""
        self.read(statement, TOKENS)
        yield f"The statement falls into {many(len(self.tokens), 'token')}; no name means anything yet."
        self.stage, self.changed = TREE, "select"
        yield f"The parser makes a tree of them: {wording.parts(self.select)}."
        bound, self.changed = self.bound, "from"
        pages = many(self.table.pages, "page")
        yield f"orders is a table: {many(self.table.size, 'row')} on {pages} of 8 kB."
        if self.select.where:
            self.changed = "where"
            columns = " and ".join(sorted(wording.columns_of(bound.where)))
            count = many(sum(comparisons(bound.where)), "comparison")
            yield f"The condition is {count} with {columns}, and the types fit."

    def read(self, statement: str, stage: int = PLANS) -> None:
        """The same without a word, up to its plan. `stage` is what of it is shown."""
        self.text, self.tokens = statement, tokenise(statement)[:-1]
        self.forget()
        self.select = parse(statement)
        self.bound = bind(self.select)
        self.alternatives = self.planner.alternatives(self.bound)
        self.chosen, self.decided = self.choose(self.bound), stage == PLANS
        self.stage, self.priced = stage, len(self.alternatives)

    # Plans are weighed.

    def weigh(self) -> Steps:
        """Each candidate term by term, and the choice."""
        self.stage, self.decided, self.priced, self.changed = PLANS, False, 0, ""
        yield f"By the statistics of the last ANALYZE, {self.expected():,} of {many(self.table.size, 'row')} will fit."
        for number, plan in enumerate(self.alternatives, 1):
            self.terms = ()
            for term in plan.scan.cost.terms:
                self.terms += (term,)
                self.changed = f"{key_of(plan.scan, plan)}/{term.name}"
                yield wording.term_words(plan.scan.name, term)
            self.priced, self.terms, self.changed = number, (), key_of(plan, plan)
            yield f"{wording.THE[plan.scan.name]} would cost {spelled(plan.cost.total)}{wording.on_top(plan)}."
        yield self.taken()

    def taken(self) -> Say:
        """The choice in words."""
        self.decided = True
        self.changed = key_of(self.chosen.scan, self.chosen)
        name = self.chosen.scan.name
        flips = self.plans[-1:] != (name,)
        self.plans = (*self.plans, name)
        others = tuple(plan for plan in self.alternatives if plan.scan.name != name)
        words = wording.choice(self.chosen, others, wording.condition_of(self.bound))
        return decide(words, f"plan {len(self.plans)}", name, stop=flips)

    # A plan is run.

    def execute(self) -> Steps:
        """Rows are pulled from the top; pages are asked for at the bottom."""
        plan, bound = self.chosen, self.bound
        self.forget()
        self.alternatives, self.stage, self.running = self.planner.alternatives(bound), PLANS, True
        self.priced = len(self.alternatives)
        self.runs += 1
        self.executor = executor = Executor(self.table, self.pool)
        self.before = self.pool.hits, self.pool.reads
        yield from self.pull(executor.run(plan, bound))
        self.page, self.changed = None, key_of(plan, plan)
        hits, reads = self.fetched()
        self.work += executor.looked_at + hits + reads
        answer = (
            f"The answer is {self.result[0][0]:,}"
            if bound.counts and self.result
            else f"{many(self.came, 'row')} came out"
        )
        looked = f"{self.looked_at():,} looked at"
        pages = f"{many(reads, 'page')} read from disk, {hits} found in memory"
        made = (
            Decision(f"pages read in run {self.runs}", str(reads)),
            Decision(f"rows looked at in run {self.runs}", str(self.looked_at())),
        )
        yield Say(f"{answer}, {looked}: {pages}.", made)

    def pull(self, events: Iterator[Event]) -> Steps:
        """Takes what comes, and tells of pages one by one at first, then of many at a time."""
        asked = since = hits = 0
        size = 1 if self.runs <= AT_LENGTH else 0
        for event in events:
            if isinstance(event, Marked):
                if since:
                    yield self.asked_for(since, hits)
                size, asked, since, hits = min(size, 1), 0, 0, 0
                self.page, self.marked, self.changed = None, event.pages, key_of(self.chosen.scan, self.chosen)
                yield Say(wording.marked(event.rows, len(event.pages)), stop=self.runs == 1)
                continue
            if not isinstance(event, Asked):
                self.came += 1
                if self.came <= wording.ROWS:
                    self.result = (*self.result, event)
                continue
            asked, since, hits = asked + 1, since + 1, hits + event.hit
            self.page, self.place = event.page, event.place
            self.touched[event.page.kind].add(event.page.number)
            if since == size:
                yield self.asked_for(since, hits)
                size = 1 if asked < SINGLY else A_STEP if asked < 3 * A_STEP else 2 * size
                since = hits = 0
        if since:
            yield self.asked_for(since, hits)

    def asked_for(self, count: int, hits: int) -> str:
        """Page requests in words."""
        self.changed = key_of(self.chosen.scan, self.chosen)
        rows = self.executor.counts[self.chosen.scan.name] if self.executor else 0
        return wording.asked(self.page, self.place, count, hits, rows)

    # Small parts.

    def on_disk(self, shuffled: bool) -> None:
        """The table, written in an order, with fresh statistics."""
        self.lies = SHUFFLED if shuffled else ORDERED
        self.table, self.planner = orders(self.rows, shuffled), self.planner_for(shuffled)
        self.store = self.new_store()

    def new_store(self) -> Transactions:
        """The table's versions, its sessions and its log, before anybody has written."""
        return Transactions(self.table, indexed=self.index)

    def other_order(self) -> str:
        """The order in which the rows do not lie now."""
        return ORDERED if self.lies == SHUFFLED else SHUFFLED

    def planner_for(self, shuffled: bool) -> Planner:
        """A planner that knows the table so written."""
        weights = Weights(float(self.seq_page), float(self.random_page), float(self.a_row))
        return Planner(orders(self.rows, shuffled), indexed=self.index, weights=weights)

    def forget(self) -> None:
        """What the last statement was about is over."""
        self.touched, self.marked = {"heap": set(), "index": set()}, ()
        self.terms, self.alternatives, self.priced = (), (), 0
        self.executor = self.page = None
        self.place = self.changed = ""
        self.result, self.came, self.running = (), 0, False
        self.before = self.pool.hits, self.pool.reads

    def fetched(self) -> tuple[int, int]:
        """Pages that this run has found in memory, and read from disk."""
        return self.pool.hits - self.before[0], self.pool.reads - self.before[1]

    def as_loaded(self) -> None:
        if self.store.wal.records:
            raise Refused("", "Rows have been changed since, and only single rows are read then. Begin another run.")

    def enough(self) -> None:
        if self.work > ENOUGH:
            raise Refused("", f"This run has looked at {self.work:,} rows and pages by now. Begin another one.")

    def expected(self) -> int:
        """Rows that the condition leaves, by the statistics."""
        return int(self.planner.seq_scan(self.bound).rows)

    def correlation(self) -> str:
        return f"{analyze(self.table, 'id').correlation:.2f}"

    def planned(self, statement: str) -> str:
        """The scan that would be chosen for a statement."""
        return self.choose(bind(parse(statement))).scan.name

    def chosen_scan(self) -> str:
        return self.chosen.scan.name

    def bound_words(self) -> str:
        return f"The statement has {many(len(self.tokens), 'token')}, and its names are known"
