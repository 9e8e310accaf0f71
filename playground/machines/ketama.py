"""Consistent hashing as two programs place it: libketama (MD5) and nginx (CRC-32).

A server stands on a circle of 2^32 positions at several points; a key belongs to the first point at
or after its own position, clockwise.

libketama: https://github.com/RJ/ketama, `libketama/ketama.c`, `ketama_create_continuum`.
nginx: `src/http/modules/ngx_http_upstream_hash_module.c`, `ngx_http_upstream_init_chash`; its scheme
is the one of the Perl client Cache::Memcached::Fast.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import md5
from itertools import pairwise
from operator import itemgetter
from struct import Struct
from typing import NamedTuple
from zlib import crc32

CIRCLE = 2**32
"""Positions on the circle."""

POINTS = 160
"""Points of a server of weight 1 in nginx, and of one of mean weight in libketama: 40 digests of four."""

FOUR = Struct("<4I")
"""A digest as the four positions that it gives, the lowest byte of each first."""


class Point(NamedTuple):
    """A place on the circle, and the server that stands there."""

    position: int
    server: str


def libketama_hash(key: str) -> int:
    """Position of a key: the first four bytes of its MD5, the lowest first (`ketama_hashi`)."""
    return FOUR.unpack(md5(key.encode(), usedforsecurity=False).digest())[0]


def nginx_hash(key: str) -> int:
    """Position of a key: its CRC-32 (`ngx_http_upstream_init_chash_peer`)."""
    return crc32(key.encode())


@lru_cache(1024)
def libketama_points(server: str, count: int) -> tuple[int, ...]:
    """The first `count` positions of a server: digest i is MD5 of `server-i` and gives four of them."""
    digests = (md5(f"{server}-{i}".encode(), usedforsecurity=False).digest() for i in range(-(-count // 4)))
    found = [position for digest in digests for position in FOUR.unpack(digest)]
    return tuple(found[:count])


@lru_cache(1024)
def nginx_points(server: str, count: int) -> tuple[int, ...]:
    """The first `count` positions of a server: CRC-32 of host, a zero byte, port, and the position before.

    The port is what follows the last colon, if it is a number.
    """
    host, colon, port = server.rpartition(":")
    if not (colon and port.isdigit()):
        host, port = server, ""
    base = crc32(f"{host}\0{port}".encode())
    found, before = [], 0
    for _ in range(count):
        before = crc32(before.to_bytes(4, "little"), base)
        found.append(before)
    return tuple(found)


def libketama_counts(weights: Mapping[str, int], mean: int = POINTS) -> dict[str, int]:
    """Points of each server as libketama gives them: `mean` on average, in proportion to weight, rounded down to whole
    digests of four points. One server's count depends on the weights of all the others.

    `ketama_create_continuum`: `floorf(pct * 40.0 * numservers)` digests; its 160 points are `mean` here. A mean that
    is no multiple of four, which libketama cannot have, is rounded down to whole points.
    """
    total, unit = sum(weights.values()), 1 if mean % 4 else 4
    return {server: mean // unit * len(weights) * weight // total * unit for server, weight in weights.items()}


def nginx_counts(weights: Mapping[str, int], mean: int = POINTS) -> dict[str, int]:
    """Points of each server as nginx gives them: so many for each unit of its own weight."""
    return {server: mean * weight for server, weight in weights.items()}


SCHEMES = {
    "libketama": (libketama_hash, libketama_points, libketama_counts),
    "nginx": (nginx_hash, nginx_points, nginx_counts),
}
"""Name of the scheme -> (position of a key, positions of a server, points of servers by their weights)."""


def place(servers: Iterable[tuple[str, Sequence[int]]]) -> list[Point]:
    """All points, sorted by position. Where two servers hash to one position, the one named first keeps it
    (as nginx keeps the first of equal points)."""
    points = [Point(position, server) for server, positions in servers for position in positions]
    points.sort(key=itemgetter(0))  # stable: of equal positions the first server's stays first
    return points[:1] + [point for before, point in pairwise(points) if before.position != point.position]


def successor(ring: Sequence[Point], position: int) -> int:
    """Index of the first point at or after a position, clockwise past the top. The ring is not empty."""
    return bisect_left(ring, (position,)) % len(ring)
