"""What a miniature's questions were when their versions were recorded, and what a stock of each is like.

A template is versioned as its miniature is: what it asks for a seed, what is right and what the wrong models answer.
The sentence that says why is not, so a better one needs no new version. `questions.json` lies beside the model:

    {"who-answers": {"version": 1, "digest": "9f…", "draws": 60, "best": "13/60", "offered": true, "why": ""}}

The last four tell of a stock of STOCK variants, drawn from SEEDS seeds: how many draws it takes, what somebody scores
who always says the same, whether the template is offered, and why it is not.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from playground.engine.golden import Already, Unchanged, command, is_published
from playground.engine.patches import compact
from playground.engine.query import print_query
from playground.engine.questions import Posed, Question, pose
from playground.engine.registry import Entry
from playground.engine.stock import Lopsided, balance, drawn

ASKED = range(1, 21)
"""The seeds of a digest."""

STOCK, SEEDS = 60, 200
"""Variants of the stock that is measured, and seeds to draw them from."""

FILE = "questions.json"

Recorded = dict[str, dict[str, Any]]
"""Template -> what is recorded of it."""


def digest(entry: Entry, question: type[Question]) -> str:
    """Sixteen digits for what is asked for the first seeds."""
    asked = [spelled(entry, pose(entry.cls, question, seed)) for seed in ASKED]
    return sha256(compact(asked).encode()).hexdigest()[:16]


def spelled(entry: Entry, posed: Posed) -> list[Any]:
    """What of a posed question is versioned."""
    options = [[option.value, option.model] for option in posed.options]
    return [print_query(entry.cls, posed.query), posed.stop, posed.prompt, options, posed.right]


def figures(entry: Entry, question: type[Question]) -> dict[str, Any]:
    """What a stock of it is like."""
    try:
        kept, draws = drawn(entry, question, STOCK, range(SEEDS))
    except Lopsided as lopsided:
        return {"draws": lopsided.draws, "best": str(lopsided.best), "offered": False, "why": str(lopsided)}
    return {"draws": draws, "best": str(balance([posed for _, posed in kept])), "offered": True, "why": ""}


def recorded(entry: Entry) -> Recorded:
    """The record as it lies on the disk; empty of a new miniature."""
    path = entry.questions_path
    found: Recorded = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def digests(entry: Entry) -> dict[str, str]:
    """Template -> digest."""
    return {question.name: digest(entry, question) for question in entry.questions}


def advice(entry: Entry) -> str:
    """What to do where the questions are others than recorded, empty where they are not: told by the failing test."""
    now, was = digests(entry), recorded(entry)
    if told := breach(entry, now):
        return told
    versions = {question.name: question.version for question in entry.questions}
    if {name: (one["version"], one["digest"]) for name, one in was.items()} != {
        name: (versions[name], found) for name, found in now.items()
    }:
        return f"{entry.slug}: {FILE} does not tell of its questions as they are:\n    {command('record', entry)}"
    return ""


def breach(entry: Entry, now: dict[str, str]) -> str:
    """Why it may not be written: a version went back, or what is published asks otherwise under its version."""
    was = recorded(entry)
    for question in entry.questions:
        name, version = question.name, question.version
        before = was.get(name, {"version": version, "digest": now[name]})
        if version < before["version"]:
            return f"{entry.slug}, {name}: its version is {version}, after {before['version']}; versions go up."
        if version == before["version"] and now[name] != before["digest"] and is_published(entry, FILE):
            return (
                f"{entry.slug}, {name} asks otherwise for the same seed than its version {version} did. If that is "
                f"meant, give {question.__name__} version = {version + 1} in questions.py, and then type\n"
                f"    {command('record', entry)}"
            )
    return ""


def record(entry: Entry) -> None:
    """Write what the questions are now. Raises Unchanged where that is written, or needs a new version first."""
    now = digests(entry)
    if told := breach(entry, now):
        raise Unchanged(told)
    found = {
        question.name: {"version": question.version, "digest": now[question.name], **figures(entry, question)}
        for question in entry.questions
    }
    if found == recorded(entry):
        raise Already(f"{entry.slug}: every question is recorded already.")
    entry.questions_path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
