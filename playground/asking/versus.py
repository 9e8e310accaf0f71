"""`?vs=algorithm:two-choices`: the same run beside another that differs in one input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from playground.asking.recent import recent
from playground.engine.beside import differences, pair
from playground.engine.inputs import Choice, Flag, Kind
from playground.engine.miniature import Miniature
from playground.engine.query import Problem, Query, parse, print_pairs
from playground.engine.run import Run
from playground.engine.spelling import encode

MOST_SHOWN = 40


class Other(NamedTuple):
    """A value that a run can be put beside: `vs=value`, in words."""

    value: str
    words: str


@dataclass(frozen=True)
class Versus:
    """Two runs as one, with the names that tell them apart."""

    spelled: str
    """What stands after `vs=`."""
    label: str
    """The input in which they differ."""
    names: tuple[str, str]
    run: Run

    @property
    def sentence(self) -> str:
        """The figures that differ at the end."""
        return differences(self.run, self.names[1])


def other_of(cls: type[Miniature], query: Query, spelled: str) -> tuple[str, Query] | Problem:
    """The input that `vs=` names, and the query of the other run; or what is wrong with it. Nothing runs."""
    name, colon, text = spelled.partition(":")
    kind = cls.inputs().get(name)
    if kind is None or not colon:
        known = ", ".join(cls.inputs())
        return Problem("vs", f"Write vs=input:value with one of the inputs {known}.", spelled[:MOST_SHOWN])
    # Read as the address of the other run would be, so that every rule holds for it too.
    pairs = [pair for pair in print_pairs(cls, replace(query, step=0)) if pair[0] != name]
    parsed = parse(cls, encode([*pairs, (name, text)]))
    if parsed.problems:
        return Problem("vs", parsed.problems[0].sentence, spelled[:MOST_SHOWN])
    if parsed.query[name] == query[name]:
        both = f"Both runs would have {kind.label.lower()} {said(kind, query[name])}."
        return Problem("vs", both, spelled[:MOST_SHOWN])
    return name, parsed.query


def spelling_of(cls: type[Miniature], name: str, other: Query) -> str:
    """What stands after `vs=` for the other run."""
    return f"{name}:{cls.inputs()[name].print(other[name])}"


def versus(cls: type[Miniature], left: Run, spelled: str) -> Versus | Problem:
    """The pair that `vs=` asks for, or what is wrong with it."""
    found = other_of(cls, left.query, spelled)
    if isinstance(found, Problem):
        return found
    name, other = found
    kind = cls.inputs()[name]
    right = recent.run(cls, other)
    if right.refusal:
        return Problem("vs", f"With {said(kind, other[name])}: {right.refusal.sentence}", spelled[:MOST_SHOWN])
    first, second = (said(kind, query[name]) for query in (left.query, other))
    names = capitalized(first), capitalized(second)
    return Versus(spelling_of(cls, name, other), kind.label, names, pair(left, right, names))


def said(kind: Kind[Any], value: Any) -> str:
    """A value as a reader knows it."""
    if isinstance(kind, Choice):
        return str(kind.options[str(value)])
    if isinstance(kind, Flag):
        return kind.label if value else f"without: {kind.label}"
    return f"{kind.label} {kind.print(value)}"


def capitalized(words: str) -> str:
    return words[0].upper() + words[1:]


def others(cls: type[Miniature], query: Query) -> Iterator[tuple[str, list[Other]]]:
    """For every input with a few values, (its label, the values that the run does not have)."""
    for name, kind in cls.inputs().items():
        if isinstance(kind, Choice | Flag):
            rest = [value for value in kind.corners() if value != query[name]]
            yield kind.label, [Other(f"{name}:{spelling(kind, value)}", said(kind, value)) for value in rest]


def spelling(kind: Kind[Any], value: Any) -> str:
    return kind.print(value)
