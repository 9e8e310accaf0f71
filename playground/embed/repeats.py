"""What several runs say, told once: in a file the runs of one miniature stand beside each other, and much is the same.

A value that was told before, or that comes again, is `{"$": number}`: its number in a list of values that grows from
run to run. A run refers only to values of its own and of runs before it, so the last runs can be left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

from playground.engine.patches import compact

WORTH = 24
"""Characters of JSON from which on a value is told once: a reference is hardly shorter than less."""
SIGN = "$"


class Told(NamedTuple):
    """A run with references, and the values that it is the first to tell."""

    values: list[Any]
    run: Any


class Repeats:
    """The values that have been told so far, by digest: their texts together would be as long as the runs are."""

    def __init__(self, known: dict[bytes, int] | None = None) -> None:
        self.numbers = dict(known or {})

    def told(self, runs: Iterable[Any]) -> list[Told]:
        """Runs, one after the other, each with what it is the first to say.

        Raises ValueError where a run has a key that means a reference.
        """
        kept = list(runs)
        digests: dict[int, bytes | None] = {}
        for run in kept:
            spell(run, digests)
        seen: Counter[bytes] = Counter(self.numbers.keys())
        for run in kept:
            count(run, digests, seen)
        told = []
        for run in kept:
            values: list[Any] = []
            told.append(Told(values, self.spelled(run, digests, seen, values)))
        return told

    def spelled(self, value: Any, digests: dict[int, bytes | None], seen: Counter[bytes], values: list[Any]) -> Any:
        """A value with references; what has to be told for them is added to `values`."""
        digest = digests.get(id(value))
        if digest in self.numbers:
            return {SIGN: self.numbers[digest]}
        found = value
        if isinstance(value, dict):
            found = {name: self.spelled(part, digests, seen, values) for name, part in value.items()}
        elif isinstance(value, list | tuple):
            found = [self.spelled(part, digests, seen, values) for part in value]
        if digest is None or seen[digest] < 2:
            return found
        self.numbers[digest] = len(self.numbers)
        values.append(found)
        return {SIGN: self.numbers[digest]}


def spell(value: Any, digests: dict[int, bytes | None]) -> str:
    """The JSON of a value. What tells it apart, and each of its parts, is kept by identity: None for what is too short
    to be told once.
    """
    if isinstance(value, dict):
        if SIGN in value:
            raise ValueError(f"a run has the key {SIGN!r}, which means a reference")
        text = f"{{{','.join(f'{compact(name)}:{spell(part, digests)}' for name, part in value.items())}}}"
    elif isinstance(value, list | tuple):
        text = f"[{','.join(spell(part, digests) for part in value)}]"
    else:
        text = compact(value)
        if not isinstance(value, str):
            return text
    if id(value) not in digests:
        digests[id(value)] = blake2b(text.encode(), digest_size=16).digest() if len(text) >= WORTH else None
    return text


def count(value: Any, digests: dict[int, bytes | None], seen: Counter[bytes]) -> None:
    """How often each value is said. What is inside one that was said before is not said again."""
    digest = digests.get(id(value))
    if digest is not None:
        seen[digest] += 1
        if seen[digest] > 1:
            return
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for part in value:
        count(part, digests, seen)
