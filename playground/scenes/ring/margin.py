"""Beside or under the circle: who holds how many keys, and what the naive rule would have done."""

from __future__ import annotations

from playground.scenes.circle import point
from playground.scenes.legend import Legend, Who, legend_row, shortened
from playground.scenes.marks import CHANGED, FURNITURE, LABEL, WIDE, Sheet
from playground.scenes.ring.value import Ring
from playground.scenes.shapes import brass_ring, initials, wedge
from playground.scenes.type import middle_cut


class Margin:
    """The rows of one painting."""

    def __init__(self, ring: Ring, sheet: Sheet, rows: int, pitch: int, most: int, dense: bool) -> None:
        """`most` keys fill a bar; where there are many servers (`dense`), bars show what is held now."""
        self.ring, self.sheet, self.rows, self.pitch = ring, sheet, rows, pitch
        self.most, self.dense = most, dense
        self.wide = sheet.layout == WIDE
        names = tuple(server.name for server in ring.servers)
        self.letters, self.short = initials(names), shortened(sheet.layout, names)

    def paint(self) -> None:
        """Who holds how many keys; the row that changed has a wedge in the margin."""
        sheet, ring = self.sheet, self.ring
        left, right = (476, 704) if self.wide else (20, 344)
        top = 376 if not self.wide else 92 if self.rows <= 8 else 60
        sheet.label("legend", left, top - 22, "keys held", "note", fill="mute")
        if ring.way:
            to = f"{middle_cut(ring.way.key, 'strong', 96)} → {self.short[ring.way.server]}"
            sheet.label("legend/way", right, top - 22, to, "strong", fill="ink", text_anchor="end")
        shape = Legend(sheet.layout, left, right, self.pitch, self.most, self.dense)
        changed = ring.way.server if ring.way else ring.changed
        for row, server in enumerate(ring.servers):
            y = top + row * self.pitch
            who = Who(server.name, self.short[server.name], self.letters[server.name], server.order, server.state)
            sheet.take(legend_row(shape, who, server.before, server.held, y))
            if server.name == changed:
                sheet.path("wedge", CHANGED, wedge(left - 3, y), fill="brass-line")
                if not ring.way:
                    brass_ring(sheet, left + 10, y, 13.5)
        if ring.aside:
            self.aside(left, right, top + self.rows * self.pitch)

    def aside(self, left: float, right: float, y: float) -> None:
        """The comparison: what the naive rule would have done."""
        sheet, ring = self.sheet, self.ring
        if self.wide:
            sheet.path("rule", FURNITURE, f"M{point((left, y))}H{right}", stroke="hair", stroke_width=1)
            sheet.label("aside", left, y + 26, ring.aside, "note", fill="mute")
            sheet.label("aside/figure", left, y + 50, ring.aside_figure, "figure-small", fill="ink")
        else:
            sheet.path("rule", FURNITURE, f"M{point((left, y - 4))}H{right}", stroke="hair", stroke_width=1)
            sheet.label("aside", left, y + 18, ring.aside, "note", fill="mute")
            sheet.label(
                "aside/figure", right, y + 19, ring.aside_figure, "heading", fill="ink", text_anchor="end", layer=LABEL
            )
