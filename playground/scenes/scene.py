"""What every kind of picture can do: say itself in words, and tell its room. How it is painted, `paint.py` knows."""

from __future__ import annotations

from typing import NamedTuple, Protocol


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
