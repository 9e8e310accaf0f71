"""QUIC’s window and timers, as in RFC 9002.

The window grows only while bytes wait for room in it (section 7.8). A packet is lost when three later ones have
arrived or it is late by an eighth of a round trip (section 6.1), and after a probe timeout without news (6.2).
"""

from __future__ import annotations

from playground.machines.transfer.packet import Packet
from playground.machines.transfer.sender import OVERTAKEN, Sender

GRANULARITY = 1_000
ACK_DELAY = 25_000
"""What the other side may wait before it acknowledges: `max_ack_delay` at its default (RFC 9000, section 18.2)."""


class Quic(Sender):
    at_once = True

    def __init__(self, round_trip: int) -> None:
        super().__init__(round_trip)
        self.limited = False
        """Whether something waited for room when packets were sent last."""
        self.turns = self.recovery = 0
        """Packets sent, and how many had been sent when the window was halved: their loss halves it no further."""
        self.smoothed, self.variation = round_trip, round_trip * 3 // 8
        """After two samples of the handshake, of its Initial and its Handshake packets (section 5.3)."""

    def put(self, packet: Packet) -> None:
        super().put(packet)
        self.turns = packet.turn

    def has_sent(self, now: int, *, any: bool, more: bool) -> None:
        self.limited = more

    def acknowledged(self, packet: Packet, now: int) -> None:
        super().acknowledged(packet, now)
        self.timeouts = 0
        took = now - packet.sent
        self.variation = (3 * self.variation + abs(self.smoothed - took)) // 4
        self.smoothed = (7 * self.smoothed + took) // 8
        if packet.turn > self.recovery and self.limited:
            self.grow()

    def counts_lost(self, lost: Packet, packet: Packet, now: int) -> int:
        if lost.turn + OVERTAKEN <= packet.turn:
            return now
        return lost.sent + max(self.smoothed, now - packet.sent) * 9 // 8

    def has_lost(self, packet: Packet) -> None:
        super().has_lost(packet)
        if packet.turn > self.recovery:
            self.recovery = self.turns
            self.halve()
            self.window = self.threshold

    def deadline(self, now: int) -> int:
        """The probe timeout counts from what was sent last (section 6.2.1)."""
        timeout = self.smoothed + max(4 * self.variation, GRANULARITY) + ACK_DELAY
        return self.last_sent + (timeout << self.timeouts)
