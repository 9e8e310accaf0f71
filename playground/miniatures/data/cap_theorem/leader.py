"""A leader and a log: what a majority has written down is sure. As in Raft, with fewer messages.

A node that follows passes requests on to its leader. When the leader is not heard from, a node that a majority
can hear is elected. With `Primary`, the leader does not wait for anybody, and a log may be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from playground.engine import Say, Steps
from playground.engine.clock import Event, Until, Wait
from playground.miniatures.data.cap_theorem.network import Network
from playground.miniatures.data.cap_theorem.parts import ANSWERS, OPEN, Entry, Model, Operation, Replica, listing

PATIENCE = 20
"""Longest ways after which a leader that is not heard from is given up: ten round trips."""


class Leader:
    """The rule of a node that follows, of one that leads, and of one that wants to."""

    after_the_cut = ", and a leader sends its whole log once more"

    def __init__(self, model: Model, net: Network) -> None:
        self.model, self.net = model, net
        self.match: dict[str, int] = {}
        self.waiting: dict[int, Operation] = {}

    # What a client asks.

    def write(self, op: Operation) -> Steps:
        yield from self.pass_on(op, str(op.value), self.propose)

    def read(self, op: Operation) -> Steps:
        yield from self.pass_on(op, "?", self.confirm)

    def pass_on(self, op: Operation, label: str, then: Callable[[Operation, Replica], Steps]) -> Steps:
        """To the leader, where it is somebody else."""
        net, node = self.net, op.node
        if node.leads:
            yield from then(op, node)
        elif node.leader:
            leader = net.replicas[node.leader]
            net.send(node, leader, label, partial(then, op, leader))
            yield f"{node.name} passes it on to {leader.name}, its leader."
        else:
            yield f"{node.name} knows no leader, and {op.client} waits."

    def peek(self, op: Operation) -> Steps:
        yield from self.model.answer(op, op.node.standing, f"{op.node.name} asks nobody")

    # What a leader does.

    def propose(self, op: Operation, leader: Replica) -> Steps:
        if not leader.leads:
            return
        leader.log.append(Entry(leader.term, op.value))
        self.waiting[op.value] = op
        self.replicate(leader, str(op.value))
        yield from self.told(op, leader)
        yield from self.advance(leader)

    def told(self, op: Operation, leader: Replica) -> Steps:
        yield f"{leader.name} writes {op.value} into its log and sends it to {self.net.others_named(leader)}."

    def replicate(self, leader: Replica, words: str) -> None:
        """Send the log as it is to everybody."""
        term, log, commit = leader.term, tuple(leader.log), leader.commit
        for other in self.net.others(leader):
            self.net.send(leader, other, words, partial(self.append, other, leader, term, log, commit))

    def append(self, node: Replica, leader: Replica, term: int, log: tuple[Entry, ...], commit: int) -> Steps:
        """A node follows whoever has the highest term, and takes its log."""
        net = self.net
        if term < node.term:
            newer = node.term
            net.send(node, leader, "no", partial(self.deposed, leader, newer), ANSWERS)
            return
        before = tuple(node.log)
        # A message that was overtaken by a longer one of the same leader says nothing new.
        longer = before[: len(log)] == log
        node.term, node.leader = term, leader.name
        if not longer:
            node.log[:] = log
        node.commit = min(max(node.commit, min(commit, len(log))), len(node.log))
        length = len(log)
        net.send(node, leader, "ok", partial(self.acknowledged, leader, node, term, length), ANSWERS)
        gone = [line.value for line in before if line.value and line not in node.log]
        if gone:
            net.changed = node.name
            self.model.count_lost()
            told = f"{node.name} takes the log of {leader.name} and throws {listing(map(str, gone))} away."
            yield Say(told, stop=True)
        elif not longer:
            net.changed = node.name
            last = node.log[-1].value
            yield f"{node.name} writes {last} down and acknowledges." if last else f"{node.name} follows {leader.name}."

    def deposed(self, leader: Replica, term: int) -> Steps:
        if leader.leads and term > leader.term:
            leader.leader = ""
            self.net.changed = leader.name
            yield f"{leader.name} hears of a later term, {term}, and leads no more."

    def acknowledged(self, leader: Replica, node: Replica, term: int, length: int) -> Steps:
        if leader.leads and leader.term == term:
            self.match[node.name] = max(self.match.get(node.name, 0), length)
            yield from self.advance(leader)

    def advance(self, leader: Replica) -> Steps:
        """What a majority has is sure, if the last line is of the leader's own term."""
        net = self.net
        lengths = sorted([len(leader.log), *(self.match.get(other.name, 0) for other in net.others(leader))])
        sure = lengths[-net.majority]
        if sure <= leader.commit or leader.log[sure - 1].term != leader.term:
            return
        fresh = leader.log[leader.commit : sure]
        leader.commit = sure
        self.replicate_quietly(leader)
        for line in fresh:
            op = self.waiting.pop(line.value, None)
            if op and op.state == OPEN:
                yield from self.reply(op, leader, op.value, self.because())

    def because(self) -> str:
        return f"{self.net.majority} of {len(self.net.replicas)} nodes have it"

    def replicate_quietly(self, leader: Replica) -> None:
        """Tell everybody what is sure; nobody answers."""
        term, commit = leader.term, leader.commit

        def learn(node: Replica) -> Steps:
            if node.term == term and node.leader == leader.name:
                node.commit = max(node.commit, min(commit, len(node.log)))
            yield from ()

        for other in self.net.others(leader):
            self.net.send(leader, other, "", partial(learn, other))

    def reply(self, op: Operation, leader: Replica, value: int, why: str) -> Steps:
        """Answer the client, through the node that was asked."""
        net = self.net
        if op.node is leader:
            yield from self.model.answer(op, value, why)
            return
        label = "ok" if op.kind == "write" else str(value)
        then = partial(self.model.answer, op, value, f"{op.node.name} hands on what {leader.name} says")
        net.send(leader, op.node, label, then, ANSWERS)
        net.changed = leader.name
        yield f"{leader.name} tells {op.node.name}: {why}."

    def confirm(self, op: Operation, leader: Replica) -> Steps:
        """Before a read is answered, a majority must say that nobody else leads by now."""
        net, enough, yes = self.net, Event(), {leader.name}
        if not leader.leads:
            return
        term = leader.term

        def still(other: Replica) -> Steps:
            yes.add(other.name)
            if len(yes) == net.majority:
                self.model.happen(enough)
            yield from ()

        def asked(other: Replica) -> Steps:
            if other.term == term:
                net.changed = other.name
                net.send(other, leader, "ok", partial(still, other), ANSWERS)
                yield f"{other.name} still follows {leader.name}."

        for other in net.others(leader):
            net.send(leader, other, "lead?", partial(asked, other))
        yield f"{leader.name} asks {net.others_named(leader)} whether it still leads."
        yield Until(enough)
        if op.state == OPEN and leader.leads and leader.term == term and self.sure(leader):
            yield from self.reply(op, leader, leader.standing, f"{net.majority} of {len(net.replicas)} nodes follow it")

    def sure(self, leader: Replica) -> bool:
        """A new leader knows what is sure when a line of its own term is."""
        return leader.term == 1 or any(line.term == leader.term for line in leader.log[: leader.commit])

    # What happens when the network changes.

    def changed(self) -> None:
        for node in self.net.alive():
            if node.leads and not self.net.side:
                self.replicate(node, "")
        for node in self.net.alive():
            self.model.spawn(self.doubt(node, self.net.changes), background=True)

    def doubt(self, node: Replica, changes: int) -> Steps:
        """After a while without its leader, a node asks for votes; one that leads without a majority gives up."""
        net = self.net
        yield Wait(self.model.longest * (PATIENCE + 4 * node.order))
        if net.changes != changes or not node.alive:
            return
        near = [other for other in net.others(node) if net.hears(node, other)]
        if node.leads:
            if len(near) + 1 < net.majority and self.gives_up():
                node.leader = ""
                net.changed = node.name
                yield f"{node.name} hears from no majority and stops leading."
            return
        leader = net.replicas.get(node.leader)
        if leader and leader.leads and net.hears(node, leader):
            return
        node.leader = ""
        net.changed = node.name
        if len(near) + 1 < net.majority:
            yield f"{node.name} hears no leader and too few others to elect one."
            return
        yield from self.campaign(node)

    def gives_up(self) -> bool:
        return True

    def campaign(self, node: Replica) -> Steps:
        net, term, votes = self.net, node.term + 1, {node.name}
        node.voted = term

        def granted(other: Replica) -> Steps:
            votes.add(other.name)
            if len(votes) == net.majority and node.term < term:
                node.term, node.leader = term, node.name
                self.match = {}
                node.log.append(Entry(term, 0))
                net.changed = node.name
                self.replicate(node, "lead")
                yield f"{node.name} leads in term {term}, by {len(votes)} votes of {len(net.replicas)}."
                yield from self.advance(node)

        def asked(other: Replica) -> Steps:
            mine, theirs = last(other), last(node)
            if other.voted < term and mine <= theirs:
                other.voted = term
                net.changed = other.name
                net.send(other, node, "yes", partial(granted, other), ANSWERS)
                yield f"{other.name} votes for {node.name}."

        for other in net.others(node):
            net.send(node, other, "vote", partial(asked, other))
        patience = self.model.longest * PATIENCE // 1000
        yield f"{node.name} has not heard from a leader for {patience:,} ms and asks for votes."

    # What is shown.

    def value(self, node: Replica) -> int:
        return node.standing

    def note(self, node: Replica) -> str:
        return f"leads, term {node.term}" if node.leads else f"follows {node.leader}" if node.leader else "no leader"

    def written(self, node: Replica) -> int:
        """When a client asked for what the node holds; -1: nobody has."""
        every = self.model.history.operations
        return next((op.since for op in every if op.kind == "write" and op.value == node.standing), -1)

    def in_words(self) -> str:
        """When a client is answered."""
        return f"{self.majority()} of {self.model.nodes} must agree first"

    def majority(self) -> int:
        """The net's, and also before that has begun."""
        return self.model.nodes // 2 + 1

    def may(self, count: int, seen: Collection[str]) -> str:
        """What so many nodes are without the others, once something has been asked of them: who may lead is the next
        question.
        """
        return "" if not seen else "a majority" if self.able("write", count) else "too few"

    def able(self, kind: str, count: int) -> bool:
        """Whether so many nodes can answer such an operation without the others, given time."""
        return count >= self.majority()

    def kept(self, op: Operation) -> bool:
        """Whether an acknowledged value is in the log of a node that lives."""
        return any(line.value == op.value for node in self.net.alive() for line in node.log)


def last(node: Replica) -> tuple[int, int]:
    """How far a log goes: term of the last line, and lines."""
    return (node.log[-1].term if node.log else 1), len(node.log)


class Primary(Leader):
    """A leader that answers first and sends afterwards; everybody answers reads from what they have."""

    def advance(self, leader: Replica) -> Steps:
        fresh, leader.commit = leader.log[leader.commit :], len(leader.log)
        for line in fresh:
            op = self.waiting.pop(line.value, None)
            if op and op.state == OPEN:
                yield from self.reply(op, leader, op.value, f"{leader.name} waits for nobody")

    def append(self, node: Replica, leader: Replica, term: int, log: tuple[Entry, ...], commit: int) -> Steps:
        yield from super().append(node, leader, term, log, len(log))

    def read(self, op: Operation) -> Steps:
        yield from self.peek(op)

    def gives_up(self) -> bool:
        return False

    def in_words(self) -> str:
        return "the primary answers, then sends"

    def may(self, count: int, seen: Collection[str]) -> str:
        return ""

    def able(self, kind: str, count: int) -> bool:
        return True
