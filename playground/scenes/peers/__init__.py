"""Peers: machines that talk to each other, a cut that parts them into two groups, and messages between them."""

from playground.scenes.paint import paints
from playground.scenes.peers.painter import painted
from playground.scenes.peers.thumb import thumb
from playground.scenes.peers.value import Message, Peer, Peers

__all__ = ["Message", "Peer", "Peers"]

paints(Peers, painted, thumb)
