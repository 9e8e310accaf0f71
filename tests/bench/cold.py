"""`python -m tests.bench.cold <slug> <stage> <query>`: one stage of a run in a process that has run nothing.

Prints milliseconds as JSON: of the stage's parts, and of the yardstick. Modules are imported before the clock
starts; the caches of painters and machines are empty.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

from config.collector import look_rarely
from playground.engine.query import Query, parse
from playground.engine.registry import Entry, entries
from playground.engine.run import run
from playground.engine.trace import compact, picture, trace
from playground.scenes.marks import WIDE
from playground.scenes.svg import inner
from tests.bench.timing import CPU, once, yardstick

STAGES = {
    "simulate": ("simulate",),
    "step": ("simulate + scenes", "paint one step"),
    "whole": ("simulate + scenes", "paint all + diff + JSON", "whole"),
}
"""Stage -> what it times, in order."""


def measure(entry: Entry, query: Query, stage: str) -> list[float]:
    """Milliseconds of each part of a stage, as this process finds its caches."""
    if stage == "simulate":
        return [once(lambda: run(entry.cls, query, draw=False))]
    start = CPU()
    done = run(entry.cls, query)
    drawn = (CPU() - start) * 1000
    if stage == "step":
        return [drawn, once(lambda: inner(picture(done, min(query.step, done.last), 0, WIDE)))]
    told = once(lambda: compact(trace(entry.slug, entry.version, done, WIDE)))
    return [drawn, told, drawn + told]


def apart(slug: str, text: str, stage: str) -> tuple[list[float], float]:
    """The same in a process of its own, with the yardstick there."""
    command = [sys.executable, "-m", "tests.bench.cold", slug, stage, text]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return said["parts"], said["yardstick"]


def main() -> None:
    look_rarely()
    slug, stage, text = sys.argv[1:]
    entry = entries()[slug]
    parts = measure(entry, parse(entry.cls, text).query, stage)
    print(json.dumps({"parts": parts, "yardstick": median(once(yardstick) for _ in range(5))}))


if __name__ == "__main__":
    main()
