"""A register on a few replicas, clients who read and write it, and a network that can be cut in two."""

from itertools import combinations

from playground.engine import Choice, Decision, Flag, Metric, Name, Refused, Say, Steps, Whole, action
from playground.engine.clock import Until, Wait
from playground.machines.histories import NEVER, READ, WRITE, Verdict, judge
from playground.miniatures.data.cap_theorem import shown
from playground.miniatures.data.cap_theorem.leader import Leader, Primary
from playground.miniatures.data.cap_theorem.parts import (
    GOOD,
    NOTHING,
    OPEN,
    PEEK,
    REFUSED,
    Network,
    Operation,
    Replica,
    listing,
)  # fmt: skip
from playground.miniatures.data.cap_theorem.quorum import LastWriteWins, Quorum
from playground.scenes.scene import Scene

CLIENTS = ("ann", "ben", "cat", "dan")
MOST = 16
"""Operations in a history, so that the judge is quick."""

MODES = {
    "quorum": "quorums R and W",
    "leader": "a leader and a majority",
    "primary": "a primary that does not wait",
    "lww": "every node alone, last write wins",
}
RULES: dict[str, type[Quorum] | type[Leader]] = {
    "quorum": Quorum,
    "leader": Leader,
    "primary": Primary,
    "lww": LastWriteWins,
}
FIRST = ((WRITE, "ann", 0), (READ, "ben", 1), (WRITE, "cat", 2), (READ, "ann", 0), (WRITE, "ben", 1), (READ, "cat", 2))


class CapTheorem(Network):
    """While the network is cut, every operation gives up either its answer or the one order of all operations.

    Source: Gilbert and Lynch, 2002; the order is that of Herlihy and Wing, 1990.
    Simplified: one register, and clients that stand beside the node that they ask.
    """

    title = "CAP, honestly"
    question = "The network is cut. Will you wait, or will you be lied to?"
    opening = "Nobody has asked for anything yet, and every node holds 0."
    grows_with = "first"

    nodes = Whole(3, least=3, most=5, help="Replicas, each with a copy")
    mode = Choice("quorum", MODES, help="How they agree")
    w = Whole(2, least=1, most=5, label="W", help="With quorums: nodes that must have a write")
    r = Whole(2, least=1, most=5, label="R", help="With quorums: nodes that a read hears")
    repair = Flag(False, label="Read repair", help="With quorums: a read writes the newest back before it answers")
    delay = Whole(20, least=1, most=300, unit="ms", help="One way between two nodes")
    far = Whole(20, least=1, most=300, unit="ms", label="Delay of the last", help="One way to and from the last node")
    timeout = Whole(300, least=10, most=3000, unit="ms", label="Time-out", help="How long a client waits")
    skew = Whole(0, least=0, most=500, unit="ms", label="Skew", help="How late the last node’s clock is")
    first = Whole(4, least=0, most=6, label="To begin with", help="Operations at the start, one after the other")

    def rules(self) -> list[tuple[str, str]]:
        found = [(name, f"There are {self.nodes} nodes; take {self.nodes} or fewer.") for name in ("w", "r")]
        return [one for one in found if getattr(self, one[0]) > self.nodes]

    # What the names on offer are.

    def names_of_nodes(self) -> list[str]:
        return list("abcde"[: self.nodes])

    def names_of_clients(self) -> list[str]:
        return list(CLIENTS)

    def sides(self) -> list[str]:
        """Every way to part the nodes: the smaller group, written as one word."""
        every = self.names_of_nodes()
        return ["".join(some) for size in range(1, len(every) // 2 + 1) for some in combinations(every, size)]

    # The rules that a mode follows.

    def stamp(self, node: Replica) -> tuple[int, int]:
        """A write's stamp: microseconds by the node's own clock, and the node. The last one's clock may be late."""
        late = self.skew * 1000 if node.order == self.nodes - 1 else 0
        node.issued = max(self.now - late, node.issued + 1)
        return node.issued, node.order

    def needed(self, kind: str) -> int:
        """Nodes that must have a write, or be heard for a read; the one that is asked counts."""
        if self.mode == "lww":
            return 1
        return self.w if kind == WRITE else self.r

    def level(self, kind: str) -> str:
        """How an operation is done: as it was asked for."""
        return kind

    def reachable(self, node: Replica) -> bool:
        """Whether a client gets through to a node: it stands on the node's side of any cut."""
        return node.alive

    # The life of an operation.

    def start(self) -> Steps:
        self.build("abcde"[: self.nodes])
        self.operations: list[Operation] = []
        self.events = self.writes = 0
        self.verdict: Verdict = judge(())
        self.lost: list[int] = []
        self.latest: Operation | None = None
        self.rule: Quorum | Leader = RULES[self.mode](self)
        for kind, client, place in FIRST[: self.first]:
            yield from self.asked(kind, client, "abc"[place])
            # Long enough for everything to arrive.
            yield Wait(2 * self.longest)

    def asked(self, kind: str, client: str, name: str) -> Steps:
        """A client asks a node, and waits until it has an answer or its time is over."""
        if client not in CLIENTS:
            raise Refused("client", f"There is no client {client}; there are {listing(CLIENTS)}.")
        node = self.node(name)
        if any(op.client == client and op.state == OPEN for op in self.operations):
            raise Refused("client", f"{client} still waits for an answer. Take another client, or a later instant.")
        if len(self.operations) == MOST:
            raise Refused("", f"The judge takes {MOST} operations at most. Take one away.")
        self.writes += kind == WRITE
        self.events += 1
        value = self.writes if kind == WRITE else 0
        op = Operation(len(self.operations) + 1, client, node, kind, value, self.events, self.now)
        self.operations.append(op)
        self.latest, self.changed = op, node.name
        what = {WRITE: f"to write {value}", READ: "to read", PEEK: "for its own copy"}[kind]
        yield f"{client} asks {name} {what}."
        if not self.reachable(node):
            yield from self.end(op, REFUSED, f"{name} does not answer: {client} is refused.")
            return
        rule = {WRITE: self.rule.write, READ: self.rule.read, PEEK: self.rule.peek}[self.level(kind)]
        self.spawn(rule(op), background=True)
        self.spawn(self.give_up(op), background=True)
        yield Until(op.over)

    def give_up(self, op: Operation) -> Steps:
        yield Wait(self.timeout * 1000)
        if op.state == OPEN:
            rest = f"; whether {op.value} will be written, nobody has said" if op.kind == WRITE else ""
            yield from self.end(op, NOTHING, f"{op.client} has waited {self.timeout} ms and gives up{rest}.")

    def answer(self, op: Operation, value: int, why: str) -> Steps:
        """A client gets its answer, if it still waits for one."""
        if op.state != OPEN:
            return
        got = "ok" if op.kind == WRITE else str(value)
        op.value, op.answered = value, self.events + 1
        yield from self.end(op, GOOD, f"{why}: {op.client} gets {got}.")

    def end(self, op: Operation, state: str, words: str) -> Steps:
        """The last word on an operation; then the judge looks at the history again."""
        self.events += 1
        op.state, op.until, op.ended = state, self.now, self.events
        self.latest, self.changed = op, op.node.name
        self.happen(op.over)
        before, self.verdict = self.verdict, self.judged()
        self.count_lost()
        got = shown.came_to(op)
        waited = f"{(self.now - op.since) // 1000} ms"
        made = Decision(f"operation {op.number}", got), Decision(f"latency of operation {op.number}", waited)
        yield Say(words, made)
        if before.linearizable and not self.verdict.linearizable:
            yield shown.proof(self)

    def judged(self) -> Verdict:
        """Whether one order explains what the clients saw. What was refused had no effect."""
        return judge([op.done() for op in self.operations if op.state != REFUSED])

    def count_lost(self) -> None:
        """Acknowledged writes that no node which lives has kept."""
        for op in self.operations:
            gone = op.kind == WRITE and op.answered < NEVER and op.number not in self.lost and not self.rule.kept(op)
            self.lost += [op.number] if gone else []

    def stale(self) -> list[Operation]:
        """Reads that were answered with less than what had been acknowledged before they began."""
        writes = {op.value: op for op in self.operations if op.kind == WRITE}
        return [
            op
            for op in self.operations
            if op.kind != WRITE and op.state == GOOD
            for old in [writes[op.value].answered if op.value else 0]
            if any(new.called > old and new.answered < op.called for new in writes.values())
        ]

    def node(self, name: str) -> Replica:
        if name not in self.replicas:
            raise Refused("node", f"There is no node {name}; there are {listing(self.replicas)}.")
        return self.replicas[name]

    # The learner's verbs.

    @action(
        "Write",
        timed=True,
        help="The next number",
        client=Name(among="names_of_clients"),
        node=Name(among="names_of_nodes"),
    )
    def write(self, client: str, node: str) -> Steps:
        yield from self.asked(WRITE, client, node)

    @action("Read", timed=True, client=Name(among="names_of_clients"), node=Name(among="names_of_nodes"))
    def read(self, client: str, node: str) -> Steps:
        yield from self.asked(READ, client, node)

    @action(
        "Read one copy",
        timed=True,
        help="The node asks nobody",
        client=Name(among="names_of_clients"),
        node=Name(among="names_of_nodes"),
    )
    def peek(self, client: str, node: str) -> Steps:
        yield from self.asked(PEEK, client, node)

    @action("Cut the network", timed=True, help="The nodes on one side", side=Name(among="sides"))
    def cut(self, side: str) -> Steps:
        if not set(side) < set(self.replicas) or len(set(side)) < len(side):
            raise Refused("side", f"{side} is no group; write some of {listing(self.replicas)} as one word, as in ab.")
        self.part(side)
        self.changed = side[0]
        rest = [name for name in self.replicas if name not in side]
        yield f"The network is cut: {listing(side)} on one side, {listing(rest)} on the other."
        self.rule.changed()

    @action("Heal it", timed=True)
    def heal(self) -> Steps:
        if not self.side:
            raise Refused("", "The network is whole. Cut it first.")
        self.changed = self.side[0]
        self.mend()
        yield "The network is whole again."
        self.rule.changed()

    @action("Kill a node", timed=True, node=Name(among="names_of_nodes"))
    def kill(self, node: str) -> Steps:
        one = self.node(node)
        if not one.alive:
            raise Refused("node", f"{node} is dead already.")
        self.stop(one)
        self.changed = node
        yield f"{node} stops for good, with all that it held."
        self.rule.changed()
        self.count_lost()

    @action(
        "Wait", timed=True, help="Let messages arrive", ms=Whole(500, least=1, most=5000, unit="ms", label="for, in ms")
    )
    def wait(self, ms: int) -> Steps:
        yield Wait(ms * 1000)
        self.count_lost()
        yield f"{ms} ms go by."

    # What is shown.

    def draw(self) -> tuple[Scene, ...]:
        return shown.scenes(self)

    def metrics(self) -> tuple[Metric, ...]:
        return shown.metrics(self)

    def outcome(self) -> dict[str, object]:
        return shown.outcome(self)

    outcome_schema = shown.OUTCOME
