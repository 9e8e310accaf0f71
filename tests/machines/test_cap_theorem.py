"""What the modes of the CAP miniature promise, on drawn runs with cuts, deaths and clients at once."""

from collections import Counter
from random import Random

import pytest

from playground.engine.query import Act, Query, do, query_for
from playground.engine.run import Runner
from playground.miniatures.data.cap_theorem.leader import Leader, Primary
from playground.miniatures.data.cap_theorem.model import CLIENTS, CapTheorem

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
