"""The server by hand, over bare sockets: methods, encodings, odd bytes, and where one answer ends."""

import gzip
import re
from collections.abc import Iterator
from threading import Barrier, Thread

import brotli
import pytest

from playground.engine.registry import entries
from tests.browser.server import Site, serving
from tests.deploy.wire import Line
from tests.web.addresses import EVERY
from tests.web.test_codings import SAID

pytestmark = pytest.mark.deploy

RUNS = [
    f"/playground/{slug}{view}?{entry.scenarios[1].query}"
    for slug, entry in entries().items()
    for view in ("/trace", "/")
]
DIFFERENT = [*RUNS, *(one for one in EVERY if one not in ("/there-is-nothing-here", "/embed/nothing/"))]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running
        assert "Traceback" not in running.log, running.log
        assert " ERROR " not in running.log, running.log


@pytest.mark.asvs("4.2.1")
def test_an_answer_to_head_has_the_headers_of_get_and_no_body(site):
    """A body after it would be read as the next answer: over one connection of a proxy, by another reader."""
    with Line(site.origin) as line:
        for address in EVERY:
            head, get = line.ask("HEAD", address), line.ask("GET", address)
            for told in (head.headers, get.headers):
                for fleeting in ("date", "x-request-id"):
                    told.pop(fleeting, None)
                # Where a question is drawn, each request is led to another one.
                if "/practise/" in address and "seed=" in told.get("location", ""):
                    told.pop("location")
            assert head == (get.status, get.headers, b""), address
            assert int(get.headers["content-length"]) == len(get.body), address
            assert line.ask("GET", "/livez").body == b"ok\n", address


@pytest.mark.asvs("4.2.1")
def test_an_answer_that_did_not_change_has_no_body_either(site):
    with Line(site.origin) as line:
        for address in EVERY:
            if name := line.ask("GET", address).headers.get("etag"):
                for method in ("HEAD", "GET"):
                    assert line.ask(method, address, If_None_Match=name).status == 304, address
                    assert line.ask("GET", "/livez").body == b"ok\n", address


@pytest.mark.parametrize(
    "address", ["/playground/hash-ring/?do=look_up:é", "/playground/hash-ring/?do=look_up:\x7f\x01"]
)
def test_an_address_that_was_typed_with_raw_letters_is_read_as_a_browser_would_have_sent_it(site, address):
    raw = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    encoded = re.sub(r"[^ -~]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
    with Line(site.origin) as line:
        typed, sent = line.send(raw), line.ask("GET", encoded, "127.0.0.1")
        assert (typed.status, typed.body) == (sent.status, sent.body)


ODD = {
    "letters that are no UTF-8": (b"GET /playground/hash-ring/?nodes=\xff\xfe HTTP/1.1\r\n", 422),
    "the same in the path": (b"GET /\xe9\xff HTTP/1.1\r\n", 404),
    "a host that is none": (b"GET http://[ HTTP/1.1\r\n", 400),
    "the same, HEAD": (b"HEAD http://[ HTTP/1.1\r\n", 400),
    "no request at all": (b"GARBAGE\r\n", 400),
    "a space in the address": (b"GET /a b HTTP/1.1\r\n", 400),
    "a method in small letters": (b"get / HTTP/1.1\r\n", 400),
    "a length that is none": (b"POST / HTTP/1.1\r\nContent-Length: ten\r\n", 400),
    "an encoding that we do not know": (b"POST / HTTP/1.1\r\nTransfer-Encoding: zip\r\n", 501),
    "too large a body": (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n", 413),
    "too long a head": (b"GET /?" + b"x" * 270_000 + b" HTTP/1.1\r\n", 431),
    "a very long address": (b"GET /playground/hash-ring/?nodes=" + b"x" * 100_000 + b" HTTP/1.1\r\n", 422),
    "brackets, quotes and such": (b'GET /playground/hash-ring/?nodes=<a>"{b}|c^`[d]\\ HTTP/1.1\r\n', 422),
}


@pytest.mark.asvs("4.1.1", "4.2.1", "16.5.1")
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_gets_our_sentence_and_our_headers(site, odd):
    raw, status = ODD[odd]
    method = "HEAD" if raw.startswith(b"HEAD") else "GET"
    with Line(site.origin) as line:
        answer = line.send(raw + b"Host: 127.0.0.1\r\n\r\n", method)
    with Line(site.origin) as line:
        usual = line.ask("GET", "/there-is-nothing-here")
    assert answer.status == status
    for name in ("content-security-policy", "permissions-policy", "x-content-type-options", "referrer-policy",
                 "x-frame-options", "cross-origin-opener-policy", "content-type"):  # fmt: skip
        assert answer.headers[name] == usual.headers[name]
    if method == "GET":
        assert b'<html lang="en"' in answer.body
        assert b"waitress" not in answer.body


READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(("accepted", "coding"), SAID)
def test_static_files_follow_what_the_reader_prefers(site, accepted, coding):
    file = "/static/css/tokens.css"
    with Line(site.origin) as line:
        plain = line.ask("GET", file).body
        assert len(plain) > 1000
        answer = line.ask("GET", file, Accept_Encoding=accepted)
    if coding is None:
        assert answer.status == 406
        return
    said = answer.headers.get("content-encoding", "")
    assert said == coding.replace("identity", "")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert READ[said](answer.body) == plain


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_waits_for_leave_to_send_nothing_is_answered(site, method):
    """Its headers were once taken for those of the next request."""
    with Line(site.origin) as line:
        for more in ({}, {"Content_Length": "0"}):
            assert line.ask(method, "/robots.txt", Expect="100-continue", **more).status == 200
        assert line.ask("GET", "/livez").body == b"ok\n"


@pytest.mark.parametrize("end", [b"\r", b"\n"])
def test_half_a_line_end_in_the_address_is_refused(site, end):
    with Line(site.origin) as line:
        assert line.send(b"GET /lessons/" + end + b"x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status == 400


def test_more_headers_than_anybody_sends_are_refused_before_they_are_read(site):
    with Line(site.origin) as line:
        assert line.send(b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 40_000 + b"\r\n").status == 400


def test_many_requests_at_once_on_one_connection_are_answered_in_their_order(site):
    asked = [("GET", "/lessons/"), ("HEAD", "/lessons/"), ("GET", "/livez"), ("POST", "/lessons/"), ("GET", "/nothing")]
    raw = "".join(f"{method} {path} HTTP/1.1\r\nHost: {{}}\r\nContent-Length: 0\r\n\r\n" for method, path in asked)
    with Line(site.origin) as line:
        line.socket.sendall(raw.replace("{}", line.host).encode())
        assert [line.answer(method).status for method, _ in asked] == [200, 200, 200, 405, 404]


def test_health_is_answered_whatever_host_it_is_asked_under(site):
    with Line(site.origin) as line:
        for path in ("/livez", "/readyz"):
            answer = line.ask("GET", path, host="10.0.0.7:8000")
            assert (answer.status, answer.body) == (200, b"ok\n")


AT_ONCE = 5
"""As many as a gate lets in and lets wait: none of them is told to come again."""


def test_requests_at_once_are_answered_as_one_after_the_other(site):
    """Threads share painters, caches and texts: what one runs must not show in what another gets."""
    with Line(site.origin) as line:
        alone = {address: line.ask("GET", address).body for address in DIFFERENT}
    ready, wrong = Barrier(AT_ONCE), list[str]()

    def ask(number):
        order = [*DIFFERENT[number:], *DIFFERENT[:number]]
        with Line(site.origin) as line:
            ready.wait()
            wrong.extend(address for address in order if line.ask("GET", address).body != alone[address])

    threads = [Thread(target=ask, args=(number * 7,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
