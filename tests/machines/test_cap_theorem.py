"""What the modes of the CAP miniature promise, on drawn runs with cuts, deaths and clients at once."""

import re
from collections import Counter
from random import Random
from typing import cast

import pytest

from playground.engine.asked import asked_run
from playground.engine.query import Act, Query, do, parse, query_for
from playground.engine.questions import pose
from playground.engine.quiet import bare
from playground.engine.registry import entries
from playground.engine.run import Runner
from playground.miniatures.data.cap_theorem.leader import Leader, Primary
from playground.miniatures.data.cap_theorem.model import CLIENTS, MODES, CapTheorem
from playground.scenes.peers import Peers

SEEDS = range(80)


def drawn(seed, mode, kills, **inputs):
    """Clients that ask at any time, some of them at once, while the network is cut and healed."""
    draw = Random(seed)  # noqa: S311 - the same runs every time
    count = draw.choice((3, 4, 5))
    names, majority = "abcde"[:count], count // 2 + 1
    acts: list[Act] = []
    harm = [do("cut", "".join(draw.sample(names, draw.randint(1, count - 1)))), do("heal")]
    times = sorted(draw.randrange(2_000_000) for _ in range(4))
    for at, time in enumerate(times):
        acts.append(harm[at % 2]._replace(at=time))
    if kills:
        acts.append(do("kill", draw.choice(names), at=draw.randrange(2_000_000)))
    for client in CLIENTS:
        now = 0
        for _ in range(4):
            now += draw.randrange(10_000, 600_000)
            acts.append(do(draw.choice(("write", "read")), client, draw.choice(names), at=now))
            now += 300_001
    acts.append(do("wait", 4000))
    common = {"nodes": count, "mode": mode, "first": 0, "delay": draw.randint(2, 30), "far": draw.randint(2, 30)}
    return query_for(CapTheorem, *acts, w=majority, r=majority, timeout=300, **common, **inputs)


def outcome(query: Query):
    # Without pictures, however many actions there are.
    done = Runner(CapTheorem, query, draw=False).go()
    assert not done.refusal, done.refusal
    return done.outcome


def test_a_leader_with_a_majority_is_linearizable_and_loses_nothing():
    told = Counter(
        (found["linearizable"], found["lost"])
        for found in (outcome(drawn(seed, "leader", kills=True)) for seed in SEEDS)
    )
    assert set(told) == {("yes", 0)}, told


def test_quorums_with_read_repair_are_linearizable():
    told = Counter(outcome(drawn(seed, "quorum", kills=False, repair=True))["linearizable"] for seed in SEEDS)
    assert set(told) == {"yes"}, told


@pytest.mark.parametrize("mode", ["quorum", "primary", "lww"])
def test_the_other_modes_are_not(mode):
    told = Counter(outcome(drawn(seed, mode, kills=False))["linearizable"] for seed in SEEDS)
    assert told["no"] > 0, told


def test_somebody_is_answered_all_the_same():
    answered = [
        sum(one["state"] == "ok" for one in outcome(drawn(seed, "leader", kills=True))["operations"]) for seed in SEEDS
    ]
    assert sum(answered) > 5 * len(answered)


def test_a_leader_that_acknowledges_alone_is_noticed(monkeypatch):
    monkeypatch.setattr(Leader, "advance", Primary.advance)
    found = [outcome(drawn(seed, "leader", kills=False)) for seed in SEEDS]
    assert any(one["linearizable"] == "no" for one in found)
    assert any(one["lost"] for one in found)


# What the picture says of it.


def shown(query: Query):
    """The picture of the nodes at every step, and what came of the run."""
    done = Runner(CapTheorem, query).go()
    assert not done.refusal, done.refusal
    return [step.scenes[0] for step in done.steps], done.outcome


WRITES = re.compile(r"(\w) (stores|has a later stamp than that of) (\d+) and sends it to .+\.")


def test_a_node_whose_clock_is_behind_does_not_say_that_it_stores_what_it_does_not():
    told = Counter[str]()
    for seed in range(20):
        for step in Runner(CapTheorem, drawn(seed, "quorum", kills=False, skew=500)).go().steps:
            if found := WRITES.fullmatch(step.text):
                held = {one.name: one.value for one in cast("Peers", step.scenes[0]).peers}[found[1]]
                assert (held == found[3]) == (found[2] == "stores"), step.text
                told[found[2]] += 1
    assert min(told["stores"], told["has a later stamp than that of"]) > 3


LATE = re.compile(r"(\w) (already has|has a later stamp than that of) (\d+) and acknowledges\.")


def test_a_node_is_told_to_have_a_later_stamp_only_where_it_holds_another_value():
    """A value that comes a second time, as in a read repair, has no earlier stamp than itself."""
    told: Counter[str] = Counter()
    for seed in range(20):
        done = Runner(CapTheorem, drawn(seed, "quorum", kills=False, repair=True)).go()
        for step in done.steps:
            if found := re.fullmatch(LATE, step.text):
                held = {one.name: one.value for one in cast("Peers", step.scenes[0]).peers}[found[1]]
                assert (held == found[3]) == (found[2] == "already has"), step.text
                told[found[2]] += 1
    assert min(told["already has"], told["has a later stamp than that of"]) > 3


@pytest.mark.parametrize("mode", MODES)
def test_every_client_stands_where_it_asked_last_with_what_it_was_told(mode):
    for seed in range(5):
        pictures, found = shown(drawn(seed, mode, kills=True))
        last = {one["client"]: one for one in found["operations"]}
        seats = {seat.client: seat for seat in pictures[-1].seats}
        assert seats.keys() >= last.keys()
        for client, one in last.items():
            seat = seats[client]
            assert (seat.at, seat.pressed) == (one["node"], one["kind"])
            assert (seat.state == "ok") == (one["state"] == "ok")
            if seat.state == "ok" and one["kind"] == "read":
                assert (seat.answer, seat.said) == (str(one["value"]), f"“it is {one['value']}”")


@pytest.mark.parametrize("mode", ["quorum", "leader"])
def test_who_may_not_decide_alone_answers_nobody(mode):
    """Asked and over within a cut, on a side that has too few: no answer."""
    silent = 0
    for seed in range(20):
        query = drawn(seed, mode, kills=False)
        start, end = [act.at for act in query.acts if act.verb in ("cut", "heal")][:2]
        side = next(act.arguments[0] for act in query.acts if act.verb == "cut")
        pictures, found = shown(query)
        alone = {aside: any(one.sides[aside] == "too few" for one in pictures) for aside in (False, True)}
        for one in found["operations"]:
            within = start < one["called_us"] and one["called_us"] + 300_000 < end
            if within and alone[one["node"] in side]:
                assert one["state"] != "ok", (seed, one)
                silent += 1
    assert silent > 3


@pytest.mark.parametrize("mode", MODES)
def test_a_contradiction_joins_two_answers_of_the_proof(mode):
    joined = 0
    for seed in range(10):
        pictures, found = shown(drawn(seed, mode, kills=False))
        for one in pictures:
            seats = {seat.client: seat for seat in one.seats}
            joined += bool(one.against)
            assert all(seats[client].state == "ok" for client in one.against or ())
        pair = pictures[-1].against
        if pair:
            proof = [one for at, one in enumerate(found["operations"], 1) if at in found["core"]]
            told = [[one for one in proof if one["client"] == client and one["state"] == "ok"][-1] for client in pair]
            assert told[0]["value"] != told[1]["value"]
    assert (joined > 0) == (mode != "leader")


def test_before_anything_has_begun_the_nodes_are_there():
    pictures, _ = shown(query_for(CapTheorem, nodes=4))
    assert [(one.name, one.value, one.written) for one in pictures[0].peers] == [(name, "0", -1) for name in "abcd"]


CUT = "first=2&do=cut:c"


def sides(text):
    """What the picture says of both sides, step by step, each only once."""
    done = Runner(CapTheorem, parse(CapTheorem, text).query).go()
    assert not done.refusal, done.refusal
    told = [cast("Peers", step.scenes[0]).sides for step in done.steps]
    return [one for at, one in enumerate(told) if not at or told[at - 1] != one]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CUT, [("", "")]),
        (f"{CUT}&do=write:ann:a&do=read:ben:b", [("", ""), ("may write", ""), ("enough", "")]),
        (f"{CUT}&do=write:cat:c", [("", ""), ("", "too few")]),
        (f"{CUT}&do=peek:cat:c", [("", "")]),
        (f"w=3&r=1&{CUT}&do=write:ann:a&do=read:ann:a", [("", ""), ("may not write", ""), ("may read", "")]),
        (f"w=3&r=1&repair=yes&{CUT}&do=read:ann:a", [("", ""), ("may read, not repair", "")]),
        (f"mode=leader&{CUT}&do=write:ann:a&do=read:cat:c", [("", ""), ("a majority", ""), ("a majority", "too few")]),
        (f"mode=lww&{CUT}&do=write:ann:a&do=read:ann:a", [("", ""), ("each answers alone", "")]),
        # What was seen before a cut says nothing about it, nor about the next one.
        (f"{CUT}&do=write:cat:c&do=heal&do=cut:a", [("", ""), ("", "too few"), ("", "")]),
        # Given up too early, by nodes that are enough: that tells nothing about their number.
        (f"timeout=30&{CUT}&do=write:ann:a&do=read:ben:b", [("", "")]),
        (f"mode=leader&delay=100&far=100&{CUT}&do=write:ann:b&do=write:ann:b", [("", "")]),
    ],
)
def test_what_a_side_may_do_is_said_when_it_has_been_seen(text, told):
    assert sides(text) == told


QUESTIONS = [one for one in entries()["cap-theorem"].questions if one.name in ("cut-off", "own-copy")]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_the_picture_of_a_question_does_not_say_what_the_asked_side_may_do(question):
    """Where nothing has been read since the cut, nothing is said of reading; of a side that was not asked, nothing."""
    silent = 0
    for seed in range(40):
        posed = pose(CapTheorem, question, seed)
        node, side = posed.query.argument(-1, 1), posed.query.argument(1)
        for step in asked_run(posed).steps:
            told = cast("Peers", bare(step.scenes[0])).sides
            assert not [words for words in told if "read" in words or "answer" in words or words == "enough"], told
            assert node not in side or not told[True], (seed, told)
            silent += node in side
    assert silent > 100
