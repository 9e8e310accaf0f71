"""A challenge, frozen as a question of a quiz; and what somebody has made of it, read, bounded and replayed."""

from __future__ import annotations

from typing import NamedTuple

from playground.engine import limits
from playground.engine.challenges import Challenge
from playground.engine.content import FORMAT, Content, Met, Shown, plain
from playground.engine.miniature import Miniature
from playground.engine.patches import table_of
from playground.engine.query import Query, at_step, parse, print_pairs
from playground.engine.registry import Entry
from playground.engine.run import run
from playground.engine.spelling import encode
from playground.engine.trace import picture, trace
from playground.engine.verdict import Unreadable
from playground.scenes.marks import LAYOUTS
from playground.scenes.svg import inner

FORM = "challenge"
"""The form of a content that is answered with a run."""
VERSION = 1
"""Of a challenge as a template: what it asks for is its conditions, and those are compared by their sentences."""


class Replay(NamedTuple):
    """A run that somebody has made: its one spelling, and which conditions hold at its end, in their order."""

    value: str
    held: tuple[bool, ...]


def title_of(challenge: Challenge) -> str:
    """What it is called in a list."""
    return challenge.title or challenge.name.replace("-", " ")


def pairs_of_run(cls: type[Miniature], query: Query) -> list[tuple[str, str]]:
    """A run in pairs of which one names an input or an action: nothing at all would be no answer.

    The run in which every input has its default and nothing is done names its first input.
    """
    pairs = print_pairs(cls, query)
    if any(name != "step" for name, _ in pairs):
        return pairs
    name, kind = next(iter(cls.inputs().items()))
    return [(name, kind.print(query[name])), *pairs]


def spelled(cls: type[Miniature], query: Query) -> str:
    """The one spelling of a run as an answer: without a step, and never empty."""
    return encode(pairs_of_run(cls, at_step(query, 0)))


def replay(cls: type[Miniature], challenge: Challenge, text: str) -> Replay:
    """Run what somebody says that they have made, as the playground does. Takes one run, and its turn for it.

    Raises Unreadable with a sentence for what is no run of this model, for an action that cannot be done, and for
    more actions or signs than a run may have.
    """
    told = text.strip().removeprefix("?")
    if len(told) > limits.QUERY:
        raise Unreadable(f"This run’s address is longer than {limits.QUERY:,} characters. Make a shorter one.")
    parsed = parse(cls, told)
    if parsed.problems:
        raise Unreadable(parsed.problems[0].sentence)
    if strange := [one.name for one in parsed.ignored] + [name for name in parsed.options if name != "step"]:
        raise Unreadable(f"This is no run of {cls.title}: it has nothing that is called “{strange[0][:40]}”.")
    if parsed.form:
        raise Unreadable("An action has been chosen and not been done. Do it first, then save the run.")
    query = at_step(parsed.query, 0)
    done = run(cls, query)
    if done.refusal:
        raise Unreadable(f"This run cannot be done to its end. {done.refusal.sentence}")
    return Replay(spelled(cls, query), tuple(holds for _, holds in challenge.check(done)))


def content_of_challenge(entry: Entry, challenge: Challenge) -> Content:
    """A challenge as it is today, painted at the end of the run that it starts from. Takes one run.

    `right` is its solution.
    """
    begun = parse(entry.cls, challenge.start).query
    done = run(entry.cls, begun)
    stop = done.last
    words = done.steps[stop].scenes[0].words()
    pictures = {layout: picture(done, stop, 0, layout) for layout in LAYOUTS}
    return Content(
        format=FORMAT,
        miniature=entry.slug,
        miniature_version=entry.version,
        template=challenge.name,
        template_version=VERSION,
        title=title_of(challenge),
        form=FORM,
        prompt=challenge.asked,
        points_at=("", ""),
        query=spelled(entry.cls, begun),
        stop=stop,
        options=(),
        because="",
        right=spelled(entry.cls, parse(entry.cls, challenge.solution).query),
        tolerance=0,
        picks=(),
        sentence=words.sentence,
        table=table_of(words),
        shown={
            layout: Shown(width=one.width, height=one.height, kind=one.kind, svg=inner(one))
            for layout, one in pictures.items()
        },
        trace={layout: plain(trace(entry.slug, entry.version, done, layout)) for layout in LAYOUTS},
        conditions=tuple(Met(sentence, holds) for sentence, holds in challenge.check(done)),
    )
