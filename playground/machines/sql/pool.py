"""The buffer pool: some frames for pages, a usage count each, and a clock hand that looks for a frame to give up."""

from __future__ import annotations

from typing import NamedTuple

MOST_USES = 5
"""A page's count grows no further, so that an old favourite can be forgotten."""


class Page(NamedTuple):
    """A page of the table (`heap`) or of the index, by number."""

    kind: str
    number: int


class Pool:
    """Pages in memory, by a clock sweep: each page that is met loses one use, and one without uses must go."""

    def __init__(self, frames: int) -> None:
        self.pages: list[Page | None] = [None] * frames
        self.uses = [0] * frames
        self.hand = 0
        self.where: dict[Page, int] = {}
        self.hits = self.reads = 0

    def fetch(self, page: Page) -> bool:
        """The page is wanted. True if it was here already."""
        frame = self.where.get(page)
        if frame is not None:
            self.hits += 1
            self.uses[frame] = min(self.uses[frame] + 1, MOST_USES)
            return True
        self.reads += 1
        frame = self.victim()
        old = self.pages[frame]
        if old is not None:
            del self.where[old]
        self.pages[frame], self.uses[frame], self.where[page] = page, 1, frame
        return False

    def victim(self) -> int:
        """The frame to use: the hand goes round until it meets one without uses."""
        while self.uses[self.hand]:
            self.uses[self.hand] -= 1
            self.hand = (self.hand + 1) % len(self.pages)
        frame = self.hand
        self.hand = (frame + 1) % len(self.pages)
        return frame
