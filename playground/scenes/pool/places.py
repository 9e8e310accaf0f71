"""Where a pool's parts stand: the plan beside its pages or above them, the frames over the shelves of the disk."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import WIDE, number
from playground.scenes.pool.value import Pool
from playground.scenes.tree.column import ROOMY, column_height
from playground.scenes.tree.heights import is_flat

TITLE = 36
"""Height of a title with its note."""
FRAME, PITCH = 32, 47
"""Height of a frame, and from one row of frames to the next: the hand stands between them."""
HEAD, LEGEND = 32, 20
"""Over each shelf its name and its count; under all of them what the bricks mean."""
MOST = {True: 452, False: 426}
"""The most height that a picture may have, if that can be: wide, narrow."""
LEAST = 300
"""The least of a wide one: bricks grow into what is free."""
BRICKS = (
    (40, 36), (32, 29), (26, 24), (22, 21), (20, 19), (18, 18), (17, 17), (16, 16), (15, 15), (14, 14), (13, 13),
    (12, 12), (11, 11), (10, 10), (9, 10), (8, 9),
)  # fmt: skip
"""Width and height of a brick with its gap, from large to small."""


class Shelf(NamedTuple):
    """A file on disk: where its head begins, how its bricks stand."""

    left: float
    top: float
    columns: int
    wide: float
    high: float

    def corner(self, page: int) -> tuple[float, float]:
        row, column = divmod(page, self.columns)
        return self.left + column * self.wide, self.top + HEAD + row * self.high


class Places:
    """The places of one painting."""

    def __init__(self, pool: Pool, layout: str, room: tuple[int, ...]) -> None:
        frames, *sizes = room[:3]
        made_two, made_one, read_two, read_one, strip = room[3:]
        self.wide, self.pool = layout == WIDE, pool
        planned = pool.plan is not None
        self.parted = planned and self.wide
        self.left, self.right = (384.0, 704.0) if self.parted else (16.0, 704.0) if self.wide else (16.0, 344.0)
        self.roomy = (max(made_two, read_two) if self.wide else made_two) <= ROOMY
        two, one = (max(made_two, read_two), max(made_one, read_one)) if self.wide else (made_two, made_one)
        whole = TITLE + (two if self.roomy else one)
        self.plan = (14.0, 350.0) if self.parted else (14.0, 346.0)
        self.per = 16 if self.wide and not planned else 8
        self.step = (self.right - self.left + 4) / self.per
        above = TITLE + strip if planned and not self.wide else 0
        self.frames_at = above + TITLE
        self.disk_at = self.frames_at + PITCH * -(-frames // self.per) + 2
        stand = [size for size in sizes if size]
        most = max(MOST[self.wide], whole)
        free = (max(whole, LEAST) if self.parted else most) - self.disk_at - HEAD * len(stand) - LEGEND
        self.brick = brick(stand, self.right - self.left, free)
        columns = int((self.right - self.left + 1) / self.brick[0])
        self.shelves: list[Shelf] = []
        y = float(self.disk_at)
        for size in stand:
            self.shelves.append(Shelf(self.left, y, columns, *self.brick))
            y += HEAD + -(-size // columns) * self.brick[1]
        self.legend = y + 16
        self.height = max(y + LEGEND + 2 if stand else y + 4, whole + 1 if planned else 0)
        # A narrow picture shows a statement over the shelves, but of plans with their sums nothing else.
        planning = planned and pool.planning and not self.wide
        self.shows_frames = not planning
        self.shows_disk = not planning or self.is_above(self.disk_at)

    def is_above(self, y: float) -> bool:
        """Whether the tree is that of a statement, and ends there."""
        plan = self.pool.plan
        return plan is not None and is_flat(plan.nodes) and TITLE + column_height(plan, whole=True, roomy=False) <= y

    def frame(self, at: int) -> tuple[float, float]:
        row, column = divmod(at, self.per)
        return self.left + column * self.step, self.frames_at + row * PITCH

    def every_frame(self, across: float) -> str:
        """The outlines of all frames, row by row. Their parts are spelled alike, and so travel light."""
        one, d = f"h{number(across)}v{FRAME}h{number(-across)}z", []
        for first in range(0, len(self.pool.frames), self.per):
            x, y = self.frame(first)
            more = min(self.per, len(self.pool.frames) - first) - 1
            d.append(f"M{number(x)} {number(y)}{one}" + f"m{number(self.step)} 0{one}" * more)
        return "".join(d)


def brick(sizes: list[int], across: float, free: float) -> tuple[int, int]:
    """The largest with which all shelves fit into the height that is free."""
    for wide, high in BRICKS:
        columns = int((across + 1) / wide)
        if sum(-(-size // columns) for size in sizes) * high <= free:
            return wide, high
    return BRICKS[-1]
