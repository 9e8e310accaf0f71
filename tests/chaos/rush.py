"""`python -m tests.chaos.rush`: a class arrives at once. 60 join behind one address, then 200 start within ten seconds.

Every one of them must get in; how long they waited is printed, and never tested.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.browser.server import free_port
from tests.chaos.server import Server, serving

PATIENCE = 60
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


@dataclass
class Crowd:
    """What all of them met."""

    waited: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def told(self, what: str) -> str:
        ordered = sorted(self.waited)
        half, most = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        return (
            f"{what} {len(ordered)} errors {len(self.errors)} "
            f"p50 {half * 1000:.0f} ms p95 {most * 1000:.0f} ms most {ordered[-1] * 1000:.0f} ms"
        )


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
    """One request; status, headers (a line for each cookie), body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        headers = dict(response.getheaders())
        if cookies := response.headers.get_all("Set-Cookie"):
            headers["Set-Cookie"] = "\n".join(cookies)
        return response.status, headers, response.read().decode()
    finally:
        connection.close()


def join(port: int, code: str, name: str) -> tuple[int, dict[str, str], str]:
    """As a browser does: the page, then its form."""
    _, headers, page = ask(port, "GET", f"/join/{code}/")
    form = dict(FIELD.findall(page)) | {"name": name}
    cookie = headers["Set-Cookie"].partition(";")[0]
    kind = "application/x-www-form-urlencoded"
    return ask(port, "POST", f"/join/{code}/", urlencode(form), Cookie=cookie, Content_Type=kind)


def start(port: int, quiz: str, session: str) -> tuple[int, dict[str, str], str]:
    token = "a" * 32
    cookie = f"sessionid={session}; csrftoken={token}"
    return ask(port, "POST", f"/quizzes/{quiz}/start", "", Cookie=cookie, X_CSRFToken=token)


def all_at(seconds: float, people: list[Any], doing: Any) -> Crowd:
    """All of them do it, spread over so many seconds; each must be sent on."""
    crowd = Crowd()

    def one(number: int, who: Any) -> None:
        time.sleep(seconds * number / len(people))
        began = time.monotonic()
        try:
            status, headers, body = doing(who)
        except Exception as fault:  # noqa: BLE001 - in a thread nobody would hear of it
            crowd.errors.append(repr(fault))
            return
        crowd.waited.append(time.monotonic() - began)
        if status not in (302, 303, 307) or "Location" not in headers:
            crowd.errors.append(f"{status}: {re.sub('<[^>]+>', ' ', body)[:300]}")

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return crowd


def rush(database: str, *, joins: int = 60, starts: int = 200, seconds: float = 10) -> tuple[Crowd, Crowd]:
    """Those who join and those who start, on a server of their own."""
    with tempfile.TemporaryDirectory(prefix="rush") as folder, serving(database, Path(folder), free_port()) as server:
        told = server.run("tests.chaos.classroom", "make", str(starts), "idle")
        server.start()
        return _both(server, told, joins, seconds)


def _both(server: Server, told: dict[str, Any], joins: int, seconds: float) -> tuple[Crowd, Crowd]:
    names = [f"Newcomer {number}" for number in range(joins)]
    joined = all_at(seconds / 2, names, lambda name: join(server.port, told["code"], name))
    sessions = [one["session"] for one in told["learners"]]
    return joined, all_at(seconds, sessions, lambda session: start(server.port, told["quiz"], session))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.rush")
    parser.add_argument("database", nargs="*", default=["sqlite", "postgresql"])
    clean = True
    for database in parser.parse_args().database:
        joined, started = rush(database)
        print(f"{database}: {joined.told('joins')}; {started.told('starts')}", flush=True)
        for error in {*joined.errors, *started.errors}:
            print(error)
        clean = clean and not joined.errors and not started.errors
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
