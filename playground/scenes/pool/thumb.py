"""The small picture of a pool."""

from __future__ import annotations

from playground.scenes.marks import BOX, FURNITURE, THUMB, Picture, Sheet
from playground.scenes.pool.value import Pool

MOST = 16


def thumb(pool: Pool) -> Picture:
    """Frames above, pages on disk below."""
    sheet = Sheet("pool", THUMB, 150)
    full = [
        f"M{20 + 25 * (at % 8)} {16 + 28 * (at // 8)}h21v22h-21z"
        for at, one in enumerate(pool.frames[:MOST])
        if one.page
    ]
    free = [
        f"M{20 + 25 * (at % 8)} {16 + 28 * (at // 8)}h21v22h-21z"
        for at, one in enumerate(pool.frames[:MOST])
        if not one.page
    ]
    sheet.path("free", FURNITURE, free, fill="none", stroke="guide", stroke_width=1.5)
    sheet.path("frames", BOX, full, fill="data", fill_opacity="0.3", stroke="ink", stroke_width=1.5)
    disk = pool.disks[0] if pool.disks else None
    count = min(disk.pages if disk else 0, 60)
    held = set(disk.held) if disk else set()
    cells = {at: f"M{20 + 10 * (at % 20)} {86 + 16 * (at // 20)}h8v13h-8z" for at in range(count)}
    sheet.path("rest", FURNITURE, [d for at, d in cells.items() if at not in held], fill="guide")
    sheet.path("held", BOX, [d for at, d in cells.items() if at in held], fill="data")
    return sheet.done()
