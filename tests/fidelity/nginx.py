"""A real nginx in a temporary folder: a front that hashes onto upstream servers which answer with their name.

    program   nginx -p <folder>/ -c nginx.conf     (one worker, unprivileged, unix sockets only)
    upstream  hash $arg_key consistent; server unix:ada weight=2; server unix:bob down; …
    request   GET /?key=user:7                     → ada

nginx places a server by its address. A unix socket with a relative path has exactly the name of the
server as its address, so names need no translation.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.require import require

CONFIG = """
daemon off;
pid nginx.pid;
error_log error.log warn;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  keepalive_requests 100000;
  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
  uwsgi_temp_path temp/4; scgi_temp_path temp/5;
  upstream ring {{ hash $arg_key consistent; {servers} }}
  server {{ listen unix:.front; location / {{ proxy_pass http://ring; }} }}
  {backends}
}}
"""
NOBODY = 65534


def version() -> str:
    told = subprocess.run([require("nginx", "nginx"), "-v"], capture_output=True, text=True, check=True).stderr
    return told.strip().rpartition("/")[2]


@contextmanager
def serving(weights: dict[str, int], down: Iterable[str] = ()) -> Iterator["Front"]:
    """nginx with these servers; those in `down` are marked so. Ended by its own pid."""
    program = require("nginx", "nginx")
    # A short path: a socket's may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="ring", dir="/tmp"))
    try:
        marked = {name: " down" if name in down else "" for name in weights}
        servers = " ".join(f"server unix:{name} weight={weight}{marked[name]};" for name, weight in weights.items())
        backends = "\n  ".join(f"server {{ listen unix:{name}; return 200 {name}; }}" for name in weights)
        (folder / "nginx.conf").write_text(CONFIG.format(servers=servers, backends=backends))
        (folder / "temp").mkdir()
        user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            for path in (folder, folder / "temp"):
                os.chown(path, NOBODY, NOBODY)
        process = subprocess.Popen(
            [program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"], cwd=folder, **user
        )
        try:
            with closing(Front(folder, process)) as front:
                yield front
        finally:
            process.terminate()
            process.wait(10)
    finally:
        shutil.rmtree(folder)


class Front:
    """The front server: one connection, one request after the other."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(5)
        for _ in range(200):
            try:
                self.socket.connect(str(folder / ".front"))
                return
            except (FileNotFoundError, ConnectionRefusedError):
                if process.poll() is not None:
                    break
                time.sleep(0.02)
        self.close()
        raise AssertionError((folder / "error.log").read_text())

    def close(self) -> None:
        self.socket.close()

    def owner(self, key: str) -> str:
        """Who answers for a key."""
        self.socket.sendall(f"GET /?key={quote(key, safe=':')} HTTP/1.1\r\nHost: front\r\n\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.socket.recv(4096)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.partition(b"Content-Length: ")[2].split()[0])
        while len(body) < length:
            body += self.socket.recv(4096)
        return body.decode()

    def owners(self, keys: Iterable[str]) -> dict[str, str]:
        return {key: self.owner(key) for key in keys}
