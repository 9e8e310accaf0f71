"""Two servers behind nginx, one PostgreSQL, one Redis: each of them is stopped, and started again.

program   nginx, 2 x .ci/serve, postgres, redis-server
request   GET https://example.org/…, by clients that keep their connections
"""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from playground.engine.registry import entries
from tests.browser.server import Site, serving
from tests.deploy.front import Front, before
from tests.deploy.wire import Answer, Line
from tests.real import postgres, redis
from tests.real.programs import free_ports
from tests.real.redis import Client

pytestmark = pytest.mark.deploy

SECRET = "one-secret-for-all-servers-0123456789-abcdefghijklmnopqrstuvwxyz"


class Part:
    """One of the programs, started and stopped as the test wants."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Any]]) -> None:
        self.begin, self.held = begin, ExitStack()
        self.it: Any = None

    def start(self) -> None:
        self.it = self.held.enter_context(self.begin())

    def stop(self) -> None:
        self.held.close()


class Server(Part):
    """An application server."""

    def __init__(self, port: int, **environ: str) -> None:
        super().__init__(lambda: serving(port, **environ))
        self.port = port

    def log(self) -> list[dict[str, Any]]:
        site: Site = self.it
        return [json.loads(line) for line in site.log.splitlines() if line.startswith("{")]

    def ask(self, path: str) -> Answer:
        """Asked as nginx asks."""
        with Line(f"http://127.0.0.1:{self.port}") as line:
            return line.ask("GET", path, "example.org", X_Forwarded_Proto="https")

    def is_ready(self) -> bool:
        return self.ask("/readyz").status == 200


@dataclass
class Place:
    """The whole set-up."""

    front: Front
    servers: list[Server]
    database: Part
    redis: Part
    redis_port: int
    unseen: list[str] = field(default_factory=lambda: [f"/lessons/{slug}/" for slug in entries()])
    """Pages that nobody has asked for: no process has them, and each looks into Redis."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    one, two, redis_port = free_ports(3)
    with ExitStack() as stack:
        cluster: Path = stack.enter_context(postgres.cluster())
        database = Part(lambda: postgres.running(cluster, postgres.PLAIN))
        cache = Part(lambda: redis.server(redis_port))
        environ = {
            "ORIGIN": "https://example.org",
            "SECRET_KEY": SECRET,
            "DATABASE_URL": postgres.url(cluster),
            "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        }
        servers = [Server(port, **environ) for port in (one, two)]
        for part in (database, cache, *servers):
            part.start()
            stack.callback(part.stop)
        front = stack.enter_context(before(tmp_path_factory.mktemp("several"), (one, two)))
        yield Place(front, servers, database, cache, redis_port)


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def told(place: Place, level: str) -> list[str]:
    """What all servers that run have logged at a level."""
    return [line["message"] for server in place.servers for line in server.log() if line["level"] == level]


@dataclass
class Crowd:
    """Clients that read until they are told to stop, each from an address of its own, over a connection it keeps."""

    front: Front
    pages: dict[str, Answer]
    seen: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def read(self, client: int) -> None:
        source, turn = f"127.0.3.{client + 1}", client
        while not self.over.is_set():
            with self.front.line(source=source) as line:
                kept = True
                while kept and not self.over.is_set():
                    turn += 1
                    kept = self.one(line, turn)
                    time.sleep(0.003)  # below the rate of an address

    def one(self, line: Line, turn: int) -> bool:
        """Asks, counts what came, and says whether the connection goes on."""
        method, page = ("GET", "HEAD")[turn % 2], list(self.pages)[turn % len(self.pages)]
        try:
            answer = line.ask(method, page)
        except OSError as lost:
            self.seen[f"{method} {page}: {type(lost).__name__}"] += 1
            return False
        known = self.pages[page]
        is_own = answer.headers.get("etag") == known.headers["etag"] and (method == "HEAD" or answer.body == known.body)
        self.seen["its own" if answer.status == 200 and is_own else f"{method} {page}: {answer.status}"] += 1
        return answer.headers.get("connection") != "close"


def test_two_servers_that_start_again_one_after_the_other_lose_no_request(place):
    """SIGTERM, then the same command, as `systemctl restart` does it; the second when the first one answers."""
    with place.front.line() as line:
        crowd = Crowd(place.front, {page: line.ask("GET", page) for page in ("/", "/lessons/", "/playground/")})
    clients = [threading.Thread(target=crowd.read, args=(number,)) for number in range(6)]
    for client in clients:
        client.start()
    try:
        for server in place.servers:
            server.stop()
            server.start()
            until(server.is_ready)
        until(lambda: crowd.seen.total() >= 3000, 60)
    finally:
        crowd.over.set()
        for client in clients:
            client.join()
    assert crowd.seen.total() >= 3000
    assert dict(crowd.seen) == {"its own": crowd.seen.total()}


def test_what_one_server_has_drawn_the_other_finds(place):
    """Of as many processes as there are, one puts a page into Redis, and each of the others takes it from there."""
    page = place.unseen.pop()
    with closing(Client(place.redis_port)) as client:
        client.ask("CONFIG", "RESETSTAT")
        answers = [server.ask(page) for _ in range(8) for server in place.servers]
        stats = dict(line.split(":", 1) for line in (client.ask("INFO", "stats") or "").split() if ":" in line)
        commands = client.ask("INFO", "commandstats") or ""
    assert len({answer.body for answer in answers}) == 1
    assert "cmdstat_set:calls=1," in commands
    assert int(stats["keyspace_hits"]) >= 1


def read_unseen(place: Place) -> float:
    """Six readers of two pages that no process has; the seconds of the slowest."""
    slowest = 0.0
    for page in (place.unseen.pop(), place.unseen.pop()):
        for _ in range(6):
            began = time.monotonic()
            assert place.front.get(page).status == 200
            slowest = max(slowest, time.monotonic() - began)
    return slowest


def test_without_redis_lessons_are_read_as_ever(place):
    """It is killed; in its place stands one that takes connections and says nothing; then it is back."""
    place.redis.it.kill()
    place.redis.it.wait(5)
    assert read_unseen(place) < 3
    place.redis.stop()
    with socket.create_server(("127.0.0.1", place.redis_port)):
        assert read_unseen(place) < 3
        assert all(server.is_ready() for server in place.servers)
    place.redis.start()
    warnings = told(place, "WARNING")
    assert set(warnings) == {
        message for message in warnings if message.startswith("REDIS_URL: the cache cannot be used")
    }
    assert 1 <= len(warnings) <= 8, "one a minute and process"
    assert told(place, "ERROR") == []
    time.sleep(5.1)
    with closing(Client(place.redis_port)) as client:
        for page in (place.unseen.pop(), place.unseen.pop()):
            for _ in range(4):
                assert place.front.get(page).status == 200
        assert int(client.ask("DBSIZE") or 0) >= 1, "it is used again"


def test_without_postgresql_lessons_are_read_and_the_servers_say_that_they_are_not_ready(place):
    place.database.stop()
    for server in place.servers:
        assert (server.ask("/readyz").status, server.ask("/readyz").body) == (503, b"the database does not answer\n")
        assert server.ask("/livez").status == 200
    assert place.front.get(place.unseen.pop()).status == 200
    assert place.front.get("/playground/hash-ring/?keys=7").status == 200
    assert place.front.get("/readyz").status == 503
    place.database.start()
    until(lambda: all(server.is_ready() for server in place.servers for _ in range(6)))
