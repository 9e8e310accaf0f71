"""What stands around a model: what it is written from, what it is checked against, runs that teach, and the one moment
that stands for it in a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playground.engine.run import Run
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


class Moment(NamedTuple):
    """What a model is known by in a list: one moment, one figure, one word."""

    query: str
    """Of the run, with the step whose picture is drawn small."""
    figure: Callable[[Run], str]
    """What the run came to, in a few characters: `7`, `+60`, `62.40`."""
    word: str
    """What the figure counts or is, in one word or two: `moved`."""
