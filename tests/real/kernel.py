"""A Linux kernel that is handed frames, and what it does with each: in a network of its own, on a TAP device.

Every case gets an open connection whose numbers are set with TCP_REPAIR, so that the kernel expects what the miniature
says it does. Then the frames go in, and the program’s socket, the device and the counters tell what became of them.

    python -m tests.real.kernel    the other side of the pipe: it runs under `unshare --net`, as root
"""

import array
import contextlib
import fcntl
import json
import os
import select
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.require import require

TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_REPAIR_WINDOW = 19, 20, 21, 29
RECEIVES, SENDS = 1, 2
TUNSETIFF, TAP, NO_PI = 0x400454CA, 0x0002, 0x1000
SET_FLAGS, SET_ADDRESS, SET_MASK, SET_MAC, ADD_ROUTE = 0x8914, 0x8916, 0x891C, 0x8924, 0x890B
UP, NO_ARP = 0x1, 0x80
COUNTED = (
    ("IpExt", "InCsumErrors"), ("Ip", "InHdrErrors"), ("Ip", "InAddrErrors"), ("Ip", "InUnknownProtos"),
    ("Ip", "InDelivers"), ("Ip", "ReasmReqds"), ("IpExt", "InTruncatedPkts"),
    ("Tcp", "InSegs"), ("Tcp", "InErrs"), ("Tcp", "InCsumErrors"), ("TcpExt", "TCPOFOQueue"),
)  # fmt: skip
WINDOW = 64240
QUIET = 0.004
"""Seconds after which nothing more comes: the kernel answers before `write` returns."""


def watched(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the kernel does with each case; skipped where nobody may open a network of their own."""
    if os.geteuid() != 0 or not os.access("/dev/net/tun", os.W_OK):
        pytest.skip("a TAP device needs root and /dev/net/tun")
    command = [str(require("unshare", "util-linux")), "--net", sys.executable, "-m", "tests.real.kernel"]
    done = subprocess.run(command, input=json.dumps(cases), capture_output=True, text=True, check=False)
    if "Operation not permitted" in done.stderr:
        pytest.skip("no network of its own may be opened here")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


# The other side.


def address(text: str) -> bytes:
    return struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(text))


def device(mac: str, own: str) -> int:
    """A TAP device with this hardware address; all ways lead out by it."""
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH14x", b"tap0", TAP | NO_PI))
    plain = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    name = b"tap0".ljust(16, b"\0")
    fcntl.ioctl(plain, SET_MAC, struct.pack("16sH6s8x", b"tap0", 1, bytes.fromhex(mac)))
    fcntl.ioctl(plain, SET_ADDRESS, name + address(own))
    fcntl.ioctl(plain, SET_MASK, name + address("255.255.255.255"))
    fcntl.ioctl(plain, SET_FLAGS, struct.pack("16sH14x", b"lo", UP))
    fcntl.ioctl(plain, SET_FLAGS, struct.pack("16sH14x", b"tap0", UP | NO_ARP))
    kept = array.array("b", b"tap0\0")
    everywhere = address("0.0.0.0") * 3  # noqa: S104 - a route, not a server
    route = struct.pack("L", 0) + everywhere + struct.pack("HhLBBhh6xP", UP, 1, 0, 0, 0, 0, 0, kept.buffer_info()[0])
    fcntl.ioctl(plain, ADD_ROUTE, route + struct.pack("LLH6x", 0, 0, 0))
    return tap


def connection(own: tuple[str, int], peer: tuple[str, int], expected: int, following: int) -> socket.socket:
    """An open connection without a handshake."""
    made = socket.socket()
    made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    for queue, number in ((SENDS, following), (RECEIVES, expected)):
        made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR_QUEUE, queue)
        made.setsockopt(socket.IPPROTO_TCP, TCP_QUEUE_SEQ, number)
    made.bind(own)
    made.connect(peer)
    # The peer has told the usual window; without this the kernel would know of none.
    window = struct.pack("5I", expected - 1 & 0xFFFFFFFF, WINDOW, WINDOW, WINDOW, expected)
    made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR_WINDOW, window)
    made.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 0)
    made.setblocking(False)
    return made


def counters() -> dict[str, int]:
    found = {}
    for path in ("/proc/net/snmp", "/proc/net/netstat"):
        with open(path, encoding="ascii") as file:
            lines = [line.split() for line in file]
        for names, values in zip(lines[::2], lines[1::2], strict=True):
            found |= {f"{names[0]}{name}": int(value) for name, value in zip(names[1:], values[1:], strict=True)}
    return {f"{group}:{name}": found.get(f"{group}:{name}", 0) for group, name in COUNTED}


def answers(tap: int) -> list[str]:
    """What comes out of the device, in words; the kernel’s own IPv6 chatter is left out."""
    found = []
    while select.select([tap], [], [], QUIET)[0]:
        frame = os.read(tap, 4096)
        if frame[12:14] != b"\x08\x00":
            continue
        size, protocol = 4 * (frame[14] & 15), frame[23]
        inner = frame[14 + size :]
        if protocol == socket.IPPROTO_ICMP:
            found.append(f"ICMP {inner[0]}.{inner[1]}")
        elif protocol == socket.IPPROTO_TCP:
            flags = inner[13]
            found.append("RST" if flags & 4 else "SYN-ACK" if flags & 2 else "ACK")
    return found


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


def let_in(tap: int, case: dict[str, Any]) -> dict[str, Any]:
    own, peer = (case["own"], case["port"]), (case["peer"], case["peer_port"])
    program = connection(own, peer, case["expected"], case["next"])
    answers(tap)  # an open connection tells its window
    before = counters()
    for frame in case["frames"]:
        with contextlib.suppress(OSError):
            os.write(tap, bytes.fromhex(frame))
    said = answers(tap)
    text, end = heard(program)
    now = counters()
    with contextlib.suppress(OSError):
        program.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    program.close()
    answers(tap)
    return {"text": text, "end": end, "said": said,
            "counted": {name: now[name] - before[name] for name in now if now[name] != before[name]}}  # fmt: skip


def main() -> None:
    cases = json.load(sys.stdin)
    # One ICMP message a second for each address is the default; here every case has its own.
    Path("/proc/sys/net/ipv4/icmp_ratelimit").write_text("0", encoding="ascii")
    tap = device(cases[0]["mac"], cases[0]["own"])
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((cases[0]["own"], cases[0]["port"]))
    listener.listen(1000)
    answers(tap)
    json.dump([let_in(tap, case) for case in cases], sys.stdout)


if __name__ == "__main__":
    main()
