"""Golden digests: what a miniature answered when its version was recorded.

The outcome, the decisions and where a run ends are versioned; narration and picture are not, so a
better sentence needs no new version. `versions.json` maps the query of a run to its digest:

    {"version": 2, "changes": {"2": "what changed"}, "digests": {"keys=5&do=remove:ada": "9f…"}}
"""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from typing import Any, NamedTuple

from playground.engine.miniature import Miniature
from playground.engine.query import at_step, parse, print_query
from playground.engine.registry import Entry
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.walk import walk

WALKS = 20
"""Random runs that are recorded, beside the default run and every scenario."""

LONGEST = 160
"""Characters of the line that says what changed."""


class Unchanged(Exception):
    """There is nothing to record, or what there is needs another command."""


class Already(Unchanged):
    """There is nothing to record."""


def queries(entry: Entry) -> list[str]:
    """The runs to record: the default, every scenario, the random walks."""
    cls = entry.cls
    scenarios = [at_step(parse(cls, scenario.query).query, 0) for scenario in entry.scenarios]
    walks = [walk(cls, Rng(seed)) for seed in range(1, WALKS + 1)]
    return list(dict.fromkeys(["", *(print_query(cls, query) for query in [*scenarios, *walks])]))


def digest(cls: type[Miniature], text: str) -> str:
    """Sixteen digits for what the machine answers to a query."""
    parsed = parse(cls, text)
    done = run(cls, parsed.query, draw=False)
    answer = {
        "outcome": done.outcome,
        "decisions": [list(made) for _, made in done.decisions()],
        "refused": done.refusal.field if done.refusal else "",
        "stopped": bool(done.stopped),
        "problems": [problem.field for problem in parsed.problems],
    }
    return sha256(json.dumps(answer, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:16]


def digests(entry: Entry) -> dict[str, str]:
    """Query -> digest, for every run to record."""
    return {text: digest(entry.cls, text) for text in queries(entry)}


class Drift(NamedTuple):
    """How a miniature differs from its record: runs answered otherwise, runs not recorded, runs no longer asked for."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    spare: tuple[str, ...]


def recorded(entry: Entry) -> dict[str, Any]:
    """The record as it lies on the disk; of a new miniature, version 1 without digests."""
    if not entry.versions_path.exists():
        return {"version": 1, "changes": {}, "digests": {}}
    found: dict[str, Any] = json.loads(entry.versions_path.read_text("utf-8"))
    return found


def drift(entry: Entry) -> Drift:
    """Compare a miniature with its record."""
    golden, wanted = recorded(entry)["digests"], queries(entry)
    return Drift(
        changed=tuple(text for text, was in golden.items() if digest(entry.cls, text) != was),
        missing=tuple(text for text in wanted if text not in golden),
        spare=tuple(text for text in golden if text not in wanted),
    )


def command(name: str, entry: Entry) -> str:
    """What to type."""
    words = {"raise-version": ' "what changed"'}.get(name, "")
    return f"python -m playground {name} {entry.slug}{words}"


def is_published(entry: Entry, name: str = "versions.json") -> bool:
    """Whether a file of its record is on the main branch: its addresses are shared. True where nobody can tell."""
    for branch in ("origin/main", "main"):
        if git(entry, "rev-parse", "--verify", "--quiet", branch):
            return git(entry, "cat-file", "-e", f"{branch}:./{name}")
    return True


def git(entry: Entry, *words: str) -> bool:
    """Whether git says yes, asked in the folder of a miniature."""
    try:
        done = subprocess.run(["git", *words], cwd=entry.home, capture_output=True, check=False)  # noqa: S603, S607 - our own words, and git is where it is
    except FileNotFoundError:
        return False
    return done.returncode == 0


def advice(entry: Entry) -> str:
    """What to do about a drift, empty where there is none: for the failing test and the command line."""
    found = drift(entry)
    if found.changed:
        listed = "\n".join(f"    {text or '(the default run)'}" for text in found.changed[:5])
        todo = (
            f"If that is meant, raise the version; the page shows the one line you give:\n"
            f"    {command('raise-version', entry)}"
            if is_published(entry)
            else f"It has never been on the main branch, so nobody has its addresses: record it anew.\n"
            f"    {command('record', entry)}"
        )
        return (
            f"{entry.slug} answers {len(found.changed)} recorded runs otherwise than its version "
            f"{recorded(entry)['version']} did:\n{listed}\n{todo}"
        )
    if found.missing or found.spare:
        return (
            f"{entry.slug}: {len(found.missing)} runs have no digest yet and {len(found.spare)} digests belong "
            f"to no run any more; the recorded answers still hold. Record them:\n    {command('record', entry)}"
        )
    return ""


def record(entry: Entry) -> None:
    """Write digests of new runs and drop those of old ones. What is recorded must still hold, once it is published."""
    found = drift(entry)
    if found.changed and is_published(entry):
        raise Unchanged(advice(entry))
    if not any(found):
        raise Already(f"{entry.slug}: every run is recorded already.")
    write(entry, recorded(entry) | {"digests": digests(entry)})


def raise_version(entry: Entry, line: str) -> int:
    """Raise the version by one, for the reason in `line`, and record the new digests."""
    line = line.strip()
    if not line or not line.isprintable() or len(line) > LONGEST:
        raise Unchanged(f"Say what changed in one line of at most {LONGEST} characters; the page shows it.")
    if not drift(entry).changed:
        raise Unchanged(
            f"{entry.slug} answers every recorded run as before; its version stays {recorded(entry)['version']}."
        )
    before = recorded(entry)
    version = before["version"] + 1
    write(entry, {"version": version, "changes": before["changes"] | {str(version): line}, "digests": digests(entry)})
    return version


def write(entry: Entry, content: dict[str, Any]) -> None:
    entry.versions_path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
