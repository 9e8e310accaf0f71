"""Two network namespaces of Linux, joined by a delay line that can lose a packet.

    namespaces    one for the server, one for the client, each with its own TCP and one TUN device
    delay line    a thread that reads packets of one device and writes them into the other half a round trip later
    port          packets are told apart by the server's port, so that several loads can be under way at once

All of TCP is the kernel's: its window, its timers, its retransmissions. Set are, so that it does what the model says
that it does:

    congestion control      Reno, which every kernel has; Linux takes CUBIC
    MTU                     a packet carries 1,400 bytes; on Ethernet it is 1,448
    acknowledgements        at once for every packet; Linux soon waits for every second one
    buffers                 large from the beginning: those that Linux starts with now and then stop large objects on
                            a kept connection, 4 of 100 kB for a round trip

Times are those at which the line reads a packet and writes it, not those of a program that may be late.
"""

import fcntl
import heapq
import os
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.require import require

SERVER, CLIENT = "10.77.0.1", "10.77.0.2"
MTU = 1452
"""20 bytes of IP, 20 of TCP, 12 of its timestamps, and 1,400."""

SETTINGS = {
    "tcp_congestion_control": "reno", "tcp_no_metrics_save": "1",
    "tcp_comp_sack_nr": "0", "tcp_rmem": "4096 8388608 33554432", "tcp_wmem": "4096 4194304 4194304",
}  # fmt: skip
TUN, NO_INFORMATION, SET_INTERFACE = 0x0001, 0x1000, 0x400454CA
"""IFF_TUN, IFF_NO_PI and TUNSETIFF of <linux/if_tun.h>."""
SYN = 0x02


class Seen(NamedTuple):
    """A packet that has come over the line: when it was read, when it was written (0: lost), and what it carried."""

    read: float
    written: float
    from_server: bool
    syn: bool
    payload: int


class Line:
    """The delay line. `lose` names packets of the server with payload, by port: the first is 1."""

    def __init__(self, server: int, client: int) -> None:
        self.ends = {server: client, client: server}
        self.server = server
        self.delays: dict[int, float] = {}
        """Seconds one way, by port."""
        self.lose: dict[int, frozenset[int]] = {}
        self.seen: dict[int, list[Seen]] = {}
        self.counted: dict[int, int] = {}
        self.due: list[tuple[float, int, int, bytes, int, float, bool, int]] = []
        self.order = 0
        self.over = False

    def run(self) -> None:
        poll = select.poll()
        for end in self.ends:
            poll.register(end, select.POLLIN)
        while not self.over:
            wait = max(0.0, self.due[0][0] - time.monotonic()) if self.due else 0.05
            for end, _ in poll.poll(min(wait, 0.05) * 1000):
                self.take(end)
            self.deliver()

    def take(self, end: int) -> None:
        """Whatever the device has, each packet with its instant."""
        while True:
            try:
                data = os.read(end, 2048)
            except BlockingIOError:
                return
            now = time.monotonic()
            if data[0] >> 4 != 4 or data[9] != 6:
                continue  # neighbours that greet each other over IPv6
            from_server = end == self.server
            head = 4 * (data[0] & 15)
            port = int.from_bytes(data[head : head + 2] if from_server else data[head + 2 : head + 4], "big")
            payload = int.from_bytes(data[2:4], "big") - head - 4 * (data[head + 12] >> 4)
            syn = bool(data[head + 13] & SYN)
            if from_server and payload:
                self.counted[port] = self.counted.get(port, 0) + 1
                if self.counted[port] in self.lose.get(port, ()):
                    self.seen.setdefault(port, []).append(Seen(now, 0, from_server, syn, payload))
                    continue
            self.order += 1
            due = now + self.delays.get(port, 0.0)
            heapq.heappush(self.due, (due, self.order, self.ends[end], data, port, now, syn, payload))

    def deliver(self) -> None:
        while self.due and self.due[0][0] <= time.monotonic():
            _, _, end, data, port, read, syn, payload = heapq.heappop(self.due)
            os.write(end, data)
            seen = Seen(read, time.monotonic(), end != self.server, syn, payload)
            self.seen.setdefault(port, []).append(seen)

    def begun(self, port: int) -> float:
        """When the client's first packet came."""
        return min(one.read for one in self.seen[port] if one.syn and not one.from_server)

    def ended(self, port: int) -> float:
        """When the client got the last bytes of the server."""
        return max(one.written for one in self.seen[port] if one.from_server and one.payload)


def device(name: str) -> int:
    """A new TUN device, as a file."""
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, SET_INTERFACE, struct.pack("16sH", name.encode(), TUN | NO_INFORMATION))
    return end


def must(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def inside(name: str, *command: str | Path) -> list[str | Path]:
    """The command, in a namespace."""
    return [require("nsenter", "util-linux"), f"--net=/run/netns/{name}", *command]


@contextmanager
def joined() -> Iterator[tuple[Line, str, str]]:
    """The line, and the names of the server's namespace and the client's."""
    ip = str(require("ip", "iproute2"))
    names = [f"orrery{os.getpid()}{letter}" for letter in "sc"]
    with ExitStack() as stack:
        ends = []
        try:
            for name, own, other in zip(names, (SERVER, CLIENT), (CLIENT, SERVER), strict=True):
                must(ip, "netns", "add", name)
                stack.callback(must, ip, "netns", "delete", name)
                ends.append(device(tun := f"tun{name[6:]}"))
                stack.callback(os.close, ends[-1])
                must(ip, "link", "set", tun, "netns", name)
                here = (ip, "-n", name)
                must(*here, "address", "add", own, "peer", other, "dev", tun)
                must(*here, "link", "set", tun, "mtu", str(MTU), "txqueuelen", "5000", "up")
                must(*here, "link", "set", "lo", "up")
                must(*here, "route", "replace", other, "dev", tun, "quickack", "1")
                for setting, value in SETTINGS.items():
                    must(*map(str, inside(name, "sysctl", "-qw", f"net.ipv4.{setting}={value}")))
        except (OSError, subprocess.CalledProcessError) as refused:
            why = f"network namespaces cannot be made here: {getattr(refused, 'stderr', '') or refused}"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
        line = Line(*ends)
        thread = threading.Thread(target=line.run)
        thread.start()
        try:
            yield line, names[0], names[1]
        finally:
            line.over = True
            thread.join()
