"""A real nginx that is a front with many pools, and the servers behind them, on unix sockets in one folder.

    upstream p7 { hash $arg_page; server unix:ada weight=3; server unix:bob; … }
    request  GET /?to=p7&page=/user/3     -> the name of the server that answered

Every case has a pool of its own, which starts fresh. A server is taken away by renaming its socket, so that
the next request finds nobody there, as when a machine is gone; it fails for every pool.

`Holders` are servers that begin an answer and end it when they are told, so that requests stay open.
"""

import selectors
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from tests.real import programs
from tests.real.front import Front
from tests.require import require

CONFIG = """
daemon off;
pid nginx.pid;
error_log error.log crit;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000; postpone_output 0;
  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
  uwsgi_temp_path temp/4; scgi_temp_path temp/5;
  set_real_ip_from unix:; real_ip_header X-Real-IP;
  {pools}
  server {{ listen unix:.pools; location / {{ proxy_pass http://$arg_to; }} }}
  {servers}
}}
"""


def pool(name: str, rule: str, weights: dict[str, int]) -> str:
    servers = " ".join(f"server unix:{server} weight={weight};" for server, weight in weights.items())
    return f"upstream {name} {{ {rule} {servers} }}"


def folder() -> AbstractContextManager[Path]:
    """Where the servers' sockets stand; everybody may look into it."""
    return programs.folder("lb", "temp")


@contextmanager
def serving(path: Path, names: list[str], pools: str) -> Iterator[Front]:
    """nginx with these pools; servers with these names, where nginx is to play them itself."""
    servers = "\n  ".join(f"server {{ listen unix:{name}; return 200 {name}; }}" for name in names)
    (path / "nginx.conf").write_text(CONFIG.format(pools=pools, servers=servers))
    with (
        programs.started(programs.nginx(path), path) as process,
        closing(Front(path, process, path / "error.log", ".pools")) as front,
    ):
        yield front


@contextmanager
def away(path: Path, server: str) -> Iterator[None]:
    """While it lasts, nobody answers at this server's socket."""
    (path / server).rename(path / f".{server}")
    try:
        yield
    finally:
        (path / f".{server}").rename(path / server)


class Holders:
    """Servers that answer `/` at once, and `/hold?id=7` with one byte when `finish(7)` is called."""

    def __init__(self, path: Path, names: list[str]) -> None:
        self.selector = selectors.DefaultSelector()
        self.held: dict[str, socket.socket] = {}
        self.wake, self.waker = socket.socketpair()
        self.selector.register(self.wake, selectors.EVENT_READ, None)
        for name in names:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(path / name))
            (path / name).chmod(0o777)
            listener.listen(256)
            self.selector.register(listener, selectors.EVENT_READ, (name, True))
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        while True:
            for key, _ in self.selector.select():
                link: Any = key.fileobj
                if key.data is None:
                    return
                name, listens = key.data
                if listens:
                    self.selector.register(link.accept()[0], selectors.EVENT_READ, (name, False))
                else:
                    self.answer(link, name)

    def answer(self, link: socket.socket, name: str) -> None:
        asked = link.recv(4096).partition(b"\r\n")[0].decode()
        if not asked:
            self.selector.unregister(link)
            link.close()
        elif "/hold" in asked:
            self.held[asked.partition("id=")[2].split("&")[0].split()[0]] = link
            link.sendall(f"HTTP/1.1 200 OK\r\nX-Name: {name}\r\nContent-Length: 1\r\n\r\n".encode())
        else:
            body = f"HTTP/1.1 200 OK\r\nX-Name: {name}\r\nContent-Length: {len(name)}\r\n\r\n{name}"
            link.sendall(body.encode())

    def finish(self, id_: str) -> None:
        self.held.pop(id_).sendall(b".")

    def close(self) -> None:
        self.waker.send(b".")
        self.thread.join(5)
        for key in list(self.selector.get_map().values()):
            link: Any = key.fileobj
            link.close()
        self.waker.close()
        self.selector.close()


class Held:
    """A request that is open: the server that has it."""

    def __init__(self, front: Front, to: str, id_: str, holders: Holders) -> None:
        self.id, self.holders = id_, holders
        self.link = front.another()
        self.link.sendall(f"GET /hold?id={id_}&to={to} HTTP/1.1\r\nHost: front\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.link.recv(4096)
            assert more, head
            head += more
        self.server = head.lower().partition(b"x-name: ")[2].split()[0].decode()
        self.body = head.partition(b"\r\n\r\n")[2]

    def finish(self) -> None:
        self.holders.finish(self.id)
        while not self.body:
            self.body = self.link.recv(16)
        self.link.close()


def version() -> str:
    told = subprocess.run([require("nginx", "nginx"), "-v"], capture_output=True, text=True, check=True).stderr
    return told.strip().rpartition("/")[2]
