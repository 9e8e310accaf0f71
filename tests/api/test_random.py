"""Whatever is asked, the answer is a run or a problem: never a fault, never over a limit."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from playground.engine import limits, registry
from playground.engine.actions import Action
from playground.engine.inputs import Kind, Name, Names
from playground.engine.query import RESERVED
from playground.engine.registry import Entry
from tests.api.conftest import API
from tests.tiers import seed as number
from tests.tiers import whole

# Hundreds of runs, over all miniatures: `make test` does them, `make check` does not.
pytestmark = pytest.mark.search

CLIENT = Client()
NOISE = st.text(st.characters(codec="utf-8"), max_size=12)


def allowed(kind: Kind) -> st.SearchStrategy[str]:
    return st.sampled_from([kind.print(value) for value in kind.corners()])


def any_text(kind: Kind) -> st.SearchStrategy[str]:
    """Allowed values, their neighbours and noise."""
    return st.one_of(allowed(kind), allowed(kind), st.integers(-2, 300).map(str), NOISE)


def names_in(entry: Entry) -> list[str]:
    """Names that stand in the defaults, so that actions find something to act on."""
    return [one.name for kind in entry.cls.inputs().values() if isinstance(kind, Names) for one in kind.default]


def acts_of(action: Action, names: list[str]) -> st.SearchStrategy[str]:
    instant = st.sampled_from(["", "", "", "", "@0:", "@1500:", "@x:"])
    arguments = [
        st.one_of(st.sampled_from(names), any_text(kind)) if names and isinstance(kind, Name) else any_text(kind)
        for kind in action.arguments
    ]
    return st.builds(lambda at, values: at + ":".join([action.name, *values]), instant, st.tuples(*arguments))


def queries_of(entry: Entry) -> st.SearchStrategy[str]:
    """Queries that run, queries that nearly do, and bytes."""
    kinds, names = entry.cls.inputs().values(), names_in(entry)
    does = [st.tuples(st.just("do"), acts_of(action, names)) for action in entry.cls.actions().values()]
    sound = [st.tuples(st.just(kind.name), allowed(kind)) for kind in kinds]
    wild = [st.tuples(st.just(kind.name), any_text(kind)) for kind in kinds]
    foreign = [st.tuples(st.sampled_from(sorted(RESERVED)), NOISE), st.tuples(NOISE, NOISE)]
    near = st.lists(st.one_of(*sound), max_size=2, unique_by=lambda pair: pair[0])
    runs = st.builds(lambda inputs, acts: inputs + acts, near, st.lists(st.one_of(*does), max_size=3))
    pairs = st.one_of(near, runs, runs, st.lists(st.one_of(*wild, *does, *foreign), max_size=6))
    return st.one_of(
        pairs.map(urlencode),
        pairs.map(urlencode),
        pairs.map(urlencode),
        st.binary(max_size=60).map(quote),
        st.text(st.characters(codec="latin-1"), max_size=60),
    )


@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("entry", registry.entries().values(), ids=list(registry.entries()))
def test_random_queries(entry: Entry):
    outcome = Draft202012Validator(entry.cls.outcome_schema)

    sampled = entry.slug not in whole()

    @seed(number())
    @settings(max_examples=15 if sampled else 100, deadline=None, derandomize=not sampled, database=None)
    @given(queries_of(entry))
    @example("&".join(["do="] * limits.FIELDS))
    @example("=&" * 2000)
    @example("%")
    @example("\xff\xfe=\x00")
    def ask(query: str) -> None:
        response = CLIENT.get(f"{API}/miniatures/{entry.slug}/run", QUERY_STRING=query)
        body = response.json()
        assert response.status_code in (200, 422)
        if response.status_code == 422:
            assert response.headers["Content-Type"] == "application/problem+json"
            assert body["errors"]
            return
        assert len(body["steps"]) <= limits.STEPS
        outcome.validate(body["outcome"])
        again = CLIENT.get(f"{API}/miniatures/{entry.slug}/run?{body['query']}")
        assert again.content == response.content or body["ignored"]

    ask()


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_random_paths(path: str):
    response = CLIENT.get(f"{API}/miniatures/{quote(path)}")
    assert response.status_code in (200, 404)
    assert "json" in response.headers["Content-Type"]
