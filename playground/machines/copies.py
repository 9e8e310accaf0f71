"""How bytes of a file reach the network: the copies on the way, and who makes each.

Source: Apache Kafka, Design, Efficiency: by read and write there are four copies and two system calls; with
sendfile only the last one is needed. A card that gathers takes the bytes from the page cache itself. What is not
in the page cache is brought there from the disk first.
"""

from __future__ import annotations

from typing import NamedTuple

CPU, DMA = "CPU", "DMA"


class Hop(NamedTuple):
    """One copy: from where, to where, and who carries."""

    start: str
    end: str
    by: str


FROM_DISK = Hop("disk", "page cache", DMA)
BY_SENDFILE = (Hop("page cache", "network card", DMA),)
BY_READ_AND_WRITE = (
    Hop("page cache", "broker", CPU),
    Hop("broker", "socket buffer", CPU),
    Hop("socket buffer", "network card", DMA),
)


def way(rest: tuple[Hop, ...], cold: bool) -> tuple[Hop, ...]:
    """The whole way; `cold`: some of it is not in the page cache."""
    return (FROM_DISK, *rest) if cold else rest
