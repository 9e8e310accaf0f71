"""A page to be loaded: what can be set, the rules of the versions, and one load of it."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from playground.engine import Choice, Fixed, Flag, Miniature, Numbers, Whole
from playground.machines.http_wire import Wire
from playground.machines.transfer import CONNECTION, OBJECT, Link, Load, Use
from playground.miniatures.communication.http_versions.shown import VERSIONS

MOST_BYTES = 1_000_000
HALVES = (2, 4, 3, 1, 2, 3)  # sizes of the objects in halves of the usual one, where they differ
OBJECTS = ("html", "css", "js", *(f"{number}.png" for number in range(1, 28)))


class Loaded(NamedTuple):
    """One load of the page, as it is shown."""

    key: str
    version: str
    load: Load
    requests: tuple[bytes, ...]
    header_bytes: int
    began: int


class Page(Miniature):
    """What every load has in common."""

    losing: list[int]
    """Packets that are lost from now on."""
    loads: list[Loaded]

    version = Choice("2", VERSIONS, label="Version", help="How the page is loaded")
    before = Choice("1.1", {"nothing": "nothing", **VERSIONS}, label="Loaded before, over", help="Stands above it")
    objects = Whole(6, least=1, most=30, help="Objects of the page")
    size = Whole(8, least=1, most=1000, unit="kB", help="kB of a usual object; together at most 1,000")
    sizes = Choice("mixed", {"equal": "equal", "mixed": "from half to twice"}, help="Whether objects differ")
    round_trip = Whole(100, least=1, most=600, unit="ms", label="Round trip", help="Milliseconds there and back")
    bandwidth = Fixed("50", least="0.1", most="1000", places=1, unit="Mbit/s", help="Mbit/s towards the client")
    lost = Numbers("", least=1, most=999, count=10, label="Lost packets", help="Numbers of the server’s packets")
    tls = Choice(
        "1.3",
        {"none": "none", "1.2": "TLS 1.2", "1.3": "TLS 1.3"},
        label="Encryption",
        help="HTTP/3 always has TLS 1.3",
    )
    resumed = Flag(False, label="Seen before", help="Session resumed: a round trip less, 0-RTT with TLS 1.3")
    think = Whole(0, least=0, most=1000, unit="ms", label="Server thinks", help="Milliseconds before it answers")
    slow = Choice(
        "all", {"all": "each object", "first": "the first only"}, label="About", help="Which answers take so long"
    )

    def rules(self) -> list[tuple[str, str]]:
        if (total := sum(self.body_sizes)) > MOST_BYTES:
            return [("size", f"The objects have {total // 1000:,} kB; together at most {MOST_BYTES // 1000:,} kB.")]
        return []

    # The rules of the versions.

    def connections_of(self, version: str) -> int:
        """How many connections at most; 0 means a new one for each object."""
        return {"1.0": 0, "1.1-six": 6}.get(version, 1)

    def asks_ahead(self, version: str) -> bool:
        """Whether the client asks for everything at once, and does not wait for answers."""
        return version in ("1.1-pipelined", "2", "3")

    def mixes(self, version: str) -> bool:
        """Whether the packets of several answers may travel in turns."""
        return version in ("2", "3")

    def order_of(self, version: str) -> str:
        """Which bytes must be there before others may be used."""
        return OBJECT if version == "3" else CONNECTION

    def set_up_of(self, version: str) -> int:
        """Round trips before the first request: TCP one, TLS 1.2 two, TLS 1.3 one, QUIC with TLS one."""
        encryption = {"none": 0, "1.2": 2, "1.3": 1}[self.tls]
        if version == "3":
            return 0 if self.resumed else 1
        return 1 + max(encryption - self.resumed, 0)

    def lost_packets(self) -> frozenset[int]:
        return frozenset(self.losing)

    def held_names(self, load: Load) -> list[str]:
        """Objects with bytes at the client which they may not use for a while."""
        return [self.names[number] for number in load.held()]

    # Small parts.

    @cached_property
    def names(self) -> tuple[str, ...]:
        return OBJECTS[: self.objects]

    @cached_property
    def body_sizes(self) -> list[int]:
        halves = [2 if self.sizes == "equal" else HALVES[at % len(HALVES)] for at in range(self.objects)]
        return [self.size * 1000 * half // 2 for half in halves]

    def made(self, version: str) -> Loaded:
        """The load, with the bytes of every request and of every answer's head."""
        wires: dict[int, Wire] = {}
        number = version.partition("-")[0]
        secure = self.tls != "none" or version == "3"
        requests, heads = [], []
        for at, name in enumerate(self.names):
            wire = wires.setdefault(0 if self.asks_ahead(version) else at, Wire(number, secure=secure))
            requests.append(wire.request(name))
            heads.append(len(wire.head(name, self.body_sizes[at])))
        sizes = [head + body for head, body in zip(heads, self.body_sizes, strict=True)]
        use = Use(self.connections_of(version), self.asks_ahead(version), self.mixes(version), self.order_of(version))
        bits = int(self.bandwidth * 1_000_000)
        link = Link(self.round_trip * 1000, bits, self.lost_packets())
        think = [self.think * 1000 if self.slow == "all" or at == 0 else 0 for at in range(self.objects)]
        load = Load(sizes, use, link, self.set_up_of(version), think)
        key = f"load{len(self.loads) + 1}"
        return Loaded(key, version, load, tuple(requests), sum(map(len, requests)) + sum(heads), self.now)

    def trips(self, load: Load) -> int:
        return load.done() // (self.round_trip * 1000)
