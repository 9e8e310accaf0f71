"""Instants of the virtual clock, as people write and read them: 0.8 s, 800 ms, 800,000 µs.

The address has one spelling, whole microseconds (`@800000`); this is for forms and sentences.
"""

from __future__ import annotations

import re
from decimal import Decimal

from playground.engine.inputs import Invalid, shown

# µ is written in two ways: the micro sign, and the Greek letter.
UNITS = {"s": 1_000_000, "ms": 1000, "µs": 1, "μs": 1, "us": 1, "": 1}
INSTANT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9}\.[0-9]{1,9}) ?([a-zµμ]{0,2})")
LATEST = 10**12
"""Microseconds; the address has no room for more digits."""


def read_instant(text: str) -> int:
    """Microseconds. A number without a unit is one of microseconds. Raises Invalid with a sentence."""
    found = INSTANT.fullmatch(" ".join(text.split()))
    if not found or found[2] not in UNITS:
        raise Invalid(f"{shown(text)} is not an instant; write it as 0.8 s, 800 ms or 800000 µs.")
    microseconds = Decimal(found[1].replace(",", "")) * UNITS[found[2]]
    if microseconds != int(microseconds):
        raise Invalid(f"{shown(text)} is finer than the clock; it counts whole microseconds.")
    if microseconds >= LATEST:
        raise Invalid(f"{shown(text)} is later than any run; write an instant such as 0.8 s.")
    return int(microseconds)


def spelled_instant(microseconds: int) -> str:
    """In the unit that reads best, and exactly: 0.8 s, 25 ms, 3,825 µs."""
    if microseconds % 1000:
        return f"{microseconds:,} µs"
    if 0 < microseconds < 100_000:
        return f"{microseconds // 1000} ms"
    seconds, rest = divmod(microseconds // 1000, 1000)
    return f"{seconds}.{rest:03}".rstrip("0").rstrip(".") + " s"
