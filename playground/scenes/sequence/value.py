"""The value of a sequence: what it says of itself, and how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass

from playground.scenes.many import many
from playground.scenes.marks import LAYOUTS
from playground.scenes.scene import Words
from playground.scenes.sequence.parts import LOST, Lane, Message, Stock
from playground.scenes.sequence.rows import Places, height_of

WINDOW = 6
"""Rows in view, if the sequence says nothing else; the rest is counted. Narrow, there are never more."""


@dataclass(frozen=True)
class Sequence:
    """Messages between lanes. The last one wears brass where `fresh`. What travels goes along one of the `ways`."""

    title: str
    """Empty where it is told in plain speech: the lanes say where they are instead."""
    lanes: tuple[Lane, ...]
    messages: tuple[Message, ...]
    fresh: bool
    empty: str
    window: int = WINDOW
    """Rows in view where there is room for them; in plain speech, as many as there is room for."""
    ways: tuple[tuple[str, str], ...] = ()
    """Who sends to whom something that takes time: (sender, receiver)."""
    stock: Stock | None = None

    kind = "sequence"

    def places(self, layout: str) -> Places:
        """Where its lanes stand, and how many units its rows may take."""
        return Places(tuple(lane.name for lane in self.lanes), layout, self.window, spoken=not self.title)

    def room(self) -> tuple[int, ...]:
        """Units that its rows take in each layout."""
        return tuple(height_of(self.messages, self.places(layout)) for layout in LAYOUTS)

    def blank(self) -> bool:
        return not self.messages

    def words(self) -> Words:
        last = self.messages[-1] if self.messages else None
        sentence = (
            f"{many(len(self.messages), 'message')}; last: {said(last)}." if last else f"{self.empty.capitalize()}."
        )
        rows = tuple((one.time, one.sender, one.receiver, whole(one)) for one in self.messages[-self.window :])
        return Words(sentence, ("time", "from", "to", "what"), rows)


def said(one: Message) -> str:
    """A message in words."""
    verb = {"fail": "refuses", LOST: "says in vain"}.get(one.state, "says")
    to = f" to {one.receiver}" if not one.own else ""
    return f"{one.sender} {verb}{to}: {one.label}"


def whole(one: Message) -> str:
    """All that is said, on one line."""
    return f"{one.label}, {one.note}" if not one.said else f"{one.said} ({one.label}, {one.note})"
