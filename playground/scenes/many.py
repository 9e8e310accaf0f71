"""How many of a thing there are, in words."""


def many(count: int, thing: str, things: str = "") -> str:
    """`1 key`, `1,250 keys`; `things` where more than one are not called by an s more."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
