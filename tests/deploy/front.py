"""config/deploy/nginx.conf as it is shipped, in a real nginx: only ports and paths are changed.

program   nginx -p <folder>/ -c nginx.conf
request   GET https://example.org/…            → Orrery, or nginx itself
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import free_port
from tests.conftest import ROOT
from tests.deploy.wire import Answer, Line
from tests.require import require

NAME = "example.org"
DEPLOY = ROOT / "config" / "deploy"
HEAD = """
daemon off; pid nginx.pid; error_log error.log warn; worker_processes 1; user root;
events {{ worker_connections 512; }}
http {{ include /etc/nginx/mime.types; client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
uwsgi_temp_path temp/4; scgi_temp_path temp/5; {ours} }}
"""


@dataclass
class Front:
    """nginx, before servers at these ports."""

    folder: Path
    http: int
    https: int
    behind: Sequence[int]

    def line(self, *, secure: str = NAME, source: str = "") -> Line:
        """A connection that is kept. Without `secure` to the port of plain http."""
        return Line(f"http://127.0.0.1:{self.https if secure else self.http}", secure=secure, source=source)

    def get(self, path: str, *, source: str = "", **headers: str) -> Answer:
        with self.line(source=source) as line:
            return line.ask("GET", path, **headers)

    def plainly(self, path: str, host: str = NAME, **headers: str) -> Answer:
        """The same without TLS."""
        with self.line(secure="") as line:
            return line.ask("GET", path, host, **headers)

    @property
    def log(self) -> str:
        """What nginx finds wrong."""
        return (self.folder / "error.log").read_text()

    @property
    def kept_log(self) -> str:
        """What the log holds that an operator reads."""
        return (self.folder / "kept.log").read_text()

    def move(self, behind: Sequence[int]) -> None:
        """Other servers, by a reload as an operator does it."""
        text = (self.folder / "nginx.conf").read_text()
        for old, new in zip(self.behind, behind, strict=True):
            text = text.replace(f"127.0.0.1:{old} ", f"127.0.0.1:{new} ")
        (self.folder / "nginx.conf").write_text(text)
        self.behind = behind
        subprocess.run(["kill", "-HUP", (self.folder / "nginx.pid").read_text().strip()], check=True)


@contextmanager
def before(folder: Path, behind: Sequence[int]) -> Iterator[Front]:
    """nginx in this folder; `behind`: the ports of two servers, which have built the static files."""
    program, openssl = require("nginx", "nginx-light"), require("openssl", "openssl")
    certificate = [str(openssl), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-keyout", "privkey.pem", "-out", "fullchain.pem", "-days", "1", "-subj", f"/CN={NAME}"]
    subprocess.run([*certificate, *named], cwd=folder, check=True, capture_output=True)
    (folder / "temp").mkdir()
    shutil.copytree(ROOT / ".local" / "static", folder / "static")
    front = Front(folder, free_port(), free_port(), behind)
    (folder / "nginx.conf").write_text(HEAD.format(ours=changed(front)))
    process = subprocess.Popen([program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"], cwd=folder)
    try:
        wait_for(front, process)
        yield front
    finally:
        process.terminate()
        process.wait(10)


def changed(front: Front) -> str:
    """The file as it is shipped, with the ports and paths of this test."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    first, second = front.behind
    for theirs, here in {
        "127.0.0.1:8001 ": f"127.0.0.1:{first} ",
        "127.0.0.1:8002 ": f"127.0.0.1:{second} ",
        "listen 80": f"listen 127.0.0.1:{front.http}",
        "listen 443 ": f"listen 127.0.0.1:{front.https} ",
        f"/etc/letsencrypt/live/{NAME}/": f"{front.folder}/",
        "/srv/orrery/.local/static/": f"{front.folder}/static/",
        "/srv/orrery/config/deploy/": f"{DEPLOY}/",
        # As it is shipped, and beside it what else there would be to say.
        "error_log /var/log/nginx/error.log crit;": "error_log kept.log crit; error_log error.log warn;",
    }.items():
        assert theirs in text
        text = text.replace(theirs, here)
    return text


def wait_for(front: Front, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        try:
            front.get("/livez")
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(front.log)
