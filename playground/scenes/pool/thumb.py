"""The small picture of a pool."""

from __future__ import annotations

from playground.scenes.marks import BOX, FURNITURE, THUMB, Picture, Sheet
from playground.scenes.pool.value import Pool

FRAMES, BRICK = 8, 12
"""Frames that are shown; side of a brick, in units: so many side by side fill the width."""
COLUMNS, ROWS = 18, 9


def thumb(pool: Pool) -> Picture:
    """Frames above; below them the shelf of the first file: most of it is hollow, or most of it is full."""
    sheet = Sheet("pool", THUMB, 150)
    frames = {at: f"M{13 + 27 * at} 8h23v20h-23z" for at in range(min(len(pool.frames), FRAMES))}
    full = [d for at, d in frames.items() if pool.frames[at].page]
    sheet.path("free", FURNITURE, frames.values(), fill="none", stroke="mute", stroke_width=1.5)
    sheet.path("frames", BOX, full, fill="data", fill_opacity="0.3", stroke="ink", stroke_width=2)
    disk = pool.disks[0] if pool.disks else None
    count = min(disk.pages if disk else 0, COLUMNS * ROWS)
    taken = {*disk.held, *disk.read} if disk else set()
    cells = {at: f"M{13 + BRICK * (at % COLUMNS)} {38 + BRICK * (at // COLUMNS)}h10v10h-10z" for at in range(count)}
    sheet.path("rest", FURNITURE, [d for at, d in cells.items() if at not in taken], fill="guide")
    sheet.path("read", BOX, [d for at, d in cells.items() if at in taken], fill="data")
    return sheet.done()
