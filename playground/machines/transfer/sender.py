"""How much a sender may have under way, and when it takes a packet for lost: what TCP and QUIC share.

Windows count packets, times are whole microseconds. A connection starts with a window of ten packets (RFC 6928;
RFC 9002, section 7.2) and in slow start adds one for every acknowledgement; a loss halves it, once for each round.
The two differ in when the window may grow, in how it shrinks, and in how long they wait for a packet:
`tcp.py` and `quic.py`.
"""

from __future__ import annotations

from playground.machines.transfer.packet import Packet

WINDOW = 10
LEAST_WINDOW = 2
OVERTAKEN = 3
"""Later packets that must have arrived before an earlier one counts as lost without waiting."""


class Sender:
    """The server’s end of one connection."""

    at_once = False
    """Whether what was lost is sent again although the window is full."""

    def __init__(self, round_trip: int) -> None:
        """`round_trip` is what the handshake has measured."""
        self.window = WINDOW
        self.threshold = 1 << 30
        """Where slow start ends."""
        self.grown = 0
        self.flying = 0
        """Packets sent and neither acknowledged nor taken for lost."""
        self.next = 0
        """Sequence of the next new packet."""
        self.timeouts = 0
        """Times in a row that nothing was heard: each doubles the wait."""
        self.last_sent = 0

    def number(self, packet: Packet) -> None:
        """A new packet gets its sequence."""
        packet.sequence = self.next
        self.next += 1

    def begins(self, now: int) -> None:
        """Something new is about to be sent."""

    def put(self, packet: Packet) -> None:
        """A packet is handed to the link."""
        self.flying += 1
        self.last_sent = packet.sent

    def has_sent(self, now: int, *, any: bool, more: bool) -> None:
        """All that the window allows has been sent: whether that was anything new, and whether more is left over."""

    def acknowledged(self, packet: Packet, now: int) -> None:
        """A packet is known to have arrived."""
        self.flying -= 1

    def counts_lost(self, lost: Packet, packet: Packet, now: int) -> int:
        """The instant from which `lost` counts as lost, as `packet`, sent after it, has arrived."""
        raise NotImplementedError

    def has_lost(self, packet: Packet) -> None:
        """A packet counts as lost."""
        self.flying -= 1

    def settles(self, lost: int) -> None:
        """All that an acknowledgement says is known; `lost` packets were found missing by it."""

    def deadline(self, now: int) -> int:
        """When something is sent again, if nothing more is heard."""
        raise NotImplementedError

    def may_probe(self) -> bool:
        """Whether a packet is sent again then, although nothing counts as lost."""
        return False

    def probes(self, *, fresh: bool) -> None:
        """It is, or a new one is sent."""

    def times_out(self) -> None:
        """What is out counts as lost then."""
        self.timeouts += 1

    def grow(self) -> None:
        """One packet more for an acknowledgement; beyond the threshold, for a window of them."""
        if self.window < self.threshold:
            self.window += 1
            return
        self.grown += 1
        if self.grown >= self.window:
            self.window, self.grown = self.window + 1, 0

    def halve(self) -> None:
        """The new threshold after a loss; the window follows."""
        self.threshold = max(self.window // 2, LEAST_WINDOW)
        self.grown = 0
