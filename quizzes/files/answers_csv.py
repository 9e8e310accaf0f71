"""Everybody's answers as a table: one row for each question of each attempt."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOBase
from typing import TextIO

from quizzes.files.cells import safe
from quizzes.models import Answer, Member, Quiz
from quizzes.rules.points import spelled
from quizzes.tally import BLANK, RIGHT, Groups
from quizzes.zones import stamp

COLUMNS = (
    "name", "external_id", "attempt", "started", "handed_in", "place", "miniature", "question", "variant",
    "answer", "saved", "tries", "points", "of", "right_answer", "result", "belief", "excused", "by_hand",
    "paper", "conditions",
)  # fmt: skip
AT_ONCE = 500
"""Rows that are read at a time: a large class needs no more memory than a small one."""


def rows(quiz: Quiz) -> Iterator[list[object]]:
    """The head, then the answers of a quiz. Instants are UTC, points as a reader knows them."""
    yield [*COLUMNS]
    groups = Groups(quiz)
    for answer in _answers(quiz):
        attempt, member, item = answer.attempt, answer.attempt.member, answer.variant.item
        yield [
            safe(member.name), safe(member.external_id), attempt.number, stamp(attempt.started),
            stamp(attempt.handed_in) or "", answer.place, *answer.variant.kind, answer.variant.number,
            safe(answer.value or ""), answer.revision, answer.tries_used,
            "" if answer.points is None else spelled(answer.points), spelled(item.points),
            safe(groups.right(answer)), _result(groups, answer), safe(groups.belief(answer)),
            "yes" if answer.excused else "", "yes" if answer.by_hand is not None else "",
            attempt.paper.letter if attempt.paper else "",
            f"{sum(held)} of {len(held)}" if (held := groups.held(answer)) else "",
        ]  # fmt: skip


def _result(groups: Groups, answer: Answer) -> str:
    """right, partly, wrong or blank."""
    group = groups.of(answer)
    if group in (RIGHT, BLANK):
        return group
    return "partly" if groups.share(answer) else "wrong"


def write(quiz: Quiz, file: TextIO | TextIOBase) -> int:
    """Write the answers of a quiz; how many rows there are."""
    table, count = csv.writer(file), -1
    for row in rows(quiz):
        table.writerow(row)
        count += 1
    return count


def _answers(quiz: Quiz) -> Iterator[Answer]:
    found = Answer.objects.filter(attempt__quiz=quiz, attempt__preview=False, attempt__member__role=Member.Role.LEARNER)
    found = found.select_related("attempt__member", "attempt__paper", "variant__item")
    found = found.defer("variant__content", "variant__steps", "variant__rerun", "variant__rulings")
    order = ("attempt__member_id", "attempt__number", "place")
    return found.order_by(*order).iterator(chunk_size=AT_ONCE)
