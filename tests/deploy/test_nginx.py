"""What nginx does in front of Orrery, by the file that is shipped (front.py)."""

import json
import re
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from config import policy
from playground.engine.registry import entries
from tests.browser.server import Site, free_port, serving
from tests.deploy.front import DEPLOY, Front, before
from tests.deploy.wire import Answer, Line
from tests.require import require

pytestmark = pytest.mark.deploy

STATIC = "/static/css/tokens.css"
HTTPS_ALONE = "strict-transport-security"
RESOURCE = "cross-origin-resource-policy"
"""Whose pages may load it: that depends on what it is."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(ORIGIN="https://example.org") as running:
        yield running


@pytest.fixture(scope="module")
def front(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """One server and a line for another that is not there: what is asked of it is asked of the other."""
    with before(tmp_path_factory.mktemp("front"), (int(site.origin.rpartition(":")[2]), free_port())) as found:
        yield found


@pytest.mark.asvs("12.2.1")
def test_plain_http_is_sent_to_https(front):
    answer = front.plainly("/lessons/?q=ring")
    assert (answer.status, answer.headers["location"]) == (301, "https://example.org/lessons/?q=ring")


@pytest.mark.asvs("3.4.1")
def test_a_page_comes_through_with_its_policy(front):
    answer = front.get("/lessons/hash-ring/")
    assert answer.status == 200
    assert b"The hash ring" in answer.body
    assert answer.headers["strict-transport-security"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.asvs("12.2.1")
def test_a_reader_cannot_claim_to_have_come_by_https(front):
    assert front.plainly("/lessons/", X_Forwarded_Proto="https").status == 301


@pytest.mark.asvs("4.1.1")
def test_static_files_are_the_web_servers_own_and_kept_for_ever(front):
    page = front.get("/").body.decode()
    file = re.search(r'href="(/static/css/tokens\.[0-9a-f]{12}\.css)"', page)
    answer = front.get(file[1] if file else "")
    assert answer.status == 200
    assert b"--paper" in answer.body
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers[RESOURCE] == "cross-origin"
    assert "x-request-id" not in answer.headers


@pytest.mark.asvs("4.1.1")
@pytest.mark.parametrize(("path", "much", "status"), [("/static/nothing", 1, 404), ("/lessons/", 200_000, 400)])
def test_what_nginx_refuses_says_its_encoding(front, path, much, status):
    answer = front.get(path, X_Much="a" * much)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")


@pytest.mark.asvs("4.1.1")
def test_pictures_and_scripts_say_their_encoding_too(front):
    for name in ("img/icon.svg", "js/height.js", "css/tokens.css", "errors/429.html"):
        answer = front.get(f"/static/{name}")
        assert answer.status == 200
        assert answer.headers["content-type"].endswith("; charset=utf-8"), name


@pytest.mark.asvs("13.4.1", "5.3.2")
@pytest.mark.parametrize("up", ["", "static/../", "static../", "static/../../", "static/%2e%2e/%2e%2e/", "errors/../"])
def test_what_lies_beside_the_static_files_is_not_served(front, up):
    for file in ("db.sqlite3", "secret-key", ".git/config", "nginx.conf", "privkey.pem"):
        assert front.get(f"/{up}{file}").status in (400, 404), f"/{up}{file}"


def test_an_address_of_100_kb_gets_our_sentence(front):
    answer = front.get(f"/playground/hash-ring/?nodes={'a' * 100_000}")
    assert answer.status == 422
    assert b"at most 4096 are read" in answer.body


def test_an_answer_for_one_reader_carries_the_id_that_the_log_knows(front, site):
    answer = front.get("/nothing/of-the-kind")
    name = answer.headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    assert [line["status"] for line in logged(site) if line.get("request") == name] == [404]


def test_the_log_knows_no_reader(front, site):
    answer = front.get("/lessons/?q=something-private", User_Agent="a-very-special-browser")
    assert "x-request-id" not in answer.headers, "anybody may keep it"
    told = logged(site)[-1]
    assert (told["route"], told["status"]) == ("lessons/", 200)
    assert told["ms"] >= 0
    assert re.fullmatch(r"[0-9a-f]{32}", told["request"])
    for private in ("something-private", "a-very-special-browser", "127.0.0.1"):
        assert private not in json.dumps(logged(site))


def logged(site: Site) -> list[dict[str, Any]]:
    """What Orrery has logged, line by line."""
    return [json.loads(line) for line in site.log.splitlines() if line.startswith("{")]


# ------------------------------------------------------------- its policy


def policy_of(front: Front) -> dict[str, str]:
    """What every answer of Orrery carries."""
    ours = front.get("/there-is-nothing-here").headers
    return {name: ours[name] for name in {*map(str.lower, policy.headers()), HTTPS_ALONE} - {RESOURCE}}


def by_itself(front: Front) -> dict[str, Answer]:
    """An answer of each kind that nginx gives without asking Orrery."""
    with front.line() as line:
        too_large = line.send(b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 9999999\r\n\r\n")
    with front.line() as line:
        unreadable = line.send(b"GET / HTTP/1.1\r\nHost: example.org\r\nno header\r\nHost: two\r\n\r\n")
    return {
        "a file": front.get(STATIC),
        "no file": front.get("/static/nothing.css"),
        "for this machine alone": front.get("/readyz", source="127.0.0.2"),
        "too large": too_large,
        "unreadable": unreadable,
        "too often": next(one for one in often(front, "/playground/nothing", "127.0.0.3", 400) if one.status == 429),
    }


@pytest.mark.asvs("3.4.1", "3.4.3", "3.4.6")
def test_what_nginx_answers_by_itself_carries_the_sites_policy_once(front):
    expected = policy_of(front)
    kinds = by_itself(front)
    assert {kind: answer.status for kind, answer in kinds.items()} == {
        "a file": 200, "no file": 404, "for this machine alone": 403, "too large": 413, "unreadable": 400,
        "too often": 429,
    }  # fmt: skip
    for kind, answer in kinds.items():
        assert {name: answer.headers.get(name) for name in expected} == expected, kind
        assert answer.headers[RESOURCE] == ("cross-origin" if kind == "a file" else "same-origin")
        assert b"nginx" not in answer.body


def test_the_redirect_from_plain_http_carries_it_but_for_what_may_not_be_said_there(front):
    """RFC 6797, 7.2: Strict-Transport-Security is never sent over plain http."""
    answer = front.plainly("/")
    expected = policy_of(front)
    del expected[HTTPS_ALONE]
    assert {name: answer.headers[name] for name in expected} == expected
    assert HTTPS_ALONE not in answer.headers


MALFORMED = {
    "a byte of no text": b"GET /%00 HTTP/1.1\r\n",
    "above the root": b"GET /../x HTTP/1.1\r\n",
    "the server as a whole": b"OPTIONS * HTTP/1.1\r\n",
    "a tunnel": b"CONNECT a:1 HTTP/1.1\r\n",
    "a tab": b"GET /a\tb HTTP/1.1\r\n",
    "a long address": b"GET /" + b"x" * 140_000 + b" HTTP/1.1\r\n",
    "an unknown encoding": b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n",
    "another version": b"GET / HTTP/3.0\r\n",
}


@pytest.mark.parametrize("how", MALFORMED)
def test_what_is_written_wrongly_is_refused_with_the_policy_and_not_called_a_fault_of_ours(front, how):
    with front.line() as line:
        answer = line.send(MALFORMED[how] + b"Host: example.org\r\n\r\n")
    assert answer.status in (400, 404, 405, 414, 501, 505)
    assert {name: answer.headers.get(name) for name in policy_of(front)} == policy_of(front)
    assert b"nginx" not in answer.body


def test_a_stranger_writes_nothing_into_its_log(front):
    for address in ("/static/none", "/livez"):
        front.get(address, source="127.0.0.9")
    with front.line() as line:
        line.send(b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 9999999\r\n\r\n")
    with front.line(secure="") as line:
        line.send(b"GET /%00 HTTP/1.1\r\nHost: example.org\r\n\r\n")
    assert "127.0.0.9" in front.log
    assert front.kept_log == ""


def test_no_header_comes_twice(front):
    for address in ("/lessons/", "/static/css/tokens.css", "/embed/hash-ring/", "/static/nothing.css"):
        with front.line() as line:
            line.socket.sendall(f"GET {address} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode())
            names = re.findall(r"^([\w-]+):", line.until(b"\r\n\r\n").decode(), re.MULTILINE)
        assert len(names) > 8
        assert len(names) == len({name.lower() for name in names}), address


# ------------------------------------------------------- names and TLS


def closed(line: Line, host: str) -> bool:
    """The connection ends without an answer."""
    line.socket.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return line.socket.recv(100) == b""


@pytest.mark.parametrize("host", ["evil.example", "example.org.evil.example", "127.0.0.1", "www.example.org"])
def test_another_name_gets_no_answer(front, host):
    with front.line(secure="") as line:
        assert closed(line, host)
    with front.line() as line:
        assert closed(line, host)
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        front.line(secure="evil.example")


@pytest.mark.parametrize("host", ["EXAMPLE.org", "example.org.", "example.org:1337"])
def test_the_name_in_another_spelling_gets_into_no_page(front, host):
    for answer in (front.get("/playground/hash-ring/"), front.plainly("/", host)):
        assert host.encode() not in answer.body
        assert host not in answer.headers.get("location", "")
    with front.line() as line:
        page = line.ask("GET", "/playground/hash-ring/?keys=9", host)
    assert page.status == 200
    assert b"https://example.org/" in page.body
    assert host.encode() not in page.body


def handshake(front: Front, *more: str) -> str:
    asked = [str(require("openssl", "openssl")), "s_client", "-connect", f"127.0.0.1:{front.https}"]
    done = subprocess.run(
        [*asked, "-servername", "example.org", "-brief", *more], input="", capture_output=True, text=True, check=False
    )
    return done.stderr


@pytest.mark.asvs("12.1.1")
def test_every_server_that_takes_tls_says_which():
    """Which block decides differs between versions of nginx and OpenSSL; some refuse the older ones by themselves."""
    text = (DEPLOY / "nginx.conf").read_text()
    assert text.count("    ssl_protocols TLSv1.2 TLSv1.3;") == text.count("listen 443 ") == 2


@pytest.mark.asvs("12.1.1")
@pytest.mark.parametrize("version", ["tls1_2", "tls1_3"])
def test_tls_is_1_2_or_1_3(front, version):
    assert f"Protocol version: TLSv{version[3:].replace('_', '.')}" in handshake(front, f"-{version}")


@pytest.mark.asvs("12.1.1")
@pytest.mark.parametrize(
    "offered",
    [
        ("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"),
        ("-tls1", "-cipher", "DEFAULT@SECLEVEL=0"),
        ("-tls1_2", "-cipher", "AES128-GCM-SHA256"),
        ("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"),
    ],
    ids=["TLS 1.1", "TLS 1.0", "keys that are kept", "CBC"],
)
def test_what_is_older_is_refused(front, offered):
    assert "Protocol version" not in handshake(front, *offered)


# -------------------------------------------------------- rates and health


def often(front: Front, path: str, source: str, times: int, method: str = "GET") -> list[Answer]:
    """Asked as fast as one connection allows."""
    more = {"Content_Length": "0"} if method == "POST" else {}
    with front.line(source=source) as line:
        return [line.ask(method, path, **more) for _ in range(times)]


def refused(answers: list[Answer]) -> int:
    return sum(answer.status == 429 for answer in answers)


@pytest.mark.asvs("2.4.1")
def test_too_many_at_once_get_a_page_that_says_so(front):
    answers = often(front, "/playground/nothing", "127.0.0.4", 400)
    page = next(answer for answer in answers if answer.status == 429)
    assert b"That was a lot at once" in page.body
    assert page.headers["retry-after"] == "30"


def test_of_runs_one_address_gets_less_than_of_what_is_read(front):
    assert refused(often(front, "/playground/nothing", "127.0.0.5", 400)) > 0
    assert refused(often(front, "/nothing", "127.0.0.5", 400)) == 0


@pytest.mark.parametrize("path", ["/embed/nothing/", "/api/v1/nothing", "/oembed?url=/nothing", "//playground/nothing"])
def test_whatever_runs_a_model_counts_as_a_run(front, path):
    source = f"127.0.1.{1 + len(path)}"
    often(front, "/playground/nothing", source, 400)
    assert refused(often(front, path, source, 20)) > 0


def test_a_class_of_forty_behind_one_address_is_not_refused(front):
    """All open a lesson at once; then each acts every two seconds, with up to three requests, for three rounds.

    They ask for what is not there: nginx counts that alike, and on a laptop forty runs a second are another matter.
    """
    lines = [front.line(source="127.0.0.6") for _ in range(40)]
    answers: list[Answer] = []

    def ask_all(*paths: str) -> None:
        def ask(line: Line) -> None:
            answers.extend([line.ask("GET", path) for path in paths])

        threads = [threading.Thread(target=ask, args=(line,)) for line in lines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    ask_all("/nothing", "/playground/nothing", "/playground/nothing/trace")
    for _ in range(3):
        began = time.monotonic()
        ask_all(*["/playground/nothing/player", "/playground/nothing/trace", "/playground/nothing/player"])
        time.sleep(max(0.0, 2 - (time.monotonic() - began)))
    for line in lines:
        line.socket.close()
    assert len(answers) == 40 * (3 + 3 * 3)
    assert refused(answers) == 0


SECRET = "A" * 22
GUESSED = {
    "/account/sign-in/": "POST", "/account/sign-up/": "POST", "/account/reset/": "POST", "/account/reset/mail": "POST",
    "//account/sign-in/": "POST", f"/resume/{SECRET}/": "GET", f"/resume/{SECRET}/?again": "POST",
}  # fmt: skip


@pytest.mark.asvs("2.4.1", "6.3.1")
@pytest.mark.parametrize("path", GUESSED)
def test_who_guesses_a_secret_gets_less_than_who_reads(front, path):
    """A class of sixty is not refused at once; who goes on is. Orrery counts wrong ones by itself, and stricter."""
    answers = often(front, path, f"127.0.4.{1 + list(GUESSED).index(path)}", 200, GUESSED[path])
    assert refused(answers[:80]) == 0
    page = next(answer for answer in answers if answer.status == 429)
    assert b"That was a lot at once" in page.body


def test_the_forms_are_read_and_a_class_joins_at_once_behind_one_address(front):
    """After the most that may be sent to sign in: neither counts there. A joiner opens a page, and sends two forms."""
    often(front, "/account/sign-in/", "127.0.4.100", 100, "POST")
    assert refused(often(front, "/account/sign-in/", "127.0.4.100", 60)) == 0
    for path, method in (("/join/ABCDEFGH/", "GET"), ("/join/", "POST"), ("/join/ABCDEFGH/", "POST")):
        assert refused(often(front, path, "127.0.4.100", 60, method)) == 0


def test_health_is_for_this_machine_and_not_limited(front):
    for path in ("/livez", "/readyz"):
        assert {answer.status for answer in often(front, path, "127.0.0.1", 30)} == {200}
        assert front.get(path, source="127.0.0.2").status == 403
    assert {answer.status for answer in often(front, "/livez", "127.0.0.1", 700)} == {200}


# ------------------------------------------------------- whose answer it is


def test_over_kept_connections_each_gets_its_own_answer_and_head_nothing_more(front):
    """Six clients, half HEAD, half GET, over connections that nginx keeps to Orrery: once, of 450 GETs 69 got what
    a HEAD of somebody else had left on the line, and HEADs waited in vain."""
    pages = [f"/lessons/{slug}/" for slug in entries()] + ["/lessons/", "/", "/playground/hash-ring/?keys=36"]
    with front.line() as line:
        known = {page: line.ask("GET", page) for page in pages}
    assert len({answer.body for answer in known.values()}) == len(pages)
    wrong: list[str] = []

    def ask(client: int) -> None:
        with front.line(source=f"127.0.2.{client + 1}") as line:
            for number in range(150):
                page = pages[(number * 5 + client) % len(pages)]
                method = ("HEAD", "GET")[client % 2]
                got = line.ask(method, page)
                own = known[page] if method == "GET" else known[page]._replace(body=b"")
                if (got.status, got.body, got.headers["etag"]) != (200, own.body, own.headers["etag"]):
                    wrong.append(f"{method} {page}: {got.status}, {len(got.body)} bytes")

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert "upstream sent" not in front.log


def test_while_orrery_is_away_a_page_says_so_and_static_files_stay(front):
    expected = policy_of(front)
    front.move((free_port(), free_port()))
    deadline = time.monotonic() + 10
    while (answer := front.get("/lessons/")).status != 503 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert {name: answer.headers[name] for name in expected} == expected
    assert b"We are not there just now" in answer.body
    for file in re.findall(r'href="(/static/css/[^"]+)"', answer.body.decode()):
        assert front.get(file).status == 200
