"""How deeply each miniature is tested in this run: whole, or by a sample that is another one at every commit.

Whole are all of them with `CI=true` or `FULL=1`. Otherwise those are whole that are new or changed since they left
`main`, and those that stand for the others: between them they use everything that any miniature uses. Where the
ground that all stand on has changed, a fifth of the rest is whole too. Of what remains the fixed laws (versions, saved
addresses, declarations, lessons, the real programs) are asked all the same; where hundreds of runs, seeds, screens or
themes are looked at, a sample is, drawn from the commit. `SEED=…` repeats one.
"""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from playground.engine.registry import Entry, entries
from tests.traits import cover, of_mechanics, of_pictures

ROOT = Path(__file__).resolve().parent.parent
Thing = TypeVar("Thing")

GROUND = ("playground/", "static/", "templates/", "config/", "tests/", "requirements")
"""What all miniatures stand on, but for what is one's own or reached by a few alone."""

OWN = ("playground/miniatures/", "playground/machines/", "tests/fidelity/", "tests/real/")

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
def imported(path: Path) -> frozenset[Path]:
    """Files of the core and drivers of real programs that a file imports, itself among them, all the way down."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one in found or not one.is_file():
            continue
        found.add(one)
        for node in ast.walk(ast.parse(one.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                waiting += [file for name in names for file in files_of(name)]
    return frozenset(found)


def files_of(module: str) -> list[Path]:
    """The file of a module, where it is one of those that only some miniatures reach."""
    if not f"{module.replace('.', '/')}/".startswith(OWN):
        return []
    place = ROOT / module.replace(".", "/")
    return [place.with_suffix(".py"), place / "__init__.py"]


def reached(entry: Entry) -> set[str]:
    """Every file that a miniature is made of, by its path in the checkout."""
    module = entry.slug.replace("-", "_")
    code = [*entry.home.glob("*.py"), *(ROOT / "tests/fidelity").glob(f"test_{module}*.py")]
    files = {file for path in code for file in imported(path)} | set(entry.home.iterdir())
    files.add(ROOT / "lessons/content" / entry.area / f"{entry.slug}.md")
    return {file.relative_to(ROOT).as_posix() for file in files if file.is_file()}


def is_ground(path: str) -> bool:
    return path.startswith(GROUND) and not path.startswith(OWN)


@cache
def whole() -> frozenset[str]:
    """Slugs of the miniatures that are tested whole in this run."""
    if os.environ.get("SAMPLED") == "1":  # a quick look: `python -m playground check`
        return frozenset()
    changed = changed_files()
    if everything() or changed is None:
        return frozenset(entries())
    found = set(cover(of_pictures())) | {slug for slug, entry in entries().items() if reached(entry) & changed}
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
    mine = {slug for slug, entry in entries().items() if reached(entry) & changed}
    return tuple(slug for slug in entries() if slug in mine or slug in cover(of_mechanics()))


def told() -> str:
    """What is tested whole and what is sampled, in a line."""
    if len(whole()) == len(entries()):
        return "every miniature is tested whole"
    rest = [slug for slug in entries() if slug not in whole()]
    return f"SEED={seed()}: tested by a sample are {', '.join(rest)}; all others whole (FULL=1: all)"
