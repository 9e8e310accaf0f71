"""What everybody in a class came to at a quiz: one row for each learner, as for a list of marks."""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.files.cells import safe
from quizzes.grading import counts
from quizzes.models import Answer, Attempt, Item, Member, Quiz
from quizzes.rules.points import kept, spelled
from quizzes.written import of_source
from quizzes.zones import stamp

COLUMNS = ("name", "external_id", "attempts", "started", "handed_in", "points", "of")
AT_ONCE = 200
"""Learners whose answers are read at a time."""


def rows(quiz: Quiz) -> Iterator[list[object]]:
    """The head, then the learners by name. Instants are UTC; of several attempts those count that the quiz says."""
    items = list(Item.objects.filter(quiz=quiz))
    yield [*COLUMNS, *(safe(f"{item.place} {_named(item)}") for item in items)]
    members = Member.objects.filter(of=quiz.of_id, removed=None, role=Member.Role.LEARNER)
    keys = list(members.order_by("folded", "pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), AT_ONCE):
        yield from _some(quiz, items, keys[begin : begin + AT_ONCE])


def _some(quiz: Quiz, items: list[Item], keys: list[int]) -> Iterator[list[object]]:
    attempts: dict[int, list[Attempt]] = {}
    for one in Attempt.objects.filter(quiz=quiz, member__in=keys).order_by("number"):
        attempts.setdefault(one.member_id, []).append(one)
    answers: dict[int, list[Answer]] = {}
    found = Answer.objects.filter(attempt__quiz=quiz, attempt__member__in=keys).select_related("variant__item")
    for answer in found.defer("variant__content", "variant__steps", "variant__rerun"):
        answers.setdefault(answer.attempt_id, []).append(answer)
    members = Member.objects.in_bulk(keys)
    for key in keys:
        member, own = members[key], attempts.get(key, [])
        done = [one for one in own if one.handed_in is not None]
        counted = _counted(done, quiz.keep)
        points = kept([one.points or 0 for one in done], quiz.keep)
        yield [
            safe(member.name), safe(member.external_id), len(own),
            stamp(own[0].started) if own else "", stamp(done[-1].handed_in) if done else "",
            "" if points is None else spelled(points),
            spelled(sum(counts(one) for one in answers.get(counted[-1].pk, []))) if counted else "",
            *(_points(item, [answers.get(one.pk, []) for one in counted]) for item in items),
        ]  # fmt: skip


def _named(item: Item) -> str:
    if item.written is not None:
        return of_source(item.written).title
    return " or ".join(kind.template for kind in item.kinds)


def _counted(done: list[Attempt], keep: str) -> list[Attempt]:
    """The attempts whose points count: one, or for the mean all."""
    if not done or keep == Quiz.Keep.AVERAGE:
        return done
    if keep == Quiz.Keep.BEST:
        return [max(done, key=lambda one: one.points or 0)]
    return [done[0] if keep == Quiz.Keep.FIRST else done[-1]]


def _points(item: Item, counted: list[list[Answer]]) -> str:
    """What somebody came to at one question, in the attempts that count; nothing where it does not count."""
    own = [one for answers in counted for one in answers if one.variant.item_id == item.pk and counts(one)]
    return spelled(sum(one.points or 0 for one in own) // len(own)) if own else ""
