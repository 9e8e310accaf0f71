"""Variants are run again with today's code, in portions; what comes out is kept beside what was frozen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from time import monotonic

from django.db.models import QuerySet

from playground.engine.inputs import Invalid
from playground.engine.query import parse
from playground.engine.questions import Question, of_shape, whole
from playground.engine.registry import Entry, entries
from playground.engine.replays import VERSION, replay
from playground.engine.run import run
from playground.engine.verdict import Unreadable
from quizzes.challenged import Gone, found, is_of_challenge, replayed
from quizzes.frozen import thaw_run
from quizzes.models import Answer, Item, Quiz, Save, Variant
from quizzes.today import sentences

PORTION_S = 0.5
"""Seconds after which a portion ends: others wait for their turn."""
PORTION = 60
"""Variants of a portion, at most."""
GONE = "There is no such model any more."
NO_TEMPLATE = "There is no such question any more."
NO_CHALLENGE = "There is no such challenge any more."
OTHER_CONDITIONS = "The challenge has other conditions today."
NO_RUN = "Today’s model does not take this run any more."


@dataclass(frozen=True)
class Rerun:
    """What today's code answers to a variant."""

    miniature_version: int
    template_version: int
    right: str | None
    """None where it could not be run."""
    failed: str = ""
    """Why, as a sentence."""
    at_start: int = 0
    """Of a challenge: how many conditions hold at its start today."""
    runs: dict[str, int | None] = field(default_factory=dict)
    """Of a challenge: how many hold of each run that was made; None for one that cannot be run today."""


def run_again(quiz: Quiz) -> None:
    """Run the next portion of what has not been run by today's code. May raise Busy; what was run before is kept."""
    began = monotonic()
    left = PORTION
    for variant in waiting(quiz)[:PORTION]:
        if is_of_challenge(variant):
            left -= _runs_again(variant, began + PORTION_S, left)
        else:
            Variant.objects.filter(pk=variant.pk).update(rerun=asdict(rerun(variant)))
            left -= 1
        if left <= 0 or monotonic() - began > PORTION_S:
            return


def _runs_again(variant: Variant, until: float, most: int) -> int:
    """Replay the runs of a challenge, so many at most and until then; how many those were. What was done is kept."""
    told, count = rerun_of(variant), 0
    try:
        if told is None or (told.miniature_version, told.template_version) != versions(variant):
            told, count = _begun_again(variant), 1
        for value in values_of(variant) - told.runs.keys() if told.right is not None else ():
            if count >= most or monotonic() > until:
                break
            told.runs[value], count = _held_today(variant, value), count + 1
    finally:
        if told is not None:
            Variant.objects.filter(pk=variant.pk).update(rerun=asdict(told))
    return count


def _begun_again(variant: Variant) -> Rerun:
    """A challenge whose start has been run, and none of what was made of it."""
    miniature, template = versions(variant)
    content = thaw_run(variant)
    try:
        entry, challenge = found(content.miniature, content.template)
        if sentences(challenge) != tuple(one.sentence for one in content.conditions):
            return Rerun(miniature, template, None, OTHER_CONDITIONS)
        at_start = sum(replay(entry.cls, challenge, content.query).held)
    except Gone:
        return Rerun(miniature, template, None, NO_CHALLENGE)
    except Unreadable:
        return Rerun(miniature, template, None, NO_RUN)
    return Rerun(miniature, template, content.right, at_start=at_start)


def _held_today(variant: Variant, value: str) -> int | None:
    try:
        return sum(replayed(thaw_run(variant), value).held)
    except Unreadable:
        return None


def values_of(variant: Variant) -> set[str]:
    """The runs of a challenge that decide about anybody's points: those that stand, and those that were checked."""
    answers = Answer.objects.filter(variant=variant, attempt__preview=False)
    checks = Save.objects.filter(answer__in=answers, kind=Save.Kind.CHECK)
    told = {*answers.values_list("value", flat=True), *checks.values_list("value", flat=True)}
    return {str(value) for value in told if value is not None}


def forget(quiz: Quiz) -> None:
    """Everything is to be run once more."""
    variants_of(quiz).update(rerun=None)


def variants_of(quiz: Quiz) -> QuerySet[Variant]:
    """Those that a model has made: in what is written by hand there is nothing to run."""
    return (
        Variant.objects.filter(item__quiz=quiz).exclude(item__kind=Item.Kind.WRITTEN).order_by("item__place", "number")
    )


def waiting(quiz: Quiz) -> list[Variant]:
    """The variants that today's code has not run yet."""
    rows = variants_of(quiz).select_related("item").defer("steps", "content")
    return [one for one in rows if not is_todays(one)]


def is_todays(variant: Variant) -> bool:
    """Whether what is kept comes from today's code."""
    told = rerun_of(variant)
    if told is None or (told.miniature_version, told.template_version) != versions(variant):
        return False
    return told.right is None or not is_of_challenge(variant) or values_of(variant) <= told.runs.keys()


def rerun_of(variant: Variant) -> Rerun | None:
    return Rerun(**variant.rerun) if variant.rerun else None


def versions(variant: Variant) -> tuple[int, int]:
    """Of the miniature and the template as they are today; nought for what is gone."""
    entry = entries().get(variant.miniature)
    if is_of_challenge(variant):
        there = entry is not None and any(one.name == variant.template for one in entry.challenges)
        return (entry.version if entry else 0), (VERSION if there else 0)
    question = _template(entry, variant.template) if entry else None
    return (entry.version if entry else 0), (question.version if question else 0)


def rerun(variant: Variant) -> Rerun:
    """What today's code answers. Takes one run."""
    miniature, template = versions(variant)
    entry = entries().get(variant.miniature)
    question = _template(entry, variant.template) if entry else None
    if entry is None or question is None:
        return Rerun(miniature, template, None, NO_TEMPLATE if entry else GONE)
    right, failed = _answer(entry, question, thaw_run(variant).query)
    return Rerun(miniature, template, right, failed)


def _answer(entry: Entry, question: type[Question], text: str) -> tuple[str | None, str]:
    parsed = parse(entry.cls, text)
    if parsed.problems or parsed.ignored or not of_shape(question, parsed.query):
        return None, NO_RUN
    try:
        done = run(entry.cls, parsed.query, draw=False)
        if not whole(done) or not question.fits(done):
            return None, NO_RUN
        return question.answer(done), ""
    except (Invalid, LookupError, ValueError, TypeError):
        # An outcome of another shape than the template reads.
        return None, NO_RUN


def _template(entry: Entry | None, name: str) -> type[Question] | None:
    return next((one for one in entry.questions if one.name == name), None) if entry else None
