"""Ring: servers and keys on one circle of positions; arcs show who owns what.

Arcs that an owner has inherited in this action are hatched, so that the whole lesson is visible without
one key. Keys never move (their hash is fixed); arcs and badges do.
"""

from playground.scenes.paint import paints
from playground.scenes.ring.painter import painted
from playground.scenes.ring.thumb import thumb
from playground.scenes.ring.value import Key, Ring, Server, Way

__all__ = ["Key", "Ring", "Server", "Way"]

paints(Ring, painted, thumb)
