"""Visa authorization, as a small working model.

What stands here is a cache with little room, so that everything runs from the first minute. Keep the shape, and
put your system in its place: the comments that begin with "Replace" say where.
"""

from playground.engine.actions import action
from playground.engine.clock import Steps, decide
from playground.engine.inputs import Name, Seed, Whole
from playground.engine.miniature import Check, Metric, Miniature, Scenario, Source
from playground.engine.rng import Rng
from playground.engine.schema import TEXT, WHOLE, listed, record, told
from playground.scenes.scene import Scene
from playground.scenes.table import Column, Grid, Row, Table

PAGES = ("home", "news", "shop", "help", "team", "jobs", "blog", "maps")
COLUMNS = (Column("page", 0, "strong"), Column("used last by", 110), Column("asked for", 90))


class VisaAuthorization(Miniature):
    """A cache with little room lets go of the page that has been unused the longest.

    Source: the documentation of functools.lru_cache, with a maxsize.
    Simplified: a page is fetched at once, and all pages are equally large.
    """

    # Replace: the question is what a reader would ask aloud; the opening is the narration of step 0.
    title = "Visa authorization"
    question = "There is room for four pages. Which one leaves?"
    opening = "The cache is empty."
    # Replace: documents that you have read, and what the model leaves out of them.
    sources = (
        Source("Python, functools.lru_cache", "https://docs.python.org/3/library/functools.html#functools.lru_cache"),
    )
    simplified = ("Fetching a page takes no time here.", "All pages are equally large; real caches count bytes.")
    # Replace: the real program, what is compared with it, and how strong that is. The figures are written by
    # `python -m pytest tests/fidelity/test_visa_authorization.py --write-evidence`.
    checks = (Check("lru_cache", "hit or miss of every request", "exact sequence"),)
    scenarios = (
        # Replace: at least four, and say why each seed or number was chosen. The first one is on the thumbnail.
        # Seed 11: shop is fetched first and used early, so that it is the first to leave; a queue would do otherwise
        # at the next page that leaves.
        Scenario("under-way", "Under way", "step=24", "A page that was fetched early is gone by now."),
        Scenario("little-room", "Little room", "room=2&step=24", "Two places: nearly everything is fetched again."),
        Scenario("room-for-all", "Room for all", "room=6&step=24", "Six places for six pages: nobody leaves."),
        Scenario(
            "out-of-the-blue", "Out of the blue", "do=ask:zed&do=ask:home&step=24", "One request, and a page is gone."
        ),
        Scenario(
            "after-a-restart", "After a restart", "do=forget&do=ask:home&do=ask:home&step=24", "A cold cache is slow."
        ),
    )
    grows_with = "requests"

    # Replace: inputs of the kinds in engine/inputs.py. Choose bounds so that most runs stay inside the limits.
    room = Whole(4, least=1, most=8, help="Pages that the cache holds")
    pages = Whole(6, least=2, most=8, help="Different pages that are asked for")
    requests = Whole(24, least=0, most=100, help="Requests at the start")
    seed = Seed(11, help="Draws the requests")

    # The rule.

    def victim(self) -> str:
        """The page that leaves: the one unused the longest. A wrong model overrides exactly this."""
        return self.held[0]

    # What can happen. A `yield` is a step, and its text is the narration: a sentence with a subject.

    def start(self) -> Steps:
        self.held: list[str] = []  # from the one unused the longest to the one used last
        self.came: list[str] = []  # the same pages in the order in which they were fetched
        self.used: dict[str, int] = {}
        self.times: dict[str, int] = {}
        self.answers: list[str] = []
        self.left = self.changed = ""
        rng = Rng(self.seed)
        for _ in range(self.requests):
            # The smaller of two draws: the first pages are asked for more often.
            yield from self.request(PAGES[min(rng.below(self.pages), rng.below(self.pages))])

    @action("Ask for a page", page=Name(suggest="fresh"))
    def ask(self, page: str) -> Steps:
        yield from self.request(page)

    @action("Forget everything", help="As after a restart")
    def forget(self) -> Steps:
        self.held, self.came, self.left, self.changed = [], [], "", ""
        yield "The cache forgets everything."

    def request(self, page: str) -> Steps:
        """One request: from the cache, into a free place, or into the place of another page."""
        hit = page in self.held
        self.left = ""
        if hit:
            self.held.remove(page)
        elif len(self.held) == self.room:
            self.left = self.victim()
            self.held.remove(self.left)
            self.came.remove(self.left)
        self.held.append(page)
        self.came += [] if hit else [page]
        self.answers.append("hit" if hit else "fetched")
        self.used[page], self.times[page], self.changed = len(self.answers), self.times.get(page, 0) + 1, page
        thing = f"request {len(self.answers)}"
        # A decision is a thing and what was chosen for it: questions find here where a wrong model parts.
        if hit:
            yield decide(f"{page} is in the cache.", thing, "hit")
        elif self.left:
            yield decide(f"{page} is fetched, and {self.left} leaves.", thing, self.left)
        else:
            yield decide(f"{page} is fetched; there is room for it.", thing, "fetched")

    def fresh(self) -> str:
        """A page that the cache does not hold: what the form suggests."""
        return next(page for page in (*PAGES, "zed") if page not in self.held)

    # What it shows. A scene is a value that says what is there; the kinds are in playground/scenes/.

    def draw(self) -> tuple[Scene, ...]:
        held = getattr(self, "held", [])  # before the set-up there is nothing yet
        rows = tuple(Row(page, (page, f"request {self.used[page]}", str(self.times[page]))) for page in reversed(held))
        note = f"{self.hits()} of {len(self.answers)} requests were hits" if rows else ""
        return (Table(Grid("The cache, last used first", COLUMNS, rows, note, empty="empty"), changed=self.marked()),)

    def marked(self) -> str:
        """The row in brass: the one thing that changed in this step."""
        return getattr(self, "changed", "")

    def hits(self) -> int:
        return self.answers.count("hit")

    def metrics(self) -> tuple[Metric, ...]:
        if not getattr(self, "answers", ()):
            return ()
        return (
            Metric("Hits", f"{self.hits()} of {len(self.answers)}"),
            Metric("Places", f"{len(self.held)} of {self.room}"),
        )

    # What it answers: whole numbers and text, never floats. Tests, questions and lessons read this.

    outcome_schema = record(
        answers=told(listed(TEXT), "request by request: hit or fetched"),
        held=told(listed(TEXT), "the pages in the cache, the one unused the longest first"),
        left=told(TEXT, "the page that left for the last request; empty: none"),
        hits=WHOLE,
        requests=WHOLE,
    )

    def outcome(self) -> dict[str, object]:
        return {
            "answers": list(self.answers),
            "held": list(self.held),
            "left": self.left,
            "hits": self.hits(),
            "requests": len(self.answers),
        }
