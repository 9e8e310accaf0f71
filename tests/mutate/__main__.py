"""The command line: draw places, try each, print what became of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playground.engine.rng import Rng
from tests.conftest import ROOT
from tests.mutate.equivalent import equivalents
from tests.mutate.places import ROOMS, Mutant, files, mutants
from tests.mutate.trial import Trial, tracked


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def drawn(room: str, file: str, seed: int, count: int) -> list[Mutant]:
    """So many mutants of a room, the same for the same seed; of one file all that it has, in order."""
    paths = [file] if file else files(room, tracked(ROOT))
    every = [mutant for path in paths for mutant in mutants(ROOT, path)]
    say(f"{len(every)} places in {file or room}.")
    if file:
        return every
    rng = Rng(seed)
    return [every.pop(rng.below(len(every))) for _ in range(min(count, len(every)))]


def main() -> int:
    """Zero where nothing survives."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutate", description="Would a test notice?")
    asked.add_argument("room", choices=[*ROOMS, "rest"])
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--count", type=int, default=30)
    asked.add_argument("--file", default="", help="every place of this file instead")
    given = asked.parse_args()
    same, survived, counted = equivalents(), 0, 0
    with tempfile.TemporaryDirectory() as folder, Trial(ROOT, Path(folder, "copy")) as trial:
        for mutant in drawn(given.room, given.file, given.seed, given.count):
            if why := same.get(mutant.key):
                say(f"{mutant}  the same: {why}")
                continue
            killed = trial.killed(mutant)
            counted, survived = counted + 1, survived + (not killed)
            say(f"{mutant}  {'killed' if killed else 'SURVIVED'}")
        for test in sorted(trial.broken):
            say(f"left out, for it fails as it is: {test}")
    say(f"{counted - survived} of {counted} killed.")
    return 1 if survived else 0


if __name__ == "__main__":
    raise SystemExit(main())
