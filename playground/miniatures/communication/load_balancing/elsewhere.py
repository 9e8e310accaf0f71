"""The balancer on the real things: the rules of nginx and of HAProxy, asked by the same clients."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.engine.elsewhere import PORT, nginx, with_nginx
from playground.machines.lanes import address

NGINX = {
    "weighted-nginx": "",
    "ip-hash": "ip_hash;",
    "url-hash": "hash $arg_page;",
    "ketama": "hash $arg_page consistent;",
    "least-connections": "least_conn;",
    "two-choices": "random two least_conn;",
}
HAPROXY = {
    "round-robin": "static-rr",
    "weighted-haproxy": "roundrobin",
    "weighted-static": "static-rr",
    "sticky": "static-rr",
}
MOST = 24
"""Requests that are sent."""
SEQUENTIAL = "Here one request follows the other, so nothing is ever open: this rule shows itself only under load."

WAITING = "Here a client waits for its cookie before it asks again; in the run it may ask twice at once."


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The servers of the start, and the first requests in their order."""
    rule, clients = done.query["algorithm"], done.outcome["asking"][:MOST]
    weights = {one.name: one.weight for one in done.query["servers"]}
    if not clients:
        return ()
    if rule in NGINX:
        return (on_nginx(rule, weights, clients),)
    return (on_haproxy(rule, weights, clients),) if rule in HAPROXY else ()


def on_nginx(rule: str, weights: dict[str, int], clients: list[int]) -> Recipe:
    lines = [NGINX[rule], *(f"server unix:{name} weight={weight};" for name, weight in weights.items())]
    upstream = "".join(f"    {line}\n" for line in lines if line)
    backends = "".join(f"server {{ listen unix:{name}; return 200 '{name}\\n'; }}\n" for name in weights)
    # The address that ip_hash sees is the one that the client says it has.
    more = "set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP;\n"
    asking = (
        f"for client in {' '.join(f'{address(client)}/{client}' for client in clients)}; do\n"
        f'    curl -s -H "X-Real-IP: ${{client%/*}}" "http://127.0.0.1:{PORT}/?page=/user/${{client#*/}}"\ndone'
    )
    note = SEQUENTIAL if rule in ("least-connections", "two-choices") else ""
    return Recipe("nginx", with_nginx(asking), (("nginx.conf", nginx(upstream, backends, more)),), note)


def on_haproxy(rule: str, weights: dict[str, int], clients: list[int]) -> Recipe:
    sticky = rule == "sticky"
    lines = ["    cookie S insert indirect nocache"] if sticky else []
    for place, (name, weight) in enumerate(weights.items()):
        lines.append(
            f"    server {name} 127.0.0.1:{PORT + 1 + place} weight {weight}{f' cookie {name}' if sticky else ''}"
        )
    servers = "".join(
        f"frontend {name}\n    bind 127.0.0.1:{PORT + 1 + place}\n"
        f'    http-request return status 200 content-type text/plain string "{name}\\n"\n'
        for place, name in enumerate(weights)
    )
    config = (
        "global\n    nbthread 1\n"
        "defaults\n    mode http\n    timeout connect 5s\n    timeout client 30s\n    timeout server 30s\n"
        f"frontend front\n    bind 127.0.0.1:{PORT}\n    default_backend pool\n"
        f"backend pool\n    balance {HAPROXY[rule]}\n" + "\n".join(lines) + "\n" + servers
    )
    jar = '-c "$client.jar" -b "$client.jar" ' if sticky else ""
    asking = (
        "haproxy -D -p haproxy.pid -f haproxy.cfg\n"
        f"for client in {' '.join(map(str, clients))}; do\n    curl -s {jar}http://127.0.0.1:{PORT}/\ndone\n"
        'kill "$(cat haproxy.pid)"\n'
    )
    return Recipe("HAProxy", asking, (("haproxy.cfg", config),), WAITING if sticky else "")
