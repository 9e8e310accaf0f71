"""A real nginx in a temporary folder: a front that hashes onto upstream servers which answer with their name.

    program   nginx -p <folder>/ -c nginx.conf     (one worker, unprivileged, unix sockets only)
    upstream  hash $arg_key consistent; server unix:ada weight=2; server unix:bob down; …
    request   GET /?key=user:7                     → ada

nginx places a server by its address. A unix socket with a relative path has exactly the name of the
server as its address, so names need no translation; `127.0.0.9:18101` is an address by itself.
"""

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

from tests.real import programs
from tests.real.front import Front
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


def version() -> str:
    told = subprocess.run([require("nginx", "nginx"), "-v"], capture_output=True, text=True, check=True).stderr
    return told.strip().rpartition("/")[2]


def at(name: str) -> str:
    """Where a server of this name is."""
    return name if name.startswith("127.") else f"unix:{name}"


@contextmanager
def serving(weights: dict[str, int], down: Iterable[str] = ()) -> Iterator["Ring"]:
    """nginx with these servers; those in `down` are marked so."""
    with programs.folder("ring", "temp") as folder:
        marked = {name: " down" if name in down else "" for name in weights}
        servers = " ".join(f"server {at(name)} weight={weight}{marked[name]};" for name, weight in weights.items())
        backends = "\n  ".join(f"server {{ listen {at(name)}; return 200 {name}; }}" for name in weights)
        (folder / "nginx.conf").write_text(CONFIG.format(servers=servers, backends=backends))
        with (
            programs.started(programs.nginx(folder), folder) as process,
            closing(Ring(folder, process, folder / "error.log")) as front,
        ):
            yield front


class Ring(Front):
    """The front server: one connection, one request after the other."""

    def owner(self, key: str) -> str:
        """Who answers for a key."""
        head, body = self.ask(f"/?key={quote(key, safe=':')}")
        assert head.startswith("HTTP/1.1 200"), head
        return body

    def owners(self, keys: Iterable[str]) -> dict[str, str]:
        return {key: self.owner(key) for key in keys}
