"""The primary that does not wait, on two real Redis servers: what a promotion leaves of acknowledged writes."""

from __future__ import annotations

from itertools import takewhile
from typing import Any, NamedTuple

from playground.engine import Recipe, Run
from playground.engine.elsewhere import PORT
from playground.machines.histories import READ, WRITE
from playground.miniatures.data.cap_theorem.parts import GOOD, PEEK

START = (
    "redis-server --bind 127.0.0.1 --port ${{{name}#*:}} --save '' --repl-diskless-sync-delay 0 "
    "--daemonize yes --logfile {name}.log"
)
FIRST, SECOND = "redis-cli -u redis://$primary", "redis-cli -u redis://$replica"
NOTE = "The link is cut by sending the replica to a port where nobody is; a relay that drops bytes does the same."


def recipes(done: Run) -> tuple[Recipe, ...]:
    """A run in which the first primary is cut off and writes, and a node on the other side is asked without it."""
    if wrote := writes(done):
        lines = [
            *cut_off(*wrote),
            "# promoted",
            f"{FIRST} SHUTDOWN NOSAVE",
            f"{SECOND} REPLICAOF NO ONE >ready.log",
            f"{SECOND} GET x",
        ]
        prints = [*["OK"] * sum(wrote), done.outcome["answer"]]
    elif story := healed(done):
        lines = [
            *cut_off(len(story.before), len(story.alone)),
            "# promoted",
            f"{SECOND} REPLICAOF NO ONE >ready.log",
            *(f"{SECOND} SET x {one['value']}" if one["kind"] == WRITE else f"{SECOND} GET x" for one in story.there),
            "# the link is whole: the old primary follows the new one, and throws its own writes away",
            f"{FIRST} REPLICAOF 127.0.0.1 ${{replica#*:}} >ready.log",
            f"until {FIRST} INFO replication | grep -q link_status:up; do sleep 0.1; done",
            *(f"{FIRST} GET x" for _ in story.back),
            f"{FIRST} SHUTDOWN NOSAVE",
        ]
        prints = ["OK" if one["kind"] == WRITE else str(one["value"]) for some in story for one in some]
    else:
        return ()
    lines.append(f"{SECOND} SHUTDOWN NOSAVE")
    return (Recipe("Redis", "\n".join(lines) + "\n", note=NOTE, prints=tuple(prints)),)


def cut_off(before: int, alone: int) -> list[str]:
    """A primary writes, and when its replica has it all and hears no more, it writes again."""
    return [
        f"primary=127.0.0.1:{PORT} replica=127.0.0.1:{PORT + 1}",
        START.format(name="primary"),
        START.format(name="replica"),
        f"until {FIRST} PING && {SECOND} PING; do sleep 0.1; done >ready.log 2>&1",
        f"{SECOND} REPLICAOF 127.0.0.1 ${{primary#*:}} >ready.log",
        f"until {SECOND} INFO replication | grep -q link_status:up; do sleep 0.1; done",
        f"for x in $(seq 1 {before}); do {FIRST} SET x $x; done",
        f'until test "$({SECOND} GET x)" = {before}; do sleep 0.1; done',
        "# the replica hears no more of its primary",
        f"{SECOND} REPLICAOF 127.0.0.1 1 >ready.log",
        f"for x in $(seq {before + 1} {before + alone}); do {FIRST} SET x $x; done",
    ]


def writes(done: Run) -> tuple[int, int] | None:
    """Writes at the first primary before the cut and after it, if the run is one that two Redis servers can do."""
    acts, operations = done.query.acts, done.outcome["operations"]
    cuts = [number for number, act in enumerate(acts) if act.verb == "cut"]
    if done.query["mode"] != "primary" or len(cuts) != 1 or any(act.at is not None for act in acts):
        return None
    if acts[cuts[0]].arguments != ("a",) or any(act.verb in ("heal", "kill") for act in acts):
        return None
    done_ones = [one for one in operations if one["kind"] == WRITE]
    *_, last = operations or [None]
    sound = all(one["node"] == "a" and one["state"] == GOOD for one in done_ones)
    if not sound or last is None or last["kind"] == WRITE or last["node"] == "a" or last["state"] != GOOD:
        return None
    alone = sum(act.verb == WRITE for act in acts[cuts[0] :])
    before = len(done_ones) - alone
    return (before, alone) if before and alone else None


class Story(NamedTuple):
    """Operations in their order: at the first primary before the cut, and alone after it; at a node on the other
    side; and at the first one again, when all is healed."""

    before: list[dict[str, Any]]
    alone: list[dict[str, Any]]
    there: list[dict[str, Any]]
    back: list[dict[str, Any]]


def healed(done: Run) -> Story | None:
    """The operations of a run that is cut and healed, if two Redis servers can do them."""
    acts, operations = done.query.acts, done.outcome["operations"]
    verbs = [act.verb for act in acts if act.verb in ("cut", "heal", "kill", WRITE, READ, PEEK)]
    if done.query["mode"] != "primary" or any(act.at is not None for act in acts):
        return None
    if [verb for verb in verbs if verb in ("cut", "heal", "kill")] != ["cut", "heal"]:
        return None
    cut, heal = verbs.index("cut"), verbs.index("heal")
    start = len(operations) - (len(verbs) - 2)
    apart = operations[start + cut : start + heal - 1]
    alone = list(takewhile(lambda one: one["node"] == "a", apart))
    story = Story(operations[: start + cut], alone, apart[len(alone) :], operations[start + heal - 1 :])
    (side,) = [act.arguments for act in acts if act.verb == "cut"]
    sound = side == ("a",) and all(story) and all(one["state"] == GOOD for one in operations)
    return story if sound and all(kinds(story)) else None


def kinds(story: Story) -> tuple[bool, ...]:
    """The first primary is written to, then somebody else is asked, and in the end what came first is read."""
    first = [*story.before, *story.alone]
    return (
        all((one["node"], one["kind"]) == ("a", WRITE) for one in first),
        len({one["node"] for one in story.there} - {"a"}) == 1 and all(one["node"] != "a" for one in story.there),
        all(one["kind"] in (READ, WRITE) for one in story.there),
        all((one["node"], one["kind"]) == ("a", READ) for one in story.back),
    )
