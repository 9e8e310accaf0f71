"""The command line."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import free_port
from tests.chaos.clients import Learner, Tally
from tests.chaos.server import Server, serving


@dataclass(frozen=True)
class Result:
    """What was counted in the end."""

    database: str
    submissions: int
    kills: int
    lost: int
    duplicated: int
    refused: int
    broken: int
    parents: int
    differences: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        return (
            f"{self.database} submissions {self.submissions} kills {self.kills} "
            f"lost {self.lost} duplicated {self.duplicated} refused {self.refused}"
        )


def wreck(
    database: str, *, saves: int, kills: int, learners: int = 50, keyed: bool = True, losing: int = 1, seed: int = 1
) -> Result:
    """Let a class answer while processes are killed and `losing` of 100 answers are lost on their way; then count."""
    dice = random.Random(seed)  # noqa: S311 - reproducible on purpose
    with tempfile.TemporaryDirectory(prefix="chaos") as folder, serving(database, Path(folder), free_port()) as server:
        told = server.run("tests.chaos.classroom", "make", str(learners))
        server.start()
        tally = Tally()
        tally.still.set()
        class_ = [
            Learner(
                server.port, told["quiz"], one["session"], one["values"], told["csrf"], tally, keyed,
                random.Random(seed * 1000 + number),  # noqa: S311 - as above
                losing,
            )
            for number, one in enumerate(told["learners"])
        ]  # fmt: skip
        threads = [
            threading.Thread(target=one.answer, args=(saves // learners + (number < saves % learners),))
            for number, one in enumerate(class_)
        ]
        for thread in threads:
            thread.start()
        killed = kill(server, tally, threads, saves, kills, dice)
        for thread in threads:
            thread.join()
        assert not tally.problems, tally.problems[:3]
        counted = server.run("tests.chaos.classroom", "count")
    stored, acknowledged = counted["keys"], tally.acknowledged
    lost = len(set(acknowledged) - set(stored))
    return Result(
        database, len(acknowledged), killed, lost, len(stored) - (len(acknowledged) - lost), tally.refused,
        tally.broken, server.killed["parent"], tuple(counted["differences"]),
    )  # fmt: skip


def kill(
    server: Server, tally: Tally, threads: list[threading.Thread], saves: int, kills: int, dice: random.Random
) -> int:
    """Spread over the saves: every other time while requests are on their way, every third time the parent."""
    for number in range(kills):
        due = saves * (number + 0.5 + dice.random() / 2) / (kills + 1)
        while len(tally.acknowledged) < due:
            if not any(thread.is_alive() for thread in threads):
                return number
            time.sleep(0.005)
        if number % 2:  # nobody is on their way
            tally.still.clear()
            while tally.flying:
                time.sleep(0.005)
        else:
            while not tally.flying:
                time.sleep(0.0005)
        server.kill(parent=number % 3 == 0, which=dice.randrange(100))
        tally.still.set()
    return kills


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("database", nargs="*", default=["sqlite", "postgresql"], help="sqlite, postgresql or both")
    parser.add_argument("--saves", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--learners", type=int, default=50)
    parser.add_argument("--without-keys", action="store_true")
    asked = parser.parse_args()
    results = []
    if len(asked.database) > 1 and not asked.without_keys:
        shown = wreck("sqlite", saves=asked.saves // 2, kills=asked.kills, learners=asked.learners, keyed=False)
        print(f"without keys: {shown.line}", flush=True)
        results.append(shown.duplicated > 0)
    lines = []
    for database in asked.database:
        found = wreck(
            database, saves=asked.saves, kills=asked.kills, learners=asked.learners, keyed=not asked.without_keys
        )
        print(f"{database}: {found.broken} requests without an answer, {found.parents} kills of the parent", flush=True)
        for difference in found.differences:
            print(difference)
        lines.append(found.line)
        results.append(not (found.lost or found.duplicated or found.differences))
    print("\n".join(lines))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
