"""What every working model is: declared inputs and verbs, narrating methods, a picture, an outcome."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from playground.engine.actions import Action, actions_of
from playground.engine.clock import Clock, Event, Process, Steps
from playground.engine.inputs import Kind
from playground.engine.spelling import put_beside

if TYPE_CHECKING:
    from playground.engine.challenges import Challenge
    from playground.engine.elsewhere import Recipe
    from playground.engine.questions import Question
    from playground.engine.run import Run
    from playground.scenes.scene import Scene


class Source(NamedTuple):
    """A specification that the model is written from."""

    name: str
    url: str


class Check(NamedTuple):
    """What the model is checked against. `name` is also the key of its figures in the evidence file."""

    name: str
    compares: str
    strength: str


class Metric(NamedTuple):
    """One figure beside the picture; `value` is already spelled for the reader."""

    label: str
    value: str
    note: str = ""


class Scenario(NamedTuple):
    """A named preset: the query of a run that teaches something, and the step to open it at."""

    name: str
    title: str
    query: str
    shows: str
    vs: str = ""
    """What stands beside it, as in the address: `algorithm:round-robin`."""

    @property
    def address(self) -> str:
        """Its query with what stands beside it."""
        return put_beside(self.query, self.vs)


def nowhere(done: Run) -> tuple[Recipe, ...]:
    """No real system to put a run to."""
    return ()


Renamed = Callable[[str], tuple[str, str] | None]
"""What a name that an address once had is called today: (name, value), or None where it said nothing."""


def now_called(name: str) -> Renamed:
    """An input that has another name."""
    return lambda text: (name, text)


def beside(name: str, nothing: str) -> Renamed:
    """A second value of an input, which was shown in the same run: today two runs stand side by side."""
    return lambda text: None if text == nothing else ("vs", f"{name}:{text}")


class Miniature:
    """A small, real, runnable model of a system.

    A subclass declares inputs as class attributes, verbs with `@action`, and writes `start`, `draw`,
    `metrics` and `outcome`. Its docstring opens with the rule of the system in one sentence.
    An instance is one run; it is built from parsed inputs and never sees a URL.
    """

    title: ClassVar[str]
    question: ClassVar[str]
    opening: ClassVar[str]
    """The narration of step 0, before anything has happened."""
    sources: ClassVar[tuple[Source, ...]] = ()
    simplified: ClassVar[tuple[str, ...]] = ()
    checks: ClassVar[tuple[Check, ...]] = ()
    scenarios: ClassVar[tuple[Scenario, ...]] = ()
    questions: ClassVar[tuple[type[Question], ...]] = ()
    challenges: ClassVar[tuple[Challenge, ...]] = ()
    outcome_schema: ClassVar[dict[str, Any]]
    renamed: ClassVar[dict[str, Renamed]] = {}
    """Names that inputs once had; an address that says them leads to what it showed."""
    grows_with: ClassVar[str] = ""
    """The input to lower when a run is too long before its first action."""

    elsewhere: ClassVar[Callable[[Run], tuple[Recipe, ...]]] = nowhere
    """How to put a run to the real system. Set beside the model, in `<module>_elsewhere.py`."""

    def __init__(self, inputs: dict[str, Any] | None = None) -> None:
        self.__dict__.update(inputs or {})
        self.clock = Clock()

    @classmethod
    @cache
    def inputs(cls) -> dict[str, Kind[Any]]:
        """The declared inputs by name, in order of declaration."""
        return {
            name: value
            for base in reversed(cls.__mro__)
            for name, value in vars(base).items()
            if isinstance(value, Kind)
        }

    @classmethod
    @cache
    def actions(cls) -> dict[str, Action]:
        """The declared verbs by name, in order of declaration."""
        return actions_of(cls)

    def rules(self) -> list[tuple[str, str]]:
        """Rules across inputs that are broken: (field, sentence) pairs. Called before `start`."""
        return []

    def start(self) -> Steps:
        """Set up. Runs before any action."""
        yield from ()

    def draw(self) -> tuple[Scene, ...]:
        """The state as one to three scenes: the picture first."""
        raise NotImplementedError

    def metrics(self) -> tuple[Metric, ...]:
        """Figures beside the picture."""
        return ()

    def outcome(self) -> dict[str, Any]:
        """What the machine would answer: a small JSON value without floats, as `outcome_schema` says."""
        raise NotImplementedError

    # What a model may use of the clock.

    def spawn(self, steps: Steps, *, background: bool = False) -> Process:
        """Start a process beside the one that is running."""
        return self.clock.start(steps, background=background)

    def happen(self, event: Event) -> None:
        """Wake everyone who waits for the event."""
        self.clock.happen(event)

    @property
    def now(self) -> int:
        """Virtual time in microseconds."""
        return self.clock.now
