"""A random run from a seed: what golden digests, property tests and searches feed to a miniature.

Every action is drawn in the state that the actions before it have led to, so most of them make sense;
a few do not, and end the run with a refusal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playground.engine.actions import Action
from playground.engine.inputs import Kind, Name
from playground.engine.instants import LATEST
from playground.engine.miniature import Miniature
from playground.engine.query import Act, Query, default_query
from playground.engine.rng import Rng
from playground.engine.run import Runner

ACTS = 6
"""Actions of a walk, at most."""

TRIES = 60
"""Draws of the inputs before the defaults are taken, where rules across inputs forbid what was drawn."""


def walk(cls: type[Miniature], rng: Rng, acts: int = ACTS) -> Query:
    """A random run: inputs at a random place within their bounds, then up to `acts` random actions."""
    query = Query(draw_inputs(cls, rng))
    verbs = list(cls.actions().values())
    for _ in range(rng.between(0, acts) if verbs else 0):
        done = Runner(cls, query, draw=False).go()
        if done.refusal or done.stopped or done.machine is None:
            break
        query = replace(query, acts=(*query.acts, draw_act(rng.choice(verbs), done.machine, rng)))
    return query


def draw_inputs(cls: type[Miniature], rng: Rng) -> tuple[tuple[str, Any], ...]:
    """A value for every input: half of the time the default, so that each is also seen alone."""
    for _ in range(TRIES):
        values = {name: kind.default if rng.chance(50) else kind.draw(rng) for name, kind in cls.inputs().items()}
        if not cls(values).rules():
            return tuple(values.items())
    return default_query(cls).inputs


def draw_act(verb: Action, machine: Miniature, rng: Rng) -> Act:
    """The verb with arguments that mostly make sense in the machine's state."""
    at = rng.below(min(2 * machine.now + 1000, LATEST)) if verb.timed and rng.chance(50) else None
    return Act(verb.name, tuple(draw_argument(kind, machine, rng) for kind in verb.arguments), at)


def draw_argument(kind: Kind[Any], machine: Miniature, rng: Rng) -> Any:
    """A value for one argument: nine times in ten one that the form would offer."""
    offered = offers(kind, machine)
    return rng.choice(offered) if offered and rng.chance(90) else kind.draw(rng)


def offers(kind: Kind[Any], machine: Miniature) -> list[str]:
    """The names that an action's form offers in the machine's state."""
    if not isinstance(kind, Name):
        return []
    if kind.among:
        return list(getattr(machine, kind.among)())
    return [getattr(machine, kind.suggest)()] if kind.suggest else []
