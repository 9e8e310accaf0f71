"""What a stack of layers says: plates, chips in columns, what is seen from above, and what moves between two plates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words

SOLID, CARRIED, COVERED, AHEAD, DELETED = "solid", "carried", "covered", "ahead", "deleted"
"""A chip: the layer's own, or the one that is seen; taken along from a neighbour; hidden by one above; to come;
a deletion, which hides what lies below."""
SAID = {SOLID: "", CARRIED: " (carried)", COVERED: " (covered)", AHEAD: " (to come)", DELETED: " (deleted)"}


class Layer(NamedTuple):
    """A plate: its name, a note, its colour role, and whether it is in play here."""

    name: str
    note: str = ""
    pen: str = "data"
    plays: bool = True


class Cell(NamedTuple):
    """A chip: plate and column by number, words (a shorter form where there is little room), state, colour role."""

    layer: int
    column: int
    text: str
    short: str = ""
    state: str = SOLID
    pen: str = ""

    @property
    def key(self) -> str:
        return f"{self.layer}/{self.column}"


class Move(NamedTuple):
    """Something goes from one plate to another in a column; the words stand beside the arrow."""

    start: int
    end: int
    column: int
    words: str


class View(NamedTuple):
    """The plate on top: its name and note, and for each column what is seen, and in which layer (-1: in none)."""

    name: str
    note: str
    seen: tuple[tuple[str, int], ...]


class Stations(NamedTuple):
    """The way on which the stack stands: names, and the place of this one."""

    names: tuple[str, ...]
    at: int


@dataclass(frozen=True)
class Layers:
    """Layers from top to bottom. `changed` are the keys of the chips that wear brass."""

    title: str
    note: str
    layers: tuple[Layer, ...]
    columns: int
    cells: tuple[Cell, ...] = ()
    view: View | None = None
    move: Move | None = None
    stations: Stations | None = None
    changed: tuple[str, ...] = ()
    lost: bool = False
    """Whether what this is about ends here: a cross stands at the station."""
    empty: str = "no layers yet"

    kind = "layers"

    def room(self) -> tuple[int, ...]:
        """Plates, columns, whether there is a view on top, stations on the way."""
        stations = len(self.stations.names) if self.stations else 0
        return len(self.layers), self.columns, int(self.view is not None), stations

    def blank(self) -> bool:
        return not self.layers

    def words(self) -> Words:
        rows = []
        if self.view:
            rows.append((self.view.name, ", ".join(name for name, _ in self.view.seen)))
        for at, layer in enumerate(self.layers):
            chips = [f"{cell.text}{SAID[cell.state]}" for cell in self.cells if cell.layer == at]
            rows.append((layer.name, ", ".join(chips) or ("nothing" if layer.plays else "not in play")))
        return Words(self.sentence(), ("layer", "holds"), tuple(rows))

    def sentence(self) -> str:
        if not self.layers:
            return f"{self.empty[:1].upper()}{self.empty[1:]}."
        told = [f"{cell.text} in {self.layers[cell.layer].name}" for cell in self.cells if cell.key in self.changed]
        return f"{self.title}: {', '.join(told)}." if told else f"{self.title}."
