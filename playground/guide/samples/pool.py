"""Frames that hold some pages of a table and its index."""

from dataclasses import replace

from playground.guide.samples.tree import INDEX, LONG, SEQ, parsed
from playground.scenes.pool import Disk, Frame, Pool
from playground.scenes.scene import Scene
from playground.scenes.tree import Node, Tree


def pool(frames: int, table: int, index: int, held: range, *, note: str = "3 hits, 9 reads") -> Pool:
    """So many frames; they hold these pages of the table."""
    pages = list(held)[:frames]
    cells = tuple(Frame(f"t{pages[at]}", at % 5 + 1) if at < len(pages) else Frame("", 0) for at in range(frames))
    disks = (
        Disk("t", "the table", table, tuple(pages), tuple(range(0, table, 3))),
        Disk("i", "the index", index, (), (1,) if index else ()),
    )
    return Pool(
        f"{frames} buffers",
        cells,
        len(pages) % frames,
        disks[: 1 + (index > 0)],
        note,
        f"t{pages[-1]}" if pages else "",
    )


TYPICAL = pool(16, 173, 30, range(40, 52))
PLANS = Tree("Two plans", SEQ + INDEX, "cost in pages read in order", "seq")
WORDS = tuple(Node(str(at), "", word, "word") for at, word in enumerate(("SELECT", "*", "FROM", "orders")))

SAMPLES: dict[str, Scene] = {
    "typical": replace(TYPICAL, plan=PLANS),
    "a plan is made": replace(TYPICAL, plan=PLANS, changed="", planning=True),
    "a statement": replace(TYPICAL, plan=parsed(2), changed="", planning=True),
    "words": replace(TYPICAL, plan=Tree("The statement", WORDS, flow=True), changed="", planning=True),
    "not sent yet": replace(TYPICAL, plan=Tree("The statement", (), empty=LONG + " words" * 90), planning=True),
    "pages alone": TYPICAL,
    "empty": Pool("16 buffers", (Frame(),) * 16, 0, (Disk("t", "the table", 173),), quiet=True),
    "small": pool(4, 1, 2, range(1)),
    "crowded": pool(32, 345, 57, range(300, 345)),
    "scattered": pool(32, 345, 57, range(1, 345, 9)),
    "marked": Pool(
        "16 buffers",
        (Frame("t2", 1), *[Frame()] * 15),
        1,
        (
            Disk("t", "the table", 173, (2,), (0, 1, 2), tuple(range(3, 173, 2))),
            Disk("i", "the index", 30, (), (0, 1, 12)),
        ),
        "3 hits, 9 reads",
        "t2",
    ),
    "long names": replace(
        pool(8, 100, 0, range(90, 100), note="words without end " * 9),
        plan=Tree(LONG, (SEQ[0]._replace(name=LONG, about=LONG, expected=LONG), SEQ[1]._replace(about=LONG)), LONG),
    ),
}
