"""What stands of an answer: the fold of the rules, over the rows of the tables."""

from __future__ import annotations

from collections.abc import Callable

from playground.engine.verdict import verdict
from quizzes.frozen import thaw
from quizzes.models import Answer, Item, Save
from quizzes.rules.points import Said, Standing, standing


def said_of(answer: Answer) -> list[Said]:
    """Everything that was acknowledged of an answer, in order."""
    rows = Save.objects.filter(answer=answer).order_by("number").values_list("value", "kind", "late")
    return [Said(value, kind == Save.Kind.CHECK, late) for value, kind, late in rows]


def standing_of(answer: Answer, *, over: bool) -> Standing:
    """What an answer comes to, computed from what was saved and from nothing else."""
    item: Item = answer.variant.item
    return standing(said_of(answer), right=grader(answer), worth=item.points, tries=item.quiz.tries, over=over)


def grader(answer: Answer) -> Callable[[str], bool]:
    """Whether a value is right, by the frozen content: nothing runs."""
    content = thaw(answer.variant)
    return lambda value: verdict(content, value).right


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
