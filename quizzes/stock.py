"""The stock of an item: variants that are made, checked and frozen before anybody sees one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from playground.engine.registry import entries
from playground.engine.stock import stock
from quizzes.frozen import freeze, thaw
from quizzes.models import Item, Variant

SIZE = 60
"""Variants of an item, unless somebody asks for more or fewer."""
BITS = 53
"""Of a seed: as many as a number has in JSON for every reader, and too many to be searched."""


def seeds() -> Iterator[int]:
    """Seeds that nobody can guess, without an end."""
    while True:
        yield secrets.randbits(BITS)


def fill(item: Item, size: int = SIZE) -> int:
    """Make what an item lacks; how many variants that are. Raises Lopsided with a sentence where it cannot be."""
    there = list(Variant.objects.filter(item=item).defer("steps"))
    lacking = size - len(there)
    if lacking <= 0:
        return 0
    entry = entries()[item.miniature]
    question = next(one for one in entry.questions if one.name == item.template)
    made = stock(entry, question, lacking, seeds(), [thaw(variant) for variant in there])
    Variant.objects.bulk_create(
        Variant(item=item, number=number, seed=seed, **freeze(content)._asdict())
        for number, (seed, content) in enumerate(made, len(there) + 1)
    )
    return len(made)
