"""A frozen question and today's code: whether it is the same, where the run is, and what it answers."""

from __future__ import annotations

from django.urls import reverse

from playground.engine.challenges import Challenge
from playground.engine.content import Content
from playground.engine.query import at_step, parse, print_query
from playground.engine.registry import entries
from playground.engine.verdict import Verdict
from quizzes.judging import Question
from quizzes.written import Written


def is_todays(content: Question) -> bool:
    """Whether the model and the template are those that the question was made with; what is written by hand has no
    model."""
    if isinstance(content, Written):
        return False
    entry = entries().get(content.miniature)
    if entry is None or entry.version != content.miniature_version:
        return False
    if content.conditions:
        asks = tuple(one.sentence for one in content.conditions)
        return any(one.name == content.template and sentences(one) == asks for one in entry.challenges)
    return any((one.name, one.version) == (content.template, content.template_version) for one in entry.questions)


def sentences(challenge: Challenge) -> tuple[str, ...]:
    """What a challenge asks for today."""
    return tuple(one.sentence for one in challenge.conditions)


def run_address(content: Question, step: int = 0) -> str:
    """The address of its run as the model is today, opened at a step; empty where there is no such model any more, and
    where it was written by hand.

    Nothing runs.
    """
    if isinstance(content, Written):
        return ""
    entry = entries().get(content.miniature)
    if entry is None:
        return ""
    query = at_step(parse(entry.cls, content.query).query, step)
    return f"{reverse('playground:run', args=[content.miniature])}?{print_query(entry.cls, query)}"


def refuting(content: Question, judged: Verdict) -> str:
    """The address of the run at the step where a wrong idea parts from it; empty where none does, or no longer."""
    return run_address(content, judged.parting.step) if judged.parting and is_todays(content) else ""


def run_of(content: Content, value: str) -> str:
    """The address of a run that was made in a challenge, as the model is today. Nothing runs."""
    return f"{reverse('playground:challenge', args=[content.miniature, content.template])}?{value}"
