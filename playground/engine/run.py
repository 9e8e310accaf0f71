"""A query becomes steps. A run is a pure function of its query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from playground.engine import limits
from playground.engine.actions import Refused
from playground.engine.clock import Clock, Decision, Heard, Line, Say
from playground.engine.inputs import Kind, Whole
from playground.engine.miniature import Miniature
from playground.engine.paintings import Paintings, Room
from playground.engine.query import Act, Problem, Query
from playground.engine.step import Step
from playground.engine.weight import FREE, Scale

Model = TypeVar("Model", bound=Miniature)

HOME = Path(__file__).resolve().parent.parent
NOWHERE = Line("", "", 0)
MANY = 12
"""Actions from which a run is expected to be long enough to be weighed."""


@dataclass
class Run:
    """Everything that happened, and how it ended."""

    cls: type[Miniature]
    query: Query
    steps: list[Step] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    """For each action that began: the number of its first step."""
    outcome: dict[str, Any] = field(default_factory=dict)
    machine: Miniature | None = None
    refusal: Problem | None = None
    """Why an action could not be done; the run ends before it."""
    refused: int = 0
    """Number of the action that could not be done."""
    stopped: str = ""
    """Why the run was cut short, if it was."""
    paintings: Paintings = field(default_factory=Paintings, compare=False, repr=False)

    @property
    def last(self) -> int:
        """Number of the last step."""
        return len(self.steps) - 1

    @cached_property
    def rooms(self) -> list[Room]:
        """The most that each scene needs, need by need. Asked of a run that has ended."""
        return [
            tuple(max(need) for need in zip(*{scene.room() for scene in column}, strict=True))
            for column in zip(*(step.scenes for step in self.steps), strict=True)
        ]

    def model(self, cls: type[Model]) -> Model:
        """The machine as the last step left it, as one of its class."""
        if not isinstance(self.machine, cls):
            raise TypeError(f"this run is not one of {cls.__name__}")
        return self.machine

    def kept_at(self, step: int) -> tuple[Act, ...]:
        """The actions that have started by a step: what stays when one acts from there."""
        return tuple(
            act for number, act in enumerate(self.query.acts) if self.starts.get(number, self.last + 1) <= step
        )

    def decisions(self) -> list[tuple[int, Decision]]:
        """(step, decision) in order."""
        return [(number, made) for number, step in enumerate(self.steps) for made in step.decisions]


class TooLong(Exception):
    """The run has reached its limit of steps, or of bytes."""


class Runner:
    """Runs one query. `draw=False` leaves the pictures out, for searches and counts; then only steps are limited."""

    def __init__(self, cls: type[Miniature], query: Query, *, draw: bool = True) -> None:
        self.run = Run(cls, query)
        self.machine = cls(query.values())
        self.clock: Clock = self.machine.clock
        self.draw = draw
        self.scale = Scale(self.run.paintings)

    def overflows(self) -> bool:
        """True when the run does not fit. Used by the search for what does."""
        try:
            self.play()
        except (TooLong, Refused) as ended:
            return isinstance(ended, TooLong)
        return False

    def play(self) -> None:
        self.machine.set_up()
        self.record(Heard(Say(self.run.cls.opening), NOWHERE, 0, -1))
        self.clock.start(self.machine.start(), act=-1)
        # What has an instant may happen while the set-up is still under way.
        for number, act in enumerate(self.run.query.acts):
            if act.at is not None:
                self.begin(number, act)
        self.listen(-1)
        self.act()

    def go(self) -> Run:
        self.run.machine = self.machine
        try:
            self.play()
        except Refused as refused:
            self.refuse(refused)
        except TooLong:
            self.stop()
        self.run.outcome = self.machine.outcome()
        return self.run

    def act(self) -> None:
        """Do the actions without an instant, each when the one before has ended."""
        for number, act in enumerate(self.run.query.acts):
            if act.at is None:
                self.listen(number - 1)
                self.begin(number, act)
        for heard in self.clock.drain():
            self.record(heard)

    def begin(self, number: int, act: Act) -> None:
        self.clock.start(getattr(self.machine, act.verb)(*act.arguments), act=number, at=act.at)

    def listen(self, act: int) -> None:
        for heard in self.clock.until_ended(act):
            self.record(heard)

    def record(self, heard: Heard) -> None:
        run = self.run
        if len(run.steps) >= limits.STEPS - 1 or (self.draw and self.scale.too_heavy(run.steps)):
            raise TooLong
        run.starts.setdefault(heard.act, len(run.steps))
        run.steps.append(self.picture(heard))

    def picture(self, heard: Heard) -> Step:
        scenes = self.machine.draw() if self.draw else ()
        metrics = self.machine.metrics() if self.draw else ()
        (text, decisions), (file, function, number), now, act = heard
        return Step(text, scenes, metrics, decisions, now, Line(relative(file), function, number), act)

    def refuse(self, refused: Refused) -> None:
        number = self.run.refused = self.clock.acting
        act = self.run.query.acts[number]
        arguments = self.run.cls.actions()[act.verb].arguments
        typed = {kind.name: kind.print(value) for kind, value in zip(arguments, act.arguments, strict=True)}
        place = f"do[{number}].{refused.argument}" if refused.argument else f"do[{number}]"
        self.run.refusal = Problem(place, refused.sentence, typed.get(refused.argument, ""))

    def stop(self) -> None:
        """End a run that is too long with a step that says what to lower, and to what."""
        ended = 0
        while ended in self.run.starts and not self.clock.busy(ended):
            ended += 1
        advice = f"keep the first {ended} actions" if ended else lower(self.run.cls, self.run.query)
        self.run.stopped = (
            f"The run stops here, after {self.run.last} steps, as long as a run may be. To see its end, {advice}."
        )
        self.run.steps.append(self.run.steps[-1]._replace(text=self.run.stopped, decisions=(), line=NOWHERE))


def lower(cls: type[Miniature], query: Query) -> str:
    """Which input to lower, and to what, so that the set-up and the first action fit (by bisection).

    Where nothing fits, the least is named.
    """
    kind = cls.inputs()[cls.grows_with]
    sizes = kind.sizes(query[kind.name])
    if not isinstance(kind, Whole):
        # Not every beginning of a text is one that the model takes.
        sizes = [size for size in sizes if not cls(shrunk(query, kind, size).values()).rules()]
    if not sizes:
        return f"lower {kind.label.lower()}"
    fits, over = 0, len(sizes)
    while over - fits > 1:
        middle = (fits + over) // 2
        fits, over = (fits, middle) if Runner(cls, shrunk(query, kind, sizes[middle])).overflows() else (middle, over)
    return kind.advice(sizes[fits])


def shrunk(query: Query, kind: Kind[Any], size: int) -> Query:
    """The query with one input cut to a size, up to its first action."""
    inputs = tuple((name, kind.cut(value, size) if name == kind.name else value) for name, value in query.inputs)
    return replace(query, inputs=inputs, acts=query.acts[:1])


@cache  # kept: one for each source file
def relative(file: str) -> str:
    """A source file's path below `playground`, with forward slashes."""
    path = Path(file)
    return path.relative_to(HOME).as_posix() if path.is_relative_to(HOME) else ""


def run(cls: type[Miniature], query: Query, *, draw: bool = True) -> Run:
    """Run a query: the same query, the same run. Actions that make no sense end it with a refusal."""
    # Many actions make a long run, most likely: better drawn at once than twice.
    drawn = draw or len(query.acts) > MANY
    done = Runner(cls, query, draw=drawn).go()
    if not drawn and done.last >= FREE:
        # A long run is weighed, which takes its pictures: it must stop at the same step with and without them.
        done = Runner(cls, query).go()
    if not draw:
        done.paintings.forget()
    return done
