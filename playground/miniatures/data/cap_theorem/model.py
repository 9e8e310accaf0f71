"""A register on a few replicas, clients who read and write it, and a network that can be cut in two."""

from itertools import combinations

from playground.engine import Choice, Decision, Flag, Miniature, Name, Refused, Say, Steps, Whole, action
from playground.engine.clock import Until, Wait
from playground.engine.schema import TEXT, WHOLE, described, listed, maybe, record
from playground.machines.histories import READ, WRITE
from playground.miniatures.data.cap_theorem import words
from playground.miniatures.data.cap_theorem.leader import Leader, Primary
from playground.miniatures.data.cap_theorem.network import Network
from playground.miniatures.data.cap_theorem.parts import (
    GOOD,
    NOTHING,
    OPEN,
    PEEK,
    REFUSED,
    History,
    Operation,
    Replica,
    listing,
)  # fmt: skip
from playground.miniatures.data.cap_theorem.quorum import LastWriteWins, Quorum

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

OPERATION = record(
    client=TEXT,
    node=TEXT,
    kind=described(TEXT, "write, read, or peek: a read of one copy"),
    state=described(TEXT, "ok, refused, no answer, or open: still waiting"),
    value=described(maybe(WHOLE), "what was written or read"),
    called_us=WHOLE,
    took_us=described(maybe(WHOLE), "microseconds until the answer, or until the client gave up"),
)


class CapTheorem(Miniature):
    """While the network is cut, every operation gives up either its answer or the one order of all operations.

    Source: Gilbert and Lynch, 2002; the order is that of Herlihy and Wing, 1990.
    Simplified: one register, and clients that stand beside the node that they ask.
    """

    title = "CAP, honestly"
    question = "The network is cut. Will you wait, or will you be lied to?"
    knobs = ("mode",)
    opening = "Nobody has asked for anything yet, and every node holds 0."
    per_second = 30_000
    grows_with = "first"

    nodes = Whole(3, least=3, most=5, help="Replicas, each with a copy")
    mode = Choice("quorum", MODES, help="How they agree", on="mode")
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

    def parted(self, one: Replica, other: Replica) -> bool:
        """True where the cut lies between two replicas."""
        return (one.name in self.net.side) != (other.name in self.net.side)

    def way(self, one: Replica, other: Replica) -> int:
        """Microseconds from one replica to another: the last one stands further away."""
        return (self.far if self.nodes - 1 in (one.order, other.order) else self.delay) * 1000

    def way_back(self, one: Replica, other: Replica) -> int:
        """The same for an acknowledgement."""
        return self.way(one, other)

    @property
    def longest(self) -> int:
        """The longest way there is."""
        return max(self.delay, self.far) * 1000

    # The life of an operation.

    def set_up(self) -> None:
        self.history = History()
        self.net = Network(self)
        self.rule: Quorum | Leader = RULES[self.mode](self, self.net)

    def start(self) -> Steps:
        self.net.build("abcde"[: self.nodes])
        for kind, client, place in FIRST[: self.first]:
            yield from self.asked(kind, client, "abc"[place])
            # Long enough for everything to arrive.
            yield Wait(2 * self.longest)

    def asked(self, kind: str, client: str, name: str) -> Steps:
        """A client asks a node, and waits until it has an answer or its time is over."""
        if client not in CLIENTS:
            raise Refused("client", f"There is no client {client}; there are {listing(CLIENTS)}.")
        node = self.node(name)
        if self.history.waits(client):
            raise Refused("client", f"{client} still waits for an answer. Take another client, or a later instant.")
        if len(self.history.operations) == MOST:
            raise Refused("", f"The judge takes {MOST} operations at most. Take one away.")
        op = self.history.begin(client, node, kind, self.now)
        self.net.changed = node.name
        what = {WRITE: f"to write {op.value}", READ: "to read", PEEK: "for its own copy"}[kind]
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
        op.value, op.answered = value, self.history.events + 1
        yield from self.end(op, GOOD, f"{why}: {op.client} gets {got}.")

    def end(self, op: Operation, state: str, why: str) -> Steps:
        """The last word on an operation, and on the history if it has no order any more."""
        before = self.history.verdict
        self.history.end(op, state, self.now)
        self.net.changed = op.node.name
        self.happen(op.over)
        self.count_lost()
        waited = f"{(self.now - op.since) // 1000} ms"
        got = Decision(f"operation {op.number}", words.came_to(op))
        broken = before.linearizable and not self.history.verdict.linearizable
        surprise = self.history.is_first(op) or (op in self.history.stale() and not broken)
        yield Say(why, (got, Decision(f"latency of operation {op.number}", waited)), surprise)
        if broken:
            yield Say(words.proof(self.history), stop=True)

    def count_lost(self) -> None:
        """Acknowledged writes that no node which lives has kept."""
        self.history.count_lost(self.rule.kept)

    def node(self, name: str) -> Replica:
        if name not in self.net.replicas:
            raise Refused("node", f"There is no node {name}; there are {listing(self.net.replicas)}.")
        return self.net.replicas[name]

    # The learner's verbs.

    @action(
        "Write",
        timed=True,
        help="The next number",
        dropped="{client} writes at {node}",
        client=Name(among="names_of_clients", on="client"),
        node=Name(among="names_of_nodes", on="node"),
    )
    def write(self, client: str, node: str) -> Steps:
        yield from self.asked(WRITE, client, node)

    @action(
        "Read",
        timed=True,
        dropped="{node} is read by {client}",
        client=Name(among="names_of_clients", on="client"),
        node=Name(among="names_of_nodes", on="node"),
    )
    def read(self, client: str, node: str) -> Steps:
        yield from self.asked(READ, client, node)

    @action(
        "Read one copy",
        timed=True,
        help="The node asks nobody",
        client=Name(among="names_of_clients", on="client"),
        node=Name(among="names_of_nodes", on="node"),
    )
    def peek(self, client: str, node: str) -> Steps:
        yield from self.asked(PEEK, client, node)

    @action(
        "Cut the network",
        timed=True,
        help="The nodes on one side",
        dropped="cut {side} off",
        lifted="cut",
        thrown="node",
        side=Name(among="sides", on="node gap"),
    )
    def cut(self, side: str) -> Steps:
        if not set(side) < set(self.net.replicas) or len(set(side)) < len(side):
            names = listing(self.net.replicas)
            raise Refused("side", f"{side} is no group; write some of {names} as one word, as in ab.")
        self.net.part(side)
        self.net.changed = side[0]
        rest = [name for name in self.net.replicas if name not in side]
        yield f"The network is cut: {listing(side)} on one side, {listing(rest)} on the other."
        self.rule.changed()

    @action("Heal it", timed=True, on="cut torn", thrown="cut")
    def heal(self) -> Steps:
        if not self.net.side:
            raise Refused("", "The network is whole. Cut it first.")
        self.net.changed = self.net.side[0]
        self.net.heal()
        yield f"The network is whole again{self.rule.after_the_cut}."
        self.rule.changed()

    @action("Kill a node", timed=True, node=Name(among="names_of_nodes", on="node"))
    def kill(self, node: str) -> Steps:
        one = self.node(node)
        if not one.alive:
            raise Refused("node", f"{node} is dead already.")
        self.net.stop(one)
        self.net.changed = node
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

    # What it answers.

    outcome_schema = record(
        operations=listed(OPERATION),
        answer=described(TEXT, "what the last operation came to: ok, the value read, or no answer"),
        latency_ms=described(WHOLE, "milliseconds of the last operation that was answered; 0 if none was"),
        linearizable=described(TEXT, "yes or no"),
        order=described(listed(WHOLE), "numbers of operations in the order found"),
        core=described(listed(WHOLE), "the smallest part of the history that has no order"),
        states=described(WHOLE, "states that the judge looked at"),
        held=described(listed(TEXT), "what the nodes hold, in order; – for a dead one"),
        unanswered=described(WHOLE, "operations without an answer, refused ones among them"),
        stale=described(WHOLE, "reads of less than what was acknowledged before they began"),
        lost=described(WHOLE, "acknowledged writes that no living node has kept"),
    )

    def outcome(self) -> dict[str, object]:
        """What each operation came to, whether one order explains them, and what is lost."""
        history, answered = self.history, self.history.answered()
        return {
            "operations": [operation_told(op) for op in history.operations],
            "answer": words.came_to(history.latest) if history.latest else "",
            "latency_ms": (answered[-1].until - answered[-1].since) // 1000 if answered else 0,
            "linearizable": "yes" if history.verdict.linearizable else "no",
            "order": list(history.verdict.order),
            "core": list(history.verdict.core),
            "states": history.verdict.states,
            "held": [str(self.rule.value(one)) if one.alive else "–" for one in self.net.replicas.values()],
            "unanswered": history.unanswered(),
            "stale": len(history.stale()),
            "lost": len(history.lost),
        }


def operation_told(op: Operation) -> dict[str, object]:
    """One operation of the outcome."""
    return {
        "client": op.client,
        "node": op.node.name,
        "kind": op.kind,
        "state": op.state,
        "value": op.value if op.kind == WRITE or op.state == GOOD else None,
        "called_us": op.since,
        "took_us": None if op.state == OPEN else op.until - op.since,
    }
