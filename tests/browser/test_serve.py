"""The server that `make run` starts: slow readers, a process that dies, and how it ends."""

import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.server import Site, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc, which Linux has"),
]


@pytest.fixture(scope="module")
def own() -> Iterator[Site]:
    with serving() as running:
        yield running


def answers(site: Site) -> bool:
    parts = urlsplit(site.origin)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_readers_who_never_finish_asking_hold_up_nobody(own):
    parts = urlsplit(own.origin)
    slow = [socket.create_connection((parts.hostname, parts.port), 5) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: ")
    assert answers(own)
    for connection in slow:
        connection.close()


def test_a_connection_stays_open_also_after_an_answer_without_a_body(own):
    parts = urlsplit(own.origin)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    connection.request("GET", "/lessons/")
    answer = connection.getresponse()
    answer.read()
    line = connection.sock
    for _ in range(3):
        connection.request("GET", "/lessons/", headers={"If-None-Match": answer.headers["ETag"]})
        again = connection.getresponse()
        assert (again.status, again.read()) == (304, b"")
        assert connection.sock is line
    connection.request("GET", "/lessons/", headers={"If-None-Match": answer.headers["ETag"], "Connection": "close"})
    assert connection.getresponse().headers["Connection"] == "close"
    connection.close()


def test_a_process_that_dies_is_replaced(own):
    before = workers(own)
    os.kill(before[0], signal.SIGKILL)
    deadline = time.monotonic() + 10
    while len(set(workers(own)) - {before[0]}) < len(before) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(workers(own)) == len(before)
    assert before[0] not in workers(own)
    assert answers(own)


def test_nothing_is_left_running():
    with serving() as site:
        children = workers(site)
        assert len(children) >= 2
    assert not answers(site)
    assert [child for child in children if alive(child)] == []


def workers(site: Site) -> list[int]:
    return [int(child) for child in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
