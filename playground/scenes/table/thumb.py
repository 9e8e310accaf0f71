"""The small picture of a table."""

from __future__ import annotations

from playground.scenes.marks import BOX, EDGE, FURNITURE, THUMB, Picture, Sheet, number
from playground.scenes.table.value import Table


def thumb(table: Table) -> Picture:
    """Rules, rows as bars, the links between them."""
    sheet = Sheet("table", THUMB, 150)
    rows = table.first.rows[:5]
    lines = [f"M34 {number(26 + 22 * at)}H130" for at in range(len(rows) + 1)]
    sheet.path("rules", FURNITURE, lines, stroke="guide", stroke_width=1.5, fill="none")
    seconds = {row.key: at for at, row in enumerate(table.second.rows[:5] if table.second else ())}
    if seconds:
        right = [f"M176 {number(26 + 22 * at)}H222" for at in range(len(seconds) + 1)]
        sheet.path("rules/2", FURNITURE, right, stroke="guide", stroke_width=1.5, fill="none")
    ends = {link.start: link.end for link in table.links}
    for at, row in enumerate(rows):
        y = 37 + 22 * at
        pen = "other" if row.tinted else "mute"
        sheet.path(f"row:{row.key}", BOX, f"M42 {y}H58M68 {y}H122", stroke=pen, stroke_width=5, fill="none")
        to = seconds.get(ends.get(row.key, ""))
        if to is not None:
            end = 37 + 22 * to
            d = f"M132 {y}C154 {y} 152 {end} 174 {end}"
            sheet.path(f"link:{row.key}", EDGE, d, stroke="other", stroke_width=2, fill="none")
            line = f"M182 {end}H216"
            sheet.path(f"found:{row.key}", BOX, line, stroke="other", stroke_width=5, fill="none")
    for at, tie in enumerate(table.ties[:2]):
        ys = [37 + 22 * place for place, row in enumerate(rows) if row.key in tie]
        if len(ys) > 1:
            d = "".join(f"M{number(30 - 8 * at)} {y}h-8" for y in ys) + f"M{22 - 8 * at} {ys[0]}V{ys[-1]}"
            sheet.path(f"tie:{'+'.join(tie)}", EDGE, d, stroke="other", stroke_width=2, fill="none")
    return sheet.done()
