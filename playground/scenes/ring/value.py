"""What a ring says: servers with their points, keys with their owners, who owned what before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from playground.scenes.ring.arcs import SIZE, Place
from playground.scenes.scene import Words

SECTORS = 96
"""Sectors into which keys are sorted when there are too many to draw one by one."""


@dataclass(frozen=True)
class Server:
    """A server: its order of appearance, state (live, failed, gone), points, and keys held before and now."""

    name: str
    order: int
    state: str
    points: tuple[int, ...]
    held: int
    before: int


@dataclass(frozen=True)
class Key:
    """A key: its position, its owner, and its owner before this action (empty: nobody)."""

    id: str
    position: int
    owner: str
    before: str

    # A model may keep its keys from step to step: what is asked at every one of them is told apart once.

    @cached_property
    def sector(self) -> int:
        return self.position * SECTORS // SIZE

    @cached_property
    def moved(self) -> bool:
        return bool(self.before) and self.owner != self.before


@dataclass(frozen=True)
class Way:
    """The key in question and the point it goes to: a path clockwise from the one to the other."""

    key: str
    position: int
    server: str
    point: int


@dataclass(frozen=True)
class Ring:
    """The circle. `ring` and `ring_before` are the points of the servers that answer, sorted."""

    servers: tuple[Server, ...]
    keys: tuple[Key, ...]
    ring: tuple[Place, ...]
    ring_before: tuple[Place, ...]
    figure: str
    caption: str
    aside: str
    aside_figure: str
    way: Way | None = None
    changed: str = ""
    """Name of the server that changed in this step."""

    kind = "ring"

    def room(self) -> tuple[int, ...]:
        """Rows of the legend, points, points of failed servers, keys, most keys held by one server, whether there
        is a comparison."""
        return (
            len(self.servers),
            sum(len(server.points) for server in self.servers),
            sum(len(server.points) for server in self.servers if server.state == "failed"),
            len(self.keys),
            max((max(s.held, s.before) for s in self.servers), default=0),
            bool(self.aside),
        )

    def blank(self) -> bool:
        return not self.servers

    def words(self) -> Words:
        rows = []
        for server in self.servers:
            held = str(server.held) if server.held == server.before else f"{server.before} → {server.held}"
            rows.append((server.name, server.state, str(len(server.points)), held))
        return Words(f"{self.figure} {self.caption}.", ("server", "state", "points", "keys held"), tuple(rows))
