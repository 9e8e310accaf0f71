"""A query becomes steps. A run is a pure function of its query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from playground.engine import limits
from playground.engine.actions import Refused
from playground.engine.clock import Clock, Decision, Heard, Line, Move, Say
from playground.engine.inputs import Kind
from playground.engine.miniature import Miniature
from playground.engine.paintings import Paintings, Room
from playground.engine.query import Act, Problem, Query
from playground.engine.step import Step
from playground.engine.turns import checkpoint
from playground.engine.weight import FREE, Scale

Model = TypeVar("Model", bound=Miniature)

HOME = Path(__file__).resolve().parent.parent
NOWHERE = Line("", "", 0)
MANY = 12
"""Actions from which a run is expected to be long enough to be weighed."""

HALVINGS = 4
"""How often an input is halved for advice; each time costs a run without pictures at most."""


@dataclass
class Run:
    """Everything that happened, and how it ended."""

    cls: type[Miniature]
    query: Query
    steps: list[Step] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    """For each action that began: the number of its first step."""
    begun: dict[int, int] = field(default_factory=dict)
    """For each action without an instant that began: how many steps had been told by then."""
    outcome: dict[str, Any] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    """What has travelled, and when. Of a run that was cut, or that a question shows in part, nothing."""
    machine: Miniature | None = None
    refusal: Problem | None = None
    """Why an action could not be done; the run ends before it."""
    refused: int = 0
    """Number of the action that could not be done."""
    stopped: str = ""
    """Why the run was cut short, if it was."""
    drawn: bool = True
    """Whether its steps have pictures."""
    paintings: Paintings = field(default_factory=Paintings, compare=False, repr=False)

    @property
    def last(self) -> int:
        """Number of the last step."""
        return len(self.steps) - 1

    @cached_property
    def rooms(self) -> list[Room]:
        """The most that each scene needs, need by need. Asked of a run that has ended."""
        return [
            tuple(max(need) for need in zip(*{self.paintings.need(scene) for scene in column}, strict=True))
            for column in zip(*(step.scenes for step in self.steps), strict=True)
        ]

    def consequence(self, act: int) -> int:
        """Where an action has led: the first surprise from its first step on, else the last step that is part of it.

        An action that never began led to the end.
        """
        stops = (number for number in range(self.starts.get(act, len(self.steps)), len(self.steps)))
        last = max((number for number, step in enumerate(self.steps) if step.act == act), default=self.last)
        return next((number for number in stops if self.steps[number].stop), last)

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

    def in_common(self, query: Query) -> list[Step]:
        """The steps that the run of another query has as well: those told before anything begins that it has not.

        Of a run that ends with an action which the other has not, that is most of it.
        """
        acts, others = self.query.acts, query.acts
        if self.query.inputs != query.inputs or not self.drawn:
            return []
        same = same_acts(acts, others)
        told = len(self.steps) - bool(self.stopped)
        until = min((act.at for act in (*acts[same:], *others[same:]) if act.at is not None), default=None)
        begun = min((steps for number, steps in self.begun.items() if number >= same), default=told)
        return [step for step in self.steps[: min(told, begun)] if until is None or step.clock < until]

    def decisions(self) -> list[tuple[int, Decision]]:
        """(step, decision) in order."""
        return [(number, made) for number, step in enumerate(self.steps) for made in step.decisions]


class TooLong(Exception):
    """The run has reached its limit of steps, or of bytes."""


class Runner:
    """Runs one query. `draw=False` leaves the pictures out, for searches and counts; then only steps are limited."""

    def __init__(
        self,
        cls: type[Miniature],
        query: Query,
        *,
        draw: bool = True,
        most: int = limits.STEPS,
        before: Run | None = None,
    ) -> None:
        """`most` is how many steps it may have, the last one included that says that it stops.

        What it has in common with a run `before` is not drawn again.
        """
        self.run = Run(cls, query, drawn=draw)
        self.same = same_acts(before.query.acts, query.acts) if before else 0
        self.known = before.in_common(query) if before and draw else []
        if before:
            self.run.paintings.take(before.paintings, self.known)
        self.machine = cls(query.values())
        self.clock: Clock = self.machine.clock
        self.draw = draw
        self.most = most
        self.scale = Scale(self.run.paintings)

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
        if self.overflows():
            self.stop()
        return self.ended()

    def overflows(self) -> bool:
        """Run it as far as it goes. True when it is too long."""
        try:
            self.play()
        except Refused as refused:
            self.refuse(refused)
        except TooLong:
            return True
        return False

    def ended(self) -> Run:
        self.run.machine, self.run.outcome = self.machine, self.machine.outcome()
        if not self.run.stopped:
            self.run.moves = [move for move in self.clock.moves if move.at <= self.run.steps[-1].clock]
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
        if act.at is None:
            self.run.begun[number] = len(self.run.steps)
            if number >= self.same:
                del self.known[len(self.run.steps) :]
        self.clock.start(getattr(self.machine, act.verb)(*act.arguments), act=number, at=act.at)

    def listen(self, act: int) -> None:
        for heard in self.clock.until_ended(act):
            self.record(heard)

    def record(self, heard: Heard) -> None:
        checkpoint()
        run = self.run
        if len(run.steps) >= self.most - 1 or (self.draw and self.scale.too_heavy(run.steps)):
            raise TooLong
        run.starts.setdefault(heard.act, len(run.steps))
        run.steps.append(self.picture(heard))

    def picture(self, heard: Heard) -> Step:
        if len(self.run.steps) < len(self.known):
            return self.known[len(self.run.steps)]
        scenes = self.machine.draw() if self.draw else ()
        metrics = self.machine.metrics() if self.draw else ()
        (text, decisions, stop), (file, function, number), now, act = heard
        return Step(text, scenes, metrics, decisions, now, Line(relative(file), function, number), act, stop)

    def refuse(self, refused: Refused) -> None:
        number = self.run.refused = self.clock.acting
        act = self.run.query.acts[number]
        arguments = self.run.cls.actions()[act.verb].arguments
        typed = {kind.name: kind.print(value) for kind, value in zip(arguments, act.arguments, strict=True)}
        place = f"do[{number}].{refused.argument}" if refused.argument else f"do[{number}]"
        self.run.refusal = Problem(place, refused.sentence, typed.get(refused.argument, ""))

    def stop(self) -> None:
        """End a run that is too long with a step that says how to see its end."""
        self.run.stopped = (
            f"The run stops here, after {self.run.last} steps, as long as a run may be. "
            f"To see its end, {self.advice()}."
        )
        last = self.run.steps[-1]
        self.run.steps.append(last._replace(text=self.run.stopped, decisions=(), line=NOWHERE, stop=False))

    def advice(self) -> str:
        """How many actions to keep, or what to lower, and to what, so that the set-up and the first action fit.

        What is named fits: this run has shown it, or one more does, so that a run that is cut costs two at most.
        Where that one is too long as well, no figure is named.
        """
        run, ended = self.run, 0
        while not self.clock.busy(-1) and ended in run.starts and not self.clock.busy(ended):
            ended += 1
        keep = f"keep the first {'action alone' if ended < 2 else f'{ended} actions'}"
        # What has an instant may have begun among the actions before it, which might take longer without it.
        among = any(act >= max(ended, 1) and run.query.acts[act].at is not None for act in run.starts)
        if ended and not among:
            return keep
        if among:
            shorter = replace(run.query, acts=run.query.acts[: max(ended, 1)])
            return keep if self.fits(shorter) else "keep fewer actions" if ended else self.grows().advice()
        size = self.size()
        return self.grows().advice(size if size is not None and self.fits(self.cut(size)) else None)

    def size(self) -> int | None:
        """Half the size of the input, or half of that …: the first whose run has fewer steps than this one had."""
        sizes = self.grows().sizes(self.run.query[self.run.cls.grows_with])
        for _ in range(HALVINGS):
            sizes = sizes[: len(sizes) // 2 + 1]
            # Not every beginning of a text is one that the model takes.
            size = next((one for one in reversed(sizes) if self.allowed(self.cut(one))), None)
            if size is None:
                break
            if not Runner(self.run.cls, self.cut(size), draw=False, most=len(self.run.steps)).overflows():
                return size
        return None

    def grows(self) -> Kind[Any]:
        """The input that makes the set-up longer."""
        return self.run.cls.inputs()[self.run.cls.grows_with]

    def cut(self, size: int) -> Query:
        """The query up to its first action, with that input cut to a size."""
        kind, query = self.grows(), self.run.query
        inputs = tuple((name, kind.cut(value, size) if name == kind.name else value) for name, value in query.inputs)
        return replace(query, inputs=inputs, acts=query.acts[:1])

    def allowed(self, query: Query) -> bool:
        return not self.run.cls(query.values()).rules()

    def fits(self, query: Query) -> bool:
        return not Runner(self.run.cls, query).overflows()


def same_acts(some: tuple[Act, ...], others: tuple[Act, ...]) -> int:
    """How many actions both begin with."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(some), len(others)))


@cache  # kept: one for each source file
def relative(file: str) -> str:
    """A source file's path below `playground`, with forward slashes."""
    path = Path(file)
    return path.relative_to(HOME).as_posix() if path.is_relative_to(HOME) else ""


def run(cls: type[Miniature], query: Query, *, draw: bool = True, before: Run | None = None) -> Run:
    """Run a query: the same query, the same run. Actions that make no sense end it with a refusal.

    With another run of the model at hand, as the one that is acted in, it costs less: `before`.
    """
    # Many actions make a long run, most likely: better drawn at once than begun twice.
    if not draw and len(query.acts) <= MANY:
        brief = Runner(cls, query, draw=False, most=FREE + 1)
        if not brief.overflows():
            return brief.ended()
    # A long run is weighed, which takes its pictures: it must stop at the same step with and without them.
    done = Runner(cls, query, before=before).go()
    if not draw:
        done.paintings.forget()
    return done


def unseen(cls: type[Miniature], query: Query, most: int = limits.STEPS) -> Run:
    """A run that nobody looks at: it is neither drawn nor weighed, and breaks off at so many steps without advice."""
    runner = Runner(cls, query, draw=False, most=most)
    cut = runner.overflows()
    done = runner.ended()
    done.stopped = "The run breaks off here." if cut else ""
    return done
