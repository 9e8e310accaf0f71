"""The stock of an item: variants that are made, checked and frozen before anybody sees one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from playground.engine.content import Content
from playground.engine.registry import entries
from playground.engine.stock import stock
from quizzes import challenged
from quizzes.frozen import Frozen, freeze, thaw_run
from quizzes.models import Item, TemplateRef, Variant
from quizzes.written import of_source

SIZE = 60
"""Variants of an item, unless somebody asks for more or fewer."""
FEWEST = 20
"""Variants of each template of a pool, unless the item is to have fewer."""
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


def made_of(kind: str, of: TemplateRef, count: int, have: Sequence[Content] = ()) -> list[Made]:
    """So many variants for an item of this kind; of a challenge the only one. Raises Lopsided or Gone with a
    sentence."""
    if kind == Item.Kind.CHALLENGE:
        return [Made(0, freeze(challenged.frozen(*of)))]
    return made(*of, count, have)


def keep(item: Item, variants: Sequence[Made], after: int = 0) -> None:
    """Puts variants into the table, numbered on from those that there are."""
    with transaction.atomic():
        Variant.objects.bulk_create(
            Variant(item=item, number=number, seed=one.seed, **one.frozen._asdict())
            for number, one in enumerate(variants, after + 1)
        )


def part_of(item: Item, size: int) -> int:
    """How many variants each template of an item has, where the item has so many: of a pool equal parts, of what is
    the same for all one.

    Of a few, some templates cannot be evened out: a part is no smaller than FEWEST, unless all are fewer.
    """
    if not item.varies:
        return 1
    count = len(item.kinds)
    return size if count == 1 else max(min(size, FEWEST), -(-size // count))


def fill(item: Item, size: int = SIZE) -> int:
    """Make what an item lacks; how many variants that are. Raises Lopsided or Gone with a sentence where it cannot be.

    A challenge has one, and so has what is written by hand, however many are wished.
    """
    if item.written is not None:
        if Variant.objects.filter(item=item).exists():
            return 0
        keep(item, [Made(0, freeze(of_source(item.written)))], 0)
        return 1
    return sum(fill_kind(item, kind, part_of(item, size)) for kind in item.kinds)


def fill_kind(item: Item, kind: TemplateRef, size: int) -> int:
    """The same for one of its templates, or for the challenge. Raises Lopsided or Gone."""
    there = list(Variant.objects.filter(item=item, **kind._asdict()).defer("steps"))
    lacking = size - len(there)
    if lacking <= 0:
        return 0
    variants = made_of(item.kind, kind, lacking, [thaw_run(variant) for variant in there])
    keep(item, variants, last_number(item))
    return len(variants)


def last_number(item: Item) -> int:
    """The highest that a variant of an item has; nought without any."""
    return Variant.objects.filter(item=item).aggregate(most=Max("number"))["most"] or 0
