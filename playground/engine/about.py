"""What stands around a model: what it is written from, what it is checked against, and runs that teach."""

from __future__ import annotations

from typing import NamedTuple

from playground.engine.spelling import put_beside


class Source(NamedTuple):
    """A specification that the model is written from."""

    name: str
    url: str


class Check(NamedTuple):
    """What the model is checked against. `name` is also the key of its figures in the evidence file."""

    name: str
    compares: str
    strength: str
    ours: bool = False
    """Whether the expected answers come from a second writing of the rules by the same hands: a help that finds slips,
    and no judge of what the rules are."""


class Scenario(NamedTuple):
    """A named preset: the query of a run that teaches something, and the step to open it at."""

    name: str
    title: str
    query: str
    shows: str
    vs: str = ""
    """What stands beside it, as in the address: `algorithm:round-robin`."""

    @property
    def address(self) -> str:
        """Its query with what stands beside it."""
        return put_beside(self.query, self.vs)
