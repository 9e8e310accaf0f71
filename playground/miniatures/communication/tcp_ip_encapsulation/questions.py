"""What is asked about packets: wrong models, questions made from them, and the challenge."""

from dataclasses import replace

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines.packets import checksum, ipv4
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import DELIVERED
from playground.machines.packets.tcp import CIRCLE
from playground.miniatures.communication.tcp_ip_encapsulation.model import TcpIpEncapsulation

# What sensible people believe instead.


class CountsSegments(WrongModel, TcpIpEncapsulation):
    belief = "sequence numbers count segments"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + 1 + len(self.way.sent)) % CIRCLE


class ForgetsTheSyn(WrongModel, TcpIpEncapsulation):
    belief = "the SYN does not use up a number"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + offset) % CIRCLE


class CountsItself(WrongModel, TcpIpEncapsulation):
    belief = "a segment’s number counts its own bytes too"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + 1 + offset + length) % CIRCLE


class OnlyTheFrame(WrongModel, TcpIpEncapsulation):
    belief = "a router changes the frame and leaves the packet alone"

    def forwarded(self, packet: Packet) -> Packet:
        return packet


class Translates(WrongModel, TcpIpEncapsulation):
    belief = "every router puts its own address in, as one with NAT does"

    def forwarded(self, packet: Packet) -> Packet:
        return ipv4.sealed(replace(packet, ttl=packet.ttl - 1, source=bytes([203, 0, 113, packet.ttl])))


class SumsTheTtl(WrongModel, TcpIpEncapsulation):
    belief = "what TCP sums up includes the time to live, so that its checksum changes too"

    def forwarded(self, packet: Packet) -> Packet:
        after, data = ipv4.forwarded(packet), packet.data
        updated = checksum.updated(int.from_bytes(data[16:18], "big"), packet.ttl, after.ttl)
        return replace(after, data=data[:16] + updated.to_bytes(2, "big") + data[18:])


WORDS = ("list", "all", "moons", "of", "Jupiter", "and", "Saturn", "with", "their", "names", "then", "rings", "please")


def sentence(rng: Rng, least: int, most: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.between(least, most)))


class LastNumber(Question):
    """More text is sent. What is the sequence number of its last segment?"""

    name = "last-number"
    title = "the last number"
    because = (
        "A sequence number is that of the segment’s first byte: the SYN has used up one number, and every byte "
        "sent before has used up one more."
    )
    goes = "The {thing} is {choice}."
    form = "number"
    reads = "last_sequence"
    about = "number of segment {count}"
    wrong = (CountsSegments, ForgetsTheSyn, CountsItself)
    verbs = "send"
    needs = "a run in which sending more text is all that is done, and the last wire takes the largest segment whole"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return bool(done.query["mss"] + 40 <= done.query["mtu"])

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
    """A router comes into the way. What is different in the frame behind it?"""

    name = "what-a-router-changes"
    title = "behind a router"
    because = (
        "A router takes one from the time to live, which changes the checksum of the IP header, and sends the "
        "packet on in a new frame; it rewrites neither the addresses of IP nor what IP carries."
    )
    form = "choice"
    reads = "rewritten"
    about = "what router 1 rewrites in segment {count}"
    wrong = (OnlyTheFrame, Translates, SumsTheTtl)
    verbs = "reroute send"
    needs = "a run in which the route is changed to one router and then more text is sent, which arrives"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return bool(done.query.argument(-2) == 1 and done.outcome["segments"][-1]["fate"] == DELIVERED)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        text, more = sentence(rng, 1, 3), sentence(rng, 2, 5)
        return query_for(
            TcpIpEncapsulation, do("reroute", 1), do("send", more), text=text, hops=0, ttl=rng.between(8, 64)
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"There is one router on the way now, and “{query.argument()}” goes out. What does it change in the frame?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "station:1", ""


QUESTIONS = (LastNumber, WhatARouterChanges)
CHALLENGES = (
    Challenge(
        name="past-tcp",
        title="past TCP",
        goal="Damage the text so that TCP’s checksum does not notice, and see whether the frame’s does.",
        start="step=32",
        solution="do=flip:wire:60:6&do=flip:wire:62:6",
        hints=(
            (
                "TCP adds up words of two bytes, and a sum does not tell which of them had the bit. What one flip "
                "takes away another may give back."
            ),
            (
                "Flip the same bit of two letters of the text that stand two bytes apart, one where it is set and one "
                "where it is not; on a wire, so that the frame’s checksum sees it too."
            ),
        ),
        conditions=(
            Condition("two bits or more are flipped", lambda done: done.outcome["flips"] >= 2),
            Condition("the text is not what was sent", lambda done: done.outcome["damaged"] > 0),
            Condition("TCP’s checksum misses it", lambda done: done.outcome["noticed"]["tcp"] == "missed"),
            Condition("the frame’s checksum notices", lambda done: done.outcome["noticed"]["frame"] == "noticed"),
        ),
    ),
)
