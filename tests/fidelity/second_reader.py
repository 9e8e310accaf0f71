"""A host that reads frames, written a second time: from the tables of RFC 791 and RFC 9293 with `struct` and scapy’s
checksum, without looking at the first.

It is by the same hands, so it is no judge of the rules; it finds where one of the two does not do what both mean. Its
order of checks is that of the RFCs, from the bottom up, and it knows no more than a verdict, an answer and the text.
"""

import struct
import zlib

from scapy.utils import checksum as internet_checksum

DELIVERED, DROPPED, KEPT, REFUSED, RESET, OPENED = "delivered", "dropped", "kept", "refused", "reset", "opened"
NOTHING = (DROPPED, "", b"")


def read(frames, mac, local, remote, expected, following):
    """(verdict, answer, text) of frames that have come to `mac`, for a host with one connection."""
    packets = []
    for frame in frames:
        if (
            zlib.crc32(frame[:-4]) != struct.unpack("<I", frame[-4:])[0]
            or frame[:6] != mac
            or frame[12:14] != b"\x08\0"
        ):
            return NOTHING
        packets.append(frame[14:-4])
    headers = []
    for packet in packets:
        found = header(packet, local[0])
        if isinstance(found, tuple):
            return found
        headers.append(found)
    first = headers[0]
    data = assembled(headers)
    if data is None:
        return KEPT, "", b""
    if first["protocol"] != 6:
        return NOTHING if first["protocol"] in (1, 2, 17) else (DROPPED, "ICMP protocol unreachable", b"")
    return segment(data, first, local, remote, expected, following)


def header(packet, own):
    """The fields of an IP header, or the end of the packet."""
    front, _, length, mark, place, _, protocol, _, source, target = struct.unpack("!BBHHHBBH4s4s", packet[:20])
    size = front % 16 * 4
    if front // 16 != 4 or size < 20 or size > len(packet) or internet_checksum(packet[:size]):
        return NOTHING
    if not size <= length <= len(packet):
        return NOTHING
    at = 20
    while at < size and packet[at]:
        step = 1 if packet[at] == 1 else packet[at + 1] if at + 1 < size else 0
        if step == 0 or (step == 1 and packet[at] != 1) or at + step > size:
            return DROPPED, "" if place & 0x1FFF else "ICMP parameter problem", b""
        if packet[at] in (131, 137):
            return NOTHING
        at += step
    if source[0] == 127 or 224 <= source[0] <= 239 or source in (b"\0" * 4, b"\xff" * 4, own) or target != own:
        return NOTHING
    return {"of": (source, target, mark, protocol), "source": source, "protocol": protocol, "target": target,
            "more": place >> 13 & 1, "at": 8 * (place & 0x1FFF), "data": packet[size:length]}  # fmt: skip


def assembled(headers):
    """The data of the packet that the first belongs to; None while a piece is missing."""
    first = headers[0]
    if not first["more"] and not first["at"]:
        return first["data"]
    mine = sorted((one for one in headers if one["of"] == first["of"]), key=lambda one: one["at"])
    data, ended = b"", False
    for one in mine:
        if one["at"] != len(data) or ended:
            return None
        data += one["data"][: len(one["data"]) // 8 * 8] if one["more"] else one["data"]
        ended = not one["more"]
    return data if ended else None


def segment(data, ip, local, remote, expected, following):
    """What TCP does with it."""
    if len(data) < 20:
        return NOTHING
    source, target, number, acknowledges, offset, flags, _, _, urgent = struct.unpack("!HHIIBBHHH", data[:20])
    size = offset // 16 * 4
    pseudo = ip["source"] + ip["target"] + struct.pack("!BBH", 0, 6, len(data))
    if not 20 <= size <= len(data) or internet_checksum(pseudo + data) or unreadable(data[20:size]):
        return NOTHING
    fin, syn, rst, ack, urg = (bool(flags >> bit & 1) for bit in (0, 1, 2, 4, 5))
    if (ip["source"], source) != remote or target != local[1]:
        if rst or (target == local[1] and not ack and (not syn or fin)):
            return NOTHING
        return (OPENED, "SYN-ACK", b"") if target == local[1] and not ack else (REFUSED, "RST", b"")
    if not (ack or rst or syn):
        return NOTHING
    text = data[size:]
    ahead = (number - expected) % 2**32
    behind = (expected - number) % 2**32
    length = len(text) + syn + fin
    if 64240 <= ahead < 2**31 or (0 < behind <= 2**31 and length <= behind) or (ahead == 0 and length == 0):
        return DROPPED, "" if rst else "ACK", b""
    if rst:
        return (RESET, "", b"") if ahead == 0 else (DROPPED, "ACK", b"")
    if syn or acknowledges != following:
        return DROPPED, "ACK", b""
    if 0 < ahead < 64240:
        return KEPT, "ACK", b""
    point = max(urgent - 1, 0)
    new = [byte for at, byte in enumerate(text) if at >= behind and not (urg and at == point)]
    return DELIVERED, "ACK", bytes(new)


def unreadable(options):
    """Whether Linux cannot read on where it looks for a signature, or finds one: as long as 18 bytes are left."""
    while len(options) >= 18 and options[0]:
        if options[0] == 1:
            options = options[1:]
            continue
        if options[0] in (19, 29) or not 2 <= options[1] <= len(options):
            return True
        options = options[options[1] :]
    return False
