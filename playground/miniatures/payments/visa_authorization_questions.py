"""What is asked about visa authorization: wrong models, questions made from them, and the challenge."""

from playground.engine.challenges import Challenge, Condition
from playground.engine.query import Query, do, query_for
from playground.engine.questions import Question
from playground.engine.rng import Rng
from playground.engine.run import Run
from playground.miniatures.payments.visa_authorization import PAGES, VisaAuthorization

# What sensible people believe instead. Replace: each overrides exactly one method of the model, and its belief
# completes "That is the answer if …".


class FirstIn(VisaAuthorization):
    belief = "the page that was fetched first leaves first"

    def victim(self) -> str:
        return self.came[0]


class LastUsed(VisaAuthorization):
    belief = "the page that was used last leaves first"

    def victim(self) -> str:
        return self.held[-1]


class Rarest(VisaAuthorization):
    belief = "the page that was asked for least often leaves first"

    def victim(self) -> str:
        return min(self.held, key=lambda page: self.times[page])


# Replace: at least two questions of different forms (choice, number, pick). A run is drawn until all answers differ.


class WhoLeaves(Question):
    """The cache is full, and something new is asked for. Which page leaves?"""

    name = "who-leaves"
    form = "pick"
    reads = "left"
    about = "request {requests}"
    wrong = (FirstIn, LastUsed, Rarest)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        room, requests, seed = rng.between(4, 5), rng.between(14, 20), rng.below(1000)
        return query_for(VisaAuthorization, do("ask", "zed"), room=room, pages=8, requests=requests, seed=seed)

    @classmethod
    def prompt(cls, query: Query) -> str:
        return f"The cache is full, and {query.argument()} is asked for. Which page leaves?"


class HowManyHits(Question):
    """A cache starts empty. How many of a few requests are hits?"""

    name = "how-many-hits"
    form = "number"
    reads = "hits"
    before = 0
    wrong = (FirstIn, LastUsed)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        asked = [do("ask", rng.choice(PAGES[:5])) for _ in range(rng.between(8, 12))]
        return query_for(VisaAuthorization, *asked, room=3, requests=0)

    @classmethod
    def prompt(cls, query: Query) -> str:
        pages = ", ".join(act.arguments[0] for act in query.acts)
        return f"An empty cache with room for {query['room']} is asked for {pages}. How many of these are hits?"


def half(done: Run) -> bool:
    return bool(done.outcome["hits"] * 2 >= done.outcome["requests"])


VisaAuthorization.questions = (WhoLeaves, HowManyHits)
# Replace: doing nothing must not pass, and each condition is a line of a list.
VisaAuthorization.challenges = (
    Challenge(
        name="half-of-them",
        goal="Sixty requests come for eight pages. Answer half of them from the cache, with as little room as you can.",
        start="room=2&pages=8&requests=60",
        solution="pages=8&requests=60",
        conditions=(
            Condition("60 requests or more have come", lambda done: done.outcome["requests"] >= 60),
            Condition("there are eight pages", lambda done: done.query["pages"] == 8),
            Condition("the cache has room for four at most", lambda done: done.query["room"] <= 4),
            Condition("half of the requests are hits", half),
        ),
    ),
)
