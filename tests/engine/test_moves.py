"""What travels between two steps is told as it happened: each thing goes from where it was, and nothing overlaps."""

from itertools import pairwise

import pytest

from playground.engine.clock import Move
from playground.engine.moves import moves
from playground.engine.query import Query, do, parse, query_for
from playground.engine.registry import entries
from playground.engine.run import Run, run
from playground.engine.trace import trace
from playground.machines.lanes import WIRE

ENTRY = entries()["load-balancing"]
QUERIES = [
    "",
    "do=@250000:kill:dee",
    "requests=60&gap=5&notice=check&do=@30000:kill:ada&do=@90000:revive:ada",
    "requests=300&gap=1&slots=3&algorithm=least-connections",
    "servers=ada&requests=4&do=@1:kill:ada",
]


def done(text: str) -> Run:
    return run(ENTRY.cls, parse(ENTRY.cls, text).query, draw=True)


def by_thing(moves: list[Move]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = {}
    for move in moves:
        found.setdefault(move.thing, []).append(move)
    return found


@pytest.mark.parametrize("text", QUERIES)
def test_a_thing_goes_from_where_it_was(text: str):
    """Out along a way, and back along the same one, before it takes the next; never two at once."""
    for thing, path in by_thing(done(text).moves).items():
        assert not path[0].back, thing
        for one, two in pairwise(path):
            assert one.at + one.lasts <= two.at
            assert two.back is not one.back
            assert not two.back or two.way == one.way


@pytest.mark.parametrize("text", QUERIES[:3])
def test_every_request_that_was_answered_came_home(text: str):
    ended = done(text)
    last = {thing: path[-1] for thing, path in by_thing(ended.moves).items()}
    served = [f"request:{number}" for number, server in enumerate(ended.outcome["served"], 1) if server]
    assert sorted(thing for thing, move in last.items() if move.look == "answer") == sorted(served)
    assert {move.lasts for move in ended.moves} == {WIRE}


@pytest.mark.parametrize("step", [3, 14, 20, 30])
def test_what_moved_before_an_act_moves_as_before(step: int):
    base = done("")
    at = base.steps[step].clock + 1
    acted = run(ENTRY.cls, query_for(ENTRY.cls, do("kill", "dee", at=at)))
    assert [move for move in acted.moves if move.at < at] == [move for move in base.moves if move.at < at]
    assert acted.moves != base.moves


def unfolded(told: dict) -> list[Move]:
    """The moves that a trace's flat numbers mean: what the browser reads."""
    looks, at, found = list(told["looks"]), 0, []
    for place in range(0, len(told["flat"]), 5):
        thing, way, look, since, lasts = told["flat"][place : place + 5]
        at += since
        back = way < 0
        found.append(Move(told["things"][thing], told["ways"][-1 - way if back else way], looks[look], at, lasts, back))
    return found


@pytest.mark.parametrize("text", QUERIES)
def test_a_trace_tells_all_of_it(text: str):
    ended = done(text)
    told = moves(ended)
    assert told
    assert unfolded(told) == ended.moves


@pytest.mark.parametrize("layout", ["narrow", "wide"])
def test_ways_are_marks_of_the_picture_and_looks_are_painted_as_its_tokens_are(layout: str):
    ended = done("do=@250000:kill:dee")
    found = trace("load-balancing", ENTRY.version, ended, layout)
    keys = {mark[0] for mark in found["pictures"][0]["marks"]}
    assert {*found["moves"]["ways"], *found["moves"]["things"], found["moves"]["under"]} <= keys
    assert found["pace"] == 50_000
    assert [tag for tag, _ in found["moves"]["looks"]["request"]] == ["circle", "text"]
    assert [tag for tag, _ in found["moves"]["looks"]["answer"]] == ["path", "text"]


def test_a_run_that_was_cut_tells_no_moves_and_one_without_travellers_neither():
    stopped = done("requests=24&servers=a+b+c+d+e+f+g+h" + "&do=send:12" * 31)
    assert stopped.stopped
    assert stopped.moves == []
    other = entries()["hash-ring"]
    assert moves(run(other.cls, Query(query_for(other.cls).inputs))) is None
    assert "moves" not in trace("hash-ring", 1, run(other.cls, query_for(other.cls)), "wide")
