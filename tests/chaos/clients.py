"""A class that answers: each learner changes their mind, and sends again what was not acknowledged."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

PATIENCE = 5.0


@dataclass
class Tally:
    """What all learners have seen."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: list[str] = field(default_factory=list)
    """The key of every save that was acknowledged."""
    refused: int = 0
    """Answers that were no acknowledgement."""
    broken: int = 0
    """Requests without any answer."""
    flying: int = 0
    """Requests that are on their way."""
    problems: list[str] = field(default_factory=list)
    still: threading.Event = field(default_factory=threading.Event)
    """Cleared while nobody may send."""


@dataclass
class Learner:
    """One learner, in a thread of their own."""

    port: int
    quiz: str
    session: str
    values: list[list[str]]
    csrf: str
    tally: Tally
    keyed: bool
    dice: random.Random
    losing: int = 1
    """Of 100 answers, those that are lost on their way: the server has done what it was asked, and nobody hears."""
    revisions: dict[int, int] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def answer(self, times: int) -> None:
        """So many saves, each until it is acknowledged."""
        try:
            for _ in range(times):
                self.one()
        except Exception as fault:  # noqa: BLE001 - in a thread nobody would hear of it
            self.tally.problems.append(repr(fault))
        finally:
            self.hang_up()

    def one(self) -> None:
        place = self.dice.randrange(len(self.values)) + 1
        change: dict[str, Any] = {
            "key": self.key(), "base": self.revisions.get(place, 0), "value": self.dice.choice(self.values[place - 1]),
            "check": False,
        }  # fmt: skip
        wait = 0.02
        while (told := self.send(place, change)) is None:
            time.sleep(wait)
            wait = min(wait * 2, 1)
            if not self.keyed:
                change["key"] = self.key()
        self.revisions[place] = told["revision"]
        with self.tally.lock:
            self.tally.acknowledged.append(change["key"])

    def hang_up(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def key(self) -> str:
        return str(UUID(int=self.dice.getrandbits(128), version=4))

    def send(self, place: int, change: dict[str, Any]) -> dict[str, Any] | None:
        """What was acknowledged; None where it has to be sent again."""
        self.tally.still.wait()
        address = f"/quizzes/api/{self.quiz}/1/{place}/save"
        cookie = f"sessionid={self.session}; csrftoken={self.csrf}"
        headers = {"Content-Type": "application/json", "Cookie": cookie, "X-CSRFToken": self.csrf}
        with self.tally.lock:
            self.tally.flying += 1
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.connection.request("POST", address, json.dumps(change), headers)
            response = self.connection.getresponse()
            body = response.read()
            if self.dice.randrange(100) < self.losing:
                raise ConnectionAbortedError
        except (OSError, http.client.HTTPException):
            self.hang_up()
            with self.tally.lock:
                self.tally.broken += 1
            return None
        finally:
            with self.tally.lock:
                self.tally.flying -= 1
        if response.status == 200:
            return dict(json.loads(body))
        with self.tally.lock:
            self.tally.refused += 1
        if response.status == 409 and not self.keyed:
            # What was sent before, and came later, looks like another tab: only a key tells that it is ours.
            change["base"] = json.loads(body)["revision"]
        elif response.status < 500:
            raise AssertionError(f"{response.status}: {body[:300]!r}")
        return None
