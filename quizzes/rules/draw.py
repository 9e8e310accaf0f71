"""Which variant somebody gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """A variant as the draw sees it."""

    id: int
    state: str
    given: int
    """How often it has been given to anybody."""
    had: int
    """How often this member has had it."""
    kind: str = ""
    """Its template, where there are several."""


def given_out(variants: Sequence[Drawn]) -> list[Drawn]:
    """Those that may be given: only pinned ones, where some are pinned; none that was excluded or is broken."""
    able = [one for one in variants if one.state in ("ready", "pinned")]
    return [one for one in able if one.state == "pinned"] or able


def draw(variants: Sequence[Drawn], below: Callable[[int], int]) -> int | None:
    """The id of the variant to give; None where none may be given.

    Those that this member has had the fewest times, of these those least given, of these one at random: `below(n)`
    gives a number from 0 to n - 1.
    """
    able = given_out(variants)
    if not able:
        return None
    fewest = min((one.had, one.given) for one in able)
    best = [one for one in able if (one.had, one.given) == fewest]
    return best[below(len(best))].id


def draw_all(places: Sequence[Sequence[Drawn]], below: Callable[[int], int]) -> list[int | None]:
    """The variant for each place of one attempt; None where none may be given.

    No template twice while others remain; as far as that leaves a choice, as `draw` does at each place.
    """
    able = [given_out(variants) for variants in places]
    wishes = []
    for variants in able:
        mixed = _mixed(list(dict.fromkeys(one.kind for one in variants)), below)
        wishes.append(sorted(mixed, key=lambda kind: _rank([one for one in variants if one.kind == kind])))
    kinds = apart(wishes)
    return [
        draw([one for one in variants if one.kind == kind], below) for variants, kind in zip(able, kinds, strict=True)
    ]


def _rank(variants: Sequence[Drawn]) -> tuple[int, int, int]:
    """Of the variants of one template: what this member has not had comes first, then what has been given least."""
    had = [one.had for one in variants]
    return min(had), sum(had), sum(one.given for one in variants)


def apart(wishes: Sequence[Sequence[str]]) -> list[str]:
    """One of each list, all different as far as that can be; the first of a list where it makes no difference.

    Who finds their wish taken asks whoever has it for another (augmenting paths). An empty list gets nothing: "".
    """
    has: dict[str, int] = {}

    def found(place: int, asked: set[str]) -> bool:
        for wish in wishes[place]:
            if wish not in asked:
                asked.add(wish)
                if wish not in has or found(has[wish], asked):
                    has[wish] = place
                    return True
        return False

    for place in range(len(wishes)):
        found(place, set())
    by_place = {place: wish for wish, place in has.items()}
    return [by_place.get(place, wishes[place][0] if wishes[place] else "") for place in range(len(wishes))]


def _mixed(values: list[str], below: Callable[[int], int]) -> list[str]:
    """The same in any order (Fisher and Yates)."""
    for last in range(len(values) - 1, 0, -1):
        other = below(last + 1)
        values[last], values[other] = values[other], values[last]
    return values
