"""`python -m tests.bench.crowd <origin> <connections> <seconds> <dear path>`: what others wait beside a crowd.

A process of its own. Some connections send the dear request as fast as it is answered; others ask for a probe, a
lesson and a default run twenty times a second. Prints JSON: path → milliseconds of each answer, and how many dear
requests were answered with which status.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from http.client import HTTPConnection
from threading import Thread
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit

from tests.bench import endpoints
from tests.bench.report import Row, Section, Target
from tests.bench.timing import within

CONNECTIONS, SECONDS = 8, 20.0
PROBE, LESSON, RUN = "/livez", "/lessons/hash-ring/", "/playground/hash-ring/"
PAUSE = 0.05
AIMS = {PROBE: (0.99, Target(100)), LESSON: (0.95, Target(500)), RUN: (0.95, None)}
"""Path → which share of its answers is to come within how many milliseconds."""


class Crowd:
    """Everything that is asked, until the time is over."""

    def __init__(self, origin: str, dear: str, seconds: float) -> None:
        parts = urlsplit(origin)
        self.host, self.port = str(parts.hostname), parts.port
        self.dear, self.end = dear, perf_counter() + seconds
        self.took: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[str] = Counter()

    def ask(self, line: HTTPConnection, path: str) -> int:
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        return answer.status

    def send(self) -> None:
        line = HTTPConnection(self.host, self.port, timeout=120)
        while perf_counter() < self.end:
            self.statuses[str(self.ask(line, self.dear))] += 1
        line.close()

    def watch(self, path: str) -> None:
        line = HTTPConnection(self.host, self.port, timeout=120)
        while perf_counter() < self.end:
            start = perf_counter()
            self.ask(line, path)
            self.took[path].append((perf_counter() - start) * 1000)
            sleep(PAUSE)
        line.close()

    def run(self, connections: int) -> None:
        threads = [Thread(target=self.send) for _ in range(connections)]
        threads += [Thread(target=self.watch, args=(path,)) for path in AIMS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def apart(origin: str, connections: int, seconds: float, dear: str) -> dict[str, Any]:
    """The same from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.crowd", origin, str(connections), str(seconds), dear]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def dearest() -> str:
    """The address of the known request that costs most: a pair, as data."""
    client = endpoints.ready()
    pairs = [one for one in endpoints.known() if one.name == f"trace{endpoints.PAIRED}"]
    return max(pairs, key=lambda one: endpoints.cost(client, one)).address


def section(origin: str) -> Section:
    """What a probe, a lesson and a run wait beside a crowd, and without one just before."""
    dear = dearest()
    found = Section(f"While {CONNECTIONS} connections send the dearest run for {SECONDS:.0f} s")
    idle = apart(origin, 0, SECONDS / 4, dear)["took"]
    busy = apart(origin, CONNECTIONS, SECONDS, dear)
    for path, (part, target) in AIMS.items():
        alone, beside = within(idle[path], part), within(busy["took"][path], part)
        name = f"{path}, {part:.0%} of answers within"
        found.rows.append(Row(name, beside, "ms", f"{alone:.1f} ms alone", beside / alone, target))
    for status, count in sorted(busy["statuses"].items()):
        found.rows.append(Row(f"dear runs answered with {status}", count, "answers"))
    return found


def main() -> None:
    origin, connections, seconds, dear = sys.argv[1:]
    crowd = Crowd(origin, dear, float(seconds))
    crowd.run(int(connections))
    print(json.dumps({"took": crowd.took, "statuses": crowd.statuses}))


if __name__ == "__main__":
    main()
