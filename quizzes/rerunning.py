"""Variants are run again with today's code, in portions; what comes out is kept beside what was frozen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from time import monotonic

from django.db.models import QuerySet

from playground.engine.inputs import Invalid
from playground.engine.query import parse
from playground.engine.questions import Question, of_shape, whole
from playground.engine.registry import Entry, entries
from playground.engine.run import run
from quizzes.frozen import thaw_run
from quizzes.models import Item, Quiz, Variant

PORTION_S = 0.5
"""Seconds after which a portion ends: others wait for their turn."""
PORTION = 60
"""Variants of a portion, at most."""
GONE = "There is no such model any more."
NO_TEMPLATE = "There is no such question any more."
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


def run_again(quiz: Quiz) -> None:
    """Run the next portion of what has not been run by today's code. May raise Busy; what was run before is kept."""
    began = monotonic()
    for variant in waiting(quiz)[:PORTION]:
        Variant.objects.filter(pk=variant.pk).update(rerun=asdict(rerun(variant)))
        if monotonic() - began > PORTION_S:
            return


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
    rows = variants_of(quiz).defer("steps", "content")
    return [one for one in rows if not is_todays(one)]


def is_todays(variant: Variant) -> bool:
    """Whether what is kept comes from today's code."""
    told = rerun_of(variant)
    return told is not None and (told.miniature_version, told.template_version) == versions(variant)


def rerun_of(variant: Variant) -> Rerun | None:
    return Rerun(**variant.rerun) if variant.rerun else None


def versions(variant: Variant) -> tuple[int, int]:
    """Of the miniature and the template as they are today; nought for what is gone."""
    entry = entries().get(variant.miniature)
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
