"""Where a packet ends: at which layer, because of which field, and what the machine does there."""

from __future__ import annotations

from typing import NamedTuple

DELIVERED, DROPPED, KEPT, REFUSED, RESET, OPENED, ELSEWHERE = (
    "delivered", "dropped", "kept", "refused", "reset", "opened", "elsewhere",
)  # fmt: skip
"""To the program; not at all; kept back until something else arrives; answered with a reset; ended the connection;
taken for a new one; sent to somebody else."""

ETHERNET, IP, TCP = "Ethernet", "IP", "TCP"
ACK, RST, SYN_ACK = "ACK", "RST", "SYN-ACK"
UNREACHABLE, TIME_EXCEEDED, TOO_BIG, PARAMETER = (
    "ICMP protocol unreachable", "ICMP time exceeded", "ICMP fragmentation needed", "ICMP parameter problem",
)  # fmt: skip


class Ending(NamedTuple):
    """What became of a packet. `field` decided; `found` says in words what stands there, `does` what follows."""

    verdict: str
    layer: str
    field: str
    found: str
    does: str
    answer: str = ""
    """What is sent back: empty for silence."""
    text: bytes = b""
    """What the program gets."""
    closes: bool = False
    """Whether the program also learns that nothing more will come."""


def dropped(layer: str, field: str, found: str, answer: str = "", does: str = "") -> Ending:
    """Discarded, silently where nothing is said to be answered (RFC 1122, 3.2.1)."""
    return Ending(DROPPED, layer, field, found, does or "drops it without a word", answer)
