"""The primary that does not wait, on two real Redis servers: what a promotion leaves of acknowledged writes."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.engine.elsewhere import PORT
from playground.machines.histories import WRITE
from playground.miniatures.data.cap_theorem.parts import GOOD

START = (
    "redis-server --bind 127.0.0.1 --port ${{{name}#*:}} --save '' --repl-diskless-sync-delay 0 "
    "--daemonize yes --logfile {name}.log"
)


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """A run in which the first primary is cut off and writes, and a node on the other side is read at the end."""
    wrote = writes(done)
    if wrote is None:
        return ()
    before, alone = wrote
    first, second = "redis-cli -u redis://$primary", "redis-cli -u redis://$replica"
    lines = [
        f"primary=127.0.0.1:{PORT} replica=127.0.0.1:{PORT + 1}",
        START.format(name="primary"),
        START.format(name="replica"),
        f"until {first} PING && {second} PING; do sleep 0.1; done >ready.log 2>&1",
        f"{second} REPLICAOF 127.0.0.1 ${{primary#*:}} >ready.log",
        f"until {second} INFO replication | grep -q link_status:up; do sleep 0.1; done",
        f"for x in $(seq 1 {before}); do {first} SET x $x; done",
        f'until test "$({second} GET x)" = {before}; do sleep 0.1; done',
        "# the replica hears no more of its primary",
        f"{second} REPLICAOF 127.0.0.1 1 >ready.log",
        f"for x in $(seq {before + 1} {before + alone}); do {first} SET x $x; done",
        "# promoted",
        f"{first} SHUTDOWN NOSAVE",
        f"{second} REPLICAOF NO ONE >ready.log",
        f"{second} GET x",
        f"{second} SHUTDOWN NOSAVE",
    ]
    note = "The link is cut by sending the replica to a port where nobody is; a relay that drops bytes does the same."
    return (Recipe("Redis", "\n".join(lines) + "\n", note=note),)


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
