"""Which variants stand on which printed form, and by which signs a pen answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_uppercase

from quizzes.rules.draw import Drawn, apart, given_out

MOST_FORMS = 6
"""That are made at once."""
LETTERS = ascii_uppercase
"""Of the forms of a quiz, in order: none is given twice, so that no paper is taken for another."""


def dealt(places: Sequence[Sequence[Drawn]], forms: int) -> list[list[int]]:
    """The variants of each form, by place and id; nothing where a place has none that may be given.

    Of those that learners may get, the least given first, in their order: the forms differ as far as the stock allows,
    and what has been seen is printed last. No form has a template twice while others remain. The same stock deals the
    same.
    """
    able = [sorted(given_out(variants), key=lambda one: one.given) for variants in places]
    if not all(able):
        return []
    used: list[Counter[int]] = [Counter() for _ in able]
    found = []
    for _ in range(forms):
        rows = [
            sorted(one, key=lambda each: (dealt_[each.id], each.given)) for one, dealt_ in zip(able, used, strict=True)
        ]
        kinds = apart([list(dict.fromkeys(one.kind for one in row)) for row in rows])
        form = [next(one.id for one in row if one.kind == kind) for row, kind in zip(rows, kinds, strict=True)]
        for place, key in enumerate(form):
            used[place][key] += 1
        found.append(form)
    return found


def signs(values: Sequence[str], badges: dict[str, str]) -> dict[str, str]:
    """What a pen writes for each of the answers that are offered: sign → value, in their order.

    `badges` are the letters that things of the picture wear, by value. Where each answer has one of its own, it is
    that; else letters from A on; numbers where there are more answers than letters.
    """
    worn = [badges.get(value, "").upper() for value in values]
    if all(len(sign) == 1 and sign in LETTERS for sign in worn) and len(set(worn)) == len(worn):
        return dict(zip(worn, values, strict=True))
    if len(values) <= len(LETTERS):
        return dict(zip(LETTERS, values, strict=False))
    return {str(number): value for number, value in enumerate(values, 1)}


def sign_of(told: dict[str, str], value: str) -> str:
    """The sign of a value; empty where it has none."""
    return next((sign for sign, one in told.items() if one == value), "")
