"""`python -m tests.chaos.hall`: a lecture hall votes. 100 phones come to a room, look and vote twice.

Each asks every two seconds whether there is another page, as a phone does; a third is reloaded while a vote is open,
and comes late. Every vote must be there, once; how long phones waited is printed, and never tested.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.browser.server import free_port
from tests.chaos.rush import FIELD, Crowd, ask
from tests.chaos.server import Server, serving

POLL = 2.0
"""Seconds between two looks of a phone."""
REVISION = re.compile(r'data-revision="(\d+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass
class Hall:
    """What all phones met, by what they did."""

    code: str
    values: list[str]
    port: int
    over: threading.Event = field(default_factory=threading.Event)
    met: dict[str, Crowd] = field(default_factory=lambda: defaultdict(Crowd))

    def ask(
        self, what: str, method: str, path: str, body: str | None = None, *, want: tuple[int, ...], **headers: str
    ) -> tuple[int, dict[str, str], str]:
        began = time.monotonic()
        answer = ask(self.port, method, path, body, **headers)
        self.met[what].waited.append(time.monotonic() - began)
        if answer[0] not in want:
            self.met[what].errors.append(f"{answer[0]}: {re.sub('<[^>]+>', ' ', answer[2])[:300]}")
        return answer


@dataclass
class Phone:
    """One phone: its page, and the cookies by which it is known."""

    hall: Hall
    dice: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    revision: str = ""
    voted: int = 0

    def live(self) -> None:
        """Until the room is over."""
        try:
            time.sleep(POLL * self.dice.random())
            self.look("come")
            while not self.hall.over.wait(POLL):
                status, _, _ = self.hall.ask(
                    "poll",
                    "GET",
                    f"/live/{self.hall.code}/state?revision={self.revision}",
                    want=(200, 204),
                    Cookie=self.cookie,
                )
                if status == 200:
                    self.look("page")
        except Exception as fault:  # noqa: BLE001 - in a thread nobody would hear of it
            self.hall.met["phone"].errors.append(repr(fault))

    def look(self, what: str) -> None:
        """The page with its picture; where a vote is open, a vote some moments later."""
        path = f"/live/{self.hall.code}/"
        _, headers, page = self.hall.ask(what, "GET", path, want=(200,), Cookie=self.cookie)
        for line in headers.get("Set-Cookie", "").splitlines():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.revision = REVISION.findall(page)[0]
        if "data-vote" not in page:
            return
        self.hall.ask("picture", "GET", f"{path}trace", want=(200,), Cookie=self.cookie)
        time.sleep(self.dice.random())
        if self.dice.random() < 1 / 3:
            self.hall.ask("reload", "GET", path, want=(200,), Cookie=self.cookie)
        form = dict(FIELD.findall(page)) | {"answer": self.dice.choice(self.hall.values)}
        self.hall.ask(
            "vote", "POST", f"{path}vote", urlencode(form), want=(303,), Cookie=self.cookie, Content_Type=FORM
        )
        self.voted += 1

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@dataclass(frozen=True)
class Counted:
    """What was voted, and what was counted in the end."""

    met: dict[str, Crowd]
    voted: int
    ballots: list[int]
    voters: int

    @property
    def errors(self) -> list[str]:
        return [error for crowd in self.met.values() for error in crowd.errors]


def vote(database: str, *, phones: int = 100, seconds: float = 12) -> Counted:
    """A room in which two votes are taken, each open for so many seconds, on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="hall") as folder, serving(database, Path(folder), free_port()) as server:
        told = server.run("tests.chaos.classroom", "hall")
        server.start()
        hall = Hall(told["code"], told["values"], server.port)
        all_phones = [Phone(hall, random.Random(number)) for number in range(phones)]  # noqa: S311 - reproducible on purpose
        threads = [threading.Thread(target=phone.live) for phone in all_phones]
        for thread in threads:
            thread.start()
        time.sleep(2 * POLL)
        _present(server, hall, told, seconds)
        hall.over.set()
        for thread in threads:
            thread.join()
        counted = server.run("tests.chaos.classroom", "votes")
        return Counted(dict(hall.met), sum(phone.voted for phone in all_phones), counted["ballots"], counted["voters"])


def _present(server: Server, hall: Hall, told: dict[str, str], seconds: float) -> None:
    """The screen in front: its page is asked for, and goes on from one phase to the next until nothing is left."""
    path, cookie = f"/teach/live/{told['room']}/", f"sessionid={told['session']}; csrftoken={'a' * 32}"
    while True:
        _, _, page = hall.ask("screen", "GET", path, want=(200,), Cookie=cookie)
        revision = REVISION.findall(page)[0]
        for _ in range(int(seconds) if "data-votes" in page else 3):
            hall.ask("screen", "GET", f"{path}state?revision={revision}", want=(200, 204), Cookie=cookie)
            time.sleep(1)
        if f"{path}go-on" not in page:
            return
        form = urlencode({"revision": revision})
        hall.ask(
            "screen", "POST", f"{path}go-on", form, want=(303,), Cookie=cookie, X_CSRFToken="a" * 32, Content_Type=FORM
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.hall")
    parser.add_argument("database", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--phones", type=int, default=100)
    asked, clean = parser.parse_args(), True
    for database in asked.database:
        found = vote(database, phones=asked.phones)
        print(f"{database}: votes {found.voted}, counted {found.ballots} of {found.voters} phones", flush=True)
        for what, crowd in sorted(found.met.items()):
            print(f"  {crowd.told(what)}" if crowd.waited else f"  {what}")
        for error in {*found.errors}:
            print(error)
        clean = clean and not found.errors and found.voted == sum(found.ballots)
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
