"""TCP’s window and timers as Linux has them, with Reno: what net/ipv4/tcp_input.c and tcp_output.c do.

    growth       while the window was full, and in slow start also up to twice what was under way: a connection
                 that has sent nine packets may send eighteen (tcp_is_cwnd_limited)
    loss         three later packets have arrived, or one and a quarter of a round trip has passed (RACK, RFC 8985)
    recovery     while packets come again, about one goes out for two that arrive (PRR, RFC 6937)
    silence      after two round trips the last packet is sent again (TLP), but not later than the retransmission
                 timeout, which never is shorter than a round trip and 200 ms and begins with three (RFC 6298)
    idleness     nothing sent for a timeout: back to ten packets (RFC 2861)

Here a timer is never wrong: it acts only where a packet is really lost.
"""

from __future__ import annotations

from playground.machines.transfer.packet import Packet
from playground.machines.transfer.sender import OVERTAKEN, WINDOW, Sender

OPEN, RECOVERY, LOSS = "open", "recovery", "loss"
"""States: nothing lost, what was lost comes again, and a timeout has passed (TCP_CA_Open, _Recovery and _Loss)."""

LEAST_VARIATION = 200_000
"""TCP_RTO_MIN: what is added to a round trip at least."""
DELAYED = 200_000
"""What a probe waits longer where one packet alone is out: its acknowledgement may be delayed."""


class RoundTrips:
    """The retransmission timeout from measured round trips (tcp_rtt_estimator; scaled by 8 and by 4 as there)."""

    def __init__(self, first: int) -> None:
        self.least = first
        self.smoothed8, self.deviation4 = 8 * first, 2 * first
        self.variation = self.highest = max(self.deviation4, LEAST_VARIATION)
        self.until = 0

    def measured(self, took: int, acknowledged: int, following: int) -> None:
        """One more; `acknowledged` and `following` are the first sequence that is not, and the next to be sent."""
        self.least = min(self.least, took)
        off = took - (self.smoothed8 >> 3)
        self.smoothed8 += off
        more = abs(off) - (self.deviation4 >> 2)
        if off < 0 < more:
            more >>= 3  # a shorter trip is no reason to wait longer
        self.deviation4 += more
        self.highest = max(self.highest, self.deviation4)
        self.variation = max(self.variation, self.highest)
        if acknowledged > self.until:
            if self.highest < self.variation:
                self.variation -= (self.variation - self.highest) >> 2
            self.until, self.highest = following, LEAST_VARIATION

    def smoothed(self) -> int:
        return self.smoothed8 >> 3

    def timeout(self) -> int:
        return self.smoothed() + self.variation


class Tcp(Sender):
    def __init__(self, round_trip: int) -> None:
        super().__init__(round_trip)
        self.trips = RoundTrips(round_trip)
        self.first = 0
        """Sequence of the first packet that is not acknowledged, and those after it that are."""
        self.beyond: set[int] = set()
        self.advanced = False
        """Whether the last acknowledgement was of the first one."""
        self.full, self.most, self.watched = False, 0, 0
        """Whether the window was full, else how many packets were out at most, up to which sequence."""
        self.state, self.until = OPEN, 0
        """`until` is the sequence with which all that was lost has come again."""
        self.before = self.delivered = self.repaired = 0
        """The window before the loss; packets arrived and sent since."""
        self.probe = -1
        """Sequence up to which all was sent when a packet went out after silence; an acknowledgement beyond it tells
        that something was lost (tcp_process_tlp_ack)."""

    @property
    def out(self) -> int:
        """Packets sent, but for those acknowledged in order."""
        return self.next - self.first

    # Sending.

    def begins(self, now: int) -> None:
        """After a pause longer than a timeout the window is small again (tcp_cwnd_restart)."""
        pause = now - self.last_sent
        if self.out or not self.next or pause <= self.trips.timeout():
            return
        self.threshold = max(self.threshold, self.window * 3 // 4)
        while (pause := pause - self.trips.timeout()) > 0 and self.window > WINDOW:
            self.window = max(self.window // 2, WINDOW)

    def put(self, packet: Packet) -> None:
        super().put(packet)
        if self.state == RECOVERY:
            self.repaired += 1

    def has_sent(self, now: int, *, any: bool, more: bool) -> None:
        """How far the window was used (tcp_cwnd_validate)."""
        full = self.flying >= self.window
        if not any and not (full and more):
            return
        if self.first >= self.watched or full or (not self.full and self.out > self.most):
            self.full, self.most, self.watched = full, self.out, self.next

    def may_grow(self) -> bool:
        """tcp_is_cwnd_limited: it was full, or, in slow start, half full."""
        return self.full or (self.window < self.threshold and self.window < 2 * self.most)

    # What comes back.

    def acknowledged(self, packet: Packet, now: int) -> None:
        super().acknowledged(packet, now)
        first = self.first
        self.beyond.add(packet.sequence)
        while self.first in self.beyond:
            self.beyond.remove(self.first)
            self.first += 1
        self.advanced = self.first > first
        if not packet.again:
            self.trips.measured(now - packet.sent, self.first, self.next)
        if self.advanced:
            self.timeouts = 0
        if 0 <= self.probe < self.first:
            self.probe = -1
            self.halve()
            self.window = self.threshold
        if self.state != OPEN and self.first >= self.until:
            if self.state == RECOVERY:
                self.window = self.threshold
            self.state = OPEN

    def counts_lost(self, lost: Packet, packet: Packet, now: int) -> int:
        if self.state != OPEN or len(self.beyond) >= OVERTAKEN:
            return now
        return lost.sent + (now - packet.sent) + min(self.trips.least // 4, self.trips.smoothed())

    def has_lost(self, packet: Packet) -> None:
        super().has_lost(packet)
        if self.state == OPEN:
            self.state, self.until, self.probe = RECOVERY, self.next, -1
            self.before, self.delivered, self.repaired = self.window, 0, 0
            self.halve()

    def settles(self, lost: int) -> None:
        """Growth, or, while packets come again, as many out as the proportion allows (tcp_cwnd_reduction)."""
        if self.state != RECOVERY:
            if self.advanced and self.may_grow():
                self.grow()
            return
        self.delivered += 1
        room = self.threshold - self.flying
        if room < 0:
            count = -(-self.threshold * self.delivered // self.before) - self.repaired
        else:
            count = min(room, max(self.delivered - self.repaired, 1) + (self.advanced and not lost))
        self.window = self.flying + max(count, 0 if self.repaired else 1)

    # Silence.

    def may_probe(self) -> bool:
        """Whether the last packet is sent again before the timeout: once, and while nothing is known to be lost."""
        return self.state == OPEN and self.probe < 0 and not self.beyond

    def deadline(self, now: int) -> int:
        timeout = self.trips.timeout() << self.timeouts
        if not self.may_probe():
            return now + timeout
        return now + min(timeout, 2 * self.trips.smoothed() + (DELAYED if self.out == 1 else 0))

    def probes(self, *, fresh: bool) -> None:
        """A packet goes out after silence: a new one, or the last one again."""
        self.probe = 1 << 30 if fresh else self.next

    def times_out(self) -> None:
        """All that is out counts as lost, and slow start begins with one packet (tcp_enter_loss)."""
        if self.state == OPEN or self.until <= self.first:
            self.halve()
        self.state, self.until, self.probe = LOSS, self.next, -1
        self.window = 1
        self.timeouts += 1
