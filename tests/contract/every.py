"""Every miniature of the registry, and the runs that the contract looks at."""

from functools import cache
from typing import Any

import pytest

from playground.engine.query import parse
from playground.engine.questions import Question
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.engine.walk import walk
from tests.conftest import ROOT
from tests.tiers import whole

each_miniature = pytest.mark.parametrize("entry", entries().values(), ids=list(entries()))
each_whole = pytest.mark.parametrize("entry", [entries()[slug] for slug in sorted(whole())], ids=sorted(whole()))
"""Those that are tested whole in this run: see `tests/tiers.py`."""


def over(questions: list[tuple[Entry, type[Question]]]) -> pytest.MarkDecorator:
    named = [pytest.param(entry, one, id=f"{entry.slug}-{one.name}") for entry, one in questions]
    return pytest.mark.parametrize(("entry", "question"), named)


QUESTIONS = [(entry, one) for entry in entries().values() for one in entry.questions]
each_question = over(QUESTIONS)
each_pick = over([(entry, one) for entry, one in QUESTIONS if one.form == "pick"])
each_challenge = pytest.mark.parametrize(
    ("entry", "challenge"),
    [
        pytest.param(entry, one, id=f"{slug}-{one.name}")
        for slug, entry in entries().items()
        for one in entry.challenges
    ],
)  # fmt: skip


def place(entry: Entry, name: str = "") -> str:
    """Where to add what is missing: in the model, if no other file is named."""
    return f"{entry.home.relative_to(ROOT).as_posix()}/{name or f'model.py, class {entry.cls.__name__}'}"


@cache
def ran(cls: Any, query: str) -> Run:
    """A run of a query that has nothing wrong with it."""
    parsed = parse(cls, query)
    assert not parsed.problems, f"{query}: {parsed.problems}"
    return run(cls, parsed.query)


@cache
def shown_runs(entry: Entry) -> dict[str, Run]:
    """The runs that readers are led to: the default, scenarios, challenges' starts and solutions."""
    cls: Any = entry.cls
    queries = {"default run": ""} | {f"scenario {one.name}": one.query for one in entry.scenarios}
    for challenge in entry.challenges:
        queries |= {f"start of {challenge.name}": challenge.start, f"solution of {challenge.name}": challenge.solution}
    return {name: ran(cls, query) for name, query in queries.items()}


@cache
def walked(cls: Any, seed: int) -> Run:
    """A random run."""
    return run(cls, walk(cls, Rng(seed)))
