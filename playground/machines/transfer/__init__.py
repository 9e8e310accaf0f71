"""A page over one link: who asks when, what is under way, what is lost, and which bytes may be used when.

packet      packets, and the order in which the client may use them
parts       how a version uses connections, the link, the objects, the connections
load        one load of the page, event by event
sender      what may be under way and when something counts as lost: what TCP and QUIC share
tcp         the same for TCP, as Linux does it
quic        the same for QUIC, as RFC 9002 has it
"""

from playground.machines.transfer.load import Load
from playground.machines.transfer.packet import CONNECTION, OBJECT, PACKET, Packet, Receiver, chain_of
from playground.machines.transfer.parts import Connection, Link, Thing, Use, merged

__all__ = [
    "CONNECTION", "OBJECT", "PACKET", "Connection", "Link", "Load", "Packet", "Receiver", "Thing", "Use", "chain_of",
    "merged",
]  # fmt: skip
