"""What is asked about packets: questions made from wrong models, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, do, query_for
from playground.machines.packets.crossing import FIRST, LAST, WIRE
from playground.machines.packets.route import DELIVERED, KEPT
from playground.miniatures.communication.tcp_ip_encapsulation import beliefs
from playground.miniatures.communication.tcp_ip_encapsulation.damage import PLACES
from playground.miniatures.communication.tcp_ip_encapsulation.model import TcpIpEncapsulation

WORDS = ("list", "all", "moons", "of", "Jupiter", "and", "Saturn", "with", "their", "names", "then", "rings", "please")
HEADERS = 40
"""Bytes of TCP and IP in a packet."""
PARTS = ((14, 34, "IP’s header"), (34, 54, "TCP’s header"), (54, 454, "the text"))
ONE = "1 packet, and nobody is told"
TEXT = 54
"""Where the text begins in a frame."""


def sentence(rng: Rng, least: int, most: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.between(least, most)))


def routers(count: int) -> str:
    return f"{count} router{'s' * (count != 1)}"


class LastNumber(Question):
    """More text is sent. What is the sequence number of its last segment?"""

    name = "last-number"
    title = "the last number"
    version = 2
    because = (
        "A sequence number is that of the segment’s first byte: the SYN has used up one number, and every byte "
        "sent before has used up one more."
    )
    goes = "The {thing} is {choice}."
    form = "number"
    reads = "last_sequence"
    about = "number of segment {count}"
    wrong = (
        beliefs.CountsSegments, beliefs.ForgetsTheSyn, beliefs.CountsItself, beliefs.NamesTheLastByte,
        beliefs.CountsHeaders, beliefs.FromOne,
    )  # fmt: skip
    verbs = "send"
    needs = "a run in which sending more text is all that is done, and the last wire takes the largest segment whole"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return bool(done.query["mss"] + HEADERS <= done.query["mtu"])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        text, more = sentence(rng, 3, 6), sentence(rng, 6, 12)
        size, number = rng.between(20, 30), 1000 * rng.between(1, 90)
        return query_for(TcpIpEncapsulation, do("send", more), text=text, mss=size, isn=number, hops=0)

    @classmethod
    def prompt(cls, query: Query) -> str:
        sent, more = len(query["text"].encode()), len(query.argument().encode())
        return (
            f"The SYN had number {query['isn']:,}; {sent} {'byte has' if sent == 1 else 'bytes have'} been sent since. "
            f"{more} more {'goes' if more == 1 else 'go'} out now, "
            f"in segments of at most {query['mss']}. Which number has the last segment?"
        )


class WhatARouterChanges(Question):
    """Routers come into the way. What does the last of them rewrite?"""

    name = "what-a-router-changes"
    title = "behind a router"
    version = 2
    because = (
        "Every router takes one from the time to live and makes a new frame, with checksums to match; only NAT "
        "rewrites addresses and ports, and only cutting the packet’s length."
    )
    form = "choice"
    reads = "rewritten"
    about = "what router {routers} rewrites in segment {count}"
    wrong = (
        beliefs.OnlyTheFrame, beliefs.EveryOneTranslates, beliefs.SumsTheTtl, beliefs.KeepsTheMacs,
        beliefs.NatLeavesTcp,
    )  # fmt: skip
    verbs = "reroute send"
    needs = (
        "a run in which the route is changed to one router or more and then text is sent, which arrives in one segment"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        size, outcome = len(done.query.argument().encode()) + HEADERS, done.outcome
        whole = size <= done.query["mtu"] or outcome["passage"] != ONE
        arrives = outcome["count"] == outcome["asked"] and outcome["segments"][-1]["fate"] in (DELIVERED, KEPT)
        return bool(done.query.argument(-2) and arrives and whole)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        text, more = sentence(rng, 1, 3), sentence(rng, 6, 9)
        kind = rng.below(10)
        count = 1 if kind < 5 else rng.between(2, 4)
        return query_for(
            TcpIpEncapsulation, do("reroute", count), do("send", more),
            text=text if kind < 5 else "ok", hops=1, ttl=rng.between(8, 64),
            nat=kind < 4 or kind == 9, **({"mtu": 4 * rng.between(17, 19), "df": False} if 5 <= kind < 8 else {}),
        )  # fmt: skip

    @classmethod
    def prompt(cls, query: Query) -> str:
        count, size = query.argument(-2), len(query.argument().encode()) + HEADERS
        which = "One router is on the way now. What does it rewrite" if count == 1 else (
            f"{routers(count).capitalize()} are on the way now. What does the last of them rewrite")  # fmt: skip
        who = "It is one with NAT. " if count == 1 else "The first is one with NAT. "
        small = (
            ""
            if size <= query["mtu"]
            else f"A packet of {size} bytes has to be cut for a last wire of {query['mtu']}. "
        )
        head, question = which.split(". ")
        return f"{head}. {who if query['nat'] else ''}{small}{question} in the frame?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"station:{query.argument(-2)}", ""


class FirstToNotice(Question):
    """Bits turn on a wire or inside a router. Which checksum is the first that does not fit?"""

    name = "first-to-notice"
    title = "the first to notice"
    because = (
        "The frame’s checksum covers one wire, IP’s covers its header at every stop, TCP’s goes from end to end, and "
        "a sum cannot see two changes that cancel."
    )
    form = "choice"
    reads = "noticed_by"
    about = "who notices, flip {flips}"
    wrong = (
        beliefs.TheFrameCoversTheWay, beliefs.IpCoversAll, beliefs.NobodyChecksIp, beliefs.TcpSeesAll,
        beliefs.CancelsOut, beliefs.TheNextOne,
    )  # fmt: skip
    verbs = "flip( flip)?"
    needs = (
        "a run in which one bit of the packet is flipped whose field is under a checksum, or the same bit of two bytes "
        "of the text, two or four bytes apart, one set and one not"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        if done.outcome["ending"]["field"] not in ("checksum", "") or not part(done.query.acts[-1].arguments[1]):
            return False
        if len(done.query.acts) == 1:
            return True
        (place, one, bit), (other_place, other, other_bit) = (act.arguments for act in done.query.acts)
        text = bytes(TEXT) + done.query["text"].encode()
        mask = 0x80 >> bit
        return (
            (place, bit) == (other_place, other_bit)
            and abs(one - other) in (2, 4)
            and TEXT <= min(one, other) < max(one, other) < len(text)
            and bool((text[one] ^ text[other]) & mask)
        )

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        text, where = sentence(rng, 4, 8), rng.choice((WIRE, LAST, LAST, LAST, FIRST, FIRST, FIRST, FIRST))
        kind = rng.below(10)
        byte = rng.between(TEXT, TEXT + len(text) - 5) if kind < 7 else rng.choice((18, 19, 26, 28, 29))
        bit = rng.between(3, 7)
        acts = [do("flip", where, byte, bit)]
        if kind < 3:
            acts.append(do("flip", where, byte + rng.choice((2, 4)), bit))
        return query_for(TcpIpEncapsulation, *acts, text=text, hops=rng.between(2, 4))

    @classmethod
    def prompt(cls, query: Query) -> str:
        where, byte, bit = query.acts[-1].arguments
        way = f"A packet crosses {routers(query['hops'])}."
        ask = "Which checksum is the first that does not fit?"
        if len(query.acts) == 1:
            field = f"byte {byte} of the frame, which is in {part(byte)}"
            return f"{way} Bit {bit} of {field}, turns {PLACES[where]}. {ask}"
        one = query.acts[0].arguments[1]
        return (
            f"{way} Bit {bit} of bytes {one} and {byte} of the frame, both in the text, turns {PLACES[where]}: one was "
            f"set, the other was not. {ask}"
        )


def part(byte: int) -> str:
    """Where a byte of the packet stands; empty outside it."""
    return next((name for start, end, name in PARTS if start <= byte < end), "")


class ASmallWire(Question):
    """A packet is too long for the last wire. How many packets come of it, and who is told?"""

    name = "a-small-wire"
    title = "a small wire"
    because = (
        "With Don’t fragment set the router drops the packet and tells the client, whose TCP cuts the text again; "
        "without it the router cuts, and a header comes with every piece."
    )
    goes = "{thing}: the router {choice}."
    form = "choice"
    reads = "passage"
    about = "what the last router does with packet {asked}"
    wrong = (
        beliefs.AlwaysCuts, beliefs.NeverCuts, beliefs.DropsSilently, beliefs.TellsTheServer, beliefs.TellsOfCutting,
        beliefs.CountsTextOnly,
    )  # fmt: skip
    verbs = "send"
    needs = (
        "a run over a router or more in which all that is done is that a text is sent, for which the last wire is too "
        "small and the largest segment is not, and the one before passed"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        first, size = (len(text.encode()) + HEADERS for text in (query["text"], query.argument()))
        return bool(
            query["hops"] and first <= query["mtu"] < size <= query["mss"] + HEADERS
            and done.outcome["segments"][-1]["fate"] == DELIVERED
        )  # fmt: skip

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        more = sentence(rng, 9, 22)
        return query_for(
            TcpIpEncapsulation, do("send", more), text="ok", hops=rng.between(1, 3), mtu=4 * rng.between(17, 30),
            df=rng.below(2) == 0,
        )  # fmt: skip

    @classmethod
    def prompt(cls, query: Query) -> str:
        size = len(query.argument().encode())
        flag = "set" if query["df"] else "not set"
        return (
            f"{size} bytes of text go out in a packet of {size + HEADERS}; Don’t fragment is {flag}. The last wire "
            f"takes {query['mtu']} bytes a packet. How many packets of this text does the server get, and who is told?"
        )


def asked_in_vain(done: Run) -> bool:
    """The packet came as far as TCP, and its checksum held."""
    return bool(done.outcome["noticed"]["tcp"] == "missed" and done.outcome["ending"]["layer"] == "TCP")


QUESTIONS = (LastNumber, WhatARouterChanges, FirstToNotice, ASmallWire)
CHALLENGES = (
    Challenge(
        name="past-tcp",
        title="past TCP",
        claim="TCP’s checksum notices when a text is damaged on its way.",
        goal="Damage the text on its way so that the server’s program gets it, and nobody notices.",
        start="step=32",
        solution="do=flip:router:60:6&do=flip:router:62:6",
        score=Score(
            unit="bits flipped",
            one="bit flipped",
            of=lambda done: done.outcome["flips"],
            par=2,
            best=2,
            best_run="do=flip:router:60:6&do=flip:router:62:6",
        ),
        hints=(
            (
                "TCP adds up words of two bytes, and a sum does not tell which of them had the bit. What one flip "
                "takes away another may give back."
            ),
            (
                "Flip the same bit of two letters of the text that stand two bytes apart, one where it is set and one "
                "where it is not; and where no frame is around the packet, or the frame’s checksum sees it."
            ),
        ),
        conditions=(
            Condition("two bits or more are flipped", lambda done: done.outcome["flips"] >= 2),
            Condition("the text is not what was sent", lambda done: done.outcome["damaged"] > 0),
            Condition("TCP’s checksum is asked, and misses it", asked_in_vain),
            Condition(
                "the server’s program gets it",
                lambda done: done.outcome["damaged"] > 0 and done.outcome["ending"]["verdict"] == DELIVERED,
            ),
        ),
    ),
)
