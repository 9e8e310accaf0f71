"""Batches in segments, and readers who lag behind."""

from collections.abc import Iterable
from dataclasses import replace

from playground.scenes.log import Cell, Entry, Log, LookUp, Reader, Stretch
from playground.scenes.scene import Scene


def log(
    batches: int,
    each: int,
    size: int,
    *,
    segment: int = 7,
    every: int = 2,
    readers: Iterable[tuple[str, int]] = (),
    look_up: LookUp | None = None,
    changed: str = "",
    state: str = "",
) -> Log:
    """Batches of so many messages and bytes, so many of them a segment; every second one or so is indexed."""
    cells = tuple(
        Cell(each * at, each * at + each - 1, size * (at % segment), size, state if at % 3 else "")
        for at in range(batches)
    )
    entries = tuple(
        Entry(cell.base, cell.last, cell.position)
        for at, cell in enumerate(cells)
        if at % segment and not at % segment % every
    )
    bases = [each * at for at in range(0, max(batches, 1), segment)]
    segments = tuple(Stretch(base, f"{base:020d}.log", base == bases[-1]) for base in bases)
    people = tuple(Reader(name, order, offset) for order, (name, offset) in enumerate(readers))
    return Log("orders, partition 0", cells, entries, segments, each * batches, people, look_up, changed)


FOUND = LookUp(21, 16, (16, 20), "find 21: its entry says byte 516; then 1 batch forward.")

SAMPLES: dict[str, Scene] = {
    "typical": log(
        10, 4, 129, readers=(("billing", 28), ("search", 13)), look_up=FOUND, changed="batch:20", state="sent"
    ),
    "the first batch": replace(
        log(0, 4, 129, readers=(("billing", 0), ("search", 0))), coming=129, changed="coming"
    ),
    "empty": log(0, 4, 129, readers=(("billing", 0), ("search", 0))),
    "one batch": log(1, 20, 401, readers=(("billing", 20), ("search", 0)), changed="batch:0"),
    "crowded": log(
        99, 1, 78, segment=9, every=1, readers=(("billing", 98), ("search", 2), ("audit", 99)), changed="batch:98"
    ),
    "many segments": log(13, 1, 240, segment=1, readers=(("billing", 3), ("search", 12)), changed="segment:12"),
    "an old offset": log(
        40, 2, 95, segment=20, every=3, readers=(("billing", 80), ("search", 7)), changed="batch:12",
        look_up=LookUp(13, 6, (6, 8, 10, 12), "find 13: its entry says byte 285; then 3 batches forward."),
    ),
    "on disk only": log(10, 4, 129, readers=(("billing", 0), ("search", 28)), state="cold", changed="reader:search"),
    "long names": log(
        5, 4, 1761, readers=(("a-group-with-a-long-name", 9), ("another-group-of-consumers", 19)), changed="entry:8",
        look_up=LookUp(9, 8, (8,), "words without end " * 12),
    ),
}  # fmt: skip
