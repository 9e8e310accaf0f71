"""A balancer before its servers."""

from collections.abc import Iterable

from playground.scenes.scene import Scene
from playground.scenes.topology import Machine, Packet, Topology

FAN = ["ada", "bob", "cleo", "dee"]


def topology(
    names: list[str],
    working: int,
    waiting: int,
    *,
    failed: Iterable[str] = (),
    slow: Iterable[str] = (),
    flying: Iterable[tuple[str, str, int]] = (),
    figures: bool = True,
) -> Topology:
    """A balancer before servers with so many in work and waiting each; `flying` is (server, kind, thousandths)."""
    ids = iter(range(1, 400))
    servers = tuple(
        Machine(
            name, at, "failed" if name in failed else "live", 1 + at, "1,900 ms" if name in slow else "40 ms",
            name in slow, tuple(next(ids) for _ in range(0 if name in failed else working)),
            tuple(next(ids) for _ in range(0 if name in failed else waiting)), 37 * at,
        )
        for at, name in enumerate(names)
    )  # fmt: skip
    packets = tuple(Packet(next(ids), name, kind, at) for name, kind, at in flying)
    compared = tuple((name, "12–21" if at % 2 else "−7") for at, name in enumerate(names)) if figures else ()
    current = packets[0].id if packets else 0
    return Topology(
        "load balancer", "least response time", servers, packets, compared, names[-1], current, names[0], most=8
    )


SAMPLES: dict[str, Scene] = {
    "typical": topology(
        FAN,
        1,
        2,
        failed=["cleo"],
        slow=["bob"],
        flying=[("dee", "request", 200), ("ada", "answer", 400), ("cleo", "lost", 700)],
    ),
    "empty": Topology("load balancer", "round robin", (), (), (), "", 0, ""),
    "one server": topology(["ada"], 1, 0, flying=[("ada", "request", 0)]),
    "all failed": topology(FAN, 0, 0, failed=FAN),
    "crowded": topology(
        [f"n{number}" for number in range(8)],
        3,
        30,
        failed=["n3"],
        slow=["n7"],
        flying=[(f"n{at % 8}", kind, 90 * at) for at in range(11) for kind in ("request", "answer", "lost")],
    ),
    "crowded trays": topology(FAN, 3, 90, flying=[("bob", "request", at) for at in range(0, 1000, 90)]),
    "long names": topology(
        [f"node-number-{number:04d}" for number in range(8)],
        3,
        5,
        slow=["node-number-0001"],
        flying=[("node-number-0002", "request", 0)],
    ),
}
