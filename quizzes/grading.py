"""What stands of an answer: the fold of the rules, over the rows of the tables."""

from __future__ import annotations

from dataclasses import asdict, replace
from fractions import Fraction
from typing import Any

from quizzes import judging
from quizzes.challenged import held_by_value, is_challenge
from quizzes.frozen import thaw
from quizzes.judging import Question, Runs
from quizzes.models import Answer, Attempt, Item, Save, Variant
from quizzes.rules.points import Said, Standing
from quizzes.rules.regrade import Key, Ruling, Void, key_of, regraded, weighs


def said_of(answer: Answer) -> list[Said]:
    """Everything that was acknowledged of an answer, in order."""
    rows = Save.objects.filter(answer=answer).order_by("number").values_list("value", "kind", "late")
    return [Said(value, kind == Save.Kind.CHECK, late) for value, kind, late in rows]


def standing_of(answer: Answer, *, over: bool, rulings: list[Ruling] | None = None) -> Standing:
    """What an answer comes to: of what was saved, what regrades decided, what was excused and given by hand.

    `rulings`: as if regrades had decided these.
    """
    item: Item = answer.variant.item
    content = thaw(answer.variant)
    runs = runs_of(answer, content)
    found = regraded(
        said_of(answer),
        rulings_of(answer.variant) if rulings is None else rulings,
        right=lambda value: judging.share(content, value, runs),
        by=lambda ruling: lambda value: judging.share_by(content, ruling, value, runs),
        worth=item.points,
        tries=item.quiz.tries,
        over=over,
    )
    if not over:
        return found
    if answer.excused:
        return replace(found, points=0)
    return found if answer.by_hand is None else replace(found, points=answer.by_hand)


def share_of(answer: Answer, content: Question, value: str | None) -> Fraction:
    """How much of a value is right by what its answer is graded by now, from 0 to 1; nought for a blank. Nothing
    runs."""
    return judging.share_now(content, rulings_of(answer.variant), value, runs_of(answer, content))


def runs_of(answer: Answer, content: Question) -> Runs:
    """What held of each run that was saved, where it is an answer to a challenge."""
    return held_by_value(answer) if is_challenge(content) else {}


def rulings_of(variant: Variant) -> list[Ruling]:
    """What regrades have decided about a variant."""
    return [
        Ruling(
            one["batch"], tuple(one["right"]), Void(one["void"]), one["lower"],
            tuple((value, up, down) for value, up, down in one.get("parts", ())),
        )
        for one in variant.rulings
    ]  # fmt: skip


def key_now(variant: Variant) -> Key:
    """By what a variant is graded now."""
    return key_of(str(variant.content["right"]), rulings_of(variant))


def spelled_ruling(ruling: Ruling) -> dict[str, Any]:
    """A ruling as a variant keeps it."""
    return {**asdict(ruling), "right": [*ruling.right], "void": str(ruling.void)}


def counts(answer: Answer) -> int:
    """The points that there are for an answer; none where it is excused or its question dropped."""
    item: Item = answer.variant.item
    return item.points if weighs(rulings_of(answer.variant), excused=answer.excused) else 0


def settle(answer: Answer, *, over: bool) -> Standing:
    """Write down what an answer comes to. The caller holds the attempt."""
    found = standing_of(answer, over=over)
    answer.value, answer.revision, answer.tries_used, answer.points = (
        found.value,
        found.revision,
        found.tries,
        found.points,
    )
    answer.save(update_fields=["value", "revision", "tries_used", "points"])
    return found


def settle_all(attempt: Attempt) -> None:
    """Write down what a whole attempt comes to, handed in or not. The caller holds it."""
    over = attempt.handed_in is not None
    answers = Answer.objects.filter(attempt=attempt).select_related("variant__item__quiz").defer("variant__steps")
    points = [settle(answer, over=over).points or 0 for answer in answers]
    attempt.points = sum(points) if over else None
    attempt.revision += 1
    attempt.save(update_fields=["points", "handed_in", "revision"])
