"""The leader and its majority on a real etcd: what either side of a cut answers, and what is left when it heals."""

from __future__ import annotations

from typing import Any, NamedTuple

from playground.engine import Recipe, Run
from playground.engine.elsewhere import PORT
from playground.machines.histories import READ, WRITE
from playground.miniatures.data.cap_theorem.parts import GOOD, NOTHING, PEEK

COMMANDS = """\
start() {
    etcd --name $1 --data-dir $1.data --initial-cluster $cluster --heartbeat-interval 20 --election-timeout 200 \\
        --listen-client-urls http://$2 --advertise-client-urls http://$2 \\
        --listen-peer-urls http://$3 --initial-advertise-peer-urls http://$3 >>$1.log 2>&1 &
    echo $! >$1.pid
}
stop() { for one; do kill -9 $(cat $one.pid); wait $(cat $one.pid) || true; done; }
ask() { curl -s -m 2 http://$1/v3/kv/$2 -d "{\\"key\\":\\"eA==\\"$3}"; }
ready() { for one; do until ask $one range | grep -q revision; do sleep 0.1; done; done; }
write() { ask $1 put ",\\"value\\":\\"$(printf $2 | base64)\\"" | grep -q revision && echo ok || echo no answer; }
read_at() { ask $1 range "$2" | grep -o '"value":"[^"]*"' | cut -d '"' -f 4 | base64 -d | grep . || echo no answer; }
"""
ITS_OWN = "',\"serializable\":true'"
NOTE = (
    "A side of the cut cannot tell it from the death of the others, so that is how it is cut: one side, then the other."
)


class Story(NamedTuple):
    """Operations in their order: before the cut, at the node that is cut off, at the others, and when all is healed."""

    before: list[dict[str, Any]]
    alone: list[dict[str, Any]]
    there: list[dict[str, Any]]
    back: list[dict[str, Any]]


def recipes(done: Run) -> tuple[Recipe, ...]:
    """A run in calm weather, or in which one node is cut off, and perhaps comes back."""
    apart, healed = cut(done)
    if apart is None:
        return ()
    story = told(done, apart)
    if not sound(story):
        return ()
    nodes = "abcde"[: done.query["nodes"]]
    rest = [name for name in nodes if name != apart]
    lines = [opened(nodes) + COMMANDS.rstrip(), *started(nodes), f"ready {dollars(nodes)}", "write $a 0 >ready.log"]
    lines += map(asked, story.before)
    if apart:
        # What a node has been told is read before it is parted from those who told it.
        lines += [f"ready ${apart}", f"# cut off: {apart} sees nobody", f"stop {' '.join(rest)}"]
        lines += [*map(asked, story.alone), f"# and nobody sees {apart}", f"stop {apart}"]
        lines += [line for line in started(nodes) if line.split()[1] != apart]
        lines += [f"ready {dollars(rest)}", *map(asked, story.there)]
    if healed:
        again = next(line for line in started(nodes) if line.split()[1] == apart)
        lines += ["# healed", again, f"ready ${apart}", *map(asked, story.back)]
    lines.append(f"stop {' '.join(nodes if healed or not apart else rest)}")
    prints = tuple(came_to(one) for some in story for one in some)
    return (Recipe("etcd", "\n".join(lines) + "\n", note=NOTE if apart else "", prints=prints),)


def cut(done: Run) -> tuple[str | None, bool]:
    """The node that is cut off, and whether all is healed; an empty name in calm weather, None for anything else."""
    acts = [act for act in done.query.acts if act.verb in ("cut", "heal", "kill")]
    verbs = [act.verb for act in acts]
    if any(act.at is not None for act in done.query.acts) or verbs not in ([], ["cut"], ["cut", "heal"]):
        return None, False
    side = str(acts[0].arguments[0]) if acts else ""
    return (side if len(side) <= 1 else None), "heal" in verbs


def told(done: Run, apart: str) -> Story:
    """The operations, by the part of the story in which they are asked for."""
    asking = [act.verb for act in done.query.acts if act.verb in ("cut", "heal", READ, WRITE, PEEK)]
    operations: list[dict[str, Any]] = done.outcome["operations"]

    def until(verb: str) -> int:
        later = asking[asking.index(verb) :] if verb in asking else []
        return len(operations) - sum(one not in ("cut", "heal") for one in later)

    start, end = until("cut"), until("heal")
    middle = operations[start:end]
    alone = [one for one in middle if one["node"] == apart]
    return Story(operations[:start], alone, [one for one in middle if one["node"] != apart], operations[end:])


def sound(story: Story) -> bool:
    """Whether etcd can be held to it: all are answered but those that a node alone cannot answer. What a node holds
    by itself is a matter of milliseconds, where others can reach it."""
    together = [*story.before, *story.there, *story.back]
    return (
        any(story)
        and all(one["state"] == GOOD and one["kind"] != PEEK for one in together)
        and all(one["state"] == (GOOD if one["kind"] == PEEK else NOTHING) for one in story.alone)
    )


def opened(nodes: str) -> str:
    """The addresses, first for clients, then for one another."""
    clients = " ".join(f"{name}=127.0.0.1:{PORT + at}" for at, name in enumerate(nodes))
    peers = ",".join(f"{name}=http://127.0.0.1:{PORT + len(nodes) + at}" for at, name in enumerate(nodes))
    return f"{clients}\ncluster={peers}\n"


def started(nodes: str) -> list[str]:
    return [f"start {name} ${name} 127.0.0.1:{PORT + len(nodes) + at}" for at, name in enumerate(nodes)]


def dollars(names: str | list[str]) -> str:
    return " ".join(f"${name}" for name in names)


def asked(one: dict[str, Any]) -> str:
    if one["kind"] == WRITE:
        return f"write ${one['node']} {one['value']}"
    return f"read_at ${one['node']}{f' {ITS_OWN}' if one['kind'] == PEEK else ''}"


def came_to(one: dict[str, Any]) -> str:
    if one["state"] == NOTHING:
        return NOTHING
    return "ok" if one["kind"] == WRITE else str(one["value"])
