"""The fewest with which a challenge is known to be done: `python -m tests.fewest [slug …] [--tries 2000] [--seed 1]`.

A walk in runs that pass, from the stored ones on: an input is turned, an act dropped, added or changed, and what
passes with no more is gone on from. What is found is written by hand into the model's `questions.py` (`Score`).
"""

from __future__ import annotations

import argparse
from dataclasses import replace

from playground.engine.challenges import Challenge
from playground.engine.inputs import Invalid
from playground.engine.miniature import Miniature
from playground.engine.query import Query, parse, print_query
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import Run, unseen
from playground.engine.walk import draw_act

POOL = 40
"""Runs that are gone on from: of those with the fewest the newest."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("slugs", nargs="*")
    parser.add_argument("--tries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    for slug in told.slugs or entries():
        for challenge in entries()[slug].challenges:
            found, run = fewest(entries()[slug], challenge, told.tries, Rng(told.seed))
            print(slug, challenge.name, challenge.score.counted(found), run, flush=True)  # noqa: T201 - what is asked for


def fewest(entry: Entry, challenge: Challenge, tries: int, rng: Rng) -> tuple[int, str]:
    """The least score that was found, and the shortest address of a run that has it."""
    cls, score = entry.cls, challenge.score
    known = [parse(cls, text).query for text in (challenge.solution, score.best_run)]
    pool = [(score.of(unseen(cls, query)), len(print_query(cls, query)), query) for query in known]
    for _ in range(tries):
        query = changed(cls, rng.choice(pool)[2], rng)
        if query is None:
            continue
        done = unseen(cls, query)
        if not challenge.passed(done):
            continue
        pool = sorted({*pool, (score.of(done), len(print_query(cls, query)), query)}, key=lambda one: one[:2])[:POOL]
    return pool[0][0], print_query(cls, pool[0][2])


def changed(cls: type[Miniature], query: Query, rng: Rng) -> Query | None:
    """A run near another; None where it makes no sense."""
    acts = list(query.acts)
    what = rng.below(4)
    if what == 0:
        kinds = cls.inputs()
        turned = rng.choice([*kinds])
        inputs = tuple((name, kinds[name].draw(rng) if name == turned else value) for name, value in query.inputs)
        query = replace(query, inputs=inputs)
    elif what == 1 and acts:
        del acts[rng.below(len(acts))]
    else:
        place = rng.below(len(acts) + 1)
        before: Run = unseen(cls, replace(query, acts=tuple(acts[:place])))
        if before.machine is None or before.refusal or not cls.actions():
            return None
        act = draw_act(rng.choice([*cls.actions().values()]), before.machine, rng)
        acts[place : place + (what == 3)] = [act]
    try:
        wanted = replace(query, acts=tuple(acts), step=0)
        return None if cls(wanted.values()).rules() else wanted
    except Invalid:
        return None


if __name__ == "__main__":
    main()
