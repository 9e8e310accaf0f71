"""Two of the modes on real programs: a primary that does not wait on Redis, a leader and a majority on etcd."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.miniatures.data.cap_theorem import on_etcd, on_redis

ON = {"primary": on_redis.recipes, "leader": on_etcd.recipes}
NOT_ALWAYS = (
    "No store that Debian has lets one choose quorums of R and W, or lets the last write win: the default run and the "
    "scenarios in these two modes have nothing to be put to."
)

ALONE = "mode=primary&first=1&do=cut:a&do=write:ann:a&do=write:ann:a&do=wait:700&do=read:ben:b"
HEALED = f"{ALONE}&do=write:ben:b&do=wait:50&do=heal&do=wait:300&do=read:ann:a"
AWAY = "mode=leader&nodes=5&first=3&do=cut:b&do=write:ann:a&do=read:ben:b&do=peek:ben:b"
TRIED = (ALONE, AWAY, "mode=leader&first=6")
WRONG = (
    (ALONE, "REPLICAOF 127.0.0.1 1 ", "PING "),
    (HEALED, "SET x 4", "SET y 4"),
    ("mode=leader&first=6", "write $a 1", "write $a 7"),
)


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """What a few commands can do of a run, in the modes that a real program has."""
    recipes = ON.get(done.query["mode"])
    return recipes(done) if recipes else ()
