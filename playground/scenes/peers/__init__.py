"""Peers: machines that talk to each other, a cut that parts them into two groups, and messages between them."""

from playground.scenes.motion import DRAWN, LANDS, Coming, Motion
from playground.scenes.paint import Travellers, paints
from playground.scenes.peers.painter import look, painted
from playground.scenes.peers.thumb import thumb
from playground.scenes.peers.value import Message, Peer, Peers, Seat, Switch

__all__ = ["Message", "Peer", "Peers", "Seat", "Switch"]

MOTION = Motion(
    "Messages go along the ways between machines; where they are cut, they are lost before the goal.",
    (Coming("cut", LANDS, "/name"), Coming("cut", DRAWN)),
)

paints(Peers, painted, thumb, Travellers(look, ends=("message", "answer"), under="node:a"), motion=MOTION)
