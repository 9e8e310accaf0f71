"""config/deploy/nginx.conf, in a real nginx before the real server: only ports and paths are changed.

program   nginx -p <folder>/ -c nginx.conf
request   GET https://example.org/…            → Orrery, or nginx itself
"""

import json
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from tests.browser.server import Site, free_port, serving
from tests.conftest import ROOT
from tests.require import require

pytestmark = pytest.mark.deploy

HEAD = """
daemon off; pid nginx.pid; error_log error.log warn; worker_processes 1; user root;
events {{ worker_connections 256; }}
http {{ include {types}; client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
uwsgi_temp_path temp/4; scgi_temp_path temp/5; {ours} }}
"""


@dataclass
class Front:
    """nginx and what is behind it."""

    folder: Path
    http: int
    https: int
    site: Site

    def get(self, path: str, *, secure: bool = True, **headers: str) -> tuple[HTTPResponse, str]:
        if secure:
            trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate was made a second ago
            connection: HTTPConnection = HTTPSConnection("127.0.0.1", self.https, timeout=10, context=trusting)
        else:
            connection = HTTPConnection("127.0.0.1", self.http, timeout=10)
        connection.request(
            "GET", path, headers={"Host": "example.org"} | {k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return response, body


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    program, openssl = require("nginx", "nginx-light"), require("openssl", "openssl")
    folder = tmp_path_factory.mktemp("front")
    certificate = [str(openssl), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-keyout", "privkey.pem", "-out", "fullchain.pem", "-days", "1", "-subj", "/CN=example.org"]
    subprocess.run([*certificate, *named], cwd=folder, check=True, capture_output=True)
    (folder / "temp").mkdir()
    http, https = free_port(), free_port()
    with serving(ORIGIN="https://example.org") as site:
        shutil.copytree(ROOT / ".local" / "static", folder / "static")
        ours = changed(folder, http, https, int(site.origin.rpartition(":")[2]))
        (folder / "nginx.conf").write_text(HEAD.format(types="/etc/nginx/mime.types", ours=ours))
        process = subprocess.Popen([program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"], cwd=folder)
        try:
            found = Front(folder, http, https, site)
            wait_for(found)
            yield found
        finally:
            process.terminate()
            process.wait(10)


def changed(folder: Path, http: int, https: int, behind: int) -> str:
    """The file as it is shipped, with the ports and paths of this test."""
    text = (ROOT / "config" / "deploy" / "nginx.conf").read_text("utf-8")
    for theirs, here in {
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        "/etc/letsencrypt/live/example.org/": f"{folder}/",
        "/srv/orrery/.local/static/": f"{folder}/static/",
    }.items():
        assert theirs in text
        text = text.replace(theirs, here)
    return text


def wait_for(front: Front) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            front.get("/livez")
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError((front.folder / "error.log").read_text())


def test_plain_http_is_sent_to_https(front):
    response, _ = front.get("/lessons/", secure=False)
    assert (response.status, response.headers["Location"]) == (301, "https://example.org/lessons/")


def test_a_page_comes_through_with_its_policy(front):
    response, page = front.get("/lessons/hash-ring/")
    assert response.status == 200
    assert "The hash ring" in page
    assert response.headers["Strict-Transport-Security"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_reader_cannot_claim_to_have_come_by_https(front):
    response, _ = front.get("/lessons/", secure=False, X_Forwarded_Proto="https")
    assert response.status == 301


def test_static_files_are_the_web_servers_own_and_kept_for_ever(front):
    _, page = front.get("/")
    file = re.search(r'href="(/static/css/tokens\.[0-9a-f]{12}\.css)"', page)
    response, css = front.get(file[1] if file else "")
    assert response.status == 200
    assert "--paper" in css
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Request-ID" not in response.headers


def test_an_address_of_100_kb_gets_our_sentence(front):
    response, page = front.get(f"/playground/hash-ring/?nodes={'a' * 100_000}")
    assert response.status == 422
    assert "at most 4096 are read" in page


def test_an_answer_for_one_reader_carries_the_id_that_the_log_knows(front):
    response, _ = front.get("/nothing/of-the-kind")
    name = response.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    assert [line["status"] for line in logged(front) if line.get("request") == name] == [404]


def test_the_log_knows_no_reader(front):
    response, _ = front.get("/lessons/?q=something-private", User_Agent="a-very-special-browser")
    assert "X-Request-ID" not in response.headers, "anybody may keep it"
    told = logged(front)[-1]
    assert (told["route"], told["status"]) == ("lessons/", 200)
    assert told["ms"] >= 0
    assert re.fullmatch(r"[0-9a-f]{32}", told["request"])
    for private in ("something-private", "a-very-special-browser", "127.0.0.1"):
        assert private not in json.dumps(logged(front))


def logged(front: Front) -> list[dict[str, Any]]:
    """What Orrery has logged, line by line."""
    return [json.loads(line) for line in front.site.log.splitlines() if line.startswith("{")]


def test_too_many_at_once_get_a_page_that_says_so(front):
    answers = [front.get("/livez") for _ in range(120)]
    refused = [page for response, page in answers if response.status == 429]
    assert refused
    assert "That was a lot at once" in refused[0]
    time.sleep(1)


def test_while_orrery_is_away_a_page_says_so_and_static_files_stay(front):
    text = (front.folder / "nginx.conf").read_text()
    behind = int(front.site.origin.rpartition(":")[2])
    (front.folder / "nginx.conf").write_text(text.replace(f"127.0.0.1:{behind}", f"127.0.0.1:{free_port()}"))
    pid = int((front.folder / "nginx.pid").read_text())
    subprocess.run(["kill", "-HUP", str(pid)], check=True)
    deadline = time.monotonic() + 10
    while (response := front.get("/lessons/"))[0].status != 503 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert response[0].status == 503
    assert response[0].headers["Retry-After"] == "30"
    assert "We are not there just now" in response[1]
    for file in re.findall(r'href="(/static/css/[^"]+)"', response[1]):
        assert front.get(file)[0].status == 200
