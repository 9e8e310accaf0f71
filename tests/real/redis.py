"""A real Redis: a primary, and a replica that copies it through a relay, so that the link can be cut.

Both are redis-server on free ports of 127.0.0.1, without files, each ended by its own pid.
"""

import socket
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.real.programs import folder, free_ports, started
from tests.require import require


def version() -> str:
    told = subprocess.run(
        [require("redis-server", "redis-server"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    return told.split("v=")[1].split()[0]


class Client:
    """One connection, one command after the other."""

    def __init__(self, port: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), 5)
        self.file = self.line.makefile("rb")

    def ask(self, *words: str) -> str | None:
        """The answer to a command, as text; None for nil."""
        parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
        self.line.sendall(f"*{len(words)}\r\n{parts}".encode())
        head = self.file.readline().decode().strip()
        if head[0] != "$":
            return head[1:]
        length = int(head[1:])
        return self.file.read(length + 2)[:-2].decode() if length >= 0 else None

    def until(self, holds: Any, *words: str) -> None:
        deadline = time.monotonic() + 10
        while not holds(self.ask(*words) or ""):
            assert time.monotonic() < deadline, words
            time.sleep(0.005)

    def close(self) -> None:
        self.file.close()
        self.line.close()


class Relay:
    """Hands bytes on between the replica and its primary, until it is cut."""

    def __init__(self, front: int, back: int) -> None:
        self.back, self.ends = back, list[socket.socket]()
        self.cut = False
        self.server = socket.create_server(("127.0.0.1", front))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                one, _ = self.server.accept()
                if self.cut:
                    one.close()
                    continue
                other = socket.create_connection(("127.0.0.1", self.back))
                self.ends += [one, other]
                for pair in ((one, other), (other, one)):
                    threading.Thread(target=self.pump, args=pair, daemon=True).start()

    def pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while (data := one.recv(65536)) and not self.cut:
                other.sendall(data)

    def part(self) -> None:
        self.cut = True
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self.part()
        with suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


@contextmanager
def server(port: int):
    command: list[str | Path] = [
        require("redis-server", "redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "",
        "--appendonly", "no", "--repl-diskless-sync-delay", "0",
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    with folder("redis") as path, started([*command, "--dir", str(path)], path, stdout=quiet, stderr=quiet) as process:
        for _ in range(400):
            with suppress(OSError):
                Client(port).close()
                break
            time.sleep(0.01)
        yield process


def lost(before: int, alone: int) -> dict[str, Any]:
    """Writes 1, 2 … acknowledged before the link is cut, and more after; the primary is killed, the replica
    promoted. What was acknowledged, whom `WAIT` counts, and what the replica then reads."""
    back, front, replica_port = free_ports(3)
    with server(back) as process, server(replica_port):
        relay = Relay(front, back)
        primary, replica = Client(back), Client(replica_port)
        try:
            replica.ask("REPLICAOF", "127.0.0.1", str(front))
            replica.until(lambda told: "master_link_status:up" in told, "INFO", "replication")
            acknowledged = [primary.ask("SET", "x", str(value + 1)) for value in range(before)]
            if before:
                replica.until(lambda told: told == str(before), "GET", "x")
            relay.part()
            acknowledged += [primary.ask("SET", "x", str(before + value + 1)) for value in range(alone)]
            counted = primary.ask("WAIT", "1", "20")
            process.kill()
            process.wait(5)
            replica.ask("REPLICAOF", "NO", "ONE")
            return {
                "acknowledged": acknowledged.count("OK"),
                "counted": int(counted or 0),
                "read": replica.ask("GET", "x") or "0",
            }
        finally:
            primary.close()
            replica.close()
            relay.close()
