"""`python -m tests.bench.search [slug …]`: looks for dearer runs than those known, and keeps them in worst.json.

From what is stored, from corners of the inputs and from random inputs, each with one or two verbs without end, and
from short runs; then the best are changed one input at a time. A minute for each miniature.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import replace

from playground.engine.query import Query, default_query, print_query
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.trace import compact, rebuild, trace
from playground.engine.walk import draw_inputs
from playground.scenes.marks import WIDE
from tests.bench.queries import KINDS, keep, sound, stored
from tests.bench.timing import CPU
from tests.contract.test_limits import busy, corners, mixed

ACTIONS = 100
CORNERS = 4
"""Corners of all inputs that are tried, of all that there are."""

RANDOM = 8
"""Random inputs that are tried besides the corners, with actions without end."""

SHORT = 200
"""Short runs that are tried: it is in these that pictures are fullest."""

Scores = dict[str, float]


def candidates(entry: Entry) -> Iterator[Query]:
    """Inputs at corners and at random, with every pair of verbs without end; then short runs."""
    cls, verbs = entry.cls, list(entry.cls.actions().values())
    inputs = [
        *itertools.islice(corners(cls), CORNERS),
        default_query(cls).values(),
        *(dict(draw_inputs(cls, Rng(n))) for n in range(RANDOM)),
    ]
    chosen = [verbs, *([one] for one in verbs), *map(list, itertools.combinations(verbs, 2))]
    for seed, values in enumerate(inputs):
        for some in chosen:
            yield busy(cls, values, some, seed, ACTIONS)
    for seed in range(SHORT):
        rng = Rng(seed)
        yield busy(cls, mixed(cls, seed), rng.choice(chosen), seed, rng.below(9))


def neighbours(entry: Entry, query: Query) -> Iterator[Query]:
    """The same actions with one input at another of its corners."""
    for name, kind in entry.cls.inputs().items():
        for value in kind.corners():
            changed = tuple((one, value if one == name else was) for one, was in query.inputs)
            if not entry.cls(dict(changed)).rules() and changed != query.inputs:
                yield replace(query, inputs=changed)


def score(entry: Entry, query: Query) -> Scores:
    """How dear a run is, in each of the ways that are kept."""
    start = CPU()
    done = run(entry.cls, query)
    told = trace(entry.slug, 1, done, WIDE)
    size = len(compact(told).encode())
    took = (CPU() - start) * 1000
    states = (state for place in range(len(told["pictures"])) for state in rebuild(told, place))
    return {"slow": took, "heavy": size, "crowded": max(map(len, states))}


def search(entry: Entry) -> dict[str, str]:
    """The dearest run of each kind; the slowest few are timed again before one is believed."""
    known = [sound(entry, text) for text in stored().get(entry.slug, {}).values()]
    scored = [(score(entry, query), query) for query in [*known, *candidates(entry)]]
    for kind in KINDS:
        best = max(scored, key=lambda pair: pair[0][kind])[1]
        scored += [(score(entry, query), query) for query in neighbours(entry, best)]
    slowest = sorted(scored, key=lambda pair: -pair[0]["slow"])[:6]
    again = {id(query): min(score(entry, query)["slow"] for _ in range(3)) for _, query in slowest}
    found = {kind: max(scored, key=lambda pair: pair[0][kind]) for kind in KINDS}
    found["slow"] = max(slowest, key=lambda pair: again[id(pair[1])])
    for kind, (scores, query) in found.items():
        print(f"{entry.slug}: {kind} {scores[kind]:,.0f}: {print_query(entry.cls, query)}")
    return {kind: print_query(entry.cls, query) for kind, (_, query) in found.items()}


def main() -> None:
    for slug in sys.argv[1:] or entries():
        keep(slug, **search(entries()[slug]))


if __name__ == "__main__":
    main()
