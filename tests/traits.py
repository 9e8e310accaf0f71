"""What a miniature uses of the house, and the fewest miniatures that use all of it between them."""

from __future__ import annotations

from functools import cache
from typing import Any

from playground.engine.inputs import Kind
from playground.engine.query import parse
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run

Traits = tuple[tuple[str, frozenset[str]], ...]
"""Slugs with what each uses."""


@cache
def default(slug: str) -> Run:
    """The run that the page of a miniature opens with."""
    cls = entries()[slug].cls
    return run(cls, parse(cls, "").query)


def kinds(entry: Entry) -> list[tuple[str, Kind[Any]]]:
    """Inputs, then arguments of verbs, with where they stand."""
    arguments = [("argument", kind) for act in entry.cls.actions().values() for kind in act.arguments]
    return [*(("input", kind) for kind in entry.cls.inputs().values()), *arguments]


def pictures(entry: Entry) -> frozenset[str]:
    """Kinds of picture."""
    return frozenset(f"a picture: {scene.kind}" for scene in default(entry.slug).steps[-1].scenes)


def mechanics(entry: Entry) -> frozenset[str]:
    """What a player has to do for it, whatever it is about."""
    cls, done = entry.cls, default(entry.slug)
    found = {f"{where}: {family(kind)}" for where, kind in kinds(entry)}
    found |= {f"{len(done.steps[-1].scenes)} pictures"} | {f"an answer by {one.form}" for one in entry.questions}
    found |= {"a timed verb" for act in cls.actions().values() if act.timed}
    found |= {"two runs side by side" for one in entry.scenarios if one.vs}
    found |= {"names that have changed" for _ in cls.renamed}
    return frozenset(found)


def family(kind: Kind[Any]) -> str:
    """The engine's own kind that an input is of: models may have narrower ones."""
    return next(base.__name__ for base in type(kind).__mro__ if base.__module__.startswith("playground.engine."))


@cache
def of_mechanics() -> Traits:
    return tuple((slug, mechanics(entry)) for slug, entry in entries().items())


@cache
def of_pictures() -> Traits:
    """Pictures and mechanics: what a miniature uses in all."""
    return tuple((slug, pictures(entry) | mechanics(entry)) for slug, entry in entries().items())


@cache
def cover(traits: Traits) -> tuple[str, ...]:
    """Slugs that have every trait between them, found greedily: always the one that adds most, the first of equals."""
    used = dict(traits)
    missing = set().union(*used.values())
    found: list[str] = []
    while missing:
        best = max(used, key=lambda slug: len(used[slug] & missing))
        found.append(best)
        missing -= used[best]
    return tuple(found)
