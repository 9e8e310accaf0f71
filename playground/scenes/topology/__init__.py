"""Topology: a balancer, the servers behind it, and the requests on their way."""

from playground.scenes.topology.value import Machine, Packet, Topology

__all__ = ["Machine", "Packet", "Topology"]
