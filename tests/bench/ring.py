"""Our ring beside uhashring's: the same servers, the same keys, the same answers, in one process."""

from __future__ import annotations

import uhashring

from playground.machines.ketama import Point, libketama_counts, libketama_hash, libketama_points, place, successor
from tests.bench.report import Row, Section
from tests.bench.timing import Paired, in_turn

SERVERS = {f"cache-{number}": 1 + number * number % 7 for number in range(40)}
KEYS = [f"session:{number}" for number in range(10_000)]
ROUNDS = 9


def section() -> Section:
    """Looking up, and building."""
    found = Section("The ring beside uhashring")
    ours, theirs = built(), uhashring.HashRing(nodes=dict(SERVERS), hash_fn="ketama")
    different = sum(owner(ours, key) != theirs.get_node(key) for key in KEYS)
    looked = in_turn(lambda: [owner(ours, key) for key in KEYS], lambda: [theirs.get_node(key) for key in KEYS], ROUNDS)
    built_up = in_turn(built, lambda: uhashring.HashRing(nodes=dict(SERVERS), hash_fn="ketama"), ROUNDS)
    found.rows = [row("look-ups", len(KEYS), looked), row("rings built, 40 weighted servers", 1, built_up)]
    found.notes.append(f"Of {len(KEYS):,} keys on {len(SERVERS)} servers {different} are answered differently.")
    return found


def built() -> list[Point]:
    """The ring with nothing remembered."""
    libketama_points.cache_clear()
    counts = libketama_counts(SERVERS)
    return place((server, libketama_points(server, counts[server])) for server in SERVERS)


def owner(ring: list[Point], key: str) -> str:
    return ring[successor(ring, libketama_hash(key))].server


def row(name: str, count: int, took: Paired) -> Row:
    """So many in that time, as a rate beside the other's."""
    return Row(
        f"ring: {name}",
        count / took.ours * 1000,
        "/s",
        f"uhashring {count / took.theirs * 1000:,.0f} /s",
        1 / took.ratio,
    )
