"""How a load balancer chooses: the rules of nginx and HAProxy, and one of our own.

nginx: `ngx_http_upstream_round_robin.c` and the modules `hash`, `ip_hash`, `least_conn`, `random`.
HAProxy: `lb_fwrr.c` (`balance roundrobin`) and `lb_map.c` (`balance static-rr`).

A rule hands out the servers to try for one request, best first: the caller takes the next one only
where the one before does not answer. HAProxy's rules hand out one. What the rule compared, and why it chose, can be
read afterwards.
"""

from __future__ import annotations

from playground.machines.balancers.base import Asked, Balancer, Peer
from playground.machines.balancers.counting import LeastOpen, LeastTime, TwoChoices
from playground.machines.balancers.hashing import AddressHash, PageHash, RingHash
from playground.machines.balancers.places import Places
from playground.machines.balancers.turns import RoundRobin, Smooth, StaticTurns, Sticky

__all__ = ["ALGORITHMS", "RULES", "Asked", "Balancer", "LeastOpen", "PageHash", "Peer", "RoundRobin"]

RULES: dict[str, type[Balancer]] = {
    "round-robin": RoundRobin,
    "sticky": Sticky,
    "weighted-nginx": Smooth,
    "weighted-haproxy": Places,
    "weighted-static": StaticTurns,
    "ip-hash": AddressHash,
    "url-hash": PageHash,
    "ketama": RingHash,
    "least-connections": LeastOpen,
    "least-time": LeastTime,
    "two-choices": TwoChoices,
}
"""Name of a rule -> the rule."""

ALGORITHMS = {
    "round-robin": "round robin",
    "sticky": "sticky round robin",
    "weighted-nginx": "nginx’s weights",
    "weighted-haproxy": "HAProxy’s weights",
    "weighted-static": "weights in a fixed list",
    "ip-hash": "hash of the address",
    "url-hash": "hash of the page",
    "ketama": "hash ring",
    "least-connections": "least connections",
    "least-time": "least response time",
    "two-choices": "two random choices",
}
"""Name of a rule -> what people call it."""
