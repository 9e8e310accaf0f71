"""A real HAProxy in a temporary folder, one thread: a front that leads `?to=<pool>` to the pool of that name.

    program   haproxy -db -f haproxy.cfg        (unprivileged, unix sockets only)
    request   GET /?to=p7                       -> the name of the server that answered
    command   set server p7/ada state maint     on its own socket: what a health check does

The servers behind it are those of tests/real/pools.py.
"""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.real import programs
from tests.real.front import Front
from tests.require import require

CONFIG = """
global
  nbthread 1
  maxconn 2000
  stats socket {folder}/.admin level admin
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  http-reuse never
frontend front
  bind {folder}/.front
  use_backend %[url_param(to)]
"""


def version() -> str:
    told = subprocess.run([require("haproxy", "haproxy"), "-v"], capture_output=True, text=True, check=True).stdout
    return told.split()[2].partition("-")[0]


def pool(name: str, folder: Path, balance: str, weights: dict[str, int], extra: str = "") -> str:
    servers = "\n".join(
        f"  server {server} unix@{folder}/{server} weight {weight} cookie {server}"
        for server, weight in weights.items()
    )
    return f"backend {name}\n  balance {balance}\n  {extra}\n{servers}\n"


@contextmanager
def serving(folder: Path, pools: str) -> Iterator["HAProxy"]:
    program = require("haproxy", "haproxy")
    (folder / "haproxy.cfg").write_text(CONFIG.format(folder=folder) + pools)
    with (
        (folder / "haproxy.log").open("wb") as log,
        programs.started([program, "-db", "-f", "haproxy.cfg"], folder, stderr=log) as process,
        closing(HAProxy(folder, process, folder / "haproxy.log")) as front,
    ):
        yield front


class HAProxy(Front):
    """The front, and the socket on which HAProxy takes commands."""

    def set(self, pool: str, server: str, state: str) -> None:
        """Take a server out (maint) or back (ready)."""
        assert self.told(f"set server {pool}/{server} state {state}") == ""

    def add(self, pool: str, server: str, weight: int) -> None:
        """One more server, while it runs: it joins in maintenance, and is then let in."""
        told = self.told(f"add server {pool}/{server} unix@{self.folder}/{server} weight {weight}")
        assert "registered" in told, told
        assert self.told(f"enable server {pool}/{server}") == ""

    def told(self, command: str) -> str:
        """What it answers to a command."""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.settimeout(5)
            admin.connect(str(self.folder / ".admin"))
            admin.sendall(f"{command}\n".encode())
            return admin.recv(4096).decode().strip()
