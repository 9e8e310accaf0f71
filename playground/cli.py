"""The command line: list the miniatures, run one, record what it answers. Standard library only."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib.util import find_spec
from typing import TextIO

from playground.engine import golden, templates
from playground.engine.query import Parsed, parse
from playground.engine.registry import Entry, entries
from playground.engine.run import HOME, run
from playground.engine.step import Step
from playground.scenes import handed

FINE, BAD = 0, 2


class Wrong(Exception):
    """Bad input; the message is what the learner reads."""


def arguments() -> argparse.ArgumentParser:
    """What may be typed."""
    parser = argparse.ArgumentParser("python -m playground", description="Orrery's working models, without the site.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("list", help="list the miniatures")
    one = commands.add_parser("run", help="print the narration and the outcome of a run")
    one.add_argument("slug", help="the miniature, such as hash-ring")
    one.add_argument("query", nargs="?", default="", help="what stands after the “?” of its page: 'nodes=A+B&do=add:C'")
    check = commands.add_parser("check", help="tell what a miniature still lacks, in the order of CONTRIBUTING.md")
    check.add_argument("slug")
    record = commands.add_parser("record", help="write digests of runs and questions that have none yet")
    record.add_argument("slug")
    raised = commands.add_parser("raise-version", help="record that a miniature answers otherwise than before")
    raised.add_argument("slug")
    raised.add_argument("changed", help="one line that the page shows: what changed")
    return parser


def main(argv: Sequence[str] | None = None, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Do what was typed; the exit status is 2 where something was wrong with it."""
    out, err = out or sys.stdout, err or sys.stderr
    handed.qr_modules.offer(stand_in)
    asked = arguments().parse_args(argv)
    try:
        if asked.command == "list":
            list_all(out)
        elif asked.command == "run":
            run_one(entry_of(asked.slug), asked.query, out)
        elif asked.command == "check":
            return check(asked.slug)
        elif asked.command == "record":
            record(entry_of(asked.slug))
            print(f"What {asked.slug} answers and asks is recorded.", file=out)
        else:
            entry = entry_of(asked.slug)
            print(f"{entry.slug} has version {golden.raise_version(entry, asked.changed)} now.", file=out)
    except (Wrong, golden.Unchanged) as wrong:
        print(wrong, file=err)
        return BAD
    return FINE


def record(entry: Entry) -> None:
    """Both records: what runs answer, what questions ask. Raises Unchanged where there is nothing new in either."""
    told = []
    for one in (golden, templates):
        try:
            one.record(entry)
        except golden.Already as already:
            told.append(str(already))
    if len(told) == 2:
        raise golden.Unchanged("\n".join(told))


def stand_in(text: str) -> handed.Modules:
    """Nobody sees a picture here, but a long run is painted to be weighed: as many modules as a QR code has."""
    size = 29 + 4 * (len(text) // 30)
    return tuple(tuple((row + column) % 2 == 0 for column in range(size)) for row in range(size))


def entry_of(slug: str) -> Entry:
    """The miniature of that name."""
    known = entries()
    if slug in known:
        return known[slug]
    near = get_close_matches(slug.lower(), known, 3, 0.5)
    hint = (
        f"near {'is' if len(near) == 1 else 'are'} {', '.join(near)}"
        if near
        else "python -m playground list names them"
    )
    raise Wrong(f"There is no miniature “{slug}”; {hint}.")


def check(slug: str) -> int:
    """Ask the laws of the tests for one miniature, in a process of its own: it may be broken."""
    if not find_spec("pytest") or not (HOME.parent / "tests").is_dir():
        raise Wrong(
            "The laws are tests: type `make check` once in a checkout, then .venv/bin/python -m playground check."
        )
    command = [sys.executable, "-m", "tests.check", slug]
    return subprocess.run(command, cwd=HOME.parent, check=False).returncode  # noqa: S603 - this Python, no shell


def list_all(out: TextIO) -> None:
    """One line for each miniature."""
    wide = max(len(slug) for slug in entries())
    for slug, entry in entries().items():
        print(f"{slug:{wide}}  {entry.cls.title}: {entry.cls.question}", file=out)


def run_one(entry: Entry, query: str, out: TextIO) -> None:
    """The narration, step by step, and the outcome."""
    parsed = parse(entry.cls, query)
    if wrong := sentences(parsed):
        raise Wrong("\n".join(wrong))
    done = run(entry.cls, parsed.query, draw=False)
    for number, step in enumerate(done.steps):
        print(line(number, step), file=out)
    if done.refusal:
        raise Wrong(done.refusal.sentence)
    print(json.dumps(done.outcome, indent=2, ensure_ascii=False), file=out)


def line(number: int, step: Step) -> str:
    """A step: its number, the clock once it runs, and what is said."""
    clock = f"[{step.clock} µs] " if step.clock else ""
    return f"{number:>3}  {clock}{step.text}"


def sentences(parsed: Parsed) -> list[str]:
    """Everything that is wrong with a query, one sentence each."""
    unknown = [
        f"There is no input “{name}”" + (f"; did you mean {near}?" if near else ".") for name, near in parsed.ignored
    ]
    return [f"{problem.field}: {problem.sentence}" for problem in parsed.problems] + unknown
