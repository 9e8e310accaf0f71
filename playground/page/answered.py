"""A question beside its picture: as far as the run may be seen before the answer, and what is drawn after it.

Practice and quizzes draw both ways as pages and lessons do, with what is here.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.asking.request import Asked, ask
from playground.engine.asked import asked_run
from playground.engine.query import print_query
from playground.engine.questions import Posed
from playground.engine.registry import Entry
from playground.engine.verdict import Asks, Verdict
from playground.scenes.marks import Picture
from playground.scenes.svg import inner, page_attrs
from playground.scenes.ways import Way, ways


def unanswered(entry: Entry, posed: Posed) -> Asked:
    """The run without the action that is asked about, at the step of asking. Takes one run.

    Where that comes to no such step, which no question of ours does, it is the whole run at that step, and takes two.
    """
    try:
        done = asked_run(posed)
    except LookupError:
        return ask(entry, print_query(entry.cls, posed.query)).at(posed.stop)
    return Asked(entry, done.query, done).at(posed.stop)


def fork(asks: Asks, judged: Verdict, last: int) -> int:
    """The step at which the two ways part; of a right answer that at which the last of the wrong ones would have."""
    if judged.parting:
        return judged.parting.step
    return max((option.parting.step for option in asks.options if option.parting), default=last)


def both_ways(
    painted: Picture,
    layout: str,
    asks: Asks,
    value: str,
    judged: Verdict,
    step: int,
    points_at: str = "",
    whose: str = "you",
) -> str:
    """The way of who said so and the machine’s, to lie on the machine’s picture at the step where they part, as SVG.

    `points_at` is the key of the mark that is asked about, empty for none; `whose` answer it is, in a word.
    """
    parting, picked = judged.parting, asks.form == "pick"
    right = way("", asks.right if picked else "", parting.right if parting else "")
    mine = way(f"{whose}: ", value if picked else "", parting.wrong if parting else "")
    over = ways(painted, None if judged.right else mine, right, layout, points_at)
    return f'<g class="ways" data-at="{step}">{inner(over, page_attrs)}</g>'


def way(whose: str, picked: str, choice: str) -> Way:
    """A way that ends at what was picked, or at what a model chose. A count is no thing of a picture."""
    ends = tuple(name for name in (picked, choice) if name and (name == picked or not name.isdecimal()))
    return Way(ends, f"{whose}{ends[0]}" if ends else "")


@dataclass(frozen=True)
class Said:
    """What somebody has answered, judged: told beside the picture, and drawn in it."""

    posed: Posed
    value: str
    verdict: Verdict
    last: int
    """The last step of the run."""

    @property
    def right(self) -> bool:
        return self.verdict.right

    @property
    def step(self) -> int:
        """Where the two ways part."""
        return fork(self.posed, self.verdict, self.last)

    @property
    def goes_on(self) -> bool:
        """Whether anything happens after that."""
        return self.step < self.last

    @property
    def belief(self) -> str:
        """What who answers so believes; empty for the right answer."""
        return self.verdict.option.belief if self.verdict.option else ""

    @property
    def because(self) -> str:
        return self.posed.question.because

    @property
    def my_way(self) -> str:
        """What follows from the wrong idea where the two part, as a sentence; empty without one."""
        parting = self.verdict.parting
        return self.posed.question.way(parting.thing, parting.wrong) if parting else ""

    @property
    def machines_way(self) -> str:
        """What the machine does there."""
        parting = self.verdict.parting
        return self.posed.question.way(parting.thing, parting.right) if parting else ""

    def drawn(self, painted: Picture, layout: str) -> str:
        """Both ways on the picture of that step, as SVG."""
        points_at, _ = self.posed.question.points_at(self.posed.query)
        return both_ways(painted, layout, self.posed, self.value, self.verdict, self.step, points_at)
