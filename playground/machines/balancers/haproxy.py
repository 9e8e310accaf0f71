"""What HAProxy notices by itself: nothing. `backend.c`, version 2.6: `back_handle_st_cer`.

A connection that is refused is tried again at the same server (`retries 3`, no `option redispatch`), after a
turn-around of one second. A server is taken out by a health check, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.machines.balancers.base import Asked, Balancer

RETRIES = 3
"""Times that a refused connection is tried again."""

TURN_AROUND = 1_000_000
"""Microseconds before each of these."""


class HAProxy(Balancer):
    """One server for a request, whether it answers or not."""

    program = "HAProxy"

    def choices(self, asked: Asked) -> Iterator[str]:
        if name := self.pick(set()):
            yield name
