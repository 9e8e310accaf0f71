"""What the hash ring shows: its pictures, its figures, its outcome."""

from functools import lru_cache
from itertools import repeat

from playground.engine import Metric
from playground.machines.ketama import CIRCLE
from playground.miniatures.data.hash_ring.model import HashRing
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.ring import Key, Ring, Server
from playground.scenes.rounding import nearest
from playground.scenes.scene import Scene

key_at = lru_cache(2048)(Key)  # equal keys are one object from step to step


def scenes(ring: HashRing) -> tuple[Scene, ...]:
    """The ring, and beside it what its changes have cost so far."""
    fleet, held = ring.fleet, ring.load(ring.held)
    before = ring.load(ring.before) if ring.before else held
    servers = tuple(
        Server(name, fleet.order[name], state, ring.points_of(name), held[name], before[name])
        for name, state in fleet.state.items()
    )
    # Hundreds of keys at every step: by columns, which is quicker than key by key.
    was = map(ring.before.get, ring.held, repeat(""))
    keys = tuple(map(key_at, ring.held, map(ring.hash, ring.held), ring.held.values(), was))
    picture = Ring(servers, keys, ring.ring, ring.ring_before, *headline(ring), ring.way, ring.changed)
    return picture, chart(ring.history)


def headline(ring: HashRing) -> tuple[str, str, str, str]:
    """The figure in the middle with its caption, and the comparison under the legend."""
    if not ring.fleet.state and not ring.history:
        return "empty", "no servers yet", "", ""
    if not ring.ring:
        return "no servers", "nobody owns a key", "", ""
    if not ring.before or ring.ring_before == ring.ring:
        what = "key placed" if len(ring.held) == 1 else "keys placed"
        return str(len(ring.held)), what, "standard deviation, in keys", spelled_deviation(ring)
    total = len(ring.before)
    naive = f"{ring.moved_modulo()} of {total}"
    return f"{ring.moved()} of {total}", "keys moved", "hash % n would have moved", naive


def spelled_deviation(ring: HashRing) -> str:
    """With one decimal."""
    tenths = nearest(ring.deviation(), 100)
    return f"{tenths // 10}.{tenths % 10}"


def chart(history: list[tuple[int, int]]) -> Chart:
    """Keys moved so far, change by change: the ring beside `hash % n`."""
    sums = [(0, 0)]
    for ours, naive in history:
        sums.append((sums[-1][0] + ours, sums[-1][1] + naive))
    # A long line is drawn through every few changes: it is cumulative, so only small bends are lost.
    every = len(sums) // 24 + 1
    seen = [(x, pair) for x, pair in enumerate(sums) if x % every == 0 or x == len(sums) - 1]
    ring = Series("ring", "data", True, tuple((x, ours) for x, (ours, _) in seen))
    modulo = Series("hash % n", "fail", False, tuple((x, naive) for x, (_, naive) in seen))
    axes = Axis("changes to the ring", len(sums) - 1), Axis("keys", max(sums[-1]))
    return Chart("Keys moved so far", *axes, (ring, modulo), "nothing has changed yet")


def metrics(ring: HashRing) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not ring.fleet.state and not ring.history:
        return ()
    living = ring.living()
    mean = f"mean {len(ring.held) * 10 // len(living) / 10:g}" if living else ""
    fair = f"fair share {1000 // len(living) / 10:g} %" if living else ""
    largest = max(ring.shares.values(), default=0) * 1000 // CIRCLE
    return (
        Metric("Most keys on one server", str(ring.fullest()), mean),
        Metric("Standard deviation", spelled_deviation(ring), "keys"),
        Metric("Largest part of the circle", f"{largest / 10:g} %", fair),
    )
