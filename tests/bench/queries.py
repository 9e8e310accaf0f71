"""The runs that are measured: of every miniature the default run, and the worst that the search has found."""

from __future__ import annotations

from typing import NamedTuple

from playground.engine.query import Query, parse
from playground.engine.registry import Entry, entries, record

WORST = "worst.json"
"""Beside each model, written by `python -m tests.bench.search`: kind -> query."""

KINDS = ("slow", "heavy", "crowded")
"""The run that takes longest, whose trace has the most bytes, one of whose pictures has the most marks."""


class Measured(NamedTuple):
    """A run that is measured: of which miniature, what it is called, its query."""

    entry: Entry
    name: str
    text: str

    @property
    def query(self) -> Query:
        return sound(self.entry, self.text)


def sound(entry: Entry, text: str) -> Query:
    """A stored query, read. Raises ValueError where the miniature no longer takes it."""
    parsed = parse(entry.cls, text)
    if parsed.problems or parsed.ignored:
        said = " ".join(problem.sentence for problem in parsed.problems) or "It names inputs that do not exist."
        raise ValueError(f"{WORST}: {entry.slug} no longer takes a stored query; run the search again. {said}")
    return parsed.query


def stored() -> dict[str, dict[str, str]]:
    """Slug -> kind -> query, of the miniatures that have been searched."""
    return {slug: known for slug, entry in entries().items() if (known := record(entry.home / WORST))}


def defaults() -> list[Measured]:
    return [Measured(entry, f"{slug}, default run", "") for slug, entry in entries().items()]


def worst(kind: str) -> list[Measured]:
    """The worst known run of that kind of every miniature that has been searched."""
    known = stored()
    return [
        Measured(entry, f"{slug}, {kind} run", known[slug][kind])
        for slug, entry in entries().items()
        if kind in known.get(slug, {})
    ]


def unsearched() -> list[str]:
    """Miniatures of which no worst run is known."""
    return [slug for slug in entries() if slug not in stored()]
