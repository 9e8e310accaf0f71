"""Measures as rows of one table, plain text and Markdown at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

HEAD = ("measure", "value", "unit", "compared with", "ratio", "target", "met")
RIGHT = (False, True, False, False, True, True, False)
"""Columns that stand at the right: figures."""


class Target(NamedTuple):
    """A figure to stay below, or to reach; of the value, or of the ratio."""

    figure: float
    least: bool = False
    of_ratio: bool = False


@dataclass(frozen=True)
class Row:
    """One measure. `beside` is what was measured in turn with it, `ratio` the median of the pairs."""

    name: str
    value: float
    unit: str
    beside: str = ""
    ratio: float | None = None
    target: Target | None = None

    @property
    def met(self) -> str:
        """Whether the target is met; empty where there is none."""
        if not self.target:
            return ""
        figure = self.ratio if self.target.of_ratio else self.value
        if figure is None:
            return ""
        if self.target.least:
            return "ok" if figure >= self.target.figure else "under"
        return "ok" if figure <= self.target.figure else "over"

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else spelled(self.ratio)
        return self.name, spelled(self.value), self.unit, self.beside, ratio, self.aim, self.met

    @property
    def aim(self) -> str:
        """The target in words: `≤ 16`, `≥ 0.25 ×` where it is one of the ratio."""
        if not self.target:
            return ""
        sign = "≥" if self.target.least else "≤"
        return f"{sign} {spelled(self.target.figure)}{' ×' if self.target.of_ratio else ''}"


@dataclass
class Section:
    """Rows that belong together, with notes on what they mean or why some are missing."""

    title: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def spelled(figure: float) -> str:
    """A figure with three digits that count; whole from 100 on."""
    if float(figure).is_integer() or abs(figure) >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def table(sections: list[Section]) -> str:
    """All sections as one aligned Markdown document; columns are as wide everywhere."""
    cells = [HEAD, *(row.cells for section in sections for row in section.rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return "\n".join(line for section in sections for line in spread(section, widths))


def spread(section: Section, widths: list[int]) -> list[str]:
    """The lines of one section."""
    out = [f"## {section.title}", ""]
    if section.rows:
        rule = "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, RIGHT, strict=True))
        out += [line_of(HEAD, widths), f"|{rule}|", *(line_of(row.cells, widths) for row in section.rows), ""]
    return out + [text for note in section.notes for text in (note, "")]


def line_of(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, RIGHT, strict=True)
    ]
    return f"| {' | '.join(padded)} |"


def missed(sections: list[Section]) -> str:
    """The rows that miss their target, by name."""
    named = [row.name for section in sections for row in section.rows if row.met in ("over", "under")]
    return f"Missed ({len(named)}): {'; '.join(named)}." if named else "Every target is met."
