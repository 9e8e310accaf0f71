"""The ring on the real things: nginx's own ring, and libketama's in Python."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from playground.engine import Recipe, Run
from playground.engine.elsewhere import PORT, is_socket, nginx, with_nginx
from playground.machines.ketama import POINTS, SCHEMES, place, successor

MOST = 12
"""Keys that are asked for."""
SAME = (
    "points=160",
    "points=160&do=remove:cleo",
    "placement=nginx&points=160&do=fail:bob&do=add:eve:3",
    "placement=nginx&points=160&nodes=ada*2+bob+cleo*4",
    "points=160&nodes=ada*4+bob+cleo*3&do=fail:cleo&do=add:eve:2",
    "points=40&nodes=ada*4+bob+cleo+dee&do=weight:bob:7",
)
"""Runs with as many points as the programs take: what the recipe prints are the owners of the run."""
TRIED = (
    *SAME,
    "nodes=ada*2+bob",
    "points=20&nodes=ada*2+bob+cleo*5&do=fail:bob",
    "points=4&nodes=ada*10+bob+cleo&do=fail:ada&do=add:eve:5",
    "nodes=ada&do=fail:ada",
    "placement=nginx&points=160&nodes=-a+--b+-",
    "points=160&nodes=-a+--b",
    "points=160&nodes=10.0.16.69:11211+us-east/a+cache-eu-west-1a-01",
)
WRONG = (("", "user:1", "user:100"), ("placement=nginx&points=160", " consistent", ""))


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The servers as they stand at the end of the run, and its first keys."""
    servers = [one for one in done.outcome["servers"] if one["state"] != "gone"]
    keys = list(done.outcome["owners"])[:MOST]
    if not servers or not keys:
        return ()
    placement = done.query["placement"]
    if placement == "nginx" and not all(is_socket(one["name"]) for one in servers):
        return ()  # to be asked it would have to run at these addresses
    points = done.query["points"]
    recipe = (on_nginx if placement == "nginx" else on_uhashring)(servers, keys, points)
    mean = POINTS if placement == "nginx" or points % 4 else points
    return (recipe._replace(prints=tuple(owners(placement, servers, keys, mean))),)


def owners(placement: str, servers: list[dict[str, Any]], keys: list[str], mean: int) -> Iterator[str]:
    """Who owns the keys where servers have as many points as the program gives them, `mean` at mean weight."""
    position, positions, counted = SCHEMES[placement]
    counts = counted({one["name"]: one["weight"] for one in servers}, mean)
    alive = [one["name"] for one in servers if one["state"] == "live"]
    ring = place((name, positions(name, counts[name])) for name in alive)
    if not ring and placement == "nginx":
        return  # a page of its own that says so
    for key in keys:
        yield f"{key} {ring[successor(ring, position(key))].server if ring else None}"


def on_nginx(servers: list[dict[str, object]], keys: list[str], points: int) -> Recipe:
    # nginx places a server by its address; that of a socket with a relative path is its name.
    upstream = "    hash $arg_key consistent;\n" + "".join(
        f"    server unix:{one['name']} weight={one['weight']}{' down' if one['state'] == 'failed' else ''};\n"
        for one in servers
    )
    backends = "".join(
        f"server {{ listen unix:{one['name']}; return 200 '$arg_key {one['name']}\\n'; }}\n" for one in servers
    )
    asking = f'for key in {" ".join(keys)}; do\n    curl -s "http://127.0.0.1:{PORT}/?key=$key"\ndone'
    return Recipe(
        "nginx", with_nginx(asking), (("nginx.conf", nginx(upstream, backends)),), note(points, "nginx takes points")
    )


def on_uhashring(servers: list[dict[str, object]], keys: list[str], points: int) -> Recipe:
    weights = {str(one["name"]): one["weight"] for one in servers}
    failed = [str(one["name"]) for one in servers if one["state"] == "failed"]
    # Its vnodes are digests, each of four points; 40 where nothing is said.
    digests = "" if points == POINTS or points % 4 else f", vnodes={points // 4}"
    owner = f"next((one for one in ring.iterate_nodes(key) if one not in {json.dumps(failed)}), None)"
    script = (
        "from uhashring import HashRing\n\n"
        f'ring = HashRing({json.dumps(weights)}, hash_fn="ketama"{digests})\n'
        f"for key in {json.dumps(keys)}:\n    print(key, {owner if failed else 'ring.get_node(key)'})\n"
    )
    differs = note(points, "libketama takes points by four") if points % 4 else ""
    return Recipe("uhashring, libketama’s ring in Python", "python3 ring.py\n", (("ring.py", script),), differs)


def note(points: int, program: str) -> str:
    if points == POINTS:
        return ""
    return f"{program}, 160 for a server; this run has {points}. With 160 the owners are the same."
