"""Answers to challenges: runs. What held of each is kept beside its save, so that grading runs nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeGuard

from playground.engine.challenges import Challenge
from playground.engine.content import Content
from playground.engine.progress import part
from playground.engine.registry import Entry, entries
from playground.engine.replays import FORM, Replay, content_of_challenge, replay
from playground.engine.verdict import Unreadable
from quizzes.models import Answer, Item, Save, Variant
from quizzes.written import Written


class Gone(LookupError):
    """There is no such challenge any more; the message says so."""


def is_challenge(content: Content | Written) -> TypeGuard[Content]:
    return content.form == FORM


def found(slug: str, name: str) -> tuple[Entry, Challenge]:
    """A challenge as it is today. Raises Gone where there is none of that name."""
    entry = entries().get(slug)
    for one in entry.challenges if entry else ():
        if entry and one.name == name:
            return entry, one
    raise Gone("There is no such challenge any more; what was saved before stays.")


def frozen(slug: str, name: str) -> Content:
    """A challenge as the content of a variant. Takes one run; raises Gone."""
    return content_of_challenge(*found(slug, name))


def replayed(content: Content, text: str) -> Replay:
    """What a learner says that they have made. Takes one run; raises Unreadable with a sentence."""
    try:
        entry, challenge = found(content.miniature, content.template)
    except Gone as gone:
        raise Unreadable(str(gone)) from None
    return replay(entry.cls, challenge, text)


def begins(content: Content) -> int:
    """Conditions that hold at the start."""
    return sum(one.at_start for one in content.conditions)


def part_of(content: Content, held: tuple[bool, ...] | list[bool]) -> Fraction:
    """What a run is worth of which these conditions hold."""
    return part(sum(held), begins(content), len(content.conditions))


def held_by_value(answer: Answer) -> dict[str, tuple[bool, ...]]:
    """Run → which conditions held, of all that was saved; of the same run, what was found last."""
    rows = Save.objects.filter(answer=answer).exclude(held=None).exclude(value=None).order_by("number")
    return {str(value): tuple(held or ()) for value, held in rows.values_list("value", "held")}


def held_now(answer: Answer) -> tuple[bool, ...]:
    """Which conditions held of the run that an answer is; nothing for a blank."""
    return held_by_value(answer).get(answer.value, ()) if answer.value is not None else ()


def is_of_challenge(variant: Variant) -> bool:
    """The same as `is_challenge`, where the item has been read and the content need not be."""
    return bool(variant.item.kind == Item.Kind.CHALLENGE)
