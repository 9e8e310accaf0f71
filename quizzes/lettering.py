"""What a pen writes on a printed question, and what it means: letters for what is offered, numbers as they are."""

from __future__ import annotations

from playground.engine.verdict import Unreadable
from playground.scenes.marks import WIDE
from quizzes.judging import Question, read_value
from quizzes.rules.paper import sign_of, signs
from quizzes.rules.several import chosen
from quizzes.showing import badges
from quizzes.written import Written

BLANK = ("-", "–", "—", "−")
"""Typed where nothing was answered: an empty field may be one that was forgotten."""
LONGEST = 60
"""Characters of one typed answer."""


def signs_of(content: Question) -> dict[str, str]:
    """Sign → value, of all that a question offers; nothing for a number, which is written as it is."""
    if isinstance(content, Written):
        return {option.value: option.value for option in content.options}
    if content.form == "number":
        return {}
    values = content.picks or tuple(option.value for option in content.options)
    worn = {value: badge.letter for value, badge in badges(content.shown[WIDE]["svg"]).items()}
    return signs(values, worn)


def read_sign(content: Question, typed: str) -> str | None:
    """The value that was meant by what stands on the paper; None for blank. Raises Unreadable with a sentence.

    The words of an answer count as its letter does; where several may be chosen, their letters stand together: `AC`.
    """
    said = typed.strip()
    if said in BLANK:
        return None
    if not said:
        raise Unreadable("Type - where nothing was answered.")
    told = signs_of(content)
    if isinstance(content, Written):
        letters = said.upper().replace(",", "")
        if not set(letters) <= set(told):
            more = " Several stand together, as in AC." if content.several else ""
            raise Unreadable(f"“{said[:LONGEST]}” is none of its answers: {span(told)}.{more} Type - for blank.")
        return read_value(content, ",".join(letters))
    if not told:
        return read_value(content, said)
    if said.upper() in told:
        return told[said.upper()]
    if said in told.values():
        return said
    raise Unreadable(f"“{said[:LONGEST]}” is none of its answers: {span(told)}. Type - for blank.")


def written(content: Question, value: str | None) -> str:
    """How a value stands on the paper: its sign or signs, or the number; `-` for blank."""
    if value is None:
        return BLANK[0]
    if isinstance(content, Written):
        return "".join(sorted(chosen(value)))
    return sign_of(signs_of(content), value) or value


def span(told: dict[str, str]) -> str:
    """The signs in words: `A to D`, or each of them where they are no row."""
    names = list(told)
    row = len(names) > 2 and (names[0].isdecimal() or names == [chr(ord("A") + place) for place in range(len(names))])
    return f"{names[0]} to {names[-1]}" if row else f"{', '.join(names[:-1])} or {names[-1]}"
