"""Everybody's answers as a table: one row for each question of each attempt."""

from __future__ import annotations

import csv
from io import TextIOBase
from typing import TextIO

from quizzes.files.cells import safe
from quizzes.models import Answer, Quiz
from quizzes.rules.points import spelled
from quizzes.zones import stamp

COLUMNS = (
    "name", "external_id", "attempt", "started", "handed_in", "place", "miniature", "question", "variant",
    "answer", "saved", "tries", "points", "of",
)  # fmt: skip


def write(quiz: Quiz, file: TextIO | TextIOBase) -> int:
    """Write the answers of a quiz; how many rows there are. Instants are UTC, points as a reader knows them."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    rows = 0
    for answer in _answers(quiz):
        attempt, member, item = answer.attempt, answer.attempt.member, answer.variant.item
        table.writerow([
            safe(member.name), safe(member.external_id), attempt.number, stamp(attempt.started),
            stamp(attempt.handed_in) or "", answer.place, item.miniature, item.template, answer.variant.number,
            safe(answer.value or ""), answer.revision, answer.tries_used,
            "" if answer.points is None else spelled(answer.points), spelled(item.points),
        ])  # fmt: skip
        rows += 1
    return rows


def _answers(quiz: Quiz) -> list[Answer]:
    found = Answer.objects.filter(attempt__quiz=quiz, attempt__preview=False).select_related(
        "attempt__member", "variant__item"
    )
    found = found.defer("variant__content", "variant__steps")
    return list(found.order_by("attempt__member_id", "attempt__number", "place"))
