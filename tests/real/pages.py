"""Pages from a real nginx by a real curl over a delay line: what the server's TCP sent in which round trip.

nginx    one worker; each load has a port of its own, so that many are under way at once
curl     asks for the objects in order, over one connection, six, or one for each (HTTP/1.0)
"""

import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.real import namespaces, programs
from tests.require import require

CONFIG = """
daemon off;
pid nginx.pid;
error_log error.log warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  output_buffers 1 1m;
  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
  uwsgi_temp_path temp/4; scgi_temp_path temp/5;
  ssl_certificate own.pem; ssl_certificate_key own.key;
{servers}
}}
"""
TLS = {"none": "", "1.2": "ssl_protocols TLSv1.2;", "1.3": "ssl_protocols TLSv1.3;"}
FLAGS = {
    "1.0": ("--http1.0",),
    "1.1": ("--http1.1",),
    "1.1-six": ("--http1.1", "--parallel", "--parallel-max", "6", "--parallel-immediate"),
}
FIRST_PORT = 8001
ROUND_TRIP = 0.2
"""Seconds: long enough for a busy machine to be no half of it late."""
CERTIFY = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=page.example -keyout own.key -out own.pem"


class Page(NamedTuple):
    """A load: how, the sizes of its objects in bytes, and which packets of the server are lost."""

    version: str
    tls: str
    sizes: tuple[int, ...]
    lost: frozenset[int]
    pause: float = 0
    """Seconds from asking for one object to asking for the next, if it is there by then."""


class Load(NamedTuple):
    """What came of it, in round trips from the first packet: the last byte, and each packet that the server sent."""

    trips: float
    sent: list[float]


def version() -> str:
    told = subprocess.run([require("nginx", "nginx"), "-v"], capture_output=True, text=True, check=True).stderr
    return told.strip().rpartition("/")[2]


def loads(pages: list[Page]) -> list[Load]:
    """All pages at once."""
    ports = range(FIRST_PORT, FIRST_PORT + len(pages))
    with namespaces.joined() as (line, server, client), programs.folder("hk", "temp", "objects") as folder:
        for size in {size for page in pages for size in page.sizes}:
            (folder / "objects" / str(size)).write_bytes(bytes(size))
        subprocess.run([require("openssl", "openssl"), *CERTIFY.split()], cwd=folder, capture_output=True, check=True)
        (folder / "own.key").chmod(0o644)
        (folder / "nginx.conf").write_text(CONFIG.format(servers="\n".join(map(served, TLS, [pages] * 3))))
        nginx = namespaces.inside(server, *programs.as_nobody(), *programs.nginx(folder))
        with programs.started(nginx, folder, **programs.ROOT):
            wait_for(folder / "nginx.pid")
            asking = []
            for port, page in zip(ports, pages, strict=True):
                line.delays[port], line.lose[port] = ROUND_TRIP / 2, page.lost
                asking.append(subprocess.Popen(namespaces.inside(client, *asked(page, port)), stderr=subprocess.PIPE))
                time.sleep(0.01)  # curl's own start takes the processor, and each of them has a start
            for one in asking:
                _, told = one.communicate(timeout=60)
                assert one.returncode == 0, told
            return [came(line, port) for port in ports]


def served(tls: str, pages: list[Page]) -> str:
    """The server block of an encryption."""
    ports = [FIRST_PORT + at for at, page in enumerate(pages) if page.tls == tls]
    secure = "" if tls == "none" else " ssl"
    listens = " ".join(f"listen {namespaces.SERVER}:{port}{secure};" for port in ports)
    return f"  server {{ {listens} {TLS[tls]} root objects; }}" if ports else ""


def asked(page: Page, port: int) -> list[str | Path]:
    """The command that asks for it."""
    address = f"http{'' if page.tls == 'none' else 's'}://{namespaces.SERVER}:{port}"
    objects = [part for size in page.sizes for part in ("-o", "/dev/null", f"{address}/{size}")]
    rate = ("--rate", f"{round(3600 / page.pause)}/h") if page.pause else ()
    return [require("curl", "curl"), "--silent", "--insecure", *rate, *FLAGS[page.version], *objects]


def came(line: namespaces.Line, port: int) -> Load:
    begun = line.begun(port)
    sent = [(seen.read - begun) / ROUND_TRIP for seen in line.seen[port] if seen.from_server and seen.payload]
    return Load((line.ended(port) - begun) / ROUND_TRIP, sorted(sent))


def wait_for(path):
    for _ in range(250):
        if path.exists():
            return
        time.sleep(0.02)
    raise AssertionError(f"{path} does not appear")
