"""The server that `make run` starts: slow readers, a process that dies, and how it ends."""

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from waitress import wasyncore
from waitress.channel import HTTPChannel

from config.collector import Collector
from config.serve.channel import Channel
from config.serve.lanes import LONGEST, Lanes
from config.serve.process import Process
from config.serve.supervisor import listening
from tests.browser.server import Site, free_port, serving
from tests.conftest import ROOT

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


@pytest.mark.parametrize("line", [b"bad header", b"A: b\r\n" * 300, b" folded: x"])
def test_what_cannot_be_read_is_answered_all_the_same(own, line):
    parts = urlsplit(own.origin)
    with socket.create_connection((parts.hostname, parts.port), 5) as connection:
        connection.sendall(b"GET /playground/ HTTP/1.1\r\nHost: x\r\n" + line + b"\r\n\r\n")
        assert connection.recv(100).startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))


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


def test_processes_outlive_their_parent_by_a_moment_only():
    """What they held is free: the next start finds its port."""
    with serving() as site:
        children = workers(site)
        port = urlsplit(site.origin).port or 0
        with socket.create_connection(("127.0.0.1", port), 5) as idle:
            os.kill(site.pid, signal.SIGKILL)
            until(lambda: not any(map(alive, children)))
            assert idle.recv(1) == b""
        with serving(port) as again:
            assert answers(again)


def test_what_was_asked_before_it_ends_is_answered():
    """Also what is still on its way up, on a connection that was open."""
    with serving() as site:
        parts = urlsplit(site.origin)
        asked, halfway = (socket.create_connection((parts.hostname, parts.port), 20) for _ in range(2))
        head = f"GET /lessons/hash-ring/ HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        asked.sendall(f"{head}\r\n".encode())
        halfway.sendall(head.encode())
        # Both have been taken on: until then they wait before the door.
        assert answers(site)
        time.sleep(0.3)
        os.kill(site.pid, signal.SIGTERM)
        time.sleep(0.3)
        halfway.sendall(b"\r\n")
        for connection in (asked, halfway):
            answer = read_to_the_end(connection)
            assert answer.startswith(b"HTTP/1.1 200 OK")
            assert answer.endswith(b"</html>\n")
            connection.close()
        assert b"Connection: close" in answer
        until(lambda: not alive(site.pid) or not answers(site))


def test_signals_that_come_in_the_middle_of_each_other_end_it_all_the_same():
    """Ctrl-C reaches parent and processes at once, and then the parent tells them too."""
    with serving() as site:
        children = workers(site)
        for _ in range(200):
            for child in children:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGINT)
                    os.kill(child, signal.SIGTERM)
        until(lambda: not set(children) & set(workers(site)))
        until(lambda: answers(site))


def test_a_signal_that_interrupts_another_waits_for_no_lock():
    """Once the second waited for a lock that the first held, in the same thread: for good."""
    ends = socket.socketpair()
    process = Process(lambda environ, start: [], listening("127.0.0.1", 0), ends[0])
    held = vars(Channel.leaving)["_cond"]
    try:
        with held:
            told = Thread(target=process.leave, daemon=True)
            told.start()
            told.join(5)
            assert not told.is_alive()
        assert process.told_to_leave
    finally:
        process.lanes.shutdown()
        wasyncore.close_all(process.sockets)
        ends[1].close()


@pytest.mark.parametrize(("path", "looks"), [("/playground/hash-ring/trace", 1), ("/livez", 0), ("/lessons/", 0)])
def test_what_a_run_leaves_behind_is_looked_for_when_it_has_been_answered(monkeypatch, path, looks):
    collector, answered = Collector(), []
    channel = Channel.__new__(Channel)
    channel.requests = [SimpleNamespace(path=path, error=None)]
    monkeypatch.setattr(Channel, "collector", collector)
    # Waitress takes the request off the list.
    monkeypatch.setattr(HTTPChannel, "service", lambda self: answered.append((self.requests.pop(), collector.answered)))
    channel.service()
    assert collector.answered == looks
    assert [before for _, before in answered] == [0]


DEAR = "/playground/load-balancing/trace?requests=300" + "&do=send:50" * 6


def test_of_hundreds_that_run_at_once_most_are_told_at_once_and_who_reads_does_not_notice():
    with serving() as site, ExitStack() as open_lines:
        parts = urlsplit(site.origin)
        assert read(site, "/lessons/") == 200
        request = f"GET {DEAR} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
        crowd = [
            open_lines.enter_context(socket.create_connection((parts.hostname, parts.port), 30))
            for _ in range(2 * LONGEST + 60)
        ]
        for connection in crowd:
            connection.sendall(request)
        for _ in range(5):
            assert read(site, "/lessons/") == 200
            assert answers(site)
        # Nobody has waited for a run to end: these are told while the first ones are still under way.
        told = [read_to_the_end(connection) for connection in select.select(crowd, [], [], 10)[0]]
        refused = [answer for answer in told if answer.startswith(b"HTTP/1.1 503 ")]
        assert refused
        # By the door, or by the gate behind it.
        assert all(b"\r\nRetry-After: 2\r\n" in one and b'<p class="status">503</p>' in one for one in refused)


def read(site: Site, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", urlsplit(site.origin).port, timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_health_of_the_process_waits_for_no_database():
    """`/readyz` hangs where the database does: here it has no answer for as long as the test wants."""
    lanes = Lanes()
    stuck, asked = Event(), Event()
    try:
        lanes.add_task(Question("/readyz", lambda: stuck.wait(20)))
        lanes.add_task(Question("/livez", asked.set))
        assert asked.wait(5)
        assert not stuck.is_set()
    finally:
        stuck.set()
        lanes.shutdown()


class Question:
    """A connection with one request, as the lanes see it."""

    def __init__(self, path: str, service: Callable[[], object]) -> None:
        self.service = service
        self.requests = [SimpleNamespace(error=None, path=path)]


FEW_FILES = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (120, 120))
from config.serve.supervisor import Supervisor, listening
from config.wsgi import application
Supervisor(application, listening("127.0.0.1", {port}), 2).run()
"""


def test_with_few_files_it_takes_fewer_connections_and_says_nothing_of_each(tmp_path: Path):
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as file:
        parent = subprocess.Popen([sys.executable, "-c", FEW_FILES.format(port=port)], cwd=ROOT, stderr=file)
    site = Site(f"http://127.0.0.1:{port}", log, parent.pid)
    crowd: list[socket.socket] = []
    try:
        until(lambda: answers(site))
        crowd += [socket.create_connection(("127.0.0.1", port), 5) for _ in range(200)]
        time.sleep(1)
        for connection in crowd:
            connection.close()
        until(lambda: answers(site))
        assert log.stat().st_size < 10_000, site.log[-2000:]
    finally:
        parent.terminate()
        parent.wait(30)


RENEWED = """
from config.serve.supervisor import Supervisor, listening
from config.wsgi import application
Supervisor(application, listening("127.0.0.1", {port}), 2, {when}).run()
"""


@pytest.mark.parametrize("when", ["lifetime=0.5, look=0.2", "memory=1, look=0.5"], ids=["old", "large"])
def test_processes_that_are_due_are_renewed_and_lose_no_request(when):
    with renewing(when) as (site, parent):
        asked, seen = 0, time.monotonic() + 4
        pids: set[int] = set()
        line = http.client.HTTPConnection("127.0.0.1", urlsplit(site.origin).port, timeout=10)
        while time.monotonic() < seen or len(pids) < 5:
            line.request("GET", "/static/css/tokens.css" if asked % 2 else "/there-is-nothing-here")
            answer = line.getresponse()
            answer.read()
            assert answer.status == (200 if asked % 2 else 404)
            pids |= set(workers(site))
            asked += 1
            assert time.monotonic() < seen + 30
        line.close()
        assert asked > 20
        assert parent.poll() is None


@contextmanager
def renewing(when: str) -> Iterator[tuple[Site, subprocess.Popen[bytes]]]:
    """A server whose processes are due at once, or by then."""
    port = free_port()
    parent = subprocess.Popen([sys.executable, "-c", RENEWED.format(port=port, when=when)], cwd=ROOT)
    site = Site(f"http://127.0.0.1:{port}", Path(os.devnull), parent.pid)
    try:
        until(lambda: answers(site))
        yield site, parent
    finally:
        parent.terminate()
        parent.wait(30)


def read_to_the_end(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def until(happens: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


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
