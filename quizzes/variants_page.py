"""The variants of one question, as those who teach look at them: pictures with their answers, and what varies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from playground.engine.content import Content
from playground.engine.inputs import Seed
from playground.engine.query import pairs_of
from playground.engine.registry import entries
from playground.engine.stock import rights
from playground.scenes.marks import WIDE
from quizzes.frozen import thaw_run
from quizzes.models import Item, TemplateRef, Variant
from quizzes.showing import drawn, template

PAGE = 20
"""Variants that are looked at on one page."""
MOST = 8
"""Rows of what varies; the rest is counted."""
LOPSIDED = 40
"""From here on it is warned that always saying the same scores so many per cent."""


class Bar(NamedTuple):
    """A row of a distribution."""

    name: str
    times: int
    share: int
    """Of the longest, in per cent."""


class Varying(NamedTuple):
    """An input that differs from variant to variant."""

    name: str
    bars: list[Bar]
    """Its values; nothing where there are many."""
    words: str
    """The same in words, where there are many."""

    @classmethod
    def of(cls, name: str, values: list[str]) -> Varying:
        """A list of names counts by how many they are: which they are is seen in the picture."""
        lists = [len(value.split()) for value in values]
        if max(lists) > 2:
            values = [str(one) for one in lists]
            name = f"{name}, how many"
        numbers = sorted(int(value) for value in values if value.isdecimal())
        if len(set(values)) <= MOST:
            told = Counter(values)
            order = sorted(told, key=int) if len(numbers) == len(values) else sorted(told, key=lambda one: -told[one])
            return cls(name, _bars((one[:24], told[one]) for one in order), "")
        spread = f", from {numbers[0]:,} to {numbers[-1]:,}" if len(numbers) == len(values) else ""
        return cls(name, [], f"{len(set(values))} different{spread}")


@dataclass(frozen=True)
class Card:
    """One variant."""

    number: int
    state: str
    content: Content

    @property
    def picture(self) -> SafeString:
        return drawn(self.content.shown[WIDE]["svg"])

    @property
    def width(self) -> int:
        return self.content.shown[WIDE]["width"]

    @property
    def height(self) -> int:
        return self.content.shown[WIDE]["height"]

    @property
    def run(self) -> str:
        """Where its run can be operated."""
        return f"{reverse('playground:run', args=[self.content.miniature])}?{self.content.query}"


@dataclass(frozen=True)
class VariantsPage:
    """Everything that the page of an item's variants shows."""

    item: Item
    number: int
    """Of the page, from one on."""
    wanted: str = ""
    """The template of a pool whose variants are looked at, as `TemplateRef.key` spells it; empty for the first."""

    @cached_property
    def kind(self) -> TemplateRef:
        return next((kind for kind in self.item.kinds if kind.key == self.wanted), self.item.kinds[0])

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """Key and title of each template of a pool, and whether it is the one; nothing where there is one."""
        if not self.item.also:
            return []
        return [(kind.key, title_of(kind), kind == self.kind) for kind in self.item.kinds]

    @cached_property
    def all_made(self) -> int:
        """Variants of the item, of whichever template."""
        return Variant.objects.filter(item=self.item).count()

    @cached_property
    def rows(self) -> list[Variant]:
        return list(
            Variant.objects.filter(item=self.item, **self.kind._asdict())
            .exclude(state="broken")
            .defer("steps")
            .order_by("number")
        )

    @cached_property
    def contents(self) -> list[Content]:
        return [thaw_run(one) for one in self.rows]

    @property
    def pages(self) -> range:
        return range(1, max(1, -(-len(self.rows) // PAGE)) + 1)

    @property
    def here(self) -> int:
        return min(max(self.number, 1), len(self.pages))

    @property
    def cards(self) -> list[Card]:
        start = (self.here - 1) * PAGE
        shown = zip(self.rows[start : start + PAGE], self.contents[start : start + PAGE], strict=True)
        return [Card(one.number, one.state, content) for one, content in shown]

    @property
    def first(self) -> Content | None:
        return self.contents[0] if self.contents else None

    @property
    def title(self) -> str:
        name = self.first.title if self.first else self.kind.template
        return f"{name[0].upper()}{name[1:]}"

    @cached_property
    def given(self) -> list[Content]:
        """Those that learners may get."""
        pinned = [content for one, content in zip(self.rows, self.contents, strict=True) if one.state == "pinned"]
        # Where some are pinned, of another template too, no other is given.
        if Variant.objects.filter(item=self.item, state="pinned").exists():
            return pinned
        return [content for one, content in zip(self.rows, self.contents, strict=True) if one.state != "excluded"]

    @property
    def beliefs(self) -> list[str]:
        """The wrong ideas that it tells apart."""
        return [model.belief for model in template(self.first).wrong] if self.first else []

    @property
    def right(self) -> list[Bar]:
        """Which answer is right how often, the commonest first."""
        return _bars(rights(self.given))

    @property
    def best(self) -> tuple[str, int]:
        """What somebody does best to say always, and what that scores, in per cent."""
        told = rights(self.given)
        return (told[0][0], 100 * told[0][1] // len(self.given)) if told else ("", 0)

    @property
    def is_lopsided(self) -> bool:
        return len(self.given) > 1 and self.best[1] >= LOPSIDED

    @property
    def varies(self) -> list[Varying]:
        """The inputs in which the variants differ; what is drawn by a seed is seen in the picture."""
        entry = entries().get(self.kind.miniature)
        found = []
        for name, kind in entry.cls.inputs().items() if entry else ():
            usual = kind.print(kind.default)
            values = [dict(pairs_of(content.query)).get(name, usual) for content in self.given]
            if len(set(values)) > 1 and not isinstance(kind, Seed):
                found.append(Varying.of(kind.label, values))
        return found


def title_of(kind: TemplateRef) -> str:
    """What a template is called; its name where there is none any more."""
    entry = entries().get(kind.miniature)
    name = next((one.title for one in entry.questions if one.name == kind.template), "") if entry else ""
    return f"{name[:1].upper()}{name[1:]}" or kind.template


def _bars(found: Iterable[tuple[str, int]]) -> list[Bar]:
    told = list(found)
    longest = max((times for _, times in told), default=1)
    bars = [Bar(name, times, 100 * times // longest) for name, times in told[:MOST]]
    rest = sum(times for _, times in told[MOST:])
    return [*bars, Bar(f"{len(told) - MOST} others", rest, min(100, 100 * rest // longest))] if rest else bars
