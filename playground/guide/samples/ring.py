"""Rings with servers that answer, that have failed, and that are gone."""

from collections import Counter
from collections.abc import Iterable
from zlib import crc32

from playground.scenes.ring import Key, Ring, Server, Way
from playground.scenes.scene import Scene

Placed = tuple[tuple[int, str], ...]
LONG = [f"node-number-{number:04d}" for number in range(12)]


def ring(
    names: list[str], points: int, keys: int, *, failed: Iterable[str] = (), gone: Iterable[str] = (), way: bool = False
) -> Ring:
    """A ring whose points and keys lie where CRC-32 puts them; keys belong to the next point that answers."""
    spots = {name: tuple(crc32(f"{name} {point}".encode()) for point in range(points)) for name in names}
    placed = tuple(sorted((spot, name) for name in names if name not in (*failed, *gone) for spot in spots[name]))
    held = tuple(key(number, placed) for number in range(keys))
    counts = Counter(one.owner for one in held)
    servers = tuple(
        Server(name, at, state_of(name, failed, gone), spots[name], counts[name], counts[name] // 2)
        for at, name in enumerate(names)
    )
    path = Way(held[0].id, held[0].position, held[0].owner, after(held[0].position, placed)[0]) if way else None
    return Ring(servers, held, placed, placed, "7 of 24", "keys moved", "hash % n would have moved", "19 of 24", path)


def state_of(name: str, failed: Iterable[str], gone: Iterable[str]) -> str:
    return "failed" if name in failed else "gone" if name in gone else "live"


def key(number: int, placed: Placed) -> Key:
    position = crc32(f"user:{number}".encode())
    return Key(f"user:{number}", position, after(position, placed)[1] if placed else "", "")


def after(position: int, placed: Placed) -> tuple[int, str]:
    """The next point clockwise."""
    return next((point for point in placed if point[0] >= position), placed[0])


SAMPLES: dict[str, Scene] = {
    "typical": ring(["ada", "bob", "cleo", "dee"], 3, 24, way=True),
    "one failed": ring(["ada", "bob", "cleo", "dee"], 3, 24, failed=["bob"]),
    "every state": ring(["ada", "bob", "cleo", "dee"], 3, 24, failed=["bob"], gone=["cleo"], way=True),
    "empty": Ring((), (), (), (), "empty", "no servers yet", "", ""),
    "all failed": ring(["ada", "bob"], 3, 5, failed=["ada", "bob"]),
    "all failed, many points": ring(["ada", "bob"], 15, 24, failed=["ada", "bob"]),
    "crowded": ring([f"n{number}" for number in range(12)], 160, 400, failed=["n3", "n4"], way=True),
    "many rows and keys": ring([f"n{number}" for number in range(12)], 3, 27, failed=["n3"], way=True),
    "long names": ring(LONG, 3, 24, failed=LONG[:3], way=True),
}
