"""A paper is typed in: an attempt of its own that is handed in at once, under no rule of time. Typed in again it is
corrected, and there is still one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError
from django.db.models import Max

from quizzes.grading import settle_all
from quizzes.locking import held, held_member
from quizzes.models import Answer, Attempt, Entry, Member, PaperForm, Quiz, Save, User
from quizzes.names import fold, tidy
from quizzes.printing import DRAFT, Refused, held_quiz

OPEN = (
    "{} has begun this quiz on a screen and not handed it in: the review of a paper would tell the answers. "
    "Type it in afterwards."
)
GONE = "This form has been thrown away meanwhile. Load the page again."
TAKEN = "Somebody of this name has come into the class this moment. Send it once more."


class Meanwhile(Exception):
    """The paper of this member has been typed in, or changed, since the page was loaded."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__()
        self.attempt = attempt


@dataclass(frozen=True)
class Paper:
    """What stands on one paper."""

    form: PaperForm
    values: Sequence[str | None]
    """By question, as `read_value` spells them; None for blank."""
    base: int | None
    """The revision of the attempt that the page showed; None where it showed none."""


def paper_of(quiz: Quiz, member: Member) -> Attempt | None:
    """The attempt that holds a member's paper."""
    rows = Attempt.objects.filter(quiz=quiz, member=member).exclude(paper=None)
    return rows.select_related("paper", "member", "quiz__of").first()


def learner_called(quiz: Quiz, name: str) -> Member | None:
    """Somebody of the class, whoever they are, by name."""
    return Member.objects.filter(of=quiz.of_id, folded=fold(name), removed=None).first()


def type_in(quiz: Quiz, who: Member | str, paper: Paper, by: User, now: datetime) -> Attempt:
    """Write a paper down, for a member or under a name that comes onto the list.

    The same paper twice is once. Raises Refused with a sentence, and Meanwhile where what the page showed is not
    what there is.
    """
    with held_quiz(quiz) as row:
        if row.state != Quiz.State.PUBLISHED:
            raise Refused(DRAFT)
        if not PaperForm.objects.filter(pk=paper.form.pk, thrown=None).exists():
            raise Refused(GONE)
        member = _listed(row, who, by, now) if isinstance(who, str) else who
        with held_member(member.pk) as held_one:
            known = paper_of(row, held_one)
            if Attempt.objects.filter(quiz=row, member=held_one, handed_in=None).exists():
                raise Refused(OPEN.format(held_one.name))
            if known is None:
                return _new(row, held_one, paper, by, now)
            if _says(known) == (paper.form.pk, [*paper.values]):
                return known
            if known.revision != paper.base:
                raise Meanwhile(known)
            return _corrected(known, paper, by, now)


def _listed(quiz: Quiz, name: str, by: User, now: datetime) -> Member:
    """A place on the list of learners: who joins under this name later takes it, and finds the paper there."""
    try:
        member = Member.objects.create(of_id=quiz.of_id, name=tidy(name), joined=None)
    except IntegrityError:
        raise Refused(TAKEN) from None
    told = {"added": 1, "back": 0, "known": 0}
    Entry.objects.create(of_id=quiz.of_id, kind="roster", new=told, by=by, at=now)
    return member


def _new(quiz: Quiz, member: Member, paper: Paper, by: User, now: datetime) -> Attempt:
    numbers = Attempt.with_previews.filter(quiz=quiz, member=member).aggregate(most=Max("number"))
    attempt = Attempt.objects.create(
        quiz=quiz, member=member, number=(numbers["most"] or 0) + 1, started=now, handed_in=now, paper=paper.form
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, place=place, variant_id=variant) for place, variant in enumerate(paper.form.variants, 1)
    )
    for answer, value in _answers(attempt, paper):
        if value is not None:
            _save(answer, value, now)
    settle_all(attempt)
    _log(attempt, "typed-in", None, by, now)
    return attempt


def _corrected(known: Attempt, paper: Paper, by: User, now: datetime) -> Attempt:
    with held(known.pk) as attempt:
        old = _figures(known)
        attempt.paper = paper.form
        attempt.save(update_fields=["paper"])
        for answer, value in _answers(attempt, paper):
            variant = paper.form.variants[answer.place - 1]
            if answer.variant_id != variant:
                answer.variant_id = variant
                answer.save(update_fields=["variant"])
            if answer.value != value:
                _save(answer, value, now)
        settle_all(attempt)
        _log(attempt, "typed-in-again", old, by, now)
        return attempt


def _says(attempt: Attempt) -> tuple[int | None, list[str | None]]:
    values = Answer.objects.filter(attempt=attempt).order_by("place").values_list("value", flat=True)
    return attempt.paper_id, list(values)


def _answers(attempt: Attempt, paper: Paper) -> list[tuple[Answer, str | None]]:
    return list(zip(Answer.objects.filter(attempt=attempt).order_by("place"), paper.values, strict=True))


def _save(answer: Answer, value: str | None, now: datetime) -> None:
    number = (Save.objects.filter(answer=answer).aggregate(most=Max("number"))["most"] or 0) + 1
    Save.objects.create(
        answer=answer, key=uuid4(), number=number, kind=Save.Kind.SAVE, value=value, received=now, reply={}
    )


def _figures(attempt: Attempt) -> dict[str, object]:
    letter = attempt.paper.letter if attempt.paper else ""
    return {"member": attempt.member_id, "form": letter, "points": attempt.points}


def _log(attempt: Attempt, kind: str, old: dict[str, object] | None, by: User, now: datetime) -> None:
    Entry.objects.create(
        of_id=attempt.quiz.of_id, quiz=attempt.quiz, attempt=attempt, kind=kind, old=old, new=_figures(attempt), by=by,
        at=now,
    )  # fmt: skip
