"""Visa authorization against the real thing.

    lru_cache   functools.lru_cache(maxsize=4) of this Python: hit or miss, request by request

The comparison counts the requests that the two answer differently, and that must be 0. Under the saboteur, one wrong
line, it must not be 0.
"""

import platform
from functools import lru_cache
from random import Random

import pytest

from playground.engine.query import do, query_for
from playground.engine.registry import entries
from playground.engine.run import run

pytestmark = pytest.mark.fidelity

ENTRY = entries()["visa-authorization"]
# Replace: cases that reach every branch. They are drawn here, so that the expected side knows nothing of ours.
DRAWN = Random(1)  # noqa: S311 - the same cases every time
CASES = [(DRAWN.randint(1, 8), [DRAWN.choice("abcdefghij") for _ in range(50)]) for _ in range(40)]


def here(room, asked):
    """What the miniature answers."""
    done = run(ENTRY.cls, query_for(ENTRY.cls, *(do("ask", page) for page in asked), room=room, requests=0))
    assert not done.refusal
    return done.outcome["answers"]


def there(room, asked):
    """What the real thing answers. Replace: start the real program, or read a published vector."""
    fetch = lru_cache(maxsize=room)(str.upper)
    found = []
    for page in asked:
        before = fetch.cache_info().hits
        fetch(page)
        found.append("hit" if fetch.cache_info().hits > before else "fetched")
    return found


def different():
    """Requests that the two answer differently."""
    pairs = (zip(here(*case), there(*case), strict=True) for case in CASES)
    return sum(ours != theirs for pair in pairs for ours, theirs in pair)


def test_every_request_is_answered_as_lru_cache_answers_it(evidence):
    missed = different()
    evidence(
        ENTRY.slug, "lru_cache",
        program="CPython functools.lru_cache", version=platform.python_version(),
        cases=sum(len(asked) for _, asked in CASES), different=missed,
        compared="hit or miss of 50 requests on each of 40 caches with room for one to eight",
    )  # fmt: skip
    assert missed == 0


def first_in(model):
    return model.came[0]


def test_a_saboteur_is_noticed(monkeypatch):
    monkeypatch.setattr(ENTRY.cls, "victim", first_in)
    assert different() > 0
