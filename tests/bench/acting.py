"""What a browser sends when a reader acts: the requests of one act, in their order.

The protocol of an act stands here alone, in `requests`; sections send it through the site in this process (`acts`) and
over sockets (`class`).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

import brotli

from playground.engine.spelling import encode

Pairs = tuple[tuple[str, str], ...]
ACCEPT = "br"
"""The encoding that is asked for: what it costs to compress counts."""


@dataclass(frozen=True)
class Answer:
    """What came back: its status, its headers by their names in small letters, its bytes as they were sent."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        """Its bytes as they are meant."""
        return brotli.decompress(self.sent) if self.headers.get("content-encoding") == ACCEPT else self.sent


class Act(NamedTuple):
    """One press of a verb's button: in which run, seen at which step, with which fields in the form."""

    slug: str
    run: Pairs
    step: int
    form: Pairs
    """`act`, the name of the verb, and `act.…` for each field; an instant that was left open is an empty one."""


Requests = Generator[str, Answer, None]
"""Addresses, one after the other; what was answered at each is sent in, for the next may depend on it."""


def requests(act: Act) -> Requests:
    """What is new, from the step on at which somebody acts, then the player for the forms (static/js/act.js).

    Ends early where an answer tells no run: the act was refused.
    """
    told = encode([*act.run, ("step", str(act.step)), *act.form])
    answer = yield f"/playground/{act.slug}/trace?{told}&after={act.step}&layout=wide"
    if answer.status == 200:
        yield f"/playground/{act.slug}/player?{told}&after={act.step}"
