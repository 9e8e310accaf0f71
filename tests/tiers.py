"""How deeply each miniature is tested in this run: whole, or by a sample that is another one at every commit.

Whole are all of them with `CI=true` or `FULL=1`. Otherwise those are whole that are new or changed since they left
`main`, and those that stand for the others: between them they use everything that any miniature uses. Where the
ground that all stand on has changed, a fifth of the rest is whole too. Of what remains the fixed laws (versions, saved
addresses, declarations, lessons, the real programs) are asked all the same; where hundreds of runs, seeds, screens or
themes are looked at, a sample is, drawn from the commit. `SEED=…` repeats one.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from playground.engine.parts import package_of
from playground.engine.registry import Entry, entries
from tests.imports import Imports, imports
from tests.traits import cover, of_mechanics, of_pictures

ROOT = Path(__file__).resolve().parent.parent
Thing = TypeVar("Thing")

GROUND = ("playground/", "static/", "templates/", "config/", "tests/", "requirements")
"""What all miniatures stand on, but for what is one's own or reached by a few alone."""

OWN = ("playground/miniatures", "playground/machines", "tests/fidelity", "tests/real")

PART = 5
"""One in so many of those that are neither changed nor representative, where the ground has changed."""


def everything() -> bool:
    """Whether all miniatures are tested whole."""
    return os.environ.get("CI") == "true" or os.environ.get("FULL") == "1"


def git(*words: str) -> str:
    """What git says here; nothing where it says no, or where there is none."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


@cache
def seed() -> int:
    """What the samples are drawn from: `SEED`, or the commit that is checked out."""
    return int(os.environ.get("SEED") or int(git("rev-parse", "HEAD")[:8] or "1", 16))


@cache
def changed_files() -> frozenset[str] | None:
    """Files that differ from where this branch left main, committed or not. None: nobody can tell."""
    base = next((found for name in ("origin/main", "main") if (found := git("merge-base", "HEAD", name).strip())), "")
    if not base:
        return None
    listed = git("diff", "--name-only", "-z", base) + git("ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(filter(None, listed.split("\0")))


@cache
def graph() -> Imports:
    """What of the files that only some miniatures reach imports what."""
    return imports(ROOT, OWN)


def reached(entry: Entry) -> set[str]:
    """Every file that a miniature is made of, by its path in the checkout."""
    module = entry.slug.replace("-", "_")
    files = [path.relative_to(ROOT).as_posix() for path in entry.home.iterdir()]
    files += [f"lessons/content/{entry.area}/{entry.slug}.md"]
    waiting = [one for one in graph() if one.startswith((f"tests.fidelity.test_{module}", f"{package_of(entry.cls)}."))]
    found: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += graph()[one]
    return {*files, *(f"{one.replace('.', '/')}{end}" for one in found for end in (".py", "/__init__.py"))}


def is_ground(path: str) -> bool:
    return path.startswith(GROUND) and not path.startswith(OWN)


def touched(changed: frozenset[str]) -> set[str]:
    """Slugs of the miniatures of whose files one is among the changed ones."""
    if not any(path.startswith((*OWN, "lessons/content/")) for path in changed):
        return set()
    return {slug for slug, entry in entries().items() if reached(entry) & changed}


@cache
def whole() -> frozenset[str]:
    """Slugs of the miniatures that are tested whole in this run."""
    if os.environ.get("SAMPLED") == "1":  # a quick look: `python -m playground check`
        return frozenset()
    changed = changed_files()
    if everything() or changed is None:
        return frozenset(entries())
    found = set(cover(of_pictures())) | touched(changed)
    if any(map(is_ground, changed)):
        rest = sorted(entries().keys() - found)
        found |= set(Random(seed()).sample(rest, -(-len(rest) // PART)))  # noqa: S311 - a sample, nothing secret
    return frozenset(found)


def sample(entry: Entry, things: Sequence[Thing], count: int) -> list[Thing]:
    """The things in their order; of a miniature that is not whole so many of them, drawn from the seed."""
    if entry.slug in whole() or count >= len(things):
        return list(things)
    draw = Random(f"{seed()} {entry.slug}")  # noqa: S311 - a sample, nothing secret
    chosen = draw.sample(range(len(things)), count)
    return [things[place] for place in sorted(chosen)]


@cache
def operated() -> tuple[str, ...]:
    """Slugs of those on which the mechanics of the player are tried: what does not depend on what a model is about."""
    changed = changed_files()
    if everything() or changed is None:
        return tuple(entries())
    mine = touched(changed) | set(cover(of_mechanics()))
    return tuple(slug for slug in entries() if slug in mine)


def told() -> str:
    """What is tested whole and what is sampled, in a line."""
    if len(whole()) == len(entries()):
        return "every miniature is tested whole"
    rest = [slug for slug in entries() if slug not in whole()]
    return f"SEED={seed()}: tested by a sample are {', '.join(rest)}; all others whole (FULL=1: all)"
