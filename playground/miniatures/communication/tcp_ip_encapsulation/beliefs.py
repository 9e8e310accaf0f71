"""What sensible people believe of packets instead: each changes one rule."""

from dataclasses import replace

from playground.engine import WrongModel
from playground.machines.packets import checksum, ipv4, nat, route
from playground.machines.packets.ethernet import Frame
from playground.machines.packets.ipv4 import Packet
from playground.machines.packets.route import CLIENT, CUTS, DROPS, NOBODY, SERVER, WHOLE, Passage, Wire
from playground.machines.packets.tcp import CIRCLE
from playground.miniatures.communication.tcp_ip_encapsulation.model import TcpIpEncapsulation

# Of the sequence number.


class CountsSegments(WrongModel, TcpIpEncapsulation):
    belief = "sequence numbers count segments"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + 1 + len(self.way.sent)) % CIRCLE


class ForgetsTheSyn(WrongModel, TcpIpEncapsulation):
    belief = "the SYN does not use up a number"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + offset) % CIRCLE


class CountsItself(WrongModel, TcpIpEncapsulation):
    belief = "a segment’s number counts its own bytes too"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + 1 + offset + length) % CIRCLE


class NamesTheLastByte(WrongModel, TcpIpEncapsulation):
    belief = "a segment has the number of its last byte"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + offset + length) % CIRCLE


class CountsHeaders(WrongModel, TcpIpEncapsulation):
    belief = "the numbers count the headers as well, 20 bytes for each segment"

    def sequence_number(self, offset: int, length: int) -> int:
        return (self.isn + 1 + offset + 20 * len(self.way.sent)) % CIRCLE


class FromOne(WrongModel, TcpIpEncapsulation):
    belief = "every stream begins with number 1, as a capture shows it when it counts from the SYN"

    def sequence_number(self, offset: int, length: int) -> int:
        return 1 + offset


# Of what a router rewrites.


class OnlyTheFrame(WrongModel, TcpIpEncapsulation):
    belief = "a router changes the frame and leaves the packet’s own fields alone"

    def forwarded(self, packet: Packet) -> Packet:
        return packet


class EveryOneTranslates(WrongModel, TcpIpEncapsulation):
    belief = "every router puts its own address in, not only one with NAT"

    def forwarded(self, packet: Packet) -> Packet:
        return ipv4.sealed(replace(packet, ttl=packet.ttl - 1, source=bytes([203, 0, 113, packet.ttl])))


class SumsTheTtl(WrongModel, TcpIpEncapsulation):
    belief = "what TCP sums up includes the time to live, so that its checksum changes too"

    def forwarded(self, packet: Packet) -> Packet:
        after, data = ipv4.forwarded(packet), packet.data
        updated = checksum.updated(int.from_bytes(data[16:18], "big"), packet.ttl, after.ttl)
        return replace(after, data=data[:16] + updated.to_bytes(2, "big") + data[18:])


class KeepsTheMacs(WrongModel, TcpIpEncapsulation):
    belief = "the MAC addresses are those of client and server, all the way"

    def framed(self, packet: Packet, wire: Wire) -> Frame:
        return route.framed(packet, route.wires(0)[0])


class NatLeavesTcp(WrongModel, TcpIpEncapsulation):
    belief = "with NAT the address alone changes, and neither port nor checksum of TCP"

    def translated(self, packet: Packet) -> Packet:
        return ipv4.sealed(replace(packet, source=nat.PUBLIC))


# Of who notices a bit.


class TheFrameCoversTheWay(WrongModel, TcpIpEncapsulation):
    belief = "the frame’s checksum covers the whole way, routers included"

    def frame_holds(self, frame: bytes) -> bool:
        return not self.damage.flips


class IpCoversAll(WrongModel, TcpIpEncapsulation):
    belief = "the checksum of IP covers what the packet carries, too"

    def header_holds(self, header: bytes) -> bool:
        return not self.damage.flips


class NobodyChecksIp(WrongModel, TcpIpEncapsulation):
    belief = "the checksum of IP is there, but nobody looks at it"

    def header_holds(self, header: bytes) -> bool:
        return True


class TcpSeesAll(WrongModel, TcpIpEncapsulation):
    belief = "the checksum of TCP goes from end to end, so it is the one that sees whatever turns"

    def noticed_by(self) -> str:
        return "TCP’s, at the server"


class CancelsOut(WrongModel, TcpIpEncapsulation):
    belief = "the wrong bit cancels out in the sum, so that no checksum sees it"

    def noticed_by(self) -> str:
        return "no checksum"


class TheNextOne(WrongModel, TcpIpEncapsulation):
    belief = "every machine checks all that a packet holds, so the next one notices"

    def noticed_by(self) -> str:
        inside = self.damage.flips[-1].where == "first" if self.damage.flips else False
        return "TCP’s, at router 2" if inside else "IP’s, at the server"


# Of a wire that takes less.


def too_long(packet: Packet, most: int) -> bool:
    return route.passage(packet, most).does != WHOLE


class AlwaysCuts(WrongModel, TcpIpEncapsulation):
    belief = "a router cuts whatever is too long"

    def passage(self, packet: Packet, most: int) -> Passage:
        return Passage(CUTS if too_long(packet, most) else WHOLE)


class NeverCuts(WrongModel, TcpIpEncapsulation):
    belief = "a router never cuts: it drops what is too long and says so, as with IPv6"

    def passage(self, packet: Packet, most: int) -> Passage:
        return Passage(DROPS, CLIENT) if too_long(packet, most) else Passage(WHOLE)


class DropsSilently(WrongModel, TcpIpEncapsulation):
    belief = "what is too long is dropped, and nobody learns why"

    def passage(self, packet: Packet, most: int) -> Passage:
        return Passage(DROPS, NOBODY) if too_long(packet, most) else Passage(WHOLE)


class TellsTheServer(WrongModel, TcpIpEncapsulation):
    belief = "the one that a packet was for is told, not the one that sent it"

    def passage(self, packet: Packet, most: int) -> Passage:
        right = route.passage(packet, most)
        return right if right.does == WHOLE else right._replace(told=SERVER)


class TellsOfCutting(WrongModel, TcpIpEncapsulation):
    belief = "a router cuts what is too long, and tells the client to send less from now on"

    def passage(self, packet: Packet, most: int) -> Passage:
        return Passage(CUTS, CLIENT) if too_long(packet, most) else Passage(WHOLE)


class CountsTextOnly(WrongModel, TcpIpEncapsulation):
    belief = "what a wire takes is counted without the headers"

    def passage(self, packet: Packet, most: int) -> Passage:
        return route.passage(packet, most + 40)
