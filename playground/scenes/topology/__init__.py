"""Topology: a balancer, the servers behind it, and the requests on their way."""

from playground.scenes.paint import Travellers, paints
from playground.scenes.topology.painter import painted
from playground.scenes.topology.thumb import thumb
from playground.scenes.topology.traffic import look
from playground.scenes.topology.value import Machine, Packet, Topology

__all__ = ["Machine", "Packet", "Topology"]

paints(Topology, painted, thumb, Travellers(look, ends=("answer",), door="clients/edge", under="balancer"))
