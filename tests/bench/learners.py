"""Made-up learners: who acts when, in which run, at which step; drawn from a seed, and no act twice.

Each opens a model, turns one of its inputs, acts a few times, mostly where the last act has led and now and then from
a step before it; then opens the next model. What would be refused is not done: a form offers what can be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playground.engine.query import Act as Done
from playground.engine.query import Query, default_query, print_pairs
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import Run, unseen
from playground.engine.walk import draw_act
from tests.bench.acting import Act

ACTS = 4
"""Acts in one run, before the next model is opened."""
BACK = 30
"""Of a hundred acts, those that begin with a step back."""
TRIES = 12
"""Draws of an act that is not refused, before the run is left; and of a run."""

Sent = tuple[float, int, Act]
"""Seconds after the beginning, which learner, what."""


def timetable(learners: int, pause: float, seconds: float, jitter: float, seed: int) -> list[Sent]:
    """Who acts when, in order of time: each every `pause` seconds, evenly spread, `jitter` seconds more or less."""
    rng, seen = Rng(seed), set[tuple[object, ...]]()
    out: list[Sent] = []
    for learner in range(learners):
        acts = lesson(Rng(seed * 100_003 + learner), learner, seen)
        for turn in range(round(seconds / pause)):
            late = jitter * (rng.below(2001) - 1000) / 1000
            at = turn * pause + learner * pause / learners + late
            out.append((min(max(at, 0.0), seconds), learner, next(acts)))
    return sorted(out, key=lambda sent: sent[:2])


def lesson(rng: Rng, learner: int, seen: set[tuple[object, ...]]) -> Iterator[Act]:
    """What one learner does, without an end; the models in turn, each learner from another one on."""
    every = list(entries().values())
    place = learner
    while True:
        entry = every[place % len(every)]
        place += 1
        yield from played(entry, begun(entry, rng), rng, seen)


def begun(entry: Entry, rng: Rng) -> Run:
    """The default run with one input turned."""
    query, kinds = default_query(entry.cls), entry.cls.inputs()
    for _ in range(TRIES):
        turned = rng.choice([*kinds])
        inputs = tuple((name, kinds[name].draw(rng) if name == turned else value) for name, value in query.inputs)
        if not entry.cls(dict(inputs)).rules():
            return unseen(entry.cls, replace(query, inputs=inputs))
    return unseen(entry.cls, query)


def played(entry: Entry, run: Run, rng: Rng, seen: set[tuple[object, ...]]) -> Iterator[Act]:
    """A few acts in one run, each after the one before."""
    step = run.last
    for _ in range(ACTS):
        if rng.chance(BACK):
            step = rng.below(step + 1)
        found = next_act(entry, run, step, rng, seen)
        if found is None:
            return
        act, run, step = found
        yield act


def next_act(entry: Entry, run: Run, step: int, rng: Rng, seen: set[tuple[object, ...]]) -> tuple[Act, Run, int] | None:
    """An act that can be done at a step and that nobody has done; the run that it makes, and where it leads."""
    kept = run.kept_at(step)
    before = replace(run.query, acts=kept, step=0)
    machine = run.machine if kept == run.query.acts else unseen(entry.cls, before).machine
    if machine is None:
        return None
    for _ in range(TRIES):
        verb = rng.choice([*entry.cls.actions().values()])
        drawn = draw_act(verb, machine, rng)._replace(at=None)
        # As the site does it: what may have an instant happens then.
        now = run.steps[step].clock + 1 if verb.timed and step < run.last else None
        wanted = replace(before, acts=(*kept, drawn._replace(at=now)))
        key = (entry.slug, wanted.inputs, wanted.acts)
        if key in seen:
            continue
        done = unseen(entry.cls, wanted)
        if done.refusal or done.stopped:
            continue
        seen.add(key)
        return act_of(entry, run.query, step, drawn), done, min(done.consequence(len(kept)), done.last)
    return None


def act_of(entry: Entry, query: Query, step: int, done: Done) -> Act:
    """What its form sends."""
    action = entry.cls.actions()[done.verb]
    fields = [("act", done.verb)]
    fields += [
        (f"act.{kind.name}", kind.print(value)) for kind, value in zip(action.arguments, done.arguments, strict=True)
    ]
    if action.timed:
        fields.append(("act.@", ""))
    run = print_pairs(entry.cls, replace(query, step=0))
    return Act(entry.slug, tuple(run), step, tuple(fields))
