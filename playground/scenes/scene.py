"""What every kind of picture can do: say itself in words, tell its room, paint itself."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from playground.scenes.marks import Picture


class Words(NamedTuple):
    """A state in words: one sentence, and a table (head and rows of text)."""

    sentence: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Scene(Protocol):
    """A frozen value that says what is there, never how many pixels."""

    @property
    def kind(self) -> str:
        """Name of the kind, as in `scenes/<kind>.py`."""
        ...

    def room(self) -> tuple[int, ...]:
        """What it needs (rows, points ...); the most of a run fixes sizes and detail, so that nothing jumps."""
        ...

    def blank(self) -> bool:
        """True where there is nothing to see yet. A scene beside the picture that stays blank is left out."""
        ...

    def words(self) -> Words:
        """The state in words."""
        ...

    def paint(self, layout: str, room: tuple[int, ...]) -> Picture:
        """The state as marks, for the narrow or the wide layout."""
        ...

    def thumb(self) -> Picture:
        """A small painting of its own, 240 by 150: few marks, no small text."""
        ...
