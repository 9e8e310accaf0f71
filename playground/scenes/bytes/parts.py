"""What more than one part of a run of bytes wears: the brass outline, a place to come."""

from __future__ import annotations

from playground.scenes.marks import CHANGED, FURNITURE, Sheet, number


def ring(sheet: Sheet, d: str) -> None:
    """The outline of the one thing that changed."""
    sheet.path("changed", CHANGED, d, fill="none", stroke="brass-line", stroke_width=2.25)


def dotted(sheet: Sheet, key: str, x: float, y: float, long: float, tall: float, words: str) -> None:
    """A place for something that is to come."""
    d = f"M{number(x)} {number(y)}h{number(long)}v{number(tall)}h{number(-long)}z"
    sheet.path(key, FURNITURE, d, fill="none", stroke="guide", stroke_width=1, stroke_dasharray="2 3")
    middle, base = x + long / 2, y + tall / 2 + 4
    sheet.label(f"{key}/words", middle, base, words, "note", fill="mute", text_anchor="middle")
