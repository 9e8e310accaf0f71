"""Questions made by running. Wrong options are what a wrong model answers for the same run.

A wrong model is a subclass of the miniature that overrides exactly one method and has a `belief`.
Its answer is the option; the first thing for which its decisions differ from the machine's is where
the learner's own run is opened to show why.

A question is its run: which of the wrong models are asked, and the order of the options, are drawn from a hash of
miniature, question and query. So a lesson, practice and a quiz that ask about one run ask the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, ClassVar, NamedTuple

from playground.engine import limits
from playground.engine.miniature import Miniature
from playground.engine.query import Query, print_query
from playground.engine.rng import Rng
from playground.engine.run import Run, run, unseen

TRIES, AT_ONCE = 400, 60
"""Draws before a question is given up: the question law (tests) shows that it never happens. And for somebody who
waits: of the kinds that draw most, one seed in twenty thousand wants more."""

OFFERED, FEWEST, BELIEFS = 3, 2, 6
"""Wrong answers that stand beside the right one, at most and at least; and wrong models of a question, at most. Where
more than OFFERED have an answer of their own, those that are offered vary from run to run, and with them the rank of
the right answer among them."""

RUNS = 1 + BELIEFS
"""Runs that a try may take."""


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
    """One answer: its value, the belief it stands for, and where it parts. The right one stands for none."""

    value: str
    belief: str = ""
    parting: Parting | None = None
    model: str = ""
    """Name of the wrong model’s class: what answers are grouped by, whatever the sentence says."""


@dataclass(frozen=True)
class Posed:
    """A question with its run, its options in the order shown, and the place of the right one."""

    miniature: type[Miniature]
    question: type[Question]
    query: Query
    prompt: str
    options: tuple[Option, ...]
    place: int
    """Place of the right option."""
    stop: int
    """The step at which to ask: the answer is not yet in the picture."""

    # What a verdict rests on.

    @property
    def form(self) -> str:
        return self.question.form

    @property
    def right(self) -> str:
        """The value of the right option."""
        return self.options[self.place].value

    @property
    def tolerance(self) -> int:
        return self.question.tolerance

    @property
    def picks(self) -> tuple[str, ...]:
        """Nothing but the options: where every thing of the picture counts, its content is asked."""
        return ()

    @property
    def cut(self) -> Query:
        """The run without the action that is asked about, and without what follows it."""
        acts = self.query.acts
        return replace(self.query, acts=acts[: range(len(acts))[self.question.before]], step=0)


class Question:
    """A kind of question about one miniature. Subclasses are never instantiated."""

    name: ClassVar[str]
    title: ClassVar[str]
    """Two to four words, in lower case, that name it in a list and give nothing away: `who answers`."""
    version: ClassVar[int] = 1
    """Raised when a seed asks something else than before."""
    because: ClassVar[str]
    """Why the right answer is right, in one plain sentence: told after the answer, to everybody."""
    tolerance: ClassVar[int] = 0
    """How far off an answer of the form `number` may be and still be right."""
    form: ClassVar[str] = "choice"
    """How it is answered: `choice`, `number`, or `pick` (a thing on the picture, or from the list)."""
    wrong: ClassVar[tuple[type[WrongModel], ...]]
    reads: ClassVar[str] = ""
    """Where the answer stands in the outcome: `code`, or `found.server` for a field in a record."""
    about: ClassVar[str] = ""
    """The thing that the answer is about, with fields of the outcome in braces: `look-up of {found[key]}`."""
    goes: ClassVar[str] = "{thing}: {choice}."
    """One way in a sentence, that of a wrong idea or the machine’s, with `{thing}` and `{choice}` of the parting."""
    before: ClassVar[int] = -1
    """Index of the action before which it is asked."""
    verbs: ClassVar[str]
    """The actions of the runs that it can be asked about: a regular expression for their verbs, a space between, a
    timed one with its `@`. `(\\w+ )*fail look_up` ends with these two, whatever came before without an instant."""
    needs: ClassVar[str]
    """The same in words, with what `fits` asks for: `a run that ends with a server failing and a key looked up`."""

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        """A random run to ask about."""
        raise NotImplementedError

    @classmethod
    def fits(cls, done: Run) -> bool:
        """Whether the prompt is true of a run with such verbs, that has been neither refused nor cut."""
        return True

    @classmethod
    def needed(cls) -> str:
        """Which runs it can be asked about, as a sentence."""
        return f"It needs {cls.needs}, for which {FEWEST} wrong ideas or more give answers of their own."

    @classmethod
    def prompt(cls, query: Query) -> str:
        """The question, in one or two sentences. Asked only of a query whose run fits."""
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
        """The key of the mark that the question is about, empty for none; and its name, where it does not wear one."""
        return "", ""

    @classmethod
    def way(cls, thing: str, choice: str) -> str:
        """What is decided about a thing, as a sentence: `Request 11 goes to cleo.`"""
        told = cls.goes.format(thing=thing, choice=choice)
        return f"{told[0].upper()}{told[1:]}"

    @classmethod
    def thing(cls, done: Run) -> str:
        """The thing that the answer is about, as decisions name it; empty when it counts over all."""
        return cls.about.format_map(done.outcome)


def pose(miniature: type[Miniature], question: type[Question], seed: int, tries: int = TRIES) -> Posed:
    """The question for a seed. Draws again until enough wrong runs part from the machine's, each in its own way.

    Raises LookupError after so many tries. A try takes a run, and one for each wrong model at most.
    """
    rng = Rng(seed)
    for _ in range(tries):
        posed = pose_about(miniature, question, question.pose(rng))
        if posed:
            return posed
    raise LookupError(f"{question.name}: no run with distinct options in {tries} draws (seed {seed})")


def pose_about(
    miniature: type[Miniature], question: type[Question], query: Query, right: Run | None = None
) -> Posed | None:
    """The question about a given run, or None where it cannot be asked about it: `Question.needed` says about which.

    `right` is the run, where somebody has it already.
    """
    if not of_shape(question, query):
        return None
    right = right or run(miniature, query, draw=False)
    if not whole(right) or not question.fits(right):
        return None
    rng = Rng(seed_of(miniature, question, query))
    options = answers(question, right, rng.shuffled(question.wrong))
    asked = asked_at(question, right)
    if not options or asked < 1 or is_told(right, question.thing(right), asked - 1):
        return None
    order = rng.shuffled(options)
    return Posed(miniature, question, query, question.prompt(query), tuple(order), order.index(options[0]), asked - 1)


def seed_of(miniature: type[Miniature], question: type[Question], query: Query) -> int:
    """What is drawn from for a question about a run: the same whoever asks it, whatever step the run is open at."""
    told = f"{miniature.__name__} {question.name} {print_query(miniature, replace(query, step=0))}"
    return int.from_bytes(sha256(told.encode()).digest()[:8])


def asked_at(question: type[Question], right: Run) -> int:
    """The first step of the action that is asked about; 0 where it has none."""
    return right.starts.get(range(len(right.query.acts))[question.before], 0)


def of_shape(question: type[Question], query: Query) -> bool:
    """Whether the actions of a run are those that a question is about: told before it runs."""
    return bool(re.fullmatch(question.verbs, spelled_verbs(query)))


def spelled_verbs(query: Query) -> str:
    """The verbs of a run in order, a space between, a timed one with its `@`: what `Question.verbs` matches."""
    return " ".join(act.verb if act.at is None else f"@{act.verb}" for act in query.acts)


def whole(done: Run) -> bool:
    """Whether a run has done all that it was asked to do."""
    return not done.refusal and not done.stopped


def answers(question: type[Question], right: Run, beliefs: Sequence[type[WrongModel]]) -> list[Option]:
    """The right answer, then those of the first wrong models that part from it and say something of their own.

    None where too few do.
    """
    options = [Option(question.answer(right))]
    known = {"", options[0].value}
    asked, about = asked_at(question, right), question.thing(right)
    for model in beliefs:
        other = unseen(model, right.query, limits.STEPS)
        if not whole(other) or not (parting := part(right, other, about, asked)):
            continue
        value = question.answer(other)
        if value not in known:
            known.add(value)
            options.append(Option(value, model.belief, parting, model.__name__))
        if len(options) > OFFERED:
            break
    return options if options[0].value and len(options) > FEWEST else []


def is_told(done: Run, thing: str, step: int) -> bool:
    """Whether what is asked about has been decided by a step, so that the answer is known."""
    return any(number <= step and made.thing == thing for number, made in done.decisions())


def part(right: Run, wrong: Run, thing: str = "", since: int = 0) -> Parting | None:
    """The first thing whose last choice differs between the two runs (only `thing`, if given).

    What was decided before the step `since` is no part of the question: it has been seen, and nobody is asked about it.
    """
    theirs = {made.thing: made.choice for _, made in wrong.decisions()}
    ours: dict[str, tuple[int, str]] = {made.thing: (step, made.choice) for step, made in right.decisions()}
    for name, (step, choice) in ours.items():
        if step >= since and (not thing or name == thing) and theirs.get(name, choice) != choice:
            return Parting(step, name, choice, theirs[name])
    return None


def overridden(model: type[Miniature], miniature: type[Miniature]) -> list[str]:
    """The methods that a wrong model changes; the contract allows exactly one."""
    return [name for name in vars(model) if not name.startswith("__") and hasattr(miniature, name)]
