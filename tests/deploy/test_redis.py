"""What processes share, in a real Redis: with it, without it, and with one that says nothing or nonsense.

program   redis-server --port <port>
asked     GET, SET with a time to live, INCR
"""

import logging
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import override_settings

from config import environment
from config.sharing import DAY, LARGEST, Shared, sealed
from playground.asking.once import answers
from playground.asking.recent import recent
from tests.conftest import ROOT
from tests.real.programs import free_ports
from tests.real.redis import Client, server

pytestmark = pytest.mark.deploy


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    (found,) = free_ports(1)
    with server(found):
        yield found


@pytest.fixture
def redis(port: int) -> Iterator[Client]:
    """An empty Redis, which is the default cache."""
    client = Client(port)
    client.ask("FLUSHALL")
    client.ask("CONFIG", "RESETSTAT")
    with using(port):
        yield client
    client.close()


@contextmanager
def using(port: int) -> Iterator[None]:
    with override_settings(CACHES={"default": environment.cache({"REDIS_URL": f"redis://127.0.0.1:{port}"})}):
        yield


@dataclass
class Maker:
    """Makes a page, and knows how often."""

    page: bytes = b"page"
    times: int = 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.page


def test_what_one_has_made_another_need_not_make(redis):
    make = Maker()
    assert [Shared().or_made("page:one", make) for _ in range(3)] == [b"page"] * 3
    assert make.times == 1
    assert 0 < int(redis.ask("TTL", "orrery:1:page:one") or 0) <= DAY


def test_what_is_too_large_is_made_by_everybody(redis):
    make = Maker(b"x" * (LARGEST + 1))
    for _ in range(2):
        assert Shared().or_made("page:large", make) == make.page
    assert make.times == 2
    assert redis.ask("EXISTS", "orrery:1:page:large") == "0"


def test_answers_share_a_bounded_number_of_places(redis, caplog):
    """What strangers ask for does not fill the Redis of a site: of two answers at one place the last one stays."""
    one, other = Maker(b"one"), Maker(b"other")
    for make in (one, one, other, other):
        assert Shared().or_made(f"run:{make.page.decode()}", make, "run:7") == make.page
    assert (one.times, other.times) == (1, 1)
    assert Shared().or_made("run:one", one, "run:7") == b"one"
    assert one.times == 2, "the other has its place now"
    assert redis.ask("EXISTS", "orrery:1:run:7") == "1"
    assert redis.ask("DBSIZE") == "1"
    assert not caplog.text, "nothing is wrong where another name is found"


def test_a_run_that_one_process_has_made_is_the_others_too(redis, client):
    address = "/playground/hash-ring/trace?keys=9"
    first = client.get(address)
    answers.forget()
    recent.forget()
    assert client.get(address).content == first.content
    assert recent.steps == 0, "nothing has run"


def plant(redis: Client, value: bytes) -> None:
    """Somebody else writes it under the name of page one."""
    name = b"orrery:1:page:one"
    with socket.create_connection(redis.line.getpeername()) as line:
        line.sendall(b"*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n" % (len(name), name, len(value), value))
        assert line.recv(100) == b"+OK\r\n"


@pytest.mark.parametrize("there", [b"7", b"cos\nsystem\n", b"=<p>planted", b"=" + sealed("page:two", b"<p>another")])
def test_what_somebody_else_has_written_there_is_not_handed_out(redis, there):
    plant(redis, there)
    assert Shared().or_made("page:one", Maker()) == b"page"


def test_what_was_sealed_with_another_key_is_told_as_that_and_made_anew(redis, caplog):
    with override_settings(SECRET_KEY="another server's, by mistake"):
        assert Shared().or_made("page:one", lambda: b"theirs") == b"theirs"
    shared = Shared()
    assert shared.or_made("page:one", Maker()) == b"page"
    assert "another SECRET_KEY" in caplog.text
    assert shared.or_made("page:one", lambda: b"not asked for") == b"page"


@dataclass
class Bomb:
    """Makes a file when it is unpickled."""

    file: Path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


def test_who_can_write_there_can_run_nothing_here(redis, tmp_path):
    planted = pickle.dumps(Bomb(tmp_path / "ran"))
    plant(redis, planted)
    assert Shared().or_made("page:one", Maker()) == b"page"
    with pytest.raises(ValueError, match="neither bytes nor a whole number"):
        cache.get("page:one")
    assert list(tmp_path.iterdir()) == []


LESSON = """
import django
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django.setup()
from django.test import Client
print(Client().get("/lessons/hash-ring/", headers={"host": "127.0.0.1"}).status_code)
"""


def run(program: str, port: int, **more: str) -> subprocess.Popen[str]:
    """A process of its own that uses the Redis at the port."""
    environ = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "REDIS_URL": f"redis://127.0.0.1:{port}",
        **more,
    }
    return subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def calls(redis: Client, command: str) -> int:
    """How often a command was sent."""
    told = redis.ask("INFO", "commandstats") or ""
    return sum(
        int(line.split("calls=")[1].split(",")[0]) for line in told.split() if line.startswith(f"cmdstat_{command}:")
    )


def test_a_process_that_has_just_begun_draws_no_lesson_that_another_has_drawn(redis, port):
    for begun, drawn in ((1, 1), (2, 1), (3, 1)):
        assert run(LESSON, port).communicate(timeout=60)[0] == "200\n"
        assert (calls(redis, "get"), calls(redis, "set")) == (begun, drawn)


COUNT = """
import django; django.setup()
from django.core.cache import cache
print(*[cache.incr("tries") for _ in range(2000)])
"""


def test_of_two_processes_that_count_at_once_none_misses_the_other(redis, port):
    """A limit counts like this: no number is seen twice, and none is lost."""
    cache.add("tries", 0, 60)
    seen: list[str] = []
    for process in [run(COUNT, port) for _ in range(2)]:
        seen += process.communicate(timeout=60)[0].split()
    assert sorted(map(int, seen)) == list(range(1, 4001))
    assert cache.get("tries") == 4000
    assert 0 < int(redis.ask("TTL", "orrery:1:tries") or 0) <= 60


# -------------------------------------------------------------- it is away


@dataclass
class Odd:
    """A port that takes every connection, counts them, and answers the same whatever is asked, or nothing."""

    says: bytes = b""
    taken: int = 0
    ends: list[socket.socket] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                self.taken += 1
                self.ends.append(line)
                if self.says:
                    line.recv(4096)
                    line.sendall(self.says)


@contextmanager
def odd(says: bytes) -> Iterator[tuple[int, Odd]]:
    listening, found = socket.create_server(("127.0.0.1", 0)), Odd(says)
    thread = threading.Thread(target=found.serve, args=(listening,))
    thread.start()
    try:
        yield listening.getsockname()[1], found
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
        for line in found.ends:
            line.close()


NONSENSE = {
    "nothing": b"",
    "another protocol": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "an answer to something else": b"+OK\r\n",
    "a number that we have not stored": b":7\r\n",
    "a list": b"*2\r\n:1\r\n:2\r\n",
    "a length that is none": b"$ten\r\n",
    "an error": b"-NOAUTH Authentication required.\r\n",
    "still loading": b"-LOADING Redis is loading the dataset in memory\r\n",
}


@pytest.mark.parametrize("says", NONSENSE)
def test_who_is_odd_is_not_waited_for_and_not_asked_again(says, caplog):
    """Twenty pages: one waits, for less than a second, one warning is written, and none has more than that to tell."""
    with odd(NONSENSE[says]) as (port, there), using(port):
        shared, make = Shared(), Maker()
        began = time.monotonic()
        assert [shared.or_made(f"page:{number}", make) for number in range(20)] == [b"page"] * 20
        assert time.monotonic() - began < 1
        assert (make.times, there.taken) == (20, 1)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "each process makes its own pages" in caplog.text
    assert str(port) not in caplog.text


def test_one_that_was_away_is_used_again_when_it_is_back(caplog):
    (port,) = free_ports(1)
    shared, make = Shared(pause=0.5), Maker()
    with using(port):
        with server(port) as process:
            shared.or_made("page:before", make)
            process.kill()
            process.wait(5)
            assert shared.or_made("page:before", make) == b"page"
            assert make.times == 2
        with server(port):
            assert shared.or_made("page:now", make) == b"page"
            client = Client(port)
            assert client.ask("EXISTS", "orrery:1:page:now") == "0"
            time.sleep(0.6)
            assert [shared.or_made("page:then", make) for _ in range(2)] == [b"page"] * 2
            assert make.times == 4
            client.close()
    assert len(caplog.records) == 1


def test_one_that_stays_away_is_told_of_once_a_minute(caplog):
    """Here a minute is half a second."""
    with using(free_ports(1)[0]):
        shared, began = Shared(pause=0, warning=0.5), time.monotonic()
        for number in range(50):
            shared.or_made(f"page:{number}", Maker())
        # A machine that has much to do may take longer than a minute over fifty pages.
        assert 1 <= len(caplog.records) <= 1 + (time.monotonic() - began) // 0.5
        told = len(caplog.records)
        time.sleep(0.5)
        for number in range(50):
            shared.or_made(f"page:{number}", Maker())
        assert told < len(caplog.records) <= 1 + (time.monotonic() - began) // 0.5


def test_while_it_is_tried_again_the_others_do_not_wait():
    with odd(b"") as (port, there), using(port):
        shared, make = Shared(pause=0.5), Maker()
        shared.or_made("page:first", make)
        time.sleep(0.6)
        took = []

        def ask() -> None:
            began = time.monotonic()
            shared.or_made("page:one", make)
            took.append(time.monotonic() - began)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert there.taken == 2
        assert sum(seconds > 0.2 for seconds in took) == 1
