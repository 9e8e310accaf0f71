"""Rings whose points and keys are spread by multiples of a prime."""

from collections.abc import Iterable

from playground.scenes.ring import Key, Ring, Server, Way
from playground.scenes.scene import Scene

BIG = 2**32
LONG = [f"node-number-{number:04d}" for number in range(12)]


def ring(
    names: list[str], points: int, keys: int, *, failed: Iterable[str] = (), gone: Iterable[str] = (), way: bool = False
) -> Ring:
    """A ring whose points and keys are spread by multiples of a prime."""
    spots = {
        name: tuple((at * 97 + 13 * point) * 2654435761 % BIG for point in range(points))
        for at, name in enumerate(names)
    }
    placed = tuple(sorted((spot, name) for name in names if name not in (*failed, *gone) for spot in spots[name]))
    owner = placed[0][1] if placed else ""
    held = tuple(Key(f"user:{number}", number * 40503 * 65537 % BIG, owner, "") for number in range(keys))
    servers = tuple(
        Server(
            name,
            at,
            "failed" if name in failed else "gone" if name in gone else "live",
            spots[name],
            keys if name == owner else 0,
            0,
        )
        for at, name in enumerate(names)
    )
    path = Way(held[0].id, held[0].position, owner, placed[0][0]) if way else None
    return Ring(servers, held, placed, placed, "7 of 24", "keys moved", "hash % n would have moved", "19 of 24", path)


SAMPLES: dict[str, Scene] = {
    "typical": ring(["ada", "bob", "cleo", "dee"], 3, 24, way=True),
    "one failed": ring(["ada", "bob", "cleo", "dee"], 3, 24, failed=["bob"]),
    "every state": ring(["ada", "bob", "cleo", "dee"], 3, 24, failed=["bob"], gone=["cleo"], way=True),
    "empty": Ring((), (), (), (), "empty", "no servers yet", "", ""),
    "all failed": ring(["ada", "bob"], 3, 5, failed=["ada", "bob"]),
    "crowded": ring([f"n{number}" for number in range(12)], 160, 400, failed=["n3", "n4"], way=True),
    "many rows and keys": ring([f"n{number}" for number in range(12)], 3, 27, failed=["n3"], way=True),
    "long names": ring(LONG, 3, 24, failed=LONG[:3], way=True),
}
