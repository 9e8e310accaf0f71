"""What sensible people believe of the versions of HTTP instead of what holds."""

from playground.engine import WrongModel
from playground.machines.transfer import CONNECTION, OBJECT, Load
from playground.miniatures.communication.http_versions.model import HttpVersions

TRIPS_OF_TLS = {"none": 0, "1.2": 2, "1.3": 1}
"""Round trips of a new session, inside a connection of TCP."""


class StreamsDownToTheWire(WrongModel, HttpVersions):
    belief = "the streams of HTTP/2 are independent down to the packets"

    def order_of(self, version: str) -> str:
        return OBJECT


class EverythingStops(WrongModel, HttpVersions):
    belief = "a lost packet stops every object of its connection, also those that were complete before"

    def held_names(self, load: Load) -> list[str]:
        return list(self.names)


class OnlyLaterRequests(WrongModel, HttpVersions):
    belief = "what was asked for later has to wait, and nothing else"

    def held_names(self, load: Load) -> list[str]:
        first = min((packet.thing for packet in load.packets if packet.lost), default=len(self.names))
        return list(self.names[first + 1 :])


class OneAfterTheOther(WrongModel, HttpVersions):
    belief = "the server sends the objects one after the other, in the order of asking"

    def mixes(self, version: str) -> bool:
        return False


class HandedOverInOrder(WrongModel, HttpVersions):
    belief = "bytes of QUIC are handed over in the order of the connection, as those of TCP"

    def order_of(self, version: str) -> str:
        return CONNECTION


class OneByOne(WrongModel, HttpVersions):
    belief = "an object is asked for when the one before it is there"

    def asks_ahead(self, version: str) -> bool:
        return False


class ComesAgainInTime(WrongModel, HttpVersions):
    belief = "what is lost comes again before anybody has to wait for it"

    def lost_packets(self) -> frozenset[int]:
        return frozenset()


class NothingWaits(WrongModel, HttpVersions):
    belief = "what has arrived can be used, whatever is missing before it"

    def held_names(self, load: Load) -> list[str]:
        return []


class NoHandshake(WrongModel, HttpVersions):
    belief = "a connection costs nothing before the first request"

    def set_up_of(self, version: str) -> int:
        return 0


class TlsOnTop(WrongModel, HttpVersions):
    belief = "every version first opens a connection and then sets up TLS, QUIC too"

    def set_up_of(self, version: str) -> int:
        return 2 if version == "3" else 1 + max(TRIPS_OF_TLS[self.tls] - self.resumed, 0)


class TwoForTls(WrongModel, HttpVersions):
    belief = "the handshake of TLS takes two round trips, whatever its version"

    def set_up_of(self, version: str) -> int:
        trips = 2 if version == "3" or self.tls != "none" else 0
        return (version != "3") + max(trips - self.resumed, 0)


class NoneForUdp(WrongModel, HttpVersions):
    belief = "there is no handshake in QUIC, for UDP has none"

    def set_up_of(self, version: str) -> int:
        return 0 if version == "3" else super().set_up_of(version)


class NothingRemembered(WrongModel, HttpVersions):
    belief = "a server that was seen before is greeted as any other"

    def set_up_of(self, version: str) -> int:
        return 1 if version == "3" else 1 + TRIPS_OF_TLS[self.tls]


class InTheFirstPacket(WrongModel, HttpVersions):
    belief = "with a session resumed the request is in the first packet, over TCP as over QUIC"

    def set_up_of(self, version: str) -> int:
        return 0 if self.resumed else 1 + (TRIPS_OF_TLS[self.tls] if version != "3" else 0)


class OneHandshakeForBoth(WrongModel, HttpVersions):
    belief = "the handshake of TLS is in the packets of TCP’s"

    def set_up_of(self, version: str) -> int:
        return max(1, TRIPS_OF_TLS[self.tls] - self.resumed) if version != "3" else 1 - self.resumed


class NeverKept(WrongModel, HttpVersions):
    belief = "every object needs a connection of its own, with its handshake"

    def connections_of(self, version: str) -> int:
        return 0


class OneConnection(WrongModel, HttpVersions):
    belief = "a browser has one connection to a server"

    def connections_of(self, version: str) -> int:
        return 1


class AllAtOnce(WrongModel, HttpVersions):
    belief = "all objects are asked for at once"

    def asks_ahead(self, version: str) -> bool:
        return True


class OnlyTheBrokenOne(WrongModel, HttpVersions):
    belief = "only the object in the lost packet waits, over any version"

    def held_names(self, load: Load) -> list[str]:
        return sorted({self.names[packet.thing] for packet in load.packets if packet.lost})
