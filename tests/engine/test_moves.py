"""What travels between two steps is told as it happened: each thing goes from where it was, and nothing overlaps."""

from itertools import pairwise

import pytest

from playground.engine.clock import Move
from playground.engine.moves import moves, through
from playground.engine.query import Query, do, parse, query_for
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run
from playground.engine.trace import trace
from playground.machines.lanes import WIRE
from playground.miniatures.payments.visa_authorization.office import WAY
from playground.scenes.marks import LAYOUTS
from playground.scenes.timeline import Timeline

SLUGS = ("load-balancing", "cap-theorem", "visa-authorization", "http-versions")
ENTRY, CAP, VISA, HTTP = (entries()[slug] for slug in SLUGS)
QUERIES = [
    "",
    "do=@250000:kill:dee",
    "requests=60&gap=5&notice=check&do=@30000:kill:ada&do=@90000:revive:ada",
    "requests=300&gap=1&slots=3&algorithm=least-connections",
    "servers=ada&requests=4&do=@1:kill:ada",
]


CUTS = {
    "nothing": "",
    "before they are halfway": "do=@85000:cut:b",
    "behind the middle": "do=@95000:cut:b",
    "before they set out": "do=@70000:cut:c&do=@400000:heal",
    "a dead receiver": "mode=leader&do=@5000:kill:c",
    "elections": "mode=leader&nodes=5&do=@100000:cut:ab&do=@900000:write:dan:c&do=@2000000:heal",
    "a primary": "mode=primary&do=@50000:cut:a&do=@200000:write:ann:a&do=@700000:heal",
}
"""Runs of CAP: what becomes of messages."""


def done(text: str, entry: Entry = ENTRY) -> Run:
    return run(entry.cls, parse(entry.cls, text).query, draw=True)


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
    for place in range(0, len(told["flat"]), 6):
        thing, way, numbered, since, lasts, reach = told["flat"][place : place + 6]
        at += since
        back = way < 0
        name, way = told["things"][thing], told["ways"][-1 - way if back else way]
        texts = [
            attributes[""] for tag, attributes in told["looks"][looks[numbered]] if tag == "text" and "" in attributes
        ]
        said = texts[0] if texts else ""
        look = looks[numbered].removesuffix(f" {said}" if said else "")
        found.append(Move(name, way, look, at, lasts, back, reach, said))
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


@pytest.mark.parametrize("text", CUTS.values(), ids=list(CUTS))
def test_a_message_goes_to_its_receiver_in_the_time_it_takes_or_stops_in_the_middle(text: str):
    ended = done(text, CAP)
    assert ended.moves
    times = {field: ended.query[field] * 1000 for field in ("delay", "far")}
    for thing, path in by_thing(ended.moves).items():
        *legs, last = path
        assert {one.way for one in path} == {last.way}
        assert len({one.said for one in path}) == 1
        assert [one.reach for one in legs] == [500, 1000][: len(legs)]
        takes = times["far"] if "abcde"[ended.query["nodes"] - 1] in last.way[4:] else times["delay"]
        if last.look.startswith("lost"):
            # Caught in the middle, or thrown back to it by a cut behind it.
            assert (last.lasts, last.reach) == (0, 500)
            assert path[0].at + takes // 2 <= last.at < path[0].at + takes
        elif last.reach == 1000:
            assert last.at + last.lasts == path[0].at + takes, thing
        else:
            assert last.at + takes // 2 > ended.steps[-1].clock, "the run has ended before it was halfway"


@pytest.mark.parametrize("name", ["before they are halfway", "behind the middle", "before they set out"])
def test_what_a_cut_swallows_is_lost_in_the_middle_and_nothing_else(name: str):
    lost = [move for move in done(CUTS[name], CAP).moves if move.look.startswith("lost")]
    side = CUTS[name].rpartition("cut:")[2][0]
    assert lost
    assert all(side in move.way[4:].split(":") for move in lost)
    assert not [move for move in done("", CAP).moves if move.look.startswith("lost")]


@pytest.mark.parametrize("at", [85_000, 95_000, 130_000])
def test_a_message_that_set_out_before_a_cut_set_out_as_it_would_have(at: int):
    base, acted = done("", CAP), done(f"do=@{at}:cut:b", CAP)
    assert [move for move in acted.moves if move.at < at] == [move for move in base.moves if move.at < at]
    assert acted.moves != base.moves


@pytest.mark.parametrize("text", CUTS.values(), ids=list(CUTS))
def test_the_same_is_told_of_messages(text: str):
    ended = done(text, CAP)
    told = moves(ended)
    assert told
    assert unfolded(told) == ended.moves


@pytest.mark.parametrize("layout", ["narrow", "wide"])
def test_the_ways_of_messages_are_marks_that_are_not_seen_by_themselves(layout: str):
    found = trace("cap-theorem", CAP.version, done(CUTS["elections"], CAP), layout)
    marks = {mark[0]: number for number, mark in enumerate(found["pictures"][0]["marks"])}
    assert {*found["moves"]["ways"], found["moves"]["under"]} <= marks.keys()
    for way in found["moves"]["ways"]:
        patches = [step["patch"][0].get(str(marks[way]), {}) for step in found["steps"]]
        assert any("d" in patch for patch in patches)
        assert {value for patch in patches for name, value in patch.items() if name != "d"} <= {"f-none"}


PAYMENTS = {
    "nothing": "",
    "an answer": "do=@1000000:drop:answer",
    "a request": "do=drop:request&do=authorise:40.00",
    "a reversal": "do=drop:answer&do=drop:reversal&do=authorise:40.00",
    "under way": "do=@1599000:drop:answer",
    "who stands in": "latency=6.0&stand_in=100",
}
"""Payments: what the line loses, and when it is known."""


@pytest.mark.parametrize("name", PAYMENTS)
def test_a_payments_message_arrives_as_it_is_told_or_stops_where_the_line_fails(name: str):
    ended = done(PAYMENTS[name], VISA)
    told = [step.text for step in ended.steps if step.text.endswith("Neither of them notices.")]
    paths = by_thing(ended.moves)
    assert len([path for path in paths.values() if path[-1].look == "lost"]) == len(told)
    for path in paths.values():
        first, last = path[0], path[-1]
        assert {(one.way, one.said) for one in path} == {(first.way, first.said)}
        sender, receiver = first.way.removeprefix("way:").split(":")
        takes = WAY[frozenset({sender, receiver})]
        if last.look == "lost":
            late = last.reach == 1000
            assert last.at == first.at + (takes if late else takes * 4 // 5)
            assert late == (name == "under way")
        else:
            assert (last.reach, last.at + last.lasts) == (1000, first.at + takes)


@pytest.mark.parametrize("name", PAYMENTS)
def test_the_trace_of_a_payment_tells_the_same_along_marks_of_its_picture(name: str):
    ended = done(PAYMENTS[name], VISA)
    told = moves(ended)
    assert told
    assert unfolded(told) == ended.moves
    for layout in LAYOUTS:
        found = trace("visa-authorization", VISA.version, ended, layout)
        assert set(told["ways"]) <= {mark[0] for mark in found["pictures"][0]["marks"]}


def test_where_another_picture_is_in_front_nothing_travels():
    assert moves(done("front=books", VISA)) is None


@pytest.mark.parametrize("text", ["", "lost=7", "before=nothing&version=3", "objects=20&before=1.1-six"])
def test_what_grows_with_the_clock_only_grows(text: str):
    """Left of now nothing changes from one step to the next, so the next one may be shown up to now."""
    ended = done(text, HTTP)
    told = trace("http-versions", HTTP.version, ended, "wide")["pictures"][0]["through"]
    assert told == {"grows": ["lane:", "group:", "packet:"], "now": "changed"}
    for before, after in pairwise(ended.steps):
        one, two = (step.scenes[0] for step in (before, after))
        assert isinstance(one, Timeline)
        assert isinstance(two, Timeline)
        if one.now is None or two.now is None or two.now < one.now or len(one.groups) != len(two.groups):
            continue
        for mine, theirs in zip(one.groups, two.groups, strict=True):
            for lane, later in zip(mine.lanes, theirs.lanes, strict=True):
                now = one.now
                assert (
                    lane.spans
                    == tuple(span._replace(end=min(span.end, now)) for span in later.spans if span.start < now)
                    or theirs is mine
                    or mine == theirs
                )


def test_nothing_grows_where_there_is_no_clock_or_no_axis_of_time_or_where_the_run_was_cut():
    assert through(done("")) is None
    assert "through" not in trace("load-balancing", 1, done(""), "wide")["pictures"][0]
    ended = done("", HTTP)
    ended.stopped = "It stops here."
    assert through(ended) is None
