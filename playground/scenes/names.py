"""Names as people have them, `10.0.16.69:11211` or `us-east/a`: how they are written where a sign divides, and how a
picture shortens them.

In an address an argument ends at `:`, and in the key of a mark `:` divides the kind from the thing and `/` the thing
from its part. There a name has `~3A` for `:` and `~2F` for `/`: a tilde and the two digits of the byte, as in
percent-encoding (RFC 3986, section 2.1). It is not `%`, which a browser would decode or encode once more; `~` is
unreserved (section 2.3), so it stays as it is in every address, and no name holds one. Other text may: its own `~` is
`~7E`. What was written before names held `:` or `/` has no sign that is escaped, and is spelled as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType

from playground.scenes.type import middle_cut, width

ESCAPE = re.compile("~(2F|3A|7E)", re.IGNORECASE)


def escaped(name: str) -> str:
    """A name, written so that it can stand before a `:` or a `/`."""
    return name.replace("~", "~7E").replace(":", "~3A").replace("/", "~2F")


def unescaped(text: str) -> str:
    """The name that is written so. A `~` that begins no escape stands for itself."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@lru_cache(256)
def told_apart(names: tuple[str, ...], style: str, room: float) -> Mapping[str, str]:
    """Each name as far as there is room for it, no two alike: `10.0.16.69:11211` and `10.0.16.70:11211` are not both
    `10.…211` but `…16.69…` and `…16.70…`.

    The middle is left out where that tells them all apart; else the same part is kept of all of them; else of each
    the first part that nobody before it has.
    """
    usual = {name: middle_cut(name, style, room) for name in names}
    if apart(usual):
        return MappingProxyType(usual)
    alike = same_end(names)
    parts = {name: parts_of(name, alike, style, room) for name in names}
    for place in range(max(map(len, parts.values()))):
        found = {name: some[min(place, len(some) - 1)] for name, some in parts.items()}
        if apart(found):
            return MappingProxyType(found)
    chosen: dict[str, str] = {}
    for name, some in parts.items():
        chosen[name] = next((part for part in some if part not in chosen.values()), some[0])
    return MappingProxyType(chosen)


def apart(shown: Mapping[str, str]) -> bool:
    """Whether no two names are shown alike."""
    return len(set(shown.values())) == len(shown)


def parts_of(name: str, alike: int, style: str, room: float) -> list[str]:
    """What may be left of a name: what ends with the last word in which it differs from the others, whose last
    `alike` signs are its own; then its end, and what lies before that, back to its beginning.
    """
    if width(name, style) <= room:
        return [name]
    most = max(int(room / width("…", style)), 3)
    ends = (max(differs(name, alike), most - 1), *range(len(name), most - 2, -1))
    return [part(name, end, most) for end in ends]


def same_end(names: tuple[str, ...]) -> int:
    """How many of their last signs all names have in common."""
    ends = zip(*map(reversed, names), strict=False)
    return sum(1 for _ in takewhile(lambda signs: len(set(signs)) == 1, ends))


def differs(name: str, alike: int) -> int:
    """Where the last word ends in which a name differs from others, whose last `alike` signs are its own."""
    end = len(name) - alike
    while end < len(name) and name[end].isalnum():
        end += 1
    return end


def part(name: str, end: int, most: int) -> str:
    """So many signs of a name before the place `end`, an ellipsis for each side that is left out among them."""
    after = "…" if end < len(name) else ""
    start = end - most + 1 + len(after)
    return f"…{name[start:end]}{after}" if start > 1 else f"{name[: most - 1]}…"
