"""The database is held by another, or is not there: who needs it is asked to come again, and nothing is lost.

program   .ci/serve's server; sqlite3 that holds the file; postgres, stopped and started again
request   every private address, by GET and by POST; POST /quizzes/api/<quiz>/1/1/save
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from tests.browser.server import free_port
from tests.chaos.rush import ask
from tests.chaos.server import Server, serving
from tests.conftest import ROOT
from tests.real import postgres
from tests.web.addresses import CLASS, PRIVATE

pytestmark = pytest.mark.deploy

Told = tuple[int, dict[str, str], str]
FORM = "application/x-www-form-urlencoded"
TOKEN = "a" * 32
LINE = "The database does not answer ("


@dataclass
class Learner:
    """Somebody with an open attempt, at a server that runs."""

    server: Server
    quiz: str
    code: str
    session: str
    values: list[list[str]]

    def get(self, path: str) -> Told:
        return ask(self.server.port, "GET", path, Cookie=self.cookie)

    def post(self, path: str, **fields: str) -> Told:
        return ask(
            self.server.port, "POST", path, urlencode({"csrfmiddlewaretoken": TOKEN} | fields),
            Cookie=self.cookie, Content_Type=FORM,
        )  # fmt: skip

    def save(self, key: UUID) -> Told:
        """As the page's script does it, of the first question."""
        body = {"key": str(key), "base": 0, "value": self.values[0][0], "check": False}
        return ask(
            self.server.port, "POST", f"/quizzes/api/{self.quiz}/1/1/save", json.dumps(body),
            Cookie=self.cookie, Content_Type="application/json", X_CSRFToken=TOKEN,
        )  # fmt: skip

    @property
    def cookie(self) -> str:
        return f"sessionid={self.session}; csrftoken={TOKEN}"

    def count(self) -> dict[str, Any]:
        """What is there of everybody."""
        return dict(self.server.run("tests.chaos.classroom", "count"))

    @property
    def log(self) -> list[str]:
        return self.server.log.read_text().splitlines()


def learners(server: Server, count: int) -> list[Learner]:
    told = server.run("tests.chaos.classroom", "make", str(count))
    server.start()
    return [Learner(server, told["quiz"], told["code"], one["session"], one["values"]) for one in told["learners"]]


def says_so(told: Told) -> None:
    """It is not now, in our words, and when to come again; nobody keeps that."""
    status, headers, page = told
    assert status == 503, page[-2000:]
    assert headers["Retry-After"] == "5"
    assert headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in headers["Vary"]
    assert "Set-Cookie" not in headers
    assert "Our database does not answer just now" in page
    assert "Traceback" not in page
    assert str(ROOT) not in page


def is_told_once_and_without_a_trace(learner: Learner) -> None:
    """Once in each process, within a minute."""
    assert 1 <= sum(LINE in line for line in learner.log) <= len(learner.server.children())
    assert [line for line in learner.log if "Traceback" in line or " ERROR " in line] == []


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Learner], sqlite3.Connection]]:
    """An SQLite file that waits a second for a lock, and a connection that is not of the site."""
    folder: Path = tmp_path_factory.mktemp("held")
    with serving("sqlite", folder, free_port()) as server:
        server.environ["DATABASE_URL"] += "?timeout=1"
        with closing(sqlite3.connect(folder / "db.sqlite3")) as other:
            yield learners(server, 2), other


def test_while_another_holds_the_file_nothing_is_lost_and_the_same_key_is_saved_afterwards(held):
    (ana, _), other = held
    # The first use of a session on a day is written down: that is not what is asked here.
    assert ana.get("/quizzes/")[0] == 200
    key = uuid4()
    other.execute("BEGIN IMMEDIATE")
    status, headers, body = ana.save(key)
    assert (status, headers["Retry-After"], json.loads(body)) == (503, "5", {"state": "busy"})
    assert headers["Cache-Control"] == "no-store, private"
    question = f"/quizzes/{ana.quiz}/1/1/"
    sent = ana.post(f"{question}save", key=str(uuid4()), base="0", answer=ana.values[0][0])
    says_so(sent)
    assert "Load this page again in a moment: your browser then sends the same once more." in sent[2]
    says_so(ana.post(f"/quizzes/{ana.quiz}/1/hand-in"))
    says_so(ana.post(f"/join/{ana.code}/", name="Bea", secret="s" * 22))
    assert ana.get(question)[0] == 200, "what is read is read"
    other.rollback()
    assert [ana.save(key)[0] for _ in range(2)] == [200, 200]
    found = ana.count()
    assert (found["keys"].count(str(key)), found["differences"]) == (1, [])
    is_told_once_and_without_a_trace(ana)


def test_a_session_that_cannot_be_written_signs_nobody_out(held):
    """Where the day of its use is written down, after the page has been made."""
    (_, ana), other = held
    other.execute("BEGIN IMMEDIATE")
    says_so(ana.get("/quizzes/"))
    status, _, body = ana.save(uuid4())
    assert (status, body) == (503, '{"state":"busy"}')
    status, _, body = ana.get(f"/quizzes/api/{ana.quiz}/1/clock")
    assert (status, body) == (503, '{"state":"busy"}')
    other.rollback()
    assert ana.get("/quizzes/")[0] == 200
    assert ana.save(uuid4())[0] == 200


ASKS_NOTHING = {
    "GET": {"quizzes:join": 200, "quizzes:reset": 200, "quizzes:api:api-root": 404},
    "POST": {
        "quizzes:join": 422,
        "quizzes:reset": 422,
        "quizzes:reset-mail": 422,
        "quizzes:api:api-root": 404,
        "quizzes:api:save_answer": 400,
    },
}
"""What is answered without the database."""


def addresses(ana: Learner) -> dict[str, str]:
    """Every private address, where it can be with what is there."""
    return {name: one.replace(CLASS, ana.quiz).replace("ABCDEFGH", ana.code) for name, one in PRIVATE.items()}


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[tuple[Learner, ExitStack, Path]]:
    """A PostgreSQL that ends with the stack."""
    with postgres.cluster() as cluster, ExitStack() as database:
        database.enter_context(postgres.running(cluster, postgres.PLAIN))
        with serving("sqlite", tmp_path, free_port()) as server:
            server.environ["DATABASE_URL"] = postgres.url(cluster)
            server.run("config.prepare")
            yield learners(server, 1)[0], database, cluster


def test_while_postgresql_is_away_every_private_address_says_so_and_lessons_are_read(stopped):
    ana, database, cluster = stopped
    key = uuid4()
    assert ana.save(key)[0] == 200
    database.close()
    others: dict[str, dict[str, int]] = {"GET": {}, "POST": {}}
    for name, address in addresses(ana).items():
        for method, told in (("GET", ana.get(address)), ("POST", ana.post(address))):
            if told[0] != 503:
                others[method][name] = told[0]
            elif name.startswith("quizzes:api:"):
                assert json.loads(told[2]) == {"state": "busy"}
            else:
                says_so(told)
    for method, found in others.items():
        assert {name: status for name, status in found.items() if status != 405} == ASKS_NOTHING[method]
    assert ana.get("/lessons/")[0] == 200
    assert ana.get("/playground/hash-ring/")[0] == 200
    with postgres.running(cluster, postgres.PLAIN):
        assert ana.save(key)[0] == 200
        assert ana.get(f"/quizzes/{ana.quiz}/1/1/")[0] == 200
        counted = ana.count()
    assert (counted["keys"], counted["differences"]) == ([str(key)], [])
    is_told_once_and_without_a_trace(ana)
