"""Which encoding a reader prefers: `Accept-Encoding` (RFC 9110, 12.5.3)."""

from __future__ import annotations

import re

IDENTITY = "identity"
"""No encoding at all."""
ALIASES = {"x-gzip": "gzip"}  # RFC 9110, 8.4.1.3
LONGEST = 1000
"""Characters of the header that are read; browsers send thirty."""
ITEM = re.compile(r"([!#$%&'*+.^_`|~0-9a-z-]+)(?:[ \t]*;[ \t]*q[ \t]*=[ \t]*([01](?:\.[0-9]{0,3})?))?")


def best(accepted: str, offered: list[str]) -> str | None:
    """The offered encoding of the highest quality, the first of equals; None where all are refused.

    What is not named is refused, but for `identity`, which only `identity;q=0` or `*;q=0` refuse. It comes last
    among what was not weighed. An item that cannot be read counts for nothing.
    """
    said: dict[str, float] = {}
    for item in accepted[:LONGEST].lower().split(","):
        if match := ITEM.fullmatch(item.strip(" \t")):
            said[ALIASES.get(match[1], match[1])] = min(float(match[2] or 1), 1.0)
    weights = {name: said.get(name, said.get("*", 0.0)) for name in offered}
    if IDENTITY in weights and IDENTITY not in said and said.get("*") != 0:
        weights[IDENTITY] = 0.0005  # below any quality that can be said
    found = max(offered, key=lambda name: weights[name])
    return found if weights[found] else None
