"""Peers: machines that talk to each other, a cut that parts them into two groups, and messages between them."""

from playground.scenes.peers.value import Message, Peer, Peers

__all__ = ["Message", "Peer", "Peers"]
