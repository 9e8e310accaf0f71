"""A real etcd of three members, each behind a relay that knows who calls, so that links can be cut.

    members   etcd --name m0 … on free ports of 127.0.0.1, in a temporary folder, as an unprivileged user
    relay     one before each member's peer port, at the address that it advertises; a caller gives its name in
              the head of each raft request, so a cut closes exactly the links that cross it
    client    the HTTP gateway: put and range, linearizable or serialisable

Every member is ended by its own pid.
"""

import asyncio
import base64
import http.client
import json
import os
import re
import subprocess
import threading
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from tests.real.programs import folder as temporary
from tests.real.programs import free_ports, nobody
from tests.require import require

HEARTBEAT, ELECTION = 15, 150
PATIENCE = 0.45
"""Seconds that a client waits."""


def version() -> str:
    told = subprocess.run([require("etcd", "etcd-server"), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split("etcd Version: ")[1].split()[0]


NAMED = re.compile(rb"X-Server-From: ([0-9a-f]+)")


class Link:
    """One connection from a member to another, through the relay."""

    def __init__(self, to: int, writer: asyncio.StreamWriter, back: asyncio.StreamWriter) -> None:
        self.to, self.writer, self.back, self.caller = to, writer, back, ""

    def abort(self) -> None:
        self.writer.transport.abort()
        self.back.transport.abort()


class Relays:
    """One listener before each member, on a loop of their own."""

    def __init__(self, fronts: list[int], backs: list[int]) -> None:
        self.fronts, self.backs = fronts, backs
        self.names: dict[str, int] = {}
        self.apart: frozenset[int] = frozenset()
        self.links: dict[asyncio.StreamWriter, Link] = {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.do(self.listen())

    def do(self, what: Any) -> None:
        asyncio.run_coroutine_threadsafe(what, self.loop).result(10)

    async def listen(self) -> None:
        self.servers = [
            await asyncio.start_server(partial(self.relay, at), "127.0.0.1", port)
            for at, port in enumerate(self.fronts)
        ]

    def crosses(self, caller: str, other: int) -> bool:
        """Whether a link is cut; one on which nobody has given a name yet carries no message between peers."""
        one = self.names.get(caller, -1)
        return one >= 0 and (one in self.apart) != (other in self.apart)

    async def relay(self, at: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.backs[at])
        except OSError:
            writer.close()
            return
        link = self.links[writer] = Link(at, writer, back)
        ways = [asyncio.ensure_future(self.onward(link, reader)), asyncio.ensure_future(pump(there, writer))]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        self.links.pop(writer, None)
        link.abort()
        await asyncio.wait(ways)

    async def onward(self, link: "Link", reader: asyncio.StreamReader) -> None:
        """From a caller to the member, who is told by whom: `X-Server-From` in the head of every raft request."""
        with suppress(OSError):
            while data := await reader.read(65536):
                if not link.caller and (named := NAMED.search(data)):
                    link.caller = named[1].decode()
                if self.crosses(link.caller, link.to):
                    return
                link.back.write(data)
                await link.back.drain()

    async def close_crossing(self) -> None:
        for link in list(self.links.values()):
            if self.crosses(link.caller, link.to):
                link.abort()

    def cut(self, apart: set[int]) -> None:
        self.apart = frozenset(apart)
        self.do(self.close_crossing())

    async def shut(self) -> None:
        for server in self.servers:
            server.close()
        for link in list(self.links.values()):
            link.abort()
        await asyncio.sleep(0.02)

    def close(self) -> None:
        self.do(self.shut())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


class Cluster:
    """Three members, numbered."""

    def __init__(self, clients: list[int], relays: Relays, processes: list[subprocess.Popen[bytes]]) -> None:
        self.clients, self.relays, self.processes = clients, relays, processes
        self.names = relays.names

    def ask(self, member: int, path: str, body: dict[str, Any], patience: float = PATIENCE) -> dict[str, Any] | None:
        """What the gateway answers; None for an error, or when the time is over."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.clients[member], timeout=patience)) as line:
            try:
                line.request("POST", f"/v3/{path}", json.dumps(body))
                answer = line.getresponse()
                read = answer.read()
            except (OSError, http.client.HTTPException):
                return None
        found: dict[str, Any] = json.loads(read)
        return found if answer.status == 200 else None

    def write(self, member: int, key: str, value: int) -> str:
        done = self.ask(member, "kv/put", {"key": coded(key), "value": coded(str(value))})
        return "ok" if done is not None else "no answer"

    def read(self, member: int, key: str, *, local: bool = False) -> str:
        done = self.ask(member, "kv/range", {"key": coded(key), "serializable": local})
        if done is None:
            return "no answer"
        rows = done.get("kvs", [])
        return base64.b64decode(rows[0]["value"]).decode() if rows else "0"

    def leader_by(self, member: int) -> int:
        """Whom a member takes for the leader; -1 for nobody."""
        told = self.ask(member, "maintenance/status", {}, 1) or {}
        return self.names.get(f"{int(told.get('leader', 0)):x}", -1)

    def learn_names(self) -> None:
        """The members' own numbers, from their answers."""
        for at in range(len(self.clients)):
            told = self.ask(at, "maintenance/status", {}, 1)
            if told:
                self.names[f"{int(told['header']['member_id']):x}"] = at

    def settle(self, members: list[int]) -> int:
        """Wait until these members have one leader among themselves, and can write; who it is."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            said = {self.leader_by(member) for member in members}
            if len(said) == 1 and said <= set(members) and self.write(members[0], "settled", 1) == "ok":
                return said.pop()
            time.sleep(0.02)
        raise AssertionError(f"members {members} have found no leader")

    def without_leader(self, member: int) -> None:
        """Wait until a member knows of no leader."""
        deadline = time.monotonic() + 10
        while self.leader_by(member) != -1 and time.monotonic() < deadline:
            time.sleep(0.02)

    def kill(self, member: int) -> None:
        self.processes[member].kill()
        self.processes[member].wait(5)


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def started(
    program: Path, folder: Path, at: int, ports: tuple[int, int, int], everybody: str
) -> subprocess.Popen[bytes]:
    """One member. Its ports: clients, peers, and the relay before that."""
    clients, peers, relay = (f"http://127.0.0.1:{port}" for port in ports)
    options = {
        "name": f"m{at}",
        "data-dir": str(folder / f"m{at}"),
        "listen-peer-urls": peers,
        "initial-advertise-peer-urls": relay,
        "listen-client-urls": clients,
        "advertise-client-urls": clients,
        "initial-cluster": everybody,
        "initial-cluster-token": folder.name,
        "heartbeat-interval": str(HEARTBEAT),
        "election-timeout": str(ELECTION),
        "logger": "zap",
        "log-level": "error",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    environ = {"PATH": os.environ["PATH"], "GOMAXPROCS": "2"}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [program, *words, "--pre-vote"], cwd=folder, env=environ, stdout=quiet, stderr=quiet, **nobody()
    )


@contextmanager
def serving():
    """A cluster of three that has a leader."""
    program = require("etcd", "etcd-server")
    ports = free_ports(9)
    clients, backs, fronts = ports[:3], ports[3:6], ports[6:]
    with temporary("etcd") as folder:
        relays = Relays(fronts, backs)
        processes: list[subprocess.Popen[bytes]] = []
        try:
            everybody = ",".join(f"m{at}=http://127.0.0.1:{port}" for at, port in enumerate(fronts))
            for at, own in enumerate(zip(clients, backs, fronts, strict=True)):
                processes += [started(program, folder, at, own, everybody)]
            cluster = Cluster(clients, relays, processes)
            deadline = time.monotonic() + 45
            while len(cluster.names) < 3 and time.monotonic() < deadline:
                time.sleep(0.05)
                cluster.learn_names()
            yield cluster
        finally:
            for process in processes:
                process.kill()
                process.wait(10)
            relays.close()
