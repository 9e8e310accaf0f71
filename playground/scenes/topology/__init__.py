"""Topology: a balancer, the servers behind it, and the requests on their way."""

from playground.scenes.motion import DRAWN, FADES, LANDS, Coming, Motion
from playground.scenes.paint import Travellers, paints
from playground.scenes.topology.painter import painted
from playground.scenes.topology.thumb import thumb
from playground.scenes.topology.traffic import look
from playground.scenes.topology.value import Machine, Packet, Topology

__all__ = ["Machine", "Packet", "Topology"]

MOTION = Motion(
    "Requests go along the edges and stand before who works on them; edges are drawn from the balancer.",
    (Coming("edge:", LANDS, "/head"), Coming("edge:", DRAWN), Coming("winner", FADES, anew=True)),
)

paints(
    Topology, painted, thumb, Travellers(look, ends=("answer",), door="clients/edge", under="balancer"), motion=MOTION
)
