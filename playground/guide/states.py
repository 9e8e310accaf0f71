"""The states that every kind of picture tells in the same way, each on pieces of pictures that have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from playground.guide.piece import Piece
from playground.machines.ketama import Point
from playground.scenes import layers, log, ring, sequence, timeline, topology

COLUMNS = ("a machine", "a dot", "a line", "a bar of time", "a value")

HALF = 2**31
"""Opposite the top of a ring."""


def machine(*keys: str, **has: Any) -> Piece:
    """A server behind a balancer."""
    one = topology.Machine("ada", 0, "live", 1, "40 ms", False, (), (), 7)._replace(**has)
    changed = one.name if "changed/box" in keys else ""
    scene = topology.Topology("", "", (one,), (), (), "", 0, changed, most=8)
    return Piece(scene, keys or ("server:ada",), (-8, -8, 160, 76))


def request(kind: str = "", *, current: bool = False) -> Piece:
    """A request: before a server, or, of a kind, on its way to one."""
    packets = (topology.Packet(7, "ada", kind, 300),) if kind else ()
    one = topology.Machine("ada", 0, "live", 1, "", False, (), () if kind else (7,), 0)
    scene = topology.Topology("", "", (one,), packets, (), "", 7 if current else 0, "")
    return Piece(scene, ("request:7", "changed") if current else ("request:7",), (-18, -18, 36, 36))


def on_ring(*keys: str, owner: str = "ada", before: str = "ada") -> Piece:
    """A key of a ring, or the row of a server that has gone."""
    servers = (ring.Server("ada", 0, "live", (HALF,), 1, 1), ring.Server("cleo", 2, "gone", (HALF // 2,), 0, 0))
    points = (Point(HALF, "ada"), Point(HALF // 2, "cleo"))
    scene = ring.Ring(servers, (ring.Key("k", 3 * HALF // 2, owner, before),), points[:1], points, "", "", "", "")
    return Piece(scene, keys, (-13, -13, 92, 26) if "row:cleo" in keys else (-18, -18, 36, 36))


def message(state: str, *, fresh: bool = False) -> Piece:
    """An arrow between two who speak."""
    lanes = tuple(sequence.Lane(name, "m1") for name in ("ada", "bob", "cleo"))
    sent = sequence.Message(1, "", "ada", "bob", "read", "", state)
    scene = sequence.Sequence("Messages", lanes, (sent,), fresh, "")
    return Piece(scene, ("msg:1", "changed") if fresh else ("msg:1",), (56, -20, 128, 40))


def span(kind: str) -> Piece:
    """A stretch of time on a lane, found by the lane's name."""
    lane = timeline.Lane("a", (timeline.Span(kind, 0, 60_000),))
    scene = timeline.Timeline((timeline.Group("g", "", "", (lane,)),), last=160_000)
    return Piece(scene, (f"lane:g/a/{kind}",), (3, -14, 92, 20), "lane:g/a/name")


def batch(state: str = "", changed: str = "") -> Piece:
    """A batch of a log, after another one; its first byte, which stands under it, is left out."""
    cells = (log.Cell(0, 3, 0, 96), log.Cell(4, 5, 96, 60, state))
    scene = log.Log("", cells, (), (log.Stretch(0, "", True),), 6, changed=changed)
    return Piece(scene, ("batch:4", "changed") if changed else ("batch:4",), (-6, -6, 58, 56), without="batch:4/at")


def chip(state: str) -> Piece:
    """A chip on a plate."""
    scene = layers.Layers("", "", (layers.Layer("", "", "m1"),), 4, (layers.Cell(0, 1, "v1", "", state),))
    cross = ("chip:0/1/cross",) if state == layers.DELETED else ()
    return Piece(scene, ("chip:0/1", "chip:0/1/text", *cross), (-18, -8, 92, 40))


class State(NamedTuple):
    """A state: its name, what tells it and what it means, and a piece for each column in which there is one."""

    name: str
    told_by: str
    pieces: tuple[Piece | None, ...]

    @property
    def cells(self) -> Iterator[tuple[str, Piece | None]]:
        return zip(COLUMNS, self.pieces, strict=True)


STATES = (
    State(
        "at rest",
        "It is there, and nothing happens to it: an outline with a faint tint, a thin line.",
        (machine(), on_ring("key:k"), message("data"), span(timeline.REST), batch()),
    ),
    State(
        "working",
        "It does something now: solid, and on a machine a bar at its edge and a lamp for each task.",
        (
            machine("server:ada", "request:7", working=(7,)),
            request("request"),
            None,
            span(timeline.ARRIVING),
            batch("sent"),
        ),
    ),
    State(
        "waiting",
        "Its turn has not come: hollow; in time a thin line with a post where the waiting began.",
        (None, request(), None, span(timeline.WAITING), None),
    ),
    State(
        "held back",
        "It could go on, and something else keeps it: hatched.",
        (None, None, None, span(timeline.HELD), None),
    ),
    State(
        "changed now",
        "This step is about it: a brass ring, or brass under a line. Brass says nothing else.",
        (
            machine("server:ada", "changed/box"),
            request("request", current=True),
            message("data", fresh=True),
            None,
            batch(changed="batch:4"),
        ),
    ),
    State(
        "changed before",
        "An earlier step of this run has moved it: a fine ring of brass.",
        (None, on_ring("key:k", "moved", before="cleo"), None, None, None),
    ),
    State(
        "failed",
        "It does not answer, or refuses: dashed or hollow, the name struck, and always a cross.",
        (machine(state="failed"), request("lost"), message("fail"), None, chip(layers.DELETED)),
    ),
    State(
        "lost",
        "It was sent and does not arrive: dashed, with a cross before its goal.",
        (None, None, message(sequence.LOST), None, None),
    ),
    State(
        "slow",
        "It works, and takes long: dashes and dots, and the figure in the colour of failure.",
        (machine(slow=True, figure="1,900 ms"), None, None, None, None),
    ),
    State(
        "gone",
        "It has left, or its owner has: dotted or dashed, the name struck. It stays to the end of the run.",
        (on_ring("row:cleo", "row:cleo/name"), on_ring("key:k", owner="", before=""), None, None, None),
    ),
    State(
        "to come",
        "It is not there yet, and has its place: dotted or faint.",
        (machine("room"), None, None, span(timeline.UNSENT), chip(layers.AHEAD)),
    ),
)
