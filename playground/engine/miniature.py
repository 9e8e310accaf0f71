"""What every working model is: declared inputs and verbs, narrating methods, a picture, an outcome."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, ClassVar, NamedTuple

from playground.engine.actions import Action, actions_of
from playground.engine.clock import Clock, Event, Move, Process, Steps, Wait
from playground.engine.inputs import Kind
from playground.engine.parts import package_of, part
from playground.scenes.scene import Scene


class Metric(NamedTuple):
    """One figure beside the picture; `value` is already spelled for the reader."""

    label: str
    value: str
    note: str = ""


Renamed = Callable[[str], tuple[str, str] | None]
"""What a name that an address once had is called today: (name, value), or None where it said nothing."""


def now_called(name: str) -> Renamed:
    """An input that has another name."""
    return lambda text: (name, text)


def now_beside(name: str, nothing: str) -> Renamed:
    """A second value of an input, which was shown in the same run: today two runs stand side by side."""
    return lambda text: None if text == nothing else ("vs", f"{name}:{text}")


class Miniature:
    """A small, real, runnable model of a system.

    A subclass declares inputs as class attributes, verbs with `@action`, and writes `set_up`, `start` and
    `outcome`; `shown.py` beside it makes the pictures. Its docstring opens with the rule of the system in one sentence.
    An instance is one run; it is built from parsed inputs and never sees a URL.
    """

    title: ClassVar[str]
    question: ClassVar[str]
    opening: ClassVar[str]
    """The narration of step 0, before anything has happened."""
    outcome_schema: ClassVar[dict[str, Any]]
    knobs: ClassVar[tuple[str, ...]] = ()
    """Names of the inputs that its lesson turns, three at most: they stand beside the verbs."""
    renamed: ClassVar[dict[str, Renamed]] = {}
    """Names that inputs once had; an address that says them leads to what it showed."""
    per_second: ClassVar[int] = 0
    """Microseconds of its time that pass in a second of ours while it plays; 0: it has no clock, and plays in beats."""
    grows_with: ClassVar[str] = ""
    """The input to lower when a run is too long before its first action: a number, or a text or a list to shorten."""

    def __init__(self, inputs: dict[str, Any] | None = None) -> None:
        self.__dict__.update(inputs or {})
        self.clock = Clock()

    @classmethod
    @cache  # kept: one for each model
    def inputs(cls) -> dict[str, Kind[Any]]:
        """The declared inputs by name, in order of declaration."""
        return {
            name: value
            for base in reversed(cls.__mro__)
            for name, value in vars(base).items()
            if isinstance(value, Kind)
        }

    @classmethod
    @cache  # kept: one for each model
    def actions(cls) -> dict[str, Action]:
        """The declared verbs by name, in order of declaration."""
        return actions_of(cls)

    @classmethod
    @cache  # kept: one for each model
    def _shown(cls) -> ModuleType:
        """How it is shown: the module beside the model."""
        return part(package_of(cls), "shown")

    def rules(self) -> list[tuple[str, str]]:
        """Rules across inputs that are broken: (field, sentence) pairs. Called before `start`."""
        return []

    def set_up(self) -> None:
        """The state before anything has happened: called once, when the inputs are in. Fields are declared here."""

    def start(self) -> Steps:
        """What happens before any action, told step by step."""
        yield from ()

    def draw(self) -> tuple[Scene, ...]:
        """The state as one to three scenes, the picture first: `scenes(model)` of `shown.py`."""
        scenes: tuple[Scene, ...] = self._shown().scenes(self)
        return scenes

    def metrics(self) -> tuple[Metric, ...]:
        """Figures beside the picture: `metrics(model)` of `shown.py`, where there is one."""
        told = getattr(self._shown(), "metrics", None)
        figures: tuple[Metric, ...] = told(self) if told else ()
        return figures

    def outcome(self) -> dict[str, Any]:
        """What the machine would answer: a small JSON value without floats, as `outcome_schema` says."""
        raise NotImplementedError

    # What a model may use of the clock.

    def spawn(self, steps: Steps, *, background: bool = False) -> Process:
        """Start a process beside the one that is running."""
        return self.clock.start(steps, background=background)

    def move(
        self, thing: str, way: str, lasts: int, look: str, *, back: bool = False, reach: int = 1000, said: str = ""
    ) -> Wait:
        """A thing sets out along a way, or back along it: to be yielded, for it takes that long.

        It gets as far as `reach` says, in thousandths of the way, and `said` stands on it, if that is not its name.
        """
        self.clock.moves.append(Move(thing, way, look, self.now, lasts, back, reach, said))
        return Wait(lasts)

    def happen(self, event: Event) -> None:
        """Wake everyone who waits for the event."""
        self.clock.happen(event)

    @property
    def now(self) -> int:
        """Virtual time in microseconds."""
        return self.clock.now
