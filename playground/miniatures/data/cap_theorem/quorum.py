"""Quorums: whoever is asked asks all the others, and goes on when enough have answered. Nobody leads.

A value carries a stamp, the clock of the node that took it; the later stamp wins everywhere. With last write
wins, every node answers alone and passes on what it has.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from playground.engine import Say, Steps
from playground.engine.clock import Event, Until
from playground.miniatures.data.cap_theorem.network import Network
from playground.miniatures.data.cap_theorem.parts import ANSWERS, OPEN, Model, Operation, Replica

Held = tuple[tuple[int, int], int]
"""A stamp (time, order of the node), and the value that it belongs to."""


def held(node: Replica) -> Held:
    return node.stamp, node.value


class Quorum:
    """The rule of the node that is asked."""

    after_the_cut = ""
    """What the nodes do by themselves when the network is whole again, as the end of that sentence."""

    def __init__(self, model: Model, net: Network) -> None:
        self.model, self.net = model, net

    def keep(self, node: Replica, found: Held) -> bool:
        """A node takes what is newer than its own."""
        if found[0] <= node.stamp:
            return False
        node.stamp, node.value = found
        return True

    def write(self, op: Operation) -> Steps:
        net, node = self.net, op.node
        mine = self.model.stamp(node), op.value
        verb = "stores" if self.keep(node, mine) else "has a later stamp than that of"
        words = f"{node.name} {verb} {op.value} and sends it to {net.others_named(node)}."
        yield from self.spread(op, mine, {node.name}, words)

    def spread(self, op: Operation, what: Held, have: set[str], words: str) -> Steps:
        """Send a value to all, and answer the client when enough nodes have it."""
        net, node, enough = self.net, op.node, Event()

        def stored(other: Replica) -> Steps:
            have.add(other.name)
            if len(have) == self.model.needed("write"):
                self.model.happen(enough)
            yield from ()

        def store(other: Replica) -> Steps:
            had = other.stamp
            newer = self.keep(other, what)
            net.changed = other.name
            net.send(other, node, "ok", partial(stored, other), ANSWERS)
            verb = "stores" if newer else "already has" if had == what[0] else "has a later stamp than that of"
            yield f"{other.name} {verb} {what[1]} and acknowledges."

        for other in net.others(node):
            net.send(node, other, str(what[1]), partial(store, other))
        yield words
        if len(have) < self.model.needed("write"):
            yield Until(enough)
        if op.state == OPEN:
            yield from self.model.answer(op, what[1], self.why(op, len(have)))

    def why(self, op: Operation, count: int) -> str:
        if count == 1:
            return f"{op.node.name} asks nobody"
        return f"{count} of {len(self.net.replicas)} nodes, {op.node.name} among them, are enough"

    def read(self, op: Operation) -> Steps:
        net, node, enough = self.net, op.node, Event()
        found = {node.name: held(node)}

        def heard(other: Replica, theirs: Held) -> Steps:
            found[other.name] = theirs
            if len(found) == self.model.needed("read"):
                self.model.happen(enough)
            yield from ()

        def tell(other: Replica) -> Steps:
            theirs = held(other)
            net.changed = other.name
            net.send(other, node, str(theirs[1]), partial(heard, other, theirs), ANSWERS)
            yield f"{other.name} tells {node.name} what it holds: {theirs[1]}."

        if self.model.needed("read") > 1:
            for other in net.others(node):
                net.send(node, other, "?", partial(tell, other))
            yield f"{node.name} holds {node.value} and asks {net.others_named(node)}."
            yield Until(enough)
        if op.state != OPEN:
            return
        newest = max(found.values())
        behind = [name for name, theirs in found.items() if theirs != newest]
        if self.model.repair and behind and newest[1]:
            self.keep(node, newest)
            have = {name for name, theirs in found.items() if theirs == newest} | {node.name}
            words = f"{node.name} repairs before it answers: it sends {newest[1]} to everybody."
            yield from self.spread(op, newest, have, words)
            return
        why = f"The newest of {len(found)} answers, its own included" if len(found) > 1 else f"{node.name} asks nobody"
        yield from self.model.answer(op, newest[1], why)

    def peek(self, op: Operation) -> Steps:
        yield from self.model.answer(op, op.node.value, f"{op.node.name} asks nobody")

    def changed(self) -> None:
        """The network has changed. Nobody here minds."""

    def value(self, node: Replica) -> int:
        return node.value

    def note(self, node: Replica) -> str:
        return "empty" if node.stamp[0] < 0 else ""

    def written(self, node: Replica) -> int:
        """When a client asked for what the node holds, by no node's clock; -1: nobody has."""
        every = self.model.history.operations
        return next((op.since for op in every if op.kind == "write" and op.value == node.value), -1)

    def in_words(self) -> str:
        """When a client is answered."""
        count, write, read = self.model.nodes, self.model.needed("write"), self.model.needed("read")
        repairs = f", and {write} to repair" if self.model.repair and write > read else ""
        return f"a write needs {write} of {count}, a read {read} of {count}{repairs}"

    def may(self, count: int, seen: Collection[str]) -> str:
        """What so many nodes may do without the others, of the kinds of operations that have been seen."""
        asked = [kind for kind in ("write", "read") if kind in seen]
        can = [kind for kind in ("write", "read") if self.able(kind, count)]
        done = [kind for kind in asked if kind in can]
        if len(done) == 2:
            return "enough"
        if done:
            return "may read, not repair" if can == ["read"] and self.model.repair else f"may {done[0]}"
        if asked:
            return f"may not {asked[0]}" if can else "too few"
        return ""

    def able(self, kind: str, count: int) -> bool:
        """Whether so many nodes can answer such an operation without the others, given time."""
        return self.model.needed(kind) <= count

    def kept(self, op: Operation) -> bool:
        """Whether a node that lives has an acknowledged value, or one that came after it."""
        every = self.model.history.operations
        later = {other.value for other in every if other.kind == "write" and other.answered >= op.called}
        return any(node.value in later for node in self.net.alive())


class LastWriteWins(Quorum):
    """Every node answers alone; after a cut, nodes tell each other what they have."""

    after_the_cut = ", and nodes that differ send each other what they hold"

    def in_words(self) -> str:
        return "the last write wins"

    def may(self, count: int, seen: Collection[str]) -> str:
        return "" if "read" not in seen else "each answers alone" if count > 1 else "answers alone"

    def able(self, kind: str, count: int) -> bool:
        return True

    def changed(self) -> None:
        net = self.net
        for node in net.alive() if not net.side else ():
            for other in net.others(node):
                if node.stamp[0] >= 0 and node.value != other.value:
                    net.send(node, other, str(node.value), partial(self.merge, other, held(node)))

    def merge(self, node: Replica, what: Held) -> Steps:
        before = node.value
        if self.keep(node, what):
            self.net.changed = node.name
            told = f"{node.name} takes {what[1]}, which has the later stamp, and forgets {before}."
            yield Say(told, stop=bool(before))
