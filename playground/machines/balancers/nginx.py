"""What nginx notices by itself: a request that fails, and more than ten seconds later one that does not.

`ngx_http_upstream_round_robin.c`, release 1.22.1: `ngx_http_upstream_get_peer` and
`ngx_http_upstream_free_round_robin_peer`, at the defaults max_fails=1 and fail_timeout=10s.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.machines.balancers.base import Asked, Balancer, Peer

FAIL_TIMEOUT = 10
"""A server rests after a failure until more whole seconds than these have begun: 10 to 11 s. Then one request is let
through."""


class Nginx(Balancer):
    """A failed request rests its server and goes to the next one, until nobody is left."""

    program = "nginx"

    def usable(self, peer: Peer, tried: set[str]) -> bool:
        return super().usable(peer, tried) and not self.rests(peer)

    def rests(self, peer: Peer) -> bool:
        """One server alone never rests: there is nobody to send its requests to."""
        return len(self.peers) > 1 and peer.fails > 0 and self.second - peer.checked <= FAIL_TIMEOUT

    def nobody(self) -> str:
        resting = any(self.rests(peer) for peer in self.peers.values() if not peer.out)
        return "nginx rests every server that is left" if resting else super().nobody()

    def taken(self, name: str) -> None:
        """The request that is let through is the only one for as long again."""
        peer = self.peers[name]
        if self.second - peer.checked > FAIL_TIMEOUT:
            peer.checked = self.second

    def failed(self, name: str) -> None:
        peer = self.peers[name]
        if len(self.peers) > 1:
            peer.fails += 1
            peer.failed_at = peer.checked = self.second
            peer.effective = 0

    def took(self, name: str, microseconds: int) -> None:
        super().took(name, microseconds)
        peer = self.peers[name]
        if peer.failed_at < peer.checked:
            peer.fails = 0

    def come_back(self, name: str) -> None:
        super().come_back(name)
        self.peers[name].fails = 0

    def choices(self, asked: Asked) -> Iterator[str]:
        tried: set[str] = set()
        while name := self.pick(tried):
            tried.add(name)
            self.taken(name)
            yield name
