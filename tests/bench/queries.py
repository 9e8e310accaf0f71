"""The runs that are measured: of every miniature the default run, and the worst that the search has found."""

from __future__ import annotations

import json
from typing import NamedTuple

from playground.engine.query import Query, parse
from playground.engine.registry import Entry, entries, record

WORST = "worst.json"
"""Beside each model: kind -> query, written by `python -m tests.bench.search`, and, as `at`, the name of an address
-> the dearest query there, written by `python -m tests.bench.climb`."""

AT = "at"

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
    every = {slug: record(entry.home / WORST) for slug, entry in entries().items()}
    return {slug: found for slug, known in every.items() if (found := {k: q for k, q in known.items() if k != AT})}


def dearest(slug: str) -> dict[str, str]:
    """The name of an address of a run -> the dearest query that is known there."""
    found: dict[str, str] = record(entries()[slug].home / WORST).get(AT, {})
    return found


def keep(slug: str, **found: object) -> None:
    """Write what a search has found; what it has not looked for stays."""
    path = entries()[slug].home / WORST
    text = json.dumps(record(path) | found, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", "utf-8")


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
