"""A Linux kernel that is handed frames, and what it does with each: in a network of its own, on a TAP device.

Every case gets an open connection whose numbers are set with TCP_REPAIR, so that the kernel expects what the miniature
says it does. Then the frames go in, and the program’s socket, the device and the counters tell what became of them.

    python -m tests.real.kernel host|router|capture    the other side of the pipe, as root

`host` is asked what it does with frames for it, `router` what it sends on, `capture` what a socket that listens in on
the loopback device sees of a segment whose checksum is left to the device.
"""

import array
import contextlib
import ctypes
import fcntl
import json
import os
import platform
import re
import select
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.require import missing

TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_REPAIR_WINDOW = 19, 20, 21, 29
RECEIVES, SENDS = 1, 2
TUNSETIFF, TAP, NO_PI = 0x400454CA, 0x0002, 0x1000
SET_FLAGS, SET_ADDRESS, SET_MASK, SET_MTU, SET_MAC, ADD_ROUTE = 0x8914, 0x8916, 0x891C, 0x8922, 0x8924, 0x890B
UP, NO_ARP, ETH_ALL = 0x1, 0x80, 0x3
COUNTED = (
    ("IpExt", "InCsumErrors"), ("Ip", "InHdrErrors"), ("Ip", "InAddrErrors"), ("Ip", "InUnknownProtos"),
    ("Ip", "InDelivers"), ("Ip", "ReasmReqds"), ("IpExt", "InTruncatedPkts"),
    ("Tcp", "InSegs"), ("Tcp", "InErrs"), ("Tcp", "InCsumErrors"), ("TcpExt", "TCPOFOQueue"),
)  # fmt: skip
WINDOW = 64240
SINCE = (6, 8)
NEW_NETWORK, NOT_ALLOWED = 0x40000000, 77
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - a route’s, nothing listens there
QUIET = 0.001
"""Seconds after which nothing more comes: the kernel answers before `write` returns."""


def asked(role: str, groups: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """What the kernel does with the cases of each group, which have a network of their own.

    Skipped where nobody may open one.
    """
    if os.geteuid() != 0 or not os.access("/dev/net/tun", os.W_OK):
        missing("a TAP device needs root and /dev/net/tun")
    if tuple(map(int, re.findall(r"\d+", platform.release())[:2])) < SINCE:
        missing("two of these rules came with Linux 6.8: an ACK of bytes never sent, an option that does not fit")
    command = [sys.executable, "-m", "tests.real.kernel", role]
    done = subprocess.run(command, input=json.dumps(groups), capture_output=True, text=True, check=False)
    if done.returncode == NOT_ALLOWED:
        missing("no network of its own may be opened here")
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def version() -> str:
    return ".".join(re.findall(r"\d+", platform.release())[:3])


# The other side.


def address(text: str) -> bytes:
    return struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(text))


def loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plain:
        fcntl.ioctl(plain, SET_FLAGS, struct.pack("16sH14x", b"lo", UP))


@contextlib.contextmanager
def device(name: bytes, mac: str, own: str, target: str = NO_ADDRESS, mtu: int = 1500) -> Iterator[int]:
    """A TAP device with this hardware address, by which the way leads to `target`, or to everywhere."""
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH14x", name, TAP | NO_PI))
    padded, mask = name.ljust(16, b"\0"), NO_ADDRESS if target == NO_ADDRESS else "255.255.255.255"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plain:
        fcntl.ioctl(plain, SET_MAC, struct.pack("16sH6s8x", name, 1, bytes.fromhex(mac)))
        fcntl.ioctl(plain, SET_MTU, struct.pack("16si12x", name, mtu))
        fcntl.ioctl(plain, SET_ADDRESS, padded + address(own))
        fcntl.ioctl(plain, SET_MASK, padded + address("255.255.255.255"))
        fcntl.ioctl(plain, SET_FLAGS, struct.pack("16sH14x", name, UP | NO_ARP))
        kept = array.array("b", name + b"\0")
        way = struct.pack("L", 0) + address(target) + address(NO_ADDRESS) + address(mask)
        flags = struct.pack("HhLBBhh6xP", UP, 1, 0, 0, 0, 0, 0, kept.buffer_info()[0])
        fcntl.ioctl(plain, ADD_ROUTE, way + flags + struct.pack("LLH6x", 0, 0, 0))
    try:
        yield tap
    finally:
        os.close(tap)


def connection(own: tuple[str, int], peer: tuple[str, int], expected: int, following: int) -> socket.socket:
    """An open connection without a handshake."""
    made = socket.socket()
    made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    for queue, number in ((SENDS, following), (RECEIVES, expected)):
        made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR_QUEUE, queue)
        made.setsockopt(socket.IPPROTO_TCP, TCP_QUEUE_SEQ, struct.pack("I", number))
    made.bind(own)
    made.connect(peer)
    # The peer has told the usual window; without this the kernel would know of none.
    window = struct.pack("5I", expected - 1 & 0xFFFFFFFF, WINDOW, WINDOW, WINDOW, expected)
    made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR_WINDOW, window)
    made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 0)
    made.setblocking(False)
    return made


def counters() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in ("/proc/net/snmp", "/proc/net/netstat"):
        lines = [line.split() for line in Path(path).read_text(encoding="ascii").splitlines()]
        for names, values in zip(lines[::2], lines[1::2], strict=True):
            found |= {f"{names[0]}{name}": int(value) for name, value in zip(names[1:], values[1:], strict=True)}
    return {f"{group}:{name}": found.get(f"{group}:{name}", 0) for group, name in COUNTED}


def packets(tap: int) -> list[bytes]:
    """The IPv4 packets that come out of the device; the kernel’s own IPv6 chatter is left out."""
    found = []
    while select.select([tap], [], [], QUIET)[0]:
        frame = os.read(tap, 4096)
        if frame[12:14] == b"\x08\x00":
            found.append(frame[14:])
    return found


def answers(tap: int) -> list[str]:
    """The same in words."""
    return list(map(called, packets(tap)))


def called(packet: bytes) -> str:
    inner = packet[4 * (packet[0] & 15) :]
    if packet[9] == socket.IPPROTO_ICMP:
        return f"ICMP {inner[0]}.{inner[1]}"
    return "RST" if inner[13] & 4 else "SYN-ACK" if inner[13] & 2 else "ACK"


def heard(program: socket.socket) -> tuple[str, str]:
    """What the program reads, and how it ends: open, closed, or reset."""
    text = b""
    while True:
        try:
            piece = program.recv(4096)
        except BlockingIOError:
            return text.hex(), "open"
        except OSError:
            return text.hex(), "reset"
        if not piece:
            return text.hex(), "closed"
        text += piece


def let_in(tap: int, frames: list[str]) -> None:
    for frame in frames:
        with contextlib.suppress(OSError):  # what is shorter than a header is refused by the device itself
            os.write(tap, bytes.fromhex(frame))


def as_host(cases: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """`own`, `port`: the address and a port where a program listens, with an open connection to `peer`, `peer_port`."""
    loopback_up()
    own, port = cases[0]["own"], cases[0]["port"]
    with device(b"tap0", cases[0]["mac"], own) as tap, socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((own, port))
        listener.listen(1000)
        for case in cases:
            program = connection((own, port), (case["peer"], case["peer_port"]), case["expected"], case["next"])
            answers(tap)  # an open connection tells its window
            before = counters()
            let_in(tap, case["frames"])
            said = answers(tap)
            text, end = heard(program)
            now = counters()
            with contextlib.suppress(OSError):  # a connection that was reset cannot be repaired
                program.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
            program.close()
            answers(tap)
            counted = {name: now[name] - before[name] for name in now if now[name] != before[name]}
            yield {"text": text, "end": end, "said": said, "counted": counted}


def as_router(cases: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Two devices, with the server behind the one whose wire takes `mtu` bytes; what comes out of either."""
    loopback_up()
    Path("/proc/sys/net/ipv4/ip_forward").write_text("1", encoding="ascii")
    behind = device(b"tap1", "020000000099", "10.255.0.2", cases[0]["server"], cases[0]["mtu"])
    with device(b"tap0", cases[0]["mac"], "10.255.0.1") as here, behind as there:
        for case in cases:
            let_in(here, case["frames"])
            yield {"sent_on": [packet.hex() for packet in packets(there)], "said": answers(here)}


def as_capture(cases: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first packet with text from one socket to another, as a third sees it."""
    loopback_up()
    with (
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_ALL)) as ear,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        ear.bind(("lo", 0))
        for case in cases:
            with socket.create_connection(listener.getsockname()) as client, listener.accept()[0]:
                client.sendall(bytes.fromhex(case["text"]))
                while True:
                    frame = ear.recv(4096)
                    if frame[14 + 9] == socket.IPPROTO_TCP and frame.endswith(bytes.fromhex(case["text"])):
                        break
            yield {"frame": frame.hex()}


ROLES = {"host": as_host, "router": as_router, "capture": as_capture}


def new_network() -> None:
    """This process is alone in a network without devices; the one before ends with its last socket."""
    if ctypes.CDLL(None).unshare(NEW_NETWORK) != 0:
        sys.exit(NOT_ALLOWED)
    # One ICMP message a second for each address is the default; here every case has its own.
    Path("/proc/sys/net/ipv4/icmp_ratelimit").write_text("0", encoding="ascii")


def main() -> None:
    told = []
    for cases in json.load(sys.stdin):
        new_network()
        told.append(list(ROLES[sys.argv[1]](cases)))
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
