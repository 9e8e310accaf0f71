"""A stock of variants of one question, evened out, so that nobody gains by always saying the same.

Posing comes first and is cheap to repeat; only what is kept is painted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple, Protocol

from playground.engine.content import Content, content_of
from playground.engine.query import print_query
from playground.engine.questions import Option, Posed, Question, pose
from playground.engine.registry import Entry

FAIR = Fraction(3, 2)
"""How much more often than its share one answer may be right: of four options in 37.5 of 100 variants."""

DRAWS = 10
"""Draws for each variant that is wanted, at most."""


class Lopsided(Exception):
    """The question cannot be evened out. Its text is a sentence for who wanted to ask it."""

    def __init__(self, sentence: str, draws: int, best: Fraction) -> None:
        """`best` is what somebody scores who always says the same to all the variants that were drawn."""
        super().__init__(sentence)
        self.draws, self.best = draws, best


class Answered(Protocol):
    """What a balance looks at: a content, or a question that has been posed."""

    @property
    def options(self) -> tuple[Option, ...]: ...

    @property
    def right(self) -> str: ...


class Drawn(NamedTuple):
    """What was drawn for a stock: each with its seed, and how many draws that took."""

    kept: list[tuple[int, Posed]]
    draws: int


def stock(
    entry: Entry, question: type[Question], count: int, seeds: Iterable[int], have: Sequence[Content] = ()
) -> list[tuple[int, Content]]:
    """So many different variants more than those one has, with their seeds. Raises Lopsided where that cannot be done.

    Draws DRAWS times `count` at most; takes a run for each variant, beside those of the draws.
    """
    kept = drawn(entry, question, count, seeds, have).kept
    return [(seed, content_of(entry.slug, entry.version, posed)) for seed, posed in kept]


def drawn(
    entry: Entry, question: type[Question], count: int, seeds: Iterable[int], have: Sequence[Content] = ()
) -> Drawn:
    """The same, neither painted nor frozen."""
    kept: list[tuple[int, Posed]] = []
    known = {content.query for content in have}
    held = Counter(content.right for content in have)
    met: list[Posed] = []
    draws = 0
    for seed in islice(seeds, DRAWS * count):
        posed = pose(entry.cls, question, seed)
        draws += 1
        query = print_query(entry.cls, posed.query)
        if query in known:
            continue
        known.add(query)
        met.append(posed)
        if held[posed.right] < most(len(have) + count, len(posed.options)):
            held[posed.right] += 1
            kept.append((seed, posed))
        if len(kept) == count:
            return Drawn(kept, draws)
    raise Lopsided(why(met, draws, count), draws, balance(met))


def most(count: int, options: int) -> int:
    """In how many of so many variants one answer may be right."""
    return max(1, int(FAIR * count / options))


def rights(variants: Sequence[Answered]) -> list[tuple[str, int]]:
    """The right answers with how often each is right, the commonest first."""
    return Counter(variant.right for variant in variants).most_common()


def balance(variants: Sequence[Answered]) -> Fraction:
    """What somebody scores who always gives the same answer, the best one; 0 of no variants."""
    return Fraction(rights(variants)[0][1], len(variants)) if variants else Fraction(0)


def why(met: Sequence[Answered], draws: int, count: int) -> str:
    """Why no stock came about."""
    if len(met) < count:
        return f"Only {len(met)} different variants came of {draws} draws; {count} are wanted."
    value, times = rights(met)[0]
    return (
        f"In {times} of {len(met)} variants the right answer is “{value}”, so that whoever always says the same would "
        f"score {100 * times // len(met)} %; it cannot be evened out."
    )
