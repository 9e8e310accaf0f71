"""What the player's template needs to know about a run. No request reaches it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from playground.asking.request import Asked
from playground.engine.elsewhere import Recipe
from playground.engine.moves import through
from playground.engine.query import at_step, print_pairs, print_query
from playground.engine.questions import Option, Posed
from playground.engine.registry import Entry
from playground.engine.run import Run
from playground.engine.spelling import encode
from playground.engine.step import Step
from playground.engine.trace import picture
from playground.page.addresses import Addresses
from playground.page.answered import Said
from playground.page.drawings import Drawings
from playground.page.forms import Forms
from playground.page.scale import Scale
from playground.page.source import Excerpt, excerpts
from playground.scenes.marks import WIDE
from playground.scenes.reading import picks
from playground.scenes.scene import Words

FRAMES = 6
"""Pictures of a run on paper: two rows of three."""

LONG = 10_000_000
"""Microseconds of a run from which on its clock tells seconds."""
WHOLE = 100_000
"""The same for whole milliseconds: their thousandths would be noise."""


@dataclass(frozen=True)
class Player:
    """Everything on the player: built once for a request, read by the template."""

    asked: Asked
    posed: Posed | None = None
    origin: str = ""
    """Scheme and host of this site, where the page offers to share the run."""
    said: Said | None = None
    """What the question has been answered with; until then the run is the one that ends where it is asked."""

    @cached_property
    def addresses(self) -> Addresses:
        return Addresses(self.asked, self.posed, self.origin, self.said)

    @cached_property
    def drawings(self) -> Drawings:
        return Drawings(self.asked, self.posed, self.said)

    @property
    def asks_with(self) -> list[tuple[str, str]]:
        """What the form of an answer says of the run that is asked about."""
        return print_pairs(self.entry.cls, at_step(self.posed.query, 0)) if self.posed else []

    @cached_property
    def options(self) -> list[Option]:
        """The answers as they are listed: things of the picture as one reads them there, others as they were drawn."""
        if self.posed is None or self.posed.form != "pick":
            return list(self.posed.options) if self.posed else []
        order = picks(self.step.scenes[0], picture(self.run, self.number, 0, WIDE))
        places = {name: place for place, name in enumerate(order)}
        return sorted(self.posed.options, key=lambda option: (places.get(option.value, len(places)), option.value))

    @property
    def to_room(self) -> str:
        """What the page that puts this question to a room needs to know, as a query."""
        posed = self.posed
        return (
            ""
            if posed is None
            else encode(
                [
                    ("question", f"{self.entry.slug}/{posed.question.name}"),
                    ("run", print_query(posed.miniature, posed.query)),
                ]
            )
        )

    @cached_property
    def forms(self) -> Forms:
        return Forms(self.asked)

    @property
    def entry(self) -> Entry:
        return self.asked.entry

    @property
    def run(self) -> Run:
        return self.asked.run

    @property
    def in_motion(self) -> bool:
        """Whether something is seen between two steps."""
        return bool(self.run.moves or through(self.run))

    # The step that is shown, and the others.

    @property
    def number(self) -> int:
        return self.asked.step

    @property
    def step(self) -> Step:
        return self.run.steps[self.number]

    @property
    def words(self) -> Words:
        """The picture as a table."""
        words: Words = self.step.scenes[0].words()
        return words

    @property
    def timed(self) -> bool:
        """True where virtual time passes, so that the clock is worth telling."""
        return self.run.steps[-1].clock > 0

    @property
    def clock(self) -> str:
        """Virtual time: whole seconds where the run knows no finer time, seconds and their thousandths where it takes
        LONG and more, milliseconds where it takes WHOLE and more, else milliseconds and their thousandths."""
        if all(step.clock % 1_000_000 == 0 for step in self.run.steps):
            return f"{self.step.clock // 1_000_000:,} s"
        if self.run.steps[-1].clock >= LONG:
            return f"{self.step.clock // 1_000_000:,}.{self.step.clock // 1000 % 1000:03} s"
        if self.run.steps[-1].clock >= WHOLE:
            return f"{self.step.clock // 1000:,} ms"
        return f"{self.step.clock // 1000:,}.{self.step.clock % 1000:03} ms"

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Every step as (number, narration)."""
        return [(number, step.text) for number, step in enumerate(self.run.steps)]

    @property
    def room(self) -> str:
        """Style classes: lines that the longest narration takes, about, on a phone, a tablet and a desk."""
        return room_for([text for _, text in self.steps], 12 if self.timed else 0)

    @property
    def frames(self) -> list[tuple[int, str, str]]:
        """What is printed of the run, evenly spaced: (number, narration, address of the picture).

        Of a question, nothing after the step at which it is asked.
        """
        last = self.number if self.posed else self.run.last
        numbers: Iterable[int] = range(last + 1)
        if last >= FRAMES:
            numbers = [round(last * part / FRAMES) for part in range(1, FRAMES + 1)]
        return [(number, self.run.steps[number].text, self.addresses.picture_at(number)) for number in numbers]

    # The code that runs.

    @cached_property
    def sources(self) -> list[Excerpt]:
        return excerpts(step.line for step in self.run.steps)

    @cached_property
    def current(self) -> Excerpt | None:
        """The function in which this step's line stands; before the first line, the first function."""
        line = self.step.line
        held = (excerpt for excerpt in self.sources if excerpt.holds(line.file, line.number))
        return next(held, next(iter(self.sources), None))

    @property
    def command(self) -> str:
        """The line that runs this without Django."""
        return f"python -m playground run {self.entry.slug} '{self.asked.printed_at(0)}'"

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """How to put the same to the real system; nothing for a run that was refused or cut."""
        done = self.run
        return () if done.refusal or done.stopped else self.entry.elsewhere(done)

    # The challenge.

    @cached_property
    def checks(self) -> list[tuple[str, bool]]:
        return self.asked.challenge.check(self.run) if self.asked.challenge else []

    @property
    def held(self) -> int:
        """How many conditions hold."""
        return sum(holds for _, holds in self.checks)

    @property
    def passed(self) -> bool:
        return 0 < len(self.checks) == self.held

    @cached_property
    def scale(self) -> Scale | None:
        """What this run took of what is counted; nothing for one that was refused or cut."""
        challenge, done = self.asked.challenge, self.run
        return (
            None
            if challenge is None or done.refusal or done.stopped
            else Scale(challenge.score, challenge.score.of(done))
        )


def room_for(said: Sequence[str], more: int = 0) -> str:
    """Style classes for the narrations of a run, of which each may stand beside so many characters more."""
    longest = max(len(f"Step {number}. {text}") for number, text in enumerate(said)) + more
    return f"narrow-{min(-(-longest // 42), 5)} wide-{min(-(-longest // 92), 3)} broad-{min(-(-longest // 140), 2)}"
