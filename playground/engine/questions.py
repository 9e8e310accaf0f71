"""Questions made by running. Wrong options are what a wrong model answers for the same run.

A wrong model is a subclass of the miniature that overrides exactly one method and has a `belief`.
Its answer is the option; the first thing for which its decisions differ from the machine's is where
the learner's own run is opened to show why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from playground.engine.miniature import Miniature
from playground.engine.query import Query
from playground.engine.rng import Rng
from playground.engine.run import Run, run

TRIES = 400
"""Draws before a question is given up. The question law (tests) shows that it never happens."""


class Parting(NamedTuple):
    """Where a wrong model leaves the machine: the step, the thing, and both choices."""

    step: int
    thing: str
    right: str
    wrong: str


class WrongModel(Miniature):
    """What somebody takes for the machine: `class Modulo(WrongModel, HashRing)` overrides one method of it."""

    belief: ClassVar[str]
    """What they believe, without a capital and a full stop: `it is so and so`."""


@dataclass(frozen=True)
class Option:
    """One answer: its value, the belief it stands for (empty for the right one), and where it parts."""

    value: str
    belief: str = ""
    parting: Parting | None = None

    def feedback(self) -> str:
        """Why this option is wrong, in one or two sentences; empty for the right one."""
        if not self.parting:
            return ""
        step, thing, right, wrong = self.parting
        return (
            f"That is the answer if {self.belief}: {thing} → {wrong}. "
            f"The machine decides otherwise at step {step}: {thing} → {right}."
        )


@dataclass(frozen=True)
class Posed:
    """A question with its run, its options in the order shown, and the place of the right one."""

    question: type[Question]
    query: Query
    prompt: str
    options: tuple[Option, ...]
    right: int
    stop: int
    """The step at which to ask: the answer is not yet in the picture."""


class Question:
    """A kind of question about one miniature. Subclasses are never instantiated."""

    name: ClassVar[str]
    form: ClassVar[str] = "choice"
    """How it is answered: `choice`, `number`, or `pick` (a thing on the picture, or from the list)."""
    wrong: ClassVar[tuple[type[WrongModel], ...]]
    reads: ClassVar[str] = ""
    """Where the answer stands in the outcome: `code`, or `found.server` for a field in a record."""
    about: ClassVar[str] = ""
    """The thing that the answer is about, with fields of the outcome in braces: `look-up of {found[key]}`."""
    before: ClassVar[int] = -1
    """Index of the action before which it is asked."""

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        """A random run to ask about."""
        raise NotImplementedError

    @classmethod
    def prompt(cls, query: Query) -> str:
        """The question, in one or two sentences."""
        raise NotImplementedError

    @classmethod
    def answer(cls, done: Run) -> str:
        """The answer, read off the outcome: the field that `reads` names."""
        value: Any = done.outcome
        for name in cls.reads.split("."):
            value = value[name]
        return str(value)

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        """The key of the mark that the question is about, and the words beside it; empty for none."""
        return "", ""

    @classmethod
    def thing(cls, done: Run) -> str:
        """The thing that the answer is about, as decisions name it; empty when it counts over all."""
        return cls.about.format_map(done.outcome)


def pose(miniature: type[Miniature], question: type[Question], seed: int) -> Posed:
    """The question for a seed. Draws again until all options differ and every wrong run parts."""
    rng = Rng(seed)
    for _ in range(TRIES):
        posed = pose_about(miniature, question, question.pose(rng), rng)
        if posed:
            return posed
    raise LookupError(f"{question.name}: no run with distinct options in {TRIES} draws (seed {seed})")


def pose_about(
    miniature: type[Miniature], question: type[Question], query: Query, rng: Rng | None = None
) -> Posed | None:
    """The question about a given run, or None where two options are equal or a wrong run does not part."""
    right = run(miniature, query, draw=False)
    if right.refusal:
        return None
    options = [Option(question.answer(right))]
    for model in question.wrong:
        other = run(model, query, draw=False)
        parting = part(right, other, question.thing(right))
        value = question.answer(other)
        if not parting or value in [option.value for option in options]:
            return None
        options.append(Option(value, model.belief, parting))
    order = rng.shuffled(options) if rng else sorted(options, key=lambda option: (len(option.value), option.value))
    asked = right.starts.get(range(len(query.acts))[question.before], 1)
    return Posed(question, query, question.prompt(query), tuple(order), order.index(options[0]), asked - 1)


def part(right: Run, wrong: Run, thing: str = "") -> Parting | None:
    """The first thing whose last choice differs between the two runs (only `thing`, if given)."""
    theirs = {made.thing: made.choice for _, made in wrong.decisions()}
    ours: dict[str, tuple[int, str]] = {made.thing: (step, made.choice) for step, made in right.decisions()}
    for name, (step, choice) in ours.items():
        if (not thing or name == thing) and theirs.get(name, choice) != choice:
            return Parting(step, name, choice, theirs[name])
    return None


def overridden(model: type[Miniature], miniature: type[Miniature]) -> list[str]:
    """The methods that a wrong model changes; the contract allows exactly one."""
    return [name for name in vars(model) if not name.startswith("__") and hasattr(miniature, name)]


def grade(posed: Posed, answer: str) -> dict[str, Any]:
    """Whether an answer is right, and why not."""
    for option in posed.options:
        if option.value == answer.strip():
            return {"right": not option.belief, "feedback": option.feedback(), "parting": option.parting}
    return {"right": False, "feedback": "", "parting": None}
