"""QR codes by segno, handed in to the core as the site starts."""

from __future__ import annotations

from functools import lru_cache

import segno

from playground.scenes import handed


@lru_cache(256)
def qr_modules(text: str) -> handed.Modules:
    """The modules of a text. Everything that segno may choose by itself is pinned but the mask, which the
    standard chooses (the one of the lowest penalty), so equal texts have equal modules everywhere."""
    made = segno.make(text, error="l", mode="byte", encoding="utf-8", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def hand_in() -> None:
    """Give the core what it cannot make itself. The site does so as it starts."""
    handed.qr_modules.hand(qr_modules)
