"""Three learners through nginx, over connections that are kept: no byte of one in what another gets.

program   nginx, before .ci/serve
request   GET and HEAD of every private address, in turns by three people; public pages in between, with their cookies
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from quizzes import urls
from tests.browser.server import Site, free_port, serving
from tests.conftest import ROOT
from tests.deploy.front import Front, before
from tests.deploy.wire import Answer, Line
from tests.player.test_run_counts import views

pytestmark = pytest.mark.deploy

ROUTES = [route for route, _ in views(urls.urlpatterns) if not route.startswith("practise/")]
"""Every private address of the site; those of practice are public."""
PUBLIC = ("/", "/lessons/hash-ring/", "/practise/hash-ring/who-answers/?seed=3", "/playground/hash-ring/?keys=36")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
OWN = re.compile(r'(?:name="(?:csrfmiddlewaretoken|key|secret)" value|data-box)="([^"]+)"|__Host-csrftoken=([^;]+)')
"""What a page makes for its reader."""
FLEETING = ("date", "x-request-id")


@dataclass
class Person:
    """A learner with a browser, whose connection stays open."""

    told: dict[str, str]
    line: Line
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    got: list[tuple[str, bytes]] = field(default_factory=list)
    """Request, and all bytes of its answer as far as a reader gets them."""

    def address(self, route: str) -> str:
        here = self.told | {"number": "1", "place": "1", "who": "1", "token": "a-b", "member": "1", "room": "C" * 22}
        return "/" + ARGUMENT.sub(lambda found: here[found[1]], route)

    def ask(self, method: str, address: str, **more: str) -> Answer:
        cookie = f"__Host-sessionid={self.told['session']}; __Host-csrftoken={self.token}"
        answer = self.line.ask(method, address, Cookie=cookie, Accept_Encoding="br, gzip", **more)
        self.got.append((f"{method} {address}", str(sorted(answer.headers.items())).encode() + answer.body))
        return answer

    def save(self) -> Answer:
        body = json.dumps({"key": str(uuid4()), "base": 1, "value": self.told["value"], "check": False}).encode()
        head = {
            "Host": self.line.host, "Cookie": f"__Host-sessionid={self.told['session']}; __Host-csrftoken={self.token}",
            "Origin": "https://example.org", "X-CSRFToken": self.token, "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }  # fmt: skip
        lines = [f"POST /quizzes/api/{self.told['quiz']}/1/1/save HTTP/1.1", *(f"{k}: {v}" for k, v in head.items())]
        answer = self.line.send("\r\n".join([*lines, "", ""]).encode() + body)
        self.got.append(("save", str(sorted(answer.headers.items())).encode() + answer.body))
        return answer

    def marks(self, *, for_class: str) -> set[str]:
        """What nobody else may get: of oneself, of one's pages, and for those of another class of the class."""
        mine = {self.told[name] for name in ("name", "account", "session", "value", "box", "secret")} | {self.token}
        if self.told["class"] != for_class:
            mine |= {self.told[name] for name in ("class", "code", "of", "quiz")}
        pages = b"".join(answer for _, answer in self.got).decode("utf-8", "replace")
        return mine | {one for found in OWN.findall(pages) for one in found if len(one) > 15}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Front, list[dict[str, str]]]]:
    folder: Path = tmp_path_factory.mktemp("people")
    environ = {
        "ORIGIN": "https://example.org", "SECRET_KEY": "0123456789abcdef" * 4,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }  # fmt: skip
    with serving(0, **environ) as site:
        made = subprocess.run(
            [sys.executable, "-m", "tests.quizzes.command", "people"],
            cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr[-3000:]
        with before(folder, (int(site.origin.rpartition(":")[2]), free_port())) as front:
            yield site, front, json.loads(made.stdout)
        assert "Traceback" not in site.log


def plain(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    return answer.status, {name: said for name, said in answer.headers.items() if name not in FLEETING}, answer.body


def is_for_one_reader(answer: Answer, asked: str) -> None:
    assert answer.headers["cache-control"] == "no-store, private", asked
    assert "Cookie" in answer.headers["vary"], asked
    assert not {"etag", "content-encoding", "last-modified"} & set(answer.headers), asked


def walk(three: list[Person]) -> None:
    """Everybody asks for everything, in turns: GET and HEAD by turns, also with an ETag of another page."""
    etag = three[0].line.ask("GET", PUBLIC[0]).headers["etag"]
    for number, route in enumerate(ROUTES):
        statuses: dict[str, set[int]] = {}
        for turn, more in enumerate(({}, {}, {"If_None_Match": etag}, {"If_None_Match": "*"})):
            for who, person in enumerate(three):
                method = ("GET", "HEAD")[(turn + who) % 2]
                answer = person.ask(method, person.address(route), **more)
                is_for_one_reader(answer, f"{method} {route}")
                statuses.setdefault(person.told["name"], set()).add(answer.status)
        assert all(len(found) == 1 and found <= {200, 303, 404, 405} for found in statuses.values()), (route, statuses)
        public = [plain(one.ask("GET", PUBLIC[number % len(PUBLIC)])) for one in three]
        assert public[0] == public[1] == public[2]
        assert "set-cookie" not in public[0][1]
    for person in three * 2:
        assert json.loads(person.save().body)["value"] == person.told["value"]


@pytest.fixture(scope="module")
def three(place) -> Iterator[list[Person]]:
    """Who has walked."""
    _, front, told = place
    with ExitStack() as lines:
        found = [
            Person(one, lines.enter_context(front.line(source=f"127.0.6.{number}")))
            for number, one in enumerate(told, 1)
        ]
        walk(found)
        yield found


@pytest.mark.asvs("8.2.2")
def test_no_byte_of_one_is_in_what_another_gets(place, three):
    for reader in three:
        for other in three:
            if other is not reader:
                marks = {mark.encode() for mark in other.marks(for_class=reader.told["class"])}
                found = {asked for asked, answer in reader.got if any(mark in answer for mark in marks)}
                assert found == set(), f"{reader.told['name']} got what is {other.told['name']}’s"
    assert "upstream sent" not in place[1].log


def test_each_of_them_got_their_own(three):
    """The search finds what is there: otherwise it would find nothing of others either."""
    for person in three:
        pages = b"".join(answer for _, answer in person.got)
        for name in ("name", "account", "value", "box", "class", "of", "quiz"):
            assert person.told[name].encode() in pages, name
        assert len(person.marks(for_class="")) > 12
