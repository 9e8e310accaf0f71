"""One key is placed and two keys are: of one thing nothing is said as of many, in no word that a run shows or tells."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from playground.engine.inputs import Kind, Names, Text, Whole
from playground.engine.query import parse
from playground.engine.registry import Entry
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.engine.trace import paint_all
from playground.engine.walk import walk
from playground.scenes.many import many
from playground.scenes.marks import NARROW
from tests.contract.every import each_miniature, place, shown_runs

ONE = re.compile(r"(?<![\w.,:/#−–-])1 (?:more |new |other )?(?!more |new |other )([a-z]+s)\b(?! [0-9])")
NUMBERED = "begins is has was goes makes sums takes drops brings carries crosses updates translates as"
"""After the number of a thing: `router 1 makes`, `request 1 of client 1 goes`; and `1 as the shop sees it`."""
SINGULAR = "ms pass miss loss less address process class bus"
"""One thing that ends with an s."""
RIGHT = {*NUMBERED.split(), *SINGULAR.split()}
WALKS = 40


def wrong(text: str) -> list[str]:
    """What a text says of one thing as if it were many."""
    return [
        text[max(found.start() - 20, 0) : found.end() + 20] for found in ONE.finditer(text) if found[1] not in RIGHT
    ]


def texts(done: Run, *, drawn: bool = False) -> Iterator[str]:
    """Every word of a run: what is told, measured, shown as a table; what is written into the pictures."""
    for step in done.steps:
        yield step.text
        for metric in step.metrics:
            yield from (metric.label, f"{metric.value} {metric.label}", f"{metric.value} {metric.note}", metric.note)
        for scene in step.scenes:
            words = scene.words()
            yield from (words.sentence, *words.head, *(cell for row in words.rows for cell in row))
    yield from [done.stopped, done.refusal.sentence if done.refusal else ""]
    if drawn:
        for picture in (picture for column in paint_all(done, NARROW) for picture in column):
            for mark in picture.marks:
                yield from (mark.text, str(dict(mark.attrs).get("aria-label", "")))


def found_in(done: Run, *, drawn: bool = False) -> list[str]:
    return sorted({one for text in texts(done, drawn=drawn) for one in wrong(text)})


def smallest(entry: Entry) -> Iterator[str]:
    """Runs with the least of everything: one input after the other, then with one action each."""
    cls = entry.cls
    queries = [f"{name}={value}" for name, kind in cls.inputs().items() for value in least(kind)]
    for action in cls.actions().values():
        values = [least(kind)[-1] for kind in action.arguments]
        queries.append(f"do={':'.join([action.name, *values])}")
    for query in queries:
        if not parse(cls, query).problems:
            yield query


def least(kind: Kind[Any]) -> list[str]:
    """One of what an input takes, or none, or two; else what it has by itself."""
    if isinstance(kind, Whole):
        return [
            str(number) for number in sorted({0, 1, 2, kind.least}, reverse=True) if kind.least <= number <= kind.most
        ]
    if isinstance(kind, Names):
        return [str(kind.print(kind.default)).split()[0]]
    if isinstance(kind, Text):
        return ["a"]
    return [quote(kind.print(kind.default), safe="*")] if kind.default is not None else ["eve"]


@each_miniature
def test_runs_that_readers_are_led_to_speak_of_one_as_of_one(entry: Entry):
    for name, done in shown_runs(entry).items():
        assert found_in(done, drawn=True) == [], f"{place(entry)}: {name}"


@each_miniature
def test_so_do_runs_with_the_least_of_everything(entry: Entry):
    for query in smallest(entry):
        assert found_in(run(entry.cls, parse(entry.cls, query).query), drawn=True) == [], f"{place(entry)}: {query}"


@pytest.mark.search
@each_miniature
def test_so_do_random_runs(entry: Entry):
    for seed in range(WALKS):
        assert found_in(run(entry.cls, walk(entry.cls, Rng(seed)))) == [], f"{place(entry)}: walk {seed}"


@pytest.mark.parametrize("text", ["1 keys placed.", "in 1 batches; 2 segments", "(1 messages)", "for 1 more seconds."])
def test_one_of_many_is_found(text: str):
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    ["1 key", "21 keys", "1 pass", "1 ms", "Router 1 makes one.", "0.1 keys", "n-1 keys", "1,001 keys", "1 to 2 keys"],
)
def test_what_is_right_is_not(text: str):
    assert not wrong(text)


def test_how_many_there_are_in_words():
    assert [many(count, "key") for count in (0, 1, 2, 1250)] == ["0 keys", "1 key", "2 keys", "1,250 keys"]
    assert [many(count, "batch", "batches") for count in (1, 2)] == ["1 batch", "2 batches"]
