"""A tree as a column of rows, for a picture that shows other things beside it: whole, or what matters of it.

A row is a node in its box; under it stands what it pays for: name, bar, sum and figure in a line of their own.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from playground.scenes.marks import BAND, BOX, CHANGED, MARKS_AIM, Sheet, number
from playground.scenes.timeline.texts import lines
from playground.scenes.tree.chips import chips_height, draw
from playground.scenes.tree.nodes import OUT, Node, Part, name_width
from playground.scenes.tree.value import Tree
from playground.scenes.type import end_cut, width

INDENT, STEM = 14, 4
"""How much further right a node stands than the one above it, and where on the way its edge goes up: beside words."""
TWO, ONE, GAP = 32, 21, 4
"""Height of a box with two lines of words, and with one; and what is free below it."""
LINE, BELOW = 16, 4
"""Height of a line of what a node pays for, and what is free below the last."""
APART = 5
"""Between one tree and the next."""
NAME, BAR = 108, 76
"""Where the bars begin, and how long the longest is."""
ACROSS = 332
"""The width that a column has."""
ROOMY = 330
"""A column that would be higher has one line a box."""


class Row(NamedTuple):
    """A node and the parts that are listed under it, at its height below the top of the column."""

    node: Node
    parts: tuple[Part, ...]
    y: float
    tall: float


def rows(tree: Tree, *, whole: bool, roomy: bool) -> tuple[Row, ...]:
    """The nodes from top to bottom. What is not whole leaves out all parts, and of a plan that was not taken all but
    its top.
    """
    found: list[Row] = []
    y = 0.0
    for node in tree.nodes:
        if not whole and node.state == OUT and node.parent:
            continue
        parts = node.parts if whole else ()
        y += APART if found and not node.parent and whole else 0
        tall = TWO if whole and roomy and node.expected else ONE
        found.append(Row(node, parts, y, tall))
        y += tall + GAP + (LINE * len(parts) + BELOW if parts else 0)
    return tuple(found)


def column_height(tree: Tree, *, whole: bool, roomy: bool) -> int:
    """From the first box to below the last line."""
    if tree.flow:
        return chips_height(tree.nodes, ACROSS)
    last = rows(tree, whole=whole, roomy=roomy)[-1:]
    return int(max([one.y + one.tall + LINE * len(one.parts) + GAP for one in last], default=40))


class Column:
    """One painting of a tree, from `left` to `right` and from `top` down."""

    def __init__(self, sheet: Sheet, tree: Tree, left: float, right: float, top: float) -> None:
        self.sheet, self.tree = sheet, tree
        self.left, self.right, self.top = left, right, top
        self.most = max([node.flow for node in tree.nodes] or [0])
        self.decided = any(node.state == OUT for node in tree.nodes) and any(node.share >= 0 for node in tree.nodes)
        self.plain = False

    def draw(self, *, whole: bool, roomy: bool, ringed: bool) -> None:
        """`ringed`: the changed thing of the tree is what one should look at."""
        if not self.tree.nodes:
            self.empty()
        if self.tree.flow:
            draw(self.sheet, self.tree.nodes, self.left, self.left + ACROSS, self.top)
            return
        above: dict[str, Row] = {}
        shown = rows(self.tree, whole=whole, roomy=roomy)
        # Seven marks a node and three a part: what is beside a name or a figure goes first.
        self.plain = len(self.sheet) + 7 * len(shown) + 3 * sum(len(row.parts) for row in shown) > MARKS_AIM
        for row in shown:
            above[row.node.key] = row
            self.box(row)
            self.parts(row)
            if row.node.parent in above:
                self.edge(above[row.node.parent], row)
            if ringed:
                self.ring(row)

    def empty(self) -> None:
        """What there is before a tree: a statement, on a card."""
        told = lines(self.tree.empty, "value", ACROSS - 24, 3)
        self.sheet.add(
            "card", "rect", BOX, x=self.left, y=self.top, width=ACROSS, height=20 + 17 * len(told), rx=6, fill="none",
            stroke="ink", stroke_width=1.25,
        )  # fmt: skip
        for at, text in enumerate(told):
            self.sheet.label(f"empty{at or ''}", self.left + 12, self.top + 22 + 17 * at, text, "value", fill="ink")

    def x(self, node: Node) -> float:
        return self.left + INDENT * min(self.tree.depths[node.key], 6)

    def box(self, row: Row) -> None:
        """Name and cost; below or beside them, how many rows are expected and have come."""
        sheet, node, key = self.sheet, row.node, f"node:{row.node.key}"
        x, wide = self.x(node), self.right - self.x(node)
        out = node.state == OUT
        said = ", ".join(part for part in (node.name, node.about, node.figure, node.expected, node.actual) if part)
        sheet.group(key, BOX, x, self.top + row.y, f"{said}, not taken" if out else said)
        sheet.add(
            f"{key}/box", "rect", BOX, parent=key, x=0, y=0, width=wide, height=row.tall, rx=4, fill="sheet",
            stroke="mute" if out else "ink", stroke_width=1 if out else 1.4, stroke_dasharray="2 3" if out else None,
        )  # fmt: skip
        if self.decided and not out and row.tall:
            # The plan that was taken has a spine.
            sheet.add(f"{key}/taken", "rect", BOX, parent=key, x=0, y=0, width=4, height=row.tall, rx=2, fill="data")
        ink, line = "mute" if out else "ink", 14.5
        figure = end_cut(node.figure, "strong", wide * 0.4)
        free = wide - 18 - (width(figure, "strong") + 8 if figure else 0)
        name = end_cut(node.name, "name", free)
        sheet.label(f"{key}/name", 9, line, name, "name", parent=key, fill=ink)
        if figure:
            sheet.label(f"{key}/figure", wide - 8, line, figure, "strong", parent=key, fill=ink, text_anchor="end")
        start = 9 + name_width(name) + 8
        free -= start - 9
        if self.plain and out:
            return
        if row.tall < TWO:
            # One line: what has come says more than what was expected, and of a statement its words are all there is.
            told, style = (node.actual or node.expected, "note") if node.expected else (node.about, "value")
            short = told.rpartition(" ")[0] if node.expected and width(told, style) > free else told
            self.beside(f"{key}/about", key, start, line, short, style, free)
            return
        self.beside(f"{key}/about", key, start, line, node.about, "value", free)
        room = wide - 26 - width(node.actual, "note")
        sheet.label(f"{key}/expected", 9, 27, end_cut(node.expected, "note", room), "note", parent=key, fill="mute")
        if node.actual:
            sheet.label(f"{key}/actual", wide - 8, 27, node.actual, "note", parent=key, fill=ink, text_anchor="end")

    def beside(self, key: str, parent: str, x: float, y: float, told: str, style: str, room: float) -> None:
        """Words after a name, if some of them are left."""
        text = end_cut(told, style, room) if told and room > 20 else "…"
        if text != "…":
            self.sheet.label(key, x, y, text, style, parent=parent, fill="mute")

    def parts(self, row: Row) -> None:
        """What a node pays for, line by line. The bars of all nodes have one scale."""
        sheet, node, x = self.sheet, row.node, self.x(row.node)
        out = node.state == OUT
        bars: list[str] = []
        for at, part in enumerate(row.parts):
            key, y = f"part:{node.key}/{part.name}", self.line(row, at)
            name = end_cut(part.name, "note", NAME - 10)
            sheet.label(key, x + 9, y + 12, name, "note", fill="mute" if out else "ink")
            bar = BAR * min(part.size, 1000) / 1000
            if part.size:
                bars.append(f"M{number(x + NAME)} {number(y + 8)}h{number(max(bar, 1.5))}")
            figure = end_cut(part.figure, "value", (self.right - x) * 0.25)
            if figure:
                sheet.label(
                    f"{key}/figure", self.right - 8, y + 12, figure, "value", fill="mute" if out else "ink",
                    text_anchor="end",
                )  # fmt: skip
            end = self.right - 14 - width(figure or "0", "value")
            # Half a sum says something else than the sum.
            if part.sum and not self.plain and width(part.sum, "tick") <= end - x - NAME - bar - 4:
                sheet.label(f"{key}/sum", end, y + 12, part.sum, "tick", fill="mute", text_anchor="end")
        if row.parts:
            pen = "guide" if out else "data"
            sheet.path(f"bars:{node.key}", BOX, bars or "M0 0", fill="none", stroke=pen, stroke_width=8)

    def line(self, row: Row, at: int) -> float:
        return self.top + row.y + row.tall + 2 + LINE * at

    def edge(self, above: Row, row: Row) -> None:
        """Up to the node above, where the rows go; as thick as they are many."""
        node = row.node
        thick = 1.2 + (3.8 * sqrt(node.flow / self.most) if self.most and not node.state else 0)
        x, y = self.x(above.node) + STEM, self.top + row.y + row.tall / 2
        d = f"M{number(self.x(node))} {number(y)}H{number(x)}V{number(self.top + above.y + above.tall)}"
        self.sheet.path(
            f"edge:{node.key}", BAND, d, fill="none", stroke="mute" if node.state or not self.most else "data",
            stroke_width=thick, stroke_dasharray="2 3" if node.state else None,
        )  # fmt: skip

    def ring(self, row: Row) -> None:
        """Around a node, or a line of what it pays for: `node key/part name`."""
        node, changed = row.node, self.tree.changed
        x = self.x(node)
        spots = {node.key: (x, self.top + row.y, self.right - x, row.tall)}
        for at, part in enumerate(row.parts):
            spots[f"{node.key}/{part.name}"] = (x + 3, self.line(row, at) + 2, self.right - x - 6, LINE - 4)
        if changed in spots:
            left, y, wide, tall = spots[changed]
            self.sheet.add(
                "changed", "rect", CHANGED, x=left - 3, y=y - 2.5, width=wide + 6, height=tall + 5, rx=5, fill="none",
                stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip
