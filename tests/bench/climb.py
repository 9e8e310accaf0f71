"""`python -m tests.bench.climb [slug …]`: looks for the dearest request at each address of a run, and keeps it.

From the worst runs that are known, scenarios and actions at an instant during the set-up; then the dearest is changed
in one place at a time, for as long as SECONDS say. What is found stands in worst.json, under `at`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

from django.test import Client

from playground.asking.versus import others
from playground.engine import limits
from playground.engine.query import Query, default_query, parse, print_query
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import Runner
from playground.engine.spelling import put_beside
from playground.engine.walk import draw_act
from tests.bench.endpoints import NAMES, PAIRED, Asked, Fault, cost, ready
from tests.bench.queries import AT, dearest, keep, stored

SECONDS = float(os.environ.get("SECONDS", "90"))
"""For each miniature, shared by its addresses."""

STEP = 1.03
"""How much dearer a request must be to be believed: two measures of one differ by less."""

Found = tuple[float, str]


def changed(entry: Entry, query: Query, rng: Rng) -> Query | None:
    """The query with one thing changed: an input, an action more, an action less, an instant, the step."""
    cls, acts = entry.cls, [*query.acts]
    match rng.below(5):
        case 0 | 1:
            name, kind = rng.choice([*cls.inputs().items()])
            value = rng.choice([*kind.corners(), kind.draw(rng)])
            inputs = tuple((one, value if one == name else was) for one, was in query.inputs)
            return None if cls(dict(inputs)).rules() else replace(query, inputs=inputs)
        case 2 if cls.actions() and len(acts) < limits.ACTIONS:
            machine = Runner(cls, query, draw=False).go().machine
            act = draw_act(rng.choice([*cls.actions().values()]), machine, rng) if machine else acts[0]
            acts.insert(rng.below(len(acts) + 1), act)
        case 3 if acts:
            acts.pop(rng.below(len(acts)))
        case _:
            timed = [place for place, act in enumerate(acts) if cls.actions()[act.verb].timed]
            if not timed:
                return replace(query, step=rng.below(limits.STEPS))
            place = rng.choice(timed)
            acts[place] = acts[place]._replace(at=rng.choice([None, rng.below(1000), rng.below(10**7)]))
    return replace(query, acts=tuple(acts))


def beside(entry: Entry, query: Query, rng: Rng) -> str:
    """A run beside which this one can stand."""
    values = [one.value for _, some in others(entry.cls, query) for one in some]
    for name, kind in entry.cls.inputs().items():
        values += [f"{name}:{kind.print(value)}" for value in kind.corners() if value != query[name]]
    return rng.choice(values)


def spelled(entry: Entry, name: str, query: Query, vs: str, question: str) -> str:
    printed = print_query(entry.cls, query)
    if name == "predict":
        return f"{question}?{printed}"
    return put_beside(printed, vs) if name.endswith(PAIRED) else printed


def starts(entry: Entry) -> Iterator[Query]:
    """Where a climb begins."""
    for text in [*stored().get(entry.slug, {}).values(), *(one.query for one in entry.scenarios), ""]:
        yield parse(entry.cls, text).query
    # Everything as long as it may be, and much of it at once, so that the run is cut during its set-up.
    longest = tuple(
        (name, max(kind.corners(), key=lambda value: len(kind.print(value))))
        for name, kind in entry.cls.inputs().items()
    )
    if not entry.cls(dict(longest)).rules():
        timed = [verb for verb in entry.cls.actions().values() if verb.timed]
        machine, rng = entry.cls(dict(longest)), Rng(1)
        machine.set_up()
        drawn = (draw_act(verb, machine, rng) for verb in timed)
        yield Query(longest, tuple(act._replace(at=1000) for act in drawn))


def climb(client: Client, entry: Entry, name: str, rng: Rng, until: float) -> Found:
    """The dearest request that is found at an address."""
    questions = [one.name for one in entry.questions]
    best, dear = (0.0, ""), default_query(entry.cls)
    tries = iter([*starts(entry)])
    told = dearest(entry.slug).get(name)
    if told:
        best = min(cost(client, Asked(name, entry.slug, told)) for _ in range(2)), told
        dear = parse(entry.cls, told.rpartition("?")[2]).query
    while monotonic() < until:
        query = next(tries, None) or changed(entry, dear, rng)
        if query is None:
            continue
        text = spelled(entry, name, query, beside(entry, query, rng), rng.choice(questions))
        if len(text) > limits.QUERY or parse(entry.cls, text.rpartition("?")[2]).problems:
            continue
        asked = Asked(name, entry.slug, text)
        try:
            if cost(client, asked) > best[0] * STEP and (again := cost(client, asked)) > best[0] * STEP:
                best, dear = (again, text), query
        except Fault as fault:
            print(fault, file=sys.stderr)
    return best


def main() -> None:
    client = ready()
    for slug in sys.argv[1:] or entries():
        entry, rng, found = entries()[slug], Rng(int(monotonic())), {}
        begun = monotonic()
        for place, name in enumerate(NAMES, 1):
            took, text = climb(client, entry, name, rng, begun + SECONDS * place / len(NAMES))
            print(f"{slug}: {name} {took:,.0f} ms: {text}", flush=True)
            if text:
                found[name] = text
        keep(slug, **{AT: dearest(slug) | found})


if __name__ == "__main__":
    main()
