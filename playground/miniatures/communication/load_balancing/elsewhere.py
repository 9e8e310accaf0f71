"""The balancer on the real things: the rules of nginx and of HAProxy, asked by the same clients."""

from __future__ import annotations

from playground.engine import Recipe, Rng, Run
from playground.engine.elsewhere import PORT, is_socket, nginx, with_nginx
from playground.machines.balancers import RULES, Asked
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
WEIGHTED = "servers=ada*3+bob+cleo*2&speeds=equal&arrivals=even&requests=20&algorithm="
EQUAL = "speeds=equal&work=1&requests=20&arrivals=even&algorithm="
CALM = (
    *(f"{WEIGHTED}{rule}" for rule in ("weighted-nginx", "ip-hash", "url-hash", "ketama")),
    *(f"{WEIGHTED}{rule}" for rule in ("weighted-haproxy", "weighted-static")),
    *(f"{EQUAL}{rule}" for rule in ("round-robin", "sticky")),
)
"""Runs in which nobody is too busy for the rule: what the recipe prints is what the run has served."""
TRIED = (
    *CALM,
    "algorithm=least-connections",
    "algorithm=two-choices",
    f"{WEIGHTED}least-connections",
    f"{WEIGHTED}round-robin",
    f"{WEIGHTED}sticky",
    *(f"servers=-a+--b+-&{EQUAL}{rule}" for rule in ("weighted-nginx", "sticky")),
    *(f"servers=10.0.16.69:80+us-east/a+web-1&{EQUAL}{rule}" for rule in ("weighted-nginx", "sticky")),
)
WRONG = (
    ("", "weight 1", "weight 3"),
    (f"{WEIGHTED}ip-hash", "ip_hash;", ""),
    (f"{EQUAL}sticky", '-b "$client.jar" ', ""),
)
SEQUENTIAL = "Here one request follows the other, so nothing is ever open: this rule shows itself only under load."

WAITING = "Here a client waits for its cookie before it asks again; in the run it may ask twice at once."


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The servers of the start, and the first requests in their order."""
    rule, clients = done.query["algorithm"], done.outcome["asking"][:MOST]
    weights = {one.name: one.weight for one in done.query["servers"]}
    if not clients or (rule == "ketama" and not all(map(is_socket, weights))):
        return ()  # that rule places a server by its address, and would have to run there
    if rule in NGINX or rule in HAPROXY:
        recipe = (on_nginx if rule in NGINX else on_haproxy)(rule, weights, clients)
        prints, picks = printed(rule, weights, clients)
        return (recipe._replace(prints=prints, picks=picks),)
    return ()


def printed(rule: str, weights: dict[str, int], clients: list[int]) -> tuple[tuple[str, ...], str]:
    """Who answers, by the same rule, where one request follows the other and nobody fails; and what to pick of it."""
    if rule == "two-choices":
        # nginx draws with its own dice: so many answers, and each from one of the servers.
        return ("",) * len(clients), f"(?:{'|'.join(weights)})$"
    balancer, cookies, served = RULES[rule](Rng(0).below), dict[int, str](), list[str]()
    for name, weight in weights.items():
        balancer.join(name, weight)
    for client in clients:
        asked = Asked(address(client), f"/user/{client}", cookies.get(client, ""))
        served.append(next(balancer.choices(asked)))
        cookies[client] = served[-1]
    return tuple(served), ""


def on_nginx(rule: str, weights: dict[str, int], clients: list[int]) -> Recipe:
    sockets = {name: name if is_socket(name) else f"{place}.socket" for place, name in enumerate(weights)}
    lines = [NGINX[rule], *(f"server unix:{sockets[name]} weight={weight};" for name, weight in weights.items())]
    upstream = "".join(f"    {line}\n" for line in lines if line)
    backends = "".join(f"server {{ listen unix:{sockets[name]}; return 200 '{name}\\n'; }}\n" for name in weights)
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
    if rule in ("round-robin", "sticky"):  # everybody in turn, whatever the weights
        weights = dict.fromkeys(weights, 1)
    # HAProxy permits no slash in a name.
    slash = any("/" in name for name in weights)
    called = {name: f"server{place}" if slash else name for place, name in enumerate(weights)}
    lines = ["    cookie S insert indirect nocache"] if sticky else []
    for place, (name, weight) in enumerate(weights.items()):
        lines.append(
            f"    server {called[name]} 127.0.0.1:{PORT + 1 + place} weight {weight}"
            + (f" cookie {name}" if sticky else "")
        )
    servers = "".join(
        f"frontend {called[name]}\n    bind 127.0.0.1:{PORT + 1 + place}\n"
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
