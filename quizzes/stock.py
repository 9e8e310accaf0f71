"""The stock of an item: variants that are made, checked and frozen before anybody sees one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import transaction

from playground.engine.content import Content
from playground.engine.registry import entries
from playground.engine.stock import stock
from quizzes import challenged
from quizzes.frozen import Frozen, freeze, thaw
from quizzes.models import Item, Variant

SIZE = 60
"""Variants of an item, unless somebody asks for more or fewer."""
BITS = 53
"""Of a seed: as many as a number has in JSON for every reader, and too many to be searched."""


class Made(NamedTuple):
    """A variant that is in no table yet."""

    seed: int
    frozen: Frozen


def seeds() -> Iterator[int]:
    """Seeds that nobody can guess, without an end."""
    while True:
        yield secrets.randbits(BITS)


def made(miniature: str, template: str, count: int, have: Sequence[Content] = ()) -> list[Made]:
    """So many variants beside those one has. Raises Lopsided with a sentence where it cannot be."""
    entry = entries()[miniature]
    question = next(one for one in entry.questions if one.name == template)
    return [Made(seed, freeze(content)) for seed, content in stock(entry, question, count, seeds(), have)]


def made_of(kind: str, miniature: str, template: str, count: int) -> list[Made]:
    """The first variants of an item; of a challenge the only one. Raises Lopsided or Gone with a sentence."""
    if kind == Item.Kind.CHALLENGE:
        return [Made(0, freeze(challenged.frozen(miniature, template)))]
    return made(miniature, template, count)


def size_of(item: Item, size: int) -> int:
    """How many variants an item can have of those that are wanted: of a challenge one, the same for everybody."""
    return 1 if item.kind == Item.Kind.CHALLENGE else size


def keep(item: Item, variants: Sequence[Made], after: int = 0) -> None:
    """Puts variants into the table, numbered on from those that there are."""
    with transaction.atomic():
        Variant.objects.bulk_create(
            Variant(item=item, number=number, seed=one.seed, **one.frozen._asdict())
            for number, one in enumerate(variants, after + 1)
        )


def fill(item: Item, size: int = SIZE) -> int:
    """Make what an item lacks; how many variants that are. Raises Lopsided with a sentence where it cannot be."""
    there = list(Variant.objects.filter(item=item).defer("steps"))
    lacking = size_of(item, size) - len(there)
    if lacking <= 0:
        return 0
    if item.kind == Item.Kind.CHALLENGE:
        keep(item, made_of(item.kind, item.miniature, item.template, 1))
        return 1
    variants = made(item.miniature, item.template, lacking, [thaw(variant) for variant in there])
    keep(item, variants, len(there))
    return len(variants)
