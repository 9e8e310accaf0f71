"""Points in the tables are caches of a fold over what was saved; here they are compared with it."""

from __future__ import annotations

from quizzes.grading import standing_of
from quizzes.models import Answer, Attempt


def differences() -> tuple[int, list[str]]:
    """How many answers there are, and what differs: a line for each."""
    found, count = [], 0
    sums: dict[int, int] = {}
    answers = Answer.objects.select_related("attempt", "variant__item__quiz").defer("variant__steps")
    for answer in answers.order_by("attempt_id", "place").iterator(chunk_size=500):
        count += 1
        told = standing_of(answer, over=answer.attempt.handed_in is not None)
        kept = (answer.value, answer.revision, answer.tries_used, answer.points)
        fresh = (told.value, told.revision, told.tries, told.points)
        if kept != fresh:
            found.append(f"answer {answer.pk}: the table says {kept[1:]}, the saves say {fresh[1:]}")
        sums[answer.attempt_id] = sums.get(answer.attempt_id, 0) + (told.points or 0)
    found += [
        f"attempt {attempt.pk}: the table says {attempt.points}, the saves say {sums.get(attempt.pk, 0)}"
        for attempt in Attempt.objects.exclude(handed_in=None)
        if attempt.points != sums.get(attempt.pk, 0)
    ]
    return count, found
