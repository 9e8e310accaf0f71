"""SECURITY.md: the words of words.md, and three tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from playground.engine import limits
from playground.engine.turns import PATIENCE
from quizzes import throttle
from tests.asvs.marks import marks
from tests.asvs.standard import ITEMS, Item, Standard, Unsaid, read
from tests.conftest import ROOT

WORDS = Path(__file__).with_name("words.md")
PAGE = ROOT / "SECURITY.md"
AGAIN = "python -m tests.asvs"
DAY = 24 * 60 * 60


def page() -> str:
    """The whole file as it has to be. Raises Unsaid where markers and table do not fit together."""
    standard, held = read(ITEMS.read_text("utf-8")), marks(ROOT / "tests")
    if wrong := faults(standard, held):
        raise Unsaid("\n".join(wrong))
    asked = [item for item in standard.level1 if item.excuse != "absent"]
    states = Counter(item.state for item in asked)
    return WORDS.read_text("utf-8").format(
        again=AGAIN,
        limits=limits,
        patience=PATIENCE,
        throttle=throttle,
        password_minutes=throttle.PASSWORDS_OF.seconds // throttle.MINUTE,
        code_minutes=throttle.CODES.seconds // throttle.MINUTE,
        idle_days=settings.SESSION_COOKIE_AGE // DAY,
        longest_days=settings.SESSION_LONGEST // DAY,
        level1=len(standard.level1),
        absent=len(standard.level1) - len(asked),
        counts=", ".join(f"{count} {state}" for state, count in sorted(states.items())),
        table1=table(asked, held),
        table2=table(standard.level2, held),
        table0=table_of_the_absent(standard, held),
    )


def faults(standard: Standard, held: dict[str, list[str]]) -> list[str]:
    """What is wrong between table and markers, in sentences."""
    found = [
        f"{test} is marked with {name!r}, which items.toml does not know."
        for name in held.keys() - standard.names
        for test in held[name]
    ]
    for item in (*standard.level1, *standard.level2):
        tests = held.get(item.number, [])
        if item.excuse in ("", "in-part") and not tests:
            found.append(f"{item.number} has no test: mark one, or say in items.toml why there is none.")
        if item.excuse in ("not-met", "absent") and tests:
            found.append(f"{item.number} is {item.state} and yet held by {tests[0]}: say which of the two.")
    found += [f"Nothing tests that there are no {name}." for name in standard.absent if not held.get(name)]
    return sorted(found)


def table(items: Iterable[Item], held: dict[str, list[str]]) -> str:
    rows = [f"| {one.number} | {one.asks} | {state_of(one)} | {tests(held.get(one.number, []))} |" for one in items]
    return "\n".join(["| item | asks | state | held by |", "| --- | --- | --- | --- |", *rows])


def state_of(item: Item) -> str:
    return f"**{item.state}**: {item.why}" if item.excuse else item.state


def table_of_the_absent(standard: Standard, held: dict[str, list[str]]) -> str:
    rows = []
    for name, sentence in standard.absent.items():
        items = [item for item in standard.level1 if item.why == name]
        asked = " ".join(f"{item.number} {item.asks}" for item in items)
        rows.append(f"| {sentence} | {asked} | {tests(held[name])} |")
    return "\n".join(["| what is not here | items that do not apply | held by |", "| --- | --- | --- |", *rows])


def tests(names: list[str]) -> str:
    return "<br>".join(f"`{name.removeprefix('tests/')}`" for name in names) or "–"
