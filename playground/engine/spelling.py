"""How the pairs of a query are written."""

from __future__ import annotations

from urllib.parse import quote_plus

SAFE = "@:*,.-_~/"


def encode(pairs: list[tuple[str, str]]) -> str:
    """Pairs as a query string, percent-encoded no more than needed."""
    return "&".join(f"{quote_plus(name, safe=SAFE)}={quote_plus(value, safe=SAFE)}" for name, value in pairs)


def put_beside(query: str, other: str) -> str:
    """The query of a run with `vs=other`, which stands before the step; the query itself where nothing is beside."""
    if not other:
        return query
    parts = [part for part in query.split("&") if part]
    steps = [part for part in parts if part.startswith("step=")]
    return "&".join([*(part for part in parts if part not in steps), encode([("vs", other)]), *steps])
